"""Remembers what was found in files, by their content: what did not change need not be read again.

One database in a folder of its own. It is only a cache: whatever is wrong with it, the run goes on without it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from typing import TypeVar

from planparse.checking.files import Findings
from planparse.checking.policy import Policy, code_stamp, hash_of

FOLDER = ".planparse_cache"
FILE = "findings.sqlite3"
BATCH = 500
"""So many new results are written at once."""
MOST = 200_000
"""So many results are kept; the oldest go first."""
PATIENCE = 5.0
"""So many seconds another run's writing is waited for."""

_T = TypeVar("_T")


class Cache:
    """The findings of earlier runs. Several runs may use one at the same time.

    Args:
        folder: Where they are kept; None keeps this run's, in memory.
    """

    def __init__(self, folder: str | None) -> None:
        self.path = ":memory:" if folder is None else os.path.join(folder, FILE)
        self.stamp = int(hash_of(code_stamp())[:7], 16)
        self.waiting: list[tuple[str, str]] = []
        self.keys: dict[int, str] = {}
        self.held: list[Policy] = []
        self.connection: sqlite3.Connection | None = None
        if folder is not None and not _made(folder):
            return
        self._open(again=True)

    def _open(self, *, again: bool) -> None:
        try:
            self.connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            self.connection.execute("PRAGMA synchronous = OFF")
            (stamp,) = self.connection.execute("PRAGMA user_version").fetchone()
            if stamp != self.stamp:  # another version's, or new
                self.connection.executescript(
                    "BEGIN IMMEDIATE; DROP TABLE IF EXISTS findings;"
                    "CREATE TABLE findings (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
                    f"PRAGMA user_version = {self.stamp}; COMMIT;"
                )
            self.connection.execute("SELECT 1 FROM findings LIMIT 1")
        except sqlite3.Error as error:
            self._drop(error, again=again)

    def _drop(self, error: sqlite3.Error, *, again: bool) -> None:
        """Gives the database up; what is no database at all, or a broken one, is made anew."""
        busy = "locked" in str(error)
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        if busy or not again:
            return
        try:
            os.remove(self.path)
        except OSError:
            return
        self._open(again=False)

    def _asked(self, question: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        if self.connection is None:
            return otherwise
        try:
            return question(self.connection)
        except sqlite3.Error as error:
            self._drop(error, again=True)
            return otherwise

    @property
    def empty(self) -> bool:
        """Whether nothing is in it, so that looking is in vain."""
        return self._asked(lambda connection: connection.execute("SELECT 1 FROM findings LIMIT 1").fetchone() is None, otherwise=True)

    def get(self, sha256: str, path: str, policy: Policy) -> Findings | None:
        """What was found in these bytes under this policy; None where nobody looked."""
        key = self._key(sha256, path, policy)
        row = self._asked(lambda connection: connection.execute("SELECT value FROM findings WHERE key = ?", (key,)).fetchone(), None)
        if row is None:
            return None
        try:
            return Findings.read(row[0])
        except ValueError:  # written by nobody we know
            return None

    def put(self, sha256: str, path: str, policy: Policy, findings: Findings) -> None:
        """Remembers what was found."""
        if self.connection is None:
            return
        self.waiting.append((self._key(sha256, path, policy), findings.written()))
        if len(self.waiting) >= BATCH:
            self._write()

    def close(self) -> None:
        """Writes what is left and lets go."""
        self._write()
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _write(self) -> None:
        rows, self.waiting = self.waiting, []
        if rows:
            self._asked(lambda connection: _insert(connection, rows), None)

    def _key(self, sha256: str, path: str, policy: Policy) -> str:
        """The name's ending is part of it, as some formats are told apart by it."""
        known = self.keys.get(id(policy))
        if known is None:
            known = self.keys[id(policy)] = hash_of(policy.key())
            self.held.append(policy)  # so that no other gets its id
        return f"{sha256}{known}{os.path.splitext(path)[1].lower()}"


def _made(folder: str) -> bool:
    """Whether there is such a folder now, one that git leaves alone; one that may not be written is no reason to stop."""
    try:
        os.makedirs(folder, exist_ok=True)
        ignore = os.path.join(folder, ".gitignore")
        if not os.path.exists(ignore):
            with open(ignore, "w", encoding="utf-8") as file:
                file.write("*\n")
    except OSError:
        return False
    return True


def _insert(connection: sqlite3.Connection, rows: list[tuple[str, str]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany("INSERT OR REPLACE INTO findings VALUES (?, ?)", rows)
        (last,) = connection.execute("SELECT MAX(rowid) FROM findings").fetchone()
        connection.execute("DELETE FROM findings WHERE rowid <= ?", (last - MOST,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
