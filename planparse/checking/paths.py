"""Which files are meant: named ones, those of a folder, those that a pattern fits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from planparse.checking.patterns import wild
from planparse.errors import InputError
from planparse.readers import STANDARD_INPUT
from planparse.readers.detect import FORMATS

SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes)
"""How the files end that are taken from a folder; others are read only when they are named."""
SKIPPED = frozenset(("node_modules", "venv", "__pycache__"))
"""Folders that hold no plans; neither do those whose names begin with a dot."""
LOCK = "~$"
"""So begin the names of files that Word puts beside an open one."""

Excluded = Callable[[str], bool]
"""Whether a path is to be left out."""


def files(names: Iterable[str], excluded: Excluded, *, force: bool = False) -> Iterator[str]:
    """The files that are meant, each once: named ones in the order given, those of folders and patterns sorted.

    Args:
        names: Files, folders, patterns such as `plans/**/*.txt`; `-` is standard input.
        excluded: What to leave out of folders and patterns.
        force: Leave out excluded files even if they are named.

    Raises:
        InputError: A pattern fits nothing, or a folder may not be read.
    """
    seen: set[str] = set()
    for path in _meant(names, excluded, force=force):
        key = os.path.normcase(os.path.normpath(path))
        if key not in seen:
            seen.add(key)
            yield path


def _meant(names: Iterable[str], excluded: Excluded, *, force: bool) -> Iterator[str]:
    for name in names:
        if name == STANDARD_INPUT:
            yield name
        elif os.path.isdir(name):
            if not (force and excluded(name)):
                yield from _walked(name, excluded)
        elif wild(name) and not os.path.lexists(name):
            yield from _fitting(name, excluded)
        elif not (force and excluded(name)):
            yield name


def _fitting(pattern: str, excluded: Excluded) -> Iterator[str]:
    """What a pattern fits that the shell left as it is."""
    from glob import glob

    found = sorted(glob(pattern, recursive=True))
    if not found:
        raise InputError("{name}: no file fits this pattern", name=pattern)
    for path in found:
        if not excluded(path):
            if os.path.isfile(path):
                yield path
            elif not pattern.endswith("**"):  # which has the files of its folders already
                yield from _walked(path, excluded)


def _walked(folder: str, excluded: Excluded) -> Iterator[str]:
    """The readable files of a folder and of those below it, in the order of their names."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise InputError("{name}: cannot be read ({reason})", name=folder, reason=error.strerror or str(error)) from None
    for entry in entries:
        if entry.name.startswith((".", LOCK)):
            continue
        path = os.path.normpath(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in SKIPPED and not excluded(path):
                yield from _walked(path, excluded)
        elif os.path.splitext(entry.name)[1].lower() in SUFFIXES and entry.is_file() and not excluded(path):
            yield path
