"""What a time expression says by itself, before anything is completed from its surroundings."""

from __future__ import annotations

from typing import Literal, NamedTuple

Bound = Literal["by", "from", "around"]


class Moment(NamedTuple):
    """One point or span of time, as far as it is written. Empty strings and zeros stand for what is not written."""

    year: str = ""
    """Four characters: digits, and X for masked ones."""
    month: int = 0
    day: int = 0
    weekday: int = 0
    """1 Monday to 7 Sunday."""
    span: str = ""
    """What stands beside or instead of a day: third (旬), week, weekend, quarter, half, term, school_year, plan_period,
    festival, holidays, season, days, duration."""
    nth: int = 0
    """Which one of these; counted from the end when negative, the number of months for the first so many of a year."""
    name: str = ""
    """The festival's or the holidays' name."""
    shift: tuple[str, int] | None = None
    """A word such as 明年 or 上周: its unit (year, term, quarter, month, week, day) and how far away, 0 for this one."""
    edge: str = ""
    """begin (初), middle (中) or end (底) of the span."""
    nths: tuple[int, ...] = ()
    """Several of these: the first and third Saturday of each month."""


class Written(NamedTuple):
    """A time expression at its place in the text."""

    kind: str
    """One of the kinds of `planparse.model.WhenKind`."""
    start: int
    end: int
    first: Moment
    last: Moment | None = None
    """The end of a range; what it does not say itself it shares with `first`."""
    listed: tuple[int, ...] = ()
    """Days, months or weekdays in a list: 5月12、19日."""
    slash: tuple[int, ...] = ()
    """The numbers of 27/8—2/9, while day/month or month/day is open."""
    ordered: bool = False
    """Whether other dates of the document told which of the numbers is the month."""
    bound: Bound | None = None
    repeat: str = ""
    """The unit of a repetition (day, week, month, quarter, half, term, year, school_year); empty for a single time."""
    every: int = 1
    """How many units lie between repetitions."""
    clock: tuple[int, int] | None = None
    """Where the time of day stands, counted from `start`."""

    def at(self, start: int, end: int) -> Written:
        """The same at another place; `_replace` takes three times as long, and this is done for every time of a text."""
        return Written(self[0], start, end, *self[3:])
