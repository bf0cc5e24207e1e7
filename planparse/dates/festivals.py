"""What day a festival is: a table for the lunar ones, a formula for 清明, the calendar for the others.

The lunar table covers 1990 to 2040; a test compares every date with two other packages.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1990, 2040

# 春节, 端午, 七夕, 中秋, 重阳 and 腊八 of the lunar year that begins in each year, month and day; 腊八 in January is the next year's.
_LUNAR = {
    1990: "0127 0528 0826 1003 1026 0123",
    1991: "0215 0616 0816 0922 1016 0112",
    1992: "0204 0605 0805 0911 1004 1231",
    1993: "0123 0624 0824 0930 1023 0119",
    1994: "0210 0613 0813 0920 1013 0108",
    1995: "0131 0602 0802 0909 1101 0127",
    1996: "0219 0620 0820 0927 1020 0116",
    1997: "0207 0609 0809 0916 1010 0106",
    1998: "0128 0530 0828 1005 1028 0124",
    1999: "0216 0618 0817 0924 1017 0114",
    2000: "0205 0606 0806 0912 1006 0102",
    2001: "0124 0625 0825 1001 1025 0120",
    2002: "0212 0615 0815 0921 1014 0110",
    2003: "0201 0604 0804 0911 1004 1230",
    2004: "0122 0622 0822 0928 1022 0117",
    2005: "0209 0611 0811 0918 1011 0107",
    2006: "0129 0531 0731 1006 1030 0126",
    2007: "0218 0619 0819 0925 1019 0115",
    2008: "0207 0608 0807 0914 1007 0103",
    2009: "0126 0528 0826 1003 1026 0122",
    2010: "0214 0616 0816 0922 1016 0111",
    2011: "0203 0606 0806 0912 1005 0101",
    2012: "0123 0623 0823 0930 1023 0119",
    2013: "0210 0612 0813 0919 1013 0108",
    2014: "0131 0602 0802 0908 1002 0127",
    2015: "0219 0620 0820 0927 1021 0117",
    2016: "0208 0609 0809 0915 1009 0105",
    2017: "0128 0530 0828 1004 1028 0124",
    2018: "0216 0618 0817 0924 1017 0113",
    2019: "0205 0607 0807 0913 1007 0102",
    2020: "0125 0625 0825 1001 1025 0120",
    2021: "0212 0614 0814 0921 1014 0110",
    2022: "0201 0603 0804 0910 1004 1230",
    2023: "0122 0622 0822 0929 1023 0118",
    2024: "0210 0610 0810 0917 1011 0107",
    2025: "0129 0531 0829 1006 1029 0126",
    2026: "0217 0619 0819 0925 1018 0115",
    2027: "0206 0609 0808 0915 1008 0104",
    2028: "0126 0528 0826 1003 1026 0122",
    2029: "0213 0616 0816 0922 1016 0111",
    2030: "0203 0605 0805 0912 1005 0101",
    2031: "0123 0624 0824 1001 1024 0120",
    2032: "0211 0612 0812 0919 1012 0108",
    2033: "0131 0601 0801 0908 1001 0127",
    2034: "0219 0620 0820 0927 1020 0116",
    2035: "0208 0610 0810 0916 1009 0105",
    2036: "0128 0530 0828 1004 1027 0123",
    2037: "0215 0618 0817 0924 1017 0112",
    2038: "0204 0607 0807 0913 1007 0102",
    2039: "0124 0527 0826 1002 1026 0121",
    2040: "0212 0614 0814 0920 1014 0110",
}
_COLUMNS = {"春节": 0, "端午": 1, "七夕": 2, "中秋": 3, "重阳": 4, "腊八": 5}
_FROM_NEW_YEAR = {"除夕": -1, "元宵": 14}

# Month and day.
_FIXED = {
    "双十一": 1111, "元旦": 101, "情人节": 214, "学雷锋": 305, "妇女节": 308, "三八": 308, "植树节": 312, "消费者权益日": 315, "世界水日": 322, "愚人节": 401,
    "国家安全教育日": 415, "世界地球日": 422, "世界读书日": 423, "劳动节": 501, "五一": 501, "青年节": 504, "护士节": 512, "防灾减灾日": 512,
    "世界无烟日": 531, "儿童节": 601, "六一": 601, "世界环境日": 605, "爱眼日": 606, "禁毒日": 626, "建党节": 701, "七一": 701, "建军": 801, "八一": 801,
    "医师节": 819, "教师节": 910, "烈士纪念日": 930, "国庆": 1001, "十一": 1001, "五四": 504, "万圣节": 1031, "记者节": 1108, "消防": 1109, "艾滋病日": 1201,
    "宪法日": 1204, "公祭日": 1213, "平安夜": 1224, "圣诞节": 1225,
}  # fmt: skip
# Month, which one (-1 the last), weekday (1 Monday).
_MOVING = {"母亲节": (5, 2, 7), "父亲节": (6, 3, 7), "感恩节": (11, 4, 4), "中小学生安全教育日": (3, -1, 1)}
_MONTHS = {"春节": 2, "除夕": 2, "大年": 2, "元宵": 2, "清明": 4, "端午": 6, "七夕": 8, "中元": 8, "中秋": 9, "重阳": 10, "腊八": 1}

LUNAR = ("春节", "元宵", "清明", "端午", "七夕", "中秋", "重阳", "腊八")
"""The festivals that tell one year from another."""

HOLIDAYS = {"国庆": 7}
"""How many days a festival's days off have been in every year (国务院 《全国年节及纪念日放假办法》); the others changed."""


@lru_cache(maxsize=1024)
def dates_of(name: str, year: int) -> tuple[date, ...]:
    """The days of a festival in a year of the common calendar: one, for 腊八 none to two; none outside the table."""
    fixed = fixed_date(name)
    if fixed is not None:
        return (date(year, *fixed),)
    for key, (month, nth, weekday) in _MOVING.items():
        if key in name:
            return (nth_weekday(year, month, nth, weekday),)
    if "清明" in name:
        return (date(year, 4, _qingming(year)),)
    key = "春节" if name in ("大年初一", "春节") else "除夕" if name in ("除夕", "大年三十") else name
    for short, days in _FROM_NEW_YEAR.items():
        if short in key:
            return tuple(day + timedelta(days) for day in _lunar("春节", year))
    for short in _COLUMNS:
        if short in key:
            return tuple(_lunar(short, year))
    return ()


def fixed_date(name: str) -> tuple[int, int] | None:
    """Month and day of a festival that has the same ones each year; None for the others."""
    return next(((value // 100, value % 100) for key, value in _FIXED.items() if key in name), None)


def usual_month(name: str) -> int:
    """The month most of a festival's dates fall in: enough to tell the year where a plan goes over New Year."""
    fixed = fixed_date(name)
    if fixed:
        return fixed[0]
    return next((month for key, month in _MONTHS.items() if key in name), next((row[0] for key, row in _MOVING.items() if key in name), 0))


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth weekday (1 Monday to 7 Sunday) of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return last - timedelta((last.isoweekday() - weekday) % 7)


def _lunar(name: str, year: int) -> list[date]:
    found = []
    for lunar_year in (year - 1, year):
        row = _LUNAR.get(lunar_year)
        if row is not None:
            text = row.split()[_COLUMNS[name]]
            day = date(lunar_year + (name == "腊八" and text < "0200"), int(text[:2]), int(text[2:]))
            if day.year == year:
                found.append(day)
    return found


def _qingming(year: int) -> int:
    """The day in April: 寿星公式, right for every year from 1990 to 2040."""
    y = year % 100
    return int(0.2422 * y + (5.59 if year < 2000 else 4.81)) - y // 4
