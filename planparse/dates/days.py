"""Days as far as they are known: the year may be open or masked, month and day may be missing. ISO 8601 and EDTF."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

LEAP_YEAR = 2000
"""Stands for an open year where days are compared: it has a 29 February."""


class Day(NamedTuple):
    """A day, a month (day 0) or a year (month 0 too). `year` is empty when open, and holds an X for each masked digit."""

    year: str = ""
    month: int = 0
    day: int = 0

    @property
    def known(self) -> bool:
        """Whether the year is."""
        return self.year.isdigit()

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day in some year that fits."""
        if not (0 <= self.month <= 12 and self.day >= 0):
            return False
        return not self.day or self.day <= month_length(int(self.year) if self.known else LEAP_YEAR, self.month)

    @property
    def edtf(self) -> str:
        """ISO 8601-2 (EDTF): XXXX for an open year."""
        parts = [self.year or "XXXX"]
        if self.month or self.day:
            parts.append(f"{self.month:02d}" if self.month else "XX")
        if self.day:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    def first(self) -> date | None:
        """Its first day; None while the year is open or when there is no such day."""
        return date(int(self.year), self.month or 1, self.day or 1) if self._is_date() else None

    def last(self) -> date | None:
        """Its last day; None while the year is open or when there is no such day."""
        if not self._is_date():
            return None
        month = self.month or 12
        return date(int(self.year), month, self.day or month_length(int(self.year), month))

    def _is_date(self) -> bool:
        return self.known and self.year > "0000" and self.exists and not (self.day and not self.month)


def month_length(year: int, month: int) -> int:
    """Days in a month of the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_of(when: date) -> Day:
    """A date as a `Day`."""
    return Day(f"{when.year:04d}", when.month, when.day)


def monday_of(when: date) -> date:
    """The Monday of the week, Monday to Sunday."""
    return when - timedelta(when.isoweekday() - 1)


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month `count` months later."""
    total = year * 12 + month - 1 + count
    return total // 12, total % 12 + 1
