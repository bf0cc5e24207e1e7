"""Plans of an archive that are most like one: MinHash finds the candidates, the overlap of their words decides.

A plan's words come down to their sense (no labels, marks, blanks, years), then to the set of all runs of four signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nlargest
from itertools import groupby
from typing import NamedTuple

from planparse.corpus.sense import sense
from planparse.corpus.signatures import Index, signatures
from planparse.corpus.stores.store import Store

RUN = 4
"""So many signs make a shingle."""
SAMPLE = "加强师德师风建设，每学期至少组织一次考核。"
"""Its signature stands in every index: while it is the same, so are sense, shingles and hash."""
SPARE = 50
"""So many more candidates than asked for are looked at closely: an estimate may be off."""
LEAST = 0.02
"""What is less alike is not looked at: chance alone comes to this."""
DOUBT = 0.2
"""So far an estimate may be off: it errs by 0.04 as a rule."""


class Like(NamedTuple):
    """A plan of the archive and how much it is like the one asked about."""

    likeness: float
    """The share of shingles that both have (Jaccard), 0 to 1."""
    estimate: float
    """What the index said."""
    contained: float
    """The share of the asked plan's shingles that stand in it: a plan copied into a longer one."""
    file: str
    plan: int | None
    title: str | None
    year: int | None
    issuer: str | None
    same_file: bool
    """Whether the files are the same, byte by byte."""


def shingles(texts: Iterable[str]) -> set[str]:
    """All runs of signs of an entry's sense, of all entries together; a shorter one stands as it is."""
    found: set[str] = set()
    for text in texts:
        words = sense(text)
        if words:
            found.update([words[k : k + RUN] for k in range(max(1, len(words) - RUN + 1))])
    return found


def near(store: Store, index: Index, texts: list[str], sha256: str | None, *, top: int, threshold: float) -> list[Like]:
    """The plans most like the one with these texts, the likest first; equals in the order of the archive.

    Args:
        store: The archive.
        index: Its signatures.
        texts: The words of the asked plan's entries.
        sha256: The hash of its file.
        top: So many at most.
        threshold: Those that are at least so much alike.
    """
    asked = shingles(texts)
    (signature,) = signatures([asked])
    if not signature:
        return []
    likely = index.estimates(signature, max(threshold - DOUBT, LEAST))
    estimates = {document: estimate for estimate, document in nlargest(top + SPARE, likely, key=lambda pair: (pair[0], -pair[1]))}
    if not estimates:
        return []
    keys = ", ".join(map(str, sorted(estimates)))
    about = store.ask(f"SELECT document, file, plan, title, year, issuer, sha256 FROM documents WHERE document IN ({keys})").rows  # noqa: S608
    heads = {row[0]: row[1:] for row in about}
    found: list[tuple[int, Like]] = []
    for document, words in entries(store, f"WHERE document IN ({keys})"):
        held = shingles(words)
        shared = len(asked & held)
        likeness = shared / len(asked | held)
        if likeness >= threshold and shared:
            file, plan, title, year, issuer, hashed = heads[document]
            figures = (round(likeness, 4), round(estimates[document], 4), round(shared / len(asked), 4))
            same = sha256 is not None and hashed == sha256
            found.append((document, Like(*figures, file, plan, title, year, issuer, same)))
    return [like for _, like in sorted(found, key=lambda pair: (-pair[1].likeness, pair[0]))[:top]]


def entries(store: Store, where: str = "") -> Iterator[tuple[int, Iterator[str]]]:
    """The texts of plans, plan by plan: stores hold entries in that order, and a query without ORDER BY keeps it."""
    rows = store.ask(f"SELECT document, text FROM items {where}").rows  # noqa: S608 - keys of ours
    for document, group in groupby(rows, key=lambda row: row[0]):
        yield document, (text for _, text in group if text)


def indexed(store: Store) -> Index:
    """The archive's index; made when there is none of this store as it is now."""
    sample = signatures([shingles([SAMPLE])])[0]
    index = Index.of(store, sample)
    if not index.is_fresh():
        index.make((document, shingles(words)) for document, words in entries(store))
    return index
