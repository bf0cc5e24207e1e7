"""What the user says about time: the options that `parse`, `outline` and `dates` share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.errors import PlanparseError

if TYPE_CHECKING:
    from planparse.dates.resolve import Settings

YearOption = Annotated[
    int | None, typer.Option("--year", metavar="YYYY", min=1900, max=2100, help="The year the plan is for.", show_default=False)
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Of years that fit, take the one nearest to this date.", show_default=False)
]
TermStartOption = Annotated[
    str | None, typer.Option("--term-start", metavar="DATE", help="First day of week 1, to date 第N周.", show_default=False)
]


def settings(year: int | None, as_of: str | None, term_start: str | None) -> Settings:
    """The settings that the options give.

    Raises:
        PlanparseError: A date is not written as 2024-09-01, or does not exist.
    """
    from planparse.dates.resolve import Settings  # a part of the parser, which `batch` with nothing to do has no use for

    return Settings(year, day("--as-of", as_of), day("--term-start", term_start))


def day(option: str, text: str | None) -> date | None:
    """The day that an option names; None where it is not given.

    Raises:
        PlanparseError: It is not written as 2024-09-01, or does not exist.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PlanparseError("{option} {text}: this is no date; write it as 2024-09-01", option=option, text=text) from None
