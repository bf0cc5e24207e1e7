"""Reads lists of names: 教务处、总务处和各年级组; 王强 李敏; 县教育局（牵头）、县财政局."""

from __future__ import annotations

from typing import NamedTuple

from planparse.facts.duties import MARK, duty_of_mark
from planparse.facts.names import NOBODY, is_person, is_role, is_titled, is_unit, kind_of
from planparse.syntax.lazy import lazy


class Owner(NamedTuple):
    """Who answers, as the text names them."""

    start: int
    end: int
    kind: str
    """`unit`, `person` or `role`."""
    duty: str
    """What the owner does; see `planparse.model.Owner`."""
    apart: bool
    """Whether a clause of its own names the owner, so that it holds for all that is under the node."""


LONGEST = 24
"""A name has no more signs than this."""
LONGEST_UNKNOWN = 4
"""What has no more signs than this may be a name that no rule knows."""
_BLANKS = " \u3000"
_ASIDE = lazy("[（(][^（()）]{0,30}[）)]\\Z")
_OTHERS = lazy("等(?:[0-9一二三四五六七八九十]+个?)?(?:相关|有关)?(?:单位|部门|科室|处室)?\\Z")
_COUNT = lazy("[ ]?[0-9]{1,4}[名人位]\\Z")
_TIME = lazy("\\d[月日年:：]|截[止至]|[月年]底|学期|上午|下午")
WORDY = lazy(
    "[的“”！!？?0-9％%谁+＋]|必须|应当|要(?!闻)|应(?!急)|须|有(?!限|机|线)|安排|确定|明确|指定|按照|根据|对(?!外|口)|并且|能够|进行|开展|加强|做好|落实|认真|组织(?![部科处股室委人])|"
    "积极|继续|配齐|选派|包括|上[课課]|正式|含"
)
"""What stands in no name: then the words are a clause."""
GENERIC = frozenset(
    ["小学", "初中", "高中", "中学", "大学", "幼儿园", "学校", "班级", "年级", "社区", "单位", "部门", "教室", "实验室", "图书室", "阅览室", "会议室", "卫生室", "食堂", "宿舍", "办公区", "校园", "城市", "农村", "全市", "全县", "全区", "全校", "本市", "我市", "我县", "乡镇", "村"]
)  # fmt: skip
"""Common nouns that end as units do: by themselves they name kinds of places, not who answers."""


def read_names(text: str, start: int, end: int, duty: str, default: str, *, apart: bool) -> list[Owner]:
    """The names of a slot: whatever stands there, but words that name nobody."""
    out: list[Owner] = []
    for piece in _pieces(text, start, end):
        own, (a, b) = _duty(text, piece, duty), _bare(text, *piece)
        name = text[a:b]
        if out and len(name) > LONGEST_UNKNOWN and not _is_known(name) and _ends_list(text, start, a):
            break  # 成员：王强、各校校长，形成长效机制: a clause goes on where the names end
        if (
            2 <= b - a <= LONGEST
            and _TIME.search(name) is None
            and not NOBODY.match(name)
            and any("\u4e00" <= c <= "\u9fff" or c.isalpha() for c in name)
        ):
            out.append(Owner(a, b, kind_of(name, default), own, apart))
    return out


def _ends_list(text: str, start: int, at: int) -> bool:
    """Whether a comma stands before a piece while the pieces before it are parted by 、."""
    return text.rfind("、", start, at) >= 0 and text[start:at].rstrip(f"{_BLANKS}和及与")[-1:] in ("，", ",")


def read_only_names(text: str, start: int, end: int, duty: str, *, apart: bool) -> list[Owner]:
    """The names of a stretch that is made of names alone; none where anything else stands in it."""
    out = []
    for piece in _pieces(text, start, end):
        own, (a, b) = _duty(text, piece, duty), _bare(text, *piece)
        name = text[a:b]
        if not 2 <= b - a <= LONGEST or (WORDY.search(name) and not is_person(name)) or NOBODY.match(name) or not _is_known(name):
            return []
        out.append(Owner(a, b, kind_of(name), own, apart))
    return out


def _duty(text: str, piece: tuple[int, int], duty: str) -> str:
    mark = MARK.search(text, *piece)
    return duty if mark is None else duty_of_mark(mark["duty"])


def _is_known(name: str) -> bool:
    return name not in GENERIC and (is_unit(name) or is_role(name) or is_person(name) or is_titled(name))


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names of a list: parted by 、 and the like; 和, 与 and blanks part only what are names by themselves."""
    out: list[tuple[int, int]] = []
    at, depth = start, 0
    for k in range(start, end):
        sign = text[k]
        if sign in "（(":
            depth += 1
        elif sign in "）)":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif sign in "、，,；;/／\n\t\x0b":
            out.append((at, k))
            at = k + 1
        elif sign in "和及与" or sign in _BLANKS:
            left, right = text[at:k].strip(_BLANKS), _first_name(text, k + 1, end)
            both = len(left) >= 2 and len(right) >= 2
            if both and sign in _BLANKS and _holds_post(text, left, right, k, end):
                continue  # 技术负责人 韩磊
            if not left or (both and (sign in _BLANKS or (_is_known(left) and _is_known(right)))):
                out.append((at, k))
                at = k + 1
    out.append((at, end))
    return [piece for piece in (_trim(text, *piece) for piece in out) if piece[0] < piece[1]]


def _holds_post(text: str, left: str, right: str, at: int, end: int) -> bool:
    """Whether a post and a name behind a blank are one owner: 校长 王强; but not 班主任 王强 李敏."""
    if not is_role(left) or is_titled(left) or not is_person(right) or is_role(right):
        return False
    behind = text.find(right, at, end) + len(right)
    return not (text[behind : behind + 1] in _BLANKS and is_person(_first_name(text, behind, end))) if behind < end else True


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in " \u3000。.":
        end -= 1
    return start, end


def _first_name(text: str, at: int, end: int) -> str:
    while at < end and text[at] in _BLANKS:
        at += 1
    k = at
    while k < end and text[k] not in "、，,；;/／\n\t和及与 \u3000（(":
        k += 1
    return text[at:k]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without a bracket behind it, without 等 and 同志."""
    aside = _ASIDE.search(text, start, end)
    end = aside.start() if aside is not None and aside.start() > start else end
    for tail in ("等同志", "同志"):
        if text.endswith(tail, start, end) and end - start > len(tail) + 1:
            end -= len(tail)
    others = _OTHERS.search(text, start, end)
    if others is not None and others.start() - start >= 2:
        end = others.start()
    count = _COUNT.search(text, start, end)
    if count is not None and count.start() - start >= 2:
        end = count.start()  # 居民代表5名
    while start < end and text[start] in " \u3000以由":
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    return start, end
