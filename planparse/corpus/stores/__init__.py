"""Where the records of an archive are kept: one stream of records in, tables out; the end of a name tells the kind.

A record is a line of JSON, one for each input file: `source`, `document` (what `planparse parse` prints, or null),
`error`, `seconds`, `parser`. `.jsonl` and `.jsonl.zst` keep the lines as they are; the other kinds keep the tables of
`planparse.corpus.tables`. Every kind is written beside its place and put there whole.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from planparse.corpus.stores.store import EngineError
from planparse.errors import PlanparseError

if TYPE_CHECKING:
    from planparse.corpus.stores.store import Store

KINDS = {".jsonl": "lines", ".jsonl.zst": "lines", ".parquet": "parquet", ".duckdb": "duck", ".sqlite": "lite"}
"""The ends of names, each with the module beside this one that writes and opens it."""


def kind(name: str | os.PathLike[str]) -> str:
    """The end of a store's name, a key of `KINDS`.

    Raises:
        PlanparseError: It is none.
    """
    lower = os.fspath(name).lower().rstrip("/\\")
    for suffix in sorted(KINDS, key=len, reverse=True):
        if lower.endswith(suffix):
            return suffix
    raise PlanparseError("{name}: its name tells no store; end it in {suffixes}", name=os.fspath(name), suffixes=", ".join(KINDS))


def write(records: Iterable[bytes], out: str | os.PathLike[str]) -> None:
    """Keeps records in a store, which takes the place of an older one of that name.

    Args:
        records: A line of JSON for each input file.
        out: Where; the end of the name tells the kind.

    Raises:
        PlanparseError: The name tells no kind, something else is in that place, the disk is full, or a line is no record.
        MissingPackage: The kind needs a package that is not installed.
    """
    put: Callable[[Iterable[bytes], Path], None] = import_module(f"{__name__}.{KINDS[kind(out)]}").write
    with _draft(Path(out)) as draft:
        try:
            put(records, draft)
        except EngineError as error:
            raise PlanparseError("{name}: cannot be written ({reason})", name=os.fspath(out), reason=str(error)) from None


def opened(name: str | os.PathLike[str]) -> Store:
    """A store, open for questions.

    Raises:
        PlanparseError: There is no store of that name, or it cannot be read.
        MissingPackage: The kind needs a package that is not installed.
    """
    path = Path(name)
    if not path.exists():
        raise PlanparseError("{name}: there is no such store", name=str(path))
    module = "parquet" if path.is_dir() else KINDS[kind(path)]
    store: Store = import_module(f"{__name__}.{module}").opened(path)
    return store


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """A place beside the store; what stands there is put in the store's place when all went well."""
    if not out.parent.is_dir():
        raise PlanparseError("{name}: cannot be written, its folder does not exist", name=str(out))
    if out.exists() and out.is_dir() != (kind(out) == ".parquet"):
        raise PlanparseError("{name}: something else has this name and is kept; choose another", name=str(out))
    if out.is_dir() and any(entry.suffix != ".parquet" for entry in out.iterdir()):
        raise PlanparseError("{name}: the folder holds other files and is kept; choose another name", name=str(out))
    _clear(out)
    draft = out.with_name(f".{os.getpid()}.part.{out.name}")  # it ends like the store: that tells its kind
    try:
        yield draft
        if out.is_dir():
            old = out.with_name(f".{os.getpid()}.old.{out.name}")
            out.rename(old)
            draft.rename(out)
            _remove(old)
        else:
            draft.replace(out)
    finally:
        _remove(draft)


def _clear(out: Path) -> None:
    """Removes the drafts of runs that were killed; those of runs that go on stay."""
    for draft in out.parent.iterdir():
        found = re.fullmatch(r"\.(\d+)\.(?:part|old)\.(.+?)(?:\.wal)?", draft.name)
        if found and found[2] == out.name and not _runs(int(found[1])):
            _remove(draft)


def _runs(process: int) -> bool:
    """Whether a process of this number runs."""
    if process == os.getpid():
        return False
    if os.name == "nt":  # asking would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
