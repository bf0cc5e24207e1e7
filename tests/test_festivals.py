"""The days of the lunar festivals, compared with two packages that know the lunar calendar."""

from datetime import date

import pytest
from borax.calendars.festivals2 import TermFestival
from borax.calendars.lunardate import LunarDate
from lunar_python import Lunar, Solar

from planparse.dates.festivals import FIRST_YEAR, LAST_YEAR, LUNAR, dates_of, fixed_date, nth_weekday, usual_month

LUNAR_DAYS = {"春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8)}


def borax(name, year):
    if name == "清明":
        return TermFestival(name="清明").at(year=year)
    return LunarDate(year, *LUNAR_DAYS[name]).to_solar_date()


def lunar_python(name, year):
    if name == "清明":
        found = Solar.fromYmd(year, 4, 1).getLunar().getJieQiTable()["清明"]
    else:
        found = Lunar.fromYmd(year, *LUNAR_DAYS[name]).getSolar()
    return date(found.getYear(), found.getMonth(), found.getDay())


@pytest.mark.parametrize("name", LUNAR)
def test_the_table_agrees_with_two_packages(name):
    """Eight festivals in 51 years: 408 days."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    assert len(years) * len(LUNAR) == 408
    for year in years:
        wanted = borax(name, year)
        assert wanted == lunar_python(name, year)
        assert wanted in dates_of(name, wanted.year), (name, year)


def test_festivals_by_all_their_names():
    assert dates_of("春节", 2024) == dates_of("大年初一", 2024) == (date(2024, 2, 10),)
    assert dates_of("除夕", 2024) == dates_of("大年三十", 2024) == (date(2024, 2, 9),)
    assert dates_of("元宵节", 2024) == (date(2024, 2, 24),)
    assert dates_of("腊八节", 2022) == (date(2022, 1, 10), date(2022, 12, 30))
    assert dates_of("五一劳动节", 2024) == (date(2024, 5, 1),)
    assert dates_of("全国中小学生安全教育日", 2007) == (date(2007, 3, 26),)
    assert dates_of("母亲节", 2023) == (date(2023, 5, 14),)
    assert dates_of("春节", 1890) == ()
    assert dates_of("愚公节", 2024) == ()


def test_usual_months_and_fixed_days():
    assert (usual_month("中秋节"), usual_month("母亲节"), usual_month("国庆节"), usual_month("愚公节")) == (9, 5, 10, 0)
    assert (fixed_date("教师节"), fixed_date("中秋")) == ((9, 10), None)


@pytest.mark.parametrize(
    ("month", "nth", "weekday", "day"), [(9, 1, 1, 4), (9, 2, 5, 8), (9, -1, 6, 30), (2, -1, 2, 28), (12, -1, 7, 31), (12, 5, 7, 31)]
)
def test_nth_weekdays(month, nth, weekday, day):
    assert nth_weekday(2023, month, nth, weekday) == date(2023, month, day)
