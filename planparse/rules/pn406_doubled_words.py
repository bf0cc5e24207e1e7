"""A phrase stands twice in a row.

Where text was retyped or pasted over, a piece of it often stands twice: 校本研修本研修活动. A reader stumbles, a program counts
a word that nobody wrote.

Only phrases of three Chinese characters and more are told, and 的的: shorter ones repeat in good Chinese (研究研究, 一步一步,
安全教育教育学生). Left alone are what begins with 一, 每 or 逐 (一个班一个班地), a body's name before the title of one of its
members (教研组教研组长), and what stands three times, which is meant.

The fix deletes the repetition; it is unsafe, because nobody knows what was meant.

Basis: quality of the data; no clause speaks of it.

Bad:

    某校2024年工作计划
    一、重点工作
    开展校本研修本研修活动。

Good:

    某校2024年工作计划
    一、重点工作
    开展校本研修活动，一个班一个班地抓，做到班班通。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.prose import HAN, other
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

MESSAGE = "{found} stands twice"
DELETE = "delete the repetition"
RULE = Rule(severity="warning", basis=Basis("data"), messages=(MESSAGE,), fix="unsafe", may_change=frozenset({"words"}))
SHORTEST, LONGEST = 3, 16
_RUN = lazy(f"[{HAN}]{{6,}}")
_PARTICLE = lazy("(?<![目标])的(的)(?![确士哥])")
DISTRIBUTIVE = "一每逐"
MEMBERS = "长员会院校部室处科主副议"
"""After a body's name these begin a title or make another name."""


def check(view: View) -> Iterator[Problem]:
    """Phrases within runs of Chinese characters."""
    text = view.text
    for run in _RUN.finditer(text):
        for start, period, copies in _repeats(run[0]):
            at = run.start() + start
            phrase = text[at : at + period]
            end = at + 2 * period
            if copies > 2 or phrase[0] in DISTRIBUTIVE or text[end : end + 1] in MEMBERS:
                continue
            yield from _problem(view, at + period, end, phrase)
    if "的的" in text:
        for found in _PARTICLE.finditer(text):
            yield from _problem(view, found.start(1), found.end(), found[1])


def _problem(view: View, start: int, end: int, phrase: str) -> Iterator[Problem]:
    if not view.guarded(start, end) and not other(view).touch(start, end):
        yield Problem(start, end, MESSAGE, {"found": phrase}, Fix((Edit(start, end, ""),), "unsafe", DELETE))


def _repeats(run: str) -> Iterator[tuple[int, int, int]]:
    """Where phrases repeat: the start of the first copy, its length, how many copies.

    A pair of characters that stood a few characters before is looked at more closely; that takes bounded time for each.
    """
    seen: dict[str, int] = {}
    done = 0
    for k in range(len(run) - 1):
        pair = run[k : k + 2]
        before = seen.get(pair)
        seen[pair] = k
        if before is None or k < done or not SHORTEST <= k - before <= LONGEST:
            continue
        period = k - before
        first = before
        while first > done and k - first < 2 * period and run[first - 1] == run[first - 1 + period]:
            first -= 1
        last = k
        while last < len(run) and run[last] == run[last - period]:
            last += 1
        copies = (last - first) // period
        if copies >= 2:
            yield first, period, copies
            done = last
