"""What holds for one file: its rules, their settings, whether it is fixed; from the command line and its configuration."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any, NamedTuple

from planparse.checking.config import Configuration, Configurations
from planparse.dates.resolve import Settings
from planparse.rules import selection as selecting
from planparse.rules.rule import Profile
from planparse.rules.selection import Selection, matching, select


class Asked(NamedTuple):
    """What the command line says, for all files alike; it beats every configuration."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    profile: Profile | None = None
    fix: bool = False
    unsafe: bool = False
    encoding: str | None = None
    settings: Settings = Settings()


class Policy(NamedTuple):
    """What holds for one file."""

    selection: Selection
    options: dict[str, dict[str, Any]]
    fix: bool
    unsafe: bool
    encoding: str | None
    settings: Settings

    def key(self) -> str:
        """All that findings depend on besides the file: equal keys, equal findings. Fixes count apart."""
        return repr(
            (sorted(self.selection.severities.items()), sorted(map(_plain, self.options.items()), key=str), self.encoding, self.settings)
        )


class Policies:
    """The policies of a run; files for which the same holds share one."""

    def __init__(self, asked: Asked, configurations: Configurations) -> None:
        self.asked = asked
        self.configurations = configurations
        self.made: dict[tuple[str | None, tuple[str, ...]], Policy] = {}

    def of(self, path: str) -> Policy:
        """The policy for a file.

        Raises:
            PlanparseError: Its configuration cannot be read, or a word names no rule.
        """
        configuration = self.configurations.of_file(path)
        absolute = os.path.abspath(path) if configuration.per_file_ignores else path
        ignored = tuple(word for pattern, words in configuration.per_file_ignores if pattern.fits(absolute) for word in words)
        key = (configuration.file, ignored)
        policy = self.made.get(key)
        if policy is None:
            policy = self.made[key] = _policy(self.asked, configuration, ignored)
        return policy


def _policy(asked: Asked, configuration: Configuration, ignored: tuple[str, ...]) -> Policy:
    profile = asked.profile or configuration.profile or "default"
    selection = selected(asked, configuration)
    selection = selection.without(code for word in ignored for code in matching(word))
    severities = {code: configuration.severities.get(code, severity) for code, severity in selection.severities.items()}
    options = selecting.options(profile, configuration.options)
    return Policy(
        Selection(severities),
        {code: said for code, said in options.items() if code in severities},
        asked.fix, asked.unsafe, asked.encoding, asked.settings,
    )  # fmt: skip


def selected(asked: Asked, configuration: Configuration) -> Selection:
    """The rules that run. `--select` stands for all the configuration says of them; the others add and take away.

    Raises:
        PlanparseError: A word names no rule.
    """
    profile = asked.profile or configuration.profile or "default"
    if asked.select:
        return select(profile, asked.select, asked.extend_select, asked.ignore)
    said = select(profile, configuration.select, configuration.extend_select, configuration.ignore)
    ignored = {code for word in asked.ignore for code in matching(word)}
    added = select(profile, asked.extend_select, (), asked.ignore).severities if asked.extend_select else {}
    severities = {code: grade for code, grade in said.severities.items() if code not in ignored} | added
    return Selection(dict(sorted(severities.items())))


def _plain(pair: tuple[str, Any]) -> Any:
    """Settings in an order of their own: sets have none."""
    code, said = pair
    return code, sorted((name, sorted(value) if isinstance(value, frozenset | set) else value) for name, value in said.items())


@lru_cache(maxsize=1)
def code_stamp() -> str:
    """Tells one state of this program from another: its version, and the sizes of its files, for those who work on it."""
    from planparse import __version__

    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sizes = sorted(_sizes(root))
    return f"{__version__} {hash_of(repr(sizes))}"


def _sizes(folder: str) -> list[tuple[str, int]]:
    out: list[tuple[str, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name not in ("__pycache__", "locale", "cli", "report", "writers"):
                out += _sizes(entry.path)
            elif entry.name.endswith(".py"):
                out.append((entry.name, entry.stat().st_size))
    return out


def hash_of(text: str) -> str:
    """A short hash of a text."""
    from planparse.readers.text import sha256

    return sha256(text.encode("utf-8", "surrogatepass"))[:16]
