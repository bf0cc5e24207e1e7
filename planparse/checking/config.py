"""Configuration: `planparse.toml`, `.planparse.toml`, or `[tool.planparse]` in `pyproject.toml`; the one nearest to a file holds for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from planparse.checking.patterns import Pattern, patterns
from planparse.errors import PlanparseError, Term
from planparse.rules.registry import find
from planparse.rules.rule import Profile, Severity
from planparse.rules.selection import matching

FailOn = Literal["error", "warning", "any", "never"]
"""Which findings make a run fail: errors, warnings too, all, none."""
FAIL_ON: FailOn = "warning"
"""Unless told otherwise: what is only information must not stop a build."""
NAMES = (".planparse.toml", "planparse.toml", "pyproject.toml")
"""The files of a folder that may hold a configuration; the first that does counts."""
PYPROJECT, SECTION = "pyproject.toml", "planparse"


class Configuration(NamedTuple):
    """What one file says."""

    file: str | None = None
    """The file; None where there is none and everything has its default."""
    folder: str = "."
    """What its paths are relative to."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    profile: Profile | None = None
    fail_on: FailOn | None = None
    exclude: tuple[Pattern, ...] = ()
    per_file_ignores: tuple[tuple[Pattern, tuple[str, ...]], ...] = ()
    baseline: str | None = None
    output_format: str | None = None
    options: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """Settings of rules by their codes."""
    severities: Mapping[str, Severity] = MappingProxyType({})
    """Grades of rules by their codes."""


class Configurations:
    """The configurations of a run, each read once.

    Args:
        file: The one that holds for all files; None looks for each file's own.
        isolated: Look for none.
        formats: What `output-format` may be.
    """

    def __init__(self, file: str | None = None, *, isolated: bool = False, formats: Iterable[str] = ()) -> None:
        self.formats = tuple(formats)
        self.one: Configuration | None = None
        if file is not None:
            self.one = self._named(file)
        elif isolated:
            self.one = Configuration(folder=os.getcwd())
        self.known: dict[str, Configuration] = {}

    def of_file(self, path: str) -> Configuration:
        """The configuration that holds for a file.

        Raises:
            PlanparseError: It cannot be read, or says something that is not known.
        """
        return self.one or self.of_folder(os.path.dirname(os.path.abspath(path)))

    def of_folder(self, folder: str) -> Configuration:
        """The configuration that holds in a folder: its own, else that of the folder above."""
        if self.one is not None:
            return self.one
        found = self.known.get(folder)
        if found is None:
            above = os.path.dirname(folder)
            found = self._in(folder) or (self.of_folder(above) if above != folder else Configuration(folder=os.getcwd()))
            self.known[folder] = found
        return found

    def files(self) -> list[str]:
        """Those that were read."""
        every = [self.one, *self.known.values()] if self.one else self.known.values()
        return sorted({configuration.file for configuration in every if configuration.file is not None})

    def _in(self, folder: str) -> Configuration | None:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                table = _table(path)
                if table is not None:
                    return _checked(table, path, self.formats)
        return None

    def _named(self, path: str) -> Configuration:
        if not os.path.isfile(path):
            raise PlanparseError("{name}: there is no such file; check its name and folder", name=path)
        table = _table(path)
        if table is None:
            raise PlanparseError("{file}: there is no table [tool.planparse] in it", file=path)
        return _checked(table, path, self.formats)


def _table(path: str) -> dict[str, Any] | None:
    """What a file says to us; None for a project's file that says nothing."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise PlanparseError("{name}: cannot be read ({reason})", name=path, reason=error.strerror or str(error)) from None
    shared = os.path.basename(path) == PYPROJECT
    if shared and SECTION.encode() not in data:  # most projects say nothing: spare the parser
        return None
    import tomllib

    try:
        table: dict[str, Any] = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PlanparseError("{file}: this is no valid TOML ({reason})", file=path, reason=str(error)) from None
    if not shared:
        return table
    tools = table.get("tool")
    found = tools.get(SECTION) if isinstance(tools, dict) else None
    return found if isinstance(found, dict) else None


def _checked(table: dict[str, Any], path: str, formats: tuple[str, ...]) -> Configuration:
    """The configuration of a table, every word of it known."""
    from planparse.checking.shape import read  # loads pydantic, which plain runs do without

    said = read(table, path)
    folder = os.path.dirname(os.path.abspath(path))
    where = _Words(path)
    for key, words in (("select", said.select), ("ignore", said.ignore), ("extend-select", said.extend_select)):
        where.codes(key, words)
    for glob, words in said.per_file_ignores.items():
        where.codes(f"per-file-ignores.{glob}", words)
    if said.output_format is not None and said.output_format not in formats:
        raise PlanparseError(
            "{file}: {key}: there is no format {word}; take one of {formats}",
            file=path, key="output-format", word=said.output_format, formats=", ".join(formats),
        )  # fmt: skip
    graded = sorted(((where.codes("severity", [word]), grade) for word, grade in said.severity.items()), key=lambda pair: -len(pair[0]))
    severities = {code: grade for codes, grade in graded for code in codes}  # PN101 beats PN1
    return Configuration(
        file=path,
        folder=folder,
        select=tuple(said.select),
        ignore=tuple(said.ignore),
        extend_select=tuple(said.extend_select),
        profile=said.profile,
        fail_on=said.fail_on,
        exclude=patterns(said.exclude, folder),
        per_file_ignores=tuple(
            (pattern, tuple(said.per_file_ignores[pattern.text])) for pattern in patterns(said.per_file_ignores, folder)
        ),
        baseline=None if said.baseline is None else os.path.join(folder, said.baseline),
        output_format=said.output_format,
        options=where.options(said.rules),
        severities=severities,
    )


class _Words:
    """Looks up what a file names; errors say where it stands."""

    def __init__(self, file: str) -> None:
        self.file = file

    def codes(self, key: str, words: Iterable[str]) -> list[str]:
        """The codes that the words of a key speak of."""
        out: list[str] = []
        for word in words:
            try:
                out += matching(word)
            except PlanparseError as error:
                if "near" in error.values:
                    raise PlanparseError(
                        "{file}: {key}: there is no rule {word}; did you mean {near}?",
                        file=self.file, key=key, word=word, near=error.values["near"],
                    ) from None  # fmt: skip
                raise PlanparseError(
                    "{file}: {key}: there is no rule {word}; `planparse rules` lists them", file=self.file, key=key, word=word
                ) from None
        return out

    def options(self, said: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """The settings of rules, each of a kind with its default."""
        out: dict[str, dict[str, Any]] = {}
        for word, given in said.items():
            entry = find(word)
            if entry is None:
                codes = self.codes("rules", [word])  # says what is wrong with it, unless it is the beginning of a code
                raise PlanparseError(
                    "{file}: {key}: settings are those of one rule; name it, e.g. {word}",
                    file=self.file,
                    key=f"rules.{word}",
                    word=codes[0],
                )
            known = entry.rule.options
            for name, value in given.items():
                key = f"rules.{word}.{name}"
                if name not in known:
                    raise unknown(self.file, key, name, known)
                fitting = _fitting(value, known[name])
                if fitting is None:
                    raise PlanparseError("{file}: {key} must be {kind}", file=self.file, key=key, kind=_kind(known[name]))
                out.setdefault(entry.code, {})[name] = fitting[0]
        return out


def unknown(file: str, key: str, name: str, known: Iterable[str]) -> PlanparseError:
    """The error for a key that does not exist, with the one that may have been meant."""
    known = sorted(known)
    near = get_close_matches(name.replace("_", "-"), known, 1, 0.5) or get_close_matches(name, known, 1, 0.5)
    if near:
        return PlanparseError("{file}: there is no setting {key}; did you mean {near}?", file=file, key=key, near=near[0])
    if known:
        return PlanparseError("{file}: there is no setting {key}; there are {known}", file=file, key=key, known=", ".join(known))
    return PlanparseError("{file}: there is no setting {key}; this rule has none", file=file, key=key)


def _fitting(value: Any, default: Any) -> tuple[Any] | None:
    """The value as its default would have it, in a tuple; None where it is of another kind."""
    if default is None:
        return (value,)
    if isinstance(default, bool) or isinstance(value, bool):
        return (value,) if isinstance(default, bool) and isinstance(value, bool) else None
    if isinstance(default, float):
        return (float(value),) if isinstance(value, int | float) else None
    if isinstance(default, list | tuple | frozenset | set):
        if not isinstance(value, list):
            return None
        inner = next(iter(default), "")
        parts = [_fitting(part, inner) for part in value]
        return (type(default)(part[0] for part in parts if part is not None),) if all(parts) else None
    if isinstance(default, Mapping):
        return (value,) if isinstance(value, dict) else None
    return (value,) if isinstance(value, type(default)) else None


def _kind(default: Any) -> Term:
    for kinds, term in (
        (bool, Term("true or false")),
        (int | float, Term("a number")),
        (str, Term("a text in quotes")),
        (Mapping, Term("a table of keys with values")),
    ):
        if isinstance(default, kinds):
            return term
    inner = next(iter(default), "")
    return Term("a list of texts in quotes") if isinstance(inner, str) else Term("a list")
