"""What a configuration may say. Only runs that have one load this module, and pydantic with it."""

from __future__ import annotations

from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from planparse.checking.config import FailOn, unknown
from planparse.errors import PlanparseError, Term
from planparse.rules.rule import Profile, Severity


class Said(BaseModel):
    """The keys of a configuration."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=lambda name: name.replace("_", "-"))

    select: list[str] = []
    """Rules that run, instead of the profile's: codes, beginnings of codes, names."""
    ignore: list[str] = []
    extend_select: list[str] = []
    """Rules that run besides."""
    profile: Profile | None = None
    fail_on: FailOn | None = None
    exclude: list[str] = []
    """Patterns of files and folders that are left out."""
    per_file_ignores: dict[str, list[str]] = {}
    """Rules that do not run in the files of a pattern."""
    baseline: str | None = Field(default=None, min_length=1)
    output_format: str | None = None
    rules: dict[str, dict[str, Any]] = {}
    """Settings of rules by code or name."""
    severity: dict[str, Severity] = {}
    """Grades of rules by code, beginning of a code or name."""


KINDS = {
    "list_type": Term("a list of texts in quotes"),
    "string_type": Term("a text in quotes"),
    "string_too_short": Term("a text in quotes"),
    "dict_type": Term("a table of keys with values"),
}
"""What a value must be, by pydantic's names of what is wrong."""


def read(table: dict[str, Any], file: str) -> Said:
    """The configuration of a table; `file` is what errors call it.

    Raises:
        PlanparseError: A key is not known, or a value is of another kind.
    """
    try:
        return Said.model_validate(table)
    except ValidationError as error:
        _complain(error, file)


def _complain(error: ValidationError, file: str) -> NoReturn:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    kind = first["type"]
    if kind == "extra_forbidden":
        known = [field.alias or name for name, field in Said.model_fields.items()]
        raise unknown(file, key, key, known) from None
    if kind == "literal_error":
        words = str(first["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        raise PlanparseError("{file}: {key} must be one of {words}", file=file, key=key, words=words) from None
    term = KINDS.get(kind)
    if term is not None:
        raise PlanparseError("{file}: {key} must be {kind}", file=file, key=key, kind=term) from None
    raise PlanparseError("{file}: {key}: {reason}", file=file, key=key, reason=first["msg"]) from None
