"""What ends a run: a file that cannot be read or written. Odd content is never an error but a diagnostic."""

from __future__ import annotations


class Term(str):
    """A value that is English text and a message key itself, so that it is translated with the message it stands in."""

    __slots__ = ()


class PlanparseError(Exception):
    """The root of all errors raised on purpose.

    `message` is English with `{}` fields and the key of its translations; `values` fills the fields.
    """

    def __init__(self, message: str, **values: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class InputError(PlanparseError):
    """An input that cannot be read as text: no such file, a binary file, bytes that fit no encoding."""


class NotInstalled(InputError):  # noqa: N818  # it is named for what it says
    """An input whose format needs what is not installed here; nothing is known about its content."""


class MissingPackage(PlanparseError):  # noqa: N818  # it is named for what it says
    """A format needs a package that is not installed; `package` and `extra` name it and what brings it."""
