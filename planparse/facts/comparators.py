"""How a figure binds: comparators before and after it, and whether it tells a rise or a fall."""

from __future__ import annotations

from planparse.facts.figures import Figure
from planparse.syntax.lazy import lazy

FORCED = frozenset((">=", "<=", ">", "<"))
"""Comparators that bind whatever figure they stand with."""
_REACH = "(?:达到|达|到|为|在|有|是|于)?[ \u3000]?"
BEFORE = (
    (">=", f"(?:不少于|不低于|不小于|不得少于|不得低于|不能少于|不能低于|不下于|不应少于|不应低于|达到或超过|起码|最低){_REACH}"),
    (">=", "(?:≥|≧|>=|＞＝)[ \u3000]?"),
    ("<=", "(?:≤|≦|<=|＜＝)[ \u3000]?"),
    (">", "[>＞][ \u3000]?"),
    ("<", "[<＜][ \u3000]?"),
    (">=", "(?:至少|最少)[^，,。；;、：:\\d一二两三四五六七八九十百]{0,10}"),
    ("<=", f"(?:不超过|不高于|不多于|不大于|不得超过|不得高于|不得多于|不能超过|不超出|不突破|不超|最高){_REACH}"),
    ("<=", "(?:至多|最多)[^，,。；;、：:\\d一二两三四五六七八九十百]{0,10}"),
    (">=", f"(?:不少于|不低于)[^，,。；;、：:\\d]{{1,12}}的{_REACH}"),
    ("<=", f"(?:不超过|不高于|不突破)[^，,。；;、：:\\d]{{1,12}}的{_REACH}"),
    ("<=", "(?:控制|压缩|压降|限制)(?:在|到|为)(?:了)?"),
    (">", f"(?:首次)?(?:突破|超过|超出|高于|大于|多于|高出|(?<![彩高赶班])超|逾)(?:了|到)?{_REACH}"),
    ("<", f"(?:低于|小于|少于|不足|不到|不满|未满){_REACH}"),
    ("~", "(?:达到|达|为|有)?(?:大约|约为|约有|约需|约|近|将近|接近|大致|预计约|大概)"),
)
"""Comparators that stand before a figure; the first that fits counts."""
_BEFORE = lazy("(?:" + "|".join(f"(?P<c{k}>{words})" for k, (_, words) in enumerate(BEFORE)) + ")(?:约|近)?[ \u3000]?\\Z")
_BEFORE_SIGNS = frozenset("少低小下过高多大最≥≧≤≦<>＜＞控压限突超逾足到满约近致概起")
"""Each comparator has one of these signs: a look at the signs saves a search."""
AFTER = (
    (">=", "[（(]含[^）)]{0,6}[）)]以上|及以上|以上|\\+(?![\\d])|起(?=[，,。；;、）)\\s]|\\Z)"),
    ("<=", "[（(]含[^）)]{0,6}[）)]以[内下]|及以下|以内|以下|之内|内(?![容部外涵务蒙设])"),
    ("~", "左右|上下"),
)
_AFTER = lazy("[ \u3000]?(?:" + "|".join(f"(?P<c{k}>{words})" for k, (_, words) in enumerate(AFTER)) + ")")
_AFTER_SIGNS = frozenset("内及以左上起+（(之 \u3000")
_CHANGE = lazy(
    "(?:(?P<up>提高|增加|增长|上升|提升|上涨|扩大|递增|回升|上浮|(?P<than>增|多[产收招开建]?|高|超))|(?P<down>下降|降低|减少|压减|压缩|缩短|下调|回落|下浮|递减|缩减|核减|削减|"
    "(?P<under>降|少|低|减)))(?:了|幅|率)?(?:近|约)?[ \u3000]?\\Z"
)
_CHANGE_OVER = lazy(
    "(?:(?P<up>提高|增加|增长|上升|提升|扩大|扩充)|(?P<down>下降|降低|减少|压减|压缩|缩短|缩减|削减))了?[^，,。；;、：:\\d到至达为共第于]{1,12}\\Z"
)
RATES = frozenset(("增幅", "涨幅", "升幅", "增速", "增长率", "增长速度", "降幅", "跌幅", "减幅", "降速", "下降率"))
"""Words for a rise or a fall that do not say of what."""
_RATE = lazy(
    "(?:(?P<up>增幅|涨幅|升幅|增速|增长率|增长速度)|(?P<down>降幅|跌幅|减幅|降速|下降率))(?:保持|稳定)?(?:达到|达|为|在|是)?[ \u3000]?\\Z"
)
"""Words for how far or how fast something rises or falls: 增幅12.5%."""
_CHANGE_SIGNS = frozenset("提增上扩递回多高超下降减压缩核削少低涨跌升")
"""Each word for a rise or a fall has one of these signs."""
_COMPARED = lazy("(?:比|较|同比|环比)[^，,。；;]{0,16}\\Z")


def comparator_before(text: str, start: int, at: int) -> tuple[str, int]:
    """The comparator before a figure and where it begins; `=` and the figure's own place without one."""
    low = max(start, at - 16)
    said = None if _BEFORE_SIGNS.isdisjoint(text[low:at]) else _BEFORE.search(text, low, at)
    if said is None or said.lastgroup is None:
        return ("~", at - 1) if at > start and text[at - 1] == "上" and text[at] in "百千万" else ("=", at)
    return BEFORE[int(said.lastgroup[1:])][0], said.start()


def comparator_after(text: str, stop: int, end: int, comparator: str) -> tuple[str, int]:
    """The comparator with what stands behind the figure, and where that ends; `comparator` and `stop` where nothing does."""
    after = _AFTER.match(text, stop, end) if text[stop : stop + 1] in _AFTER_SIGNS else None
    if after is None or after.lastgroup is None:
        return comparator, stop
    return comparator if comparator in FORCED else AFTER[int(after.lastgroup[1:])][0], after.end()


def change_of(text: str, start: int, begin: int, figure: Figure) -> str | None:
    """Whether a figure tells a rise or a fall."""
    if figure.form == "multiple":
        return "increase"
    low = max(start, begin - 20)
    if figure.unit != "百分点" and _CHANGE_SIGNS.isdisjoint(text[low:begin]):
        return None
    rate = _RATE.search(text, low, begin) if figure.unit == "%" else None
    if rate is not None:
        return "increase" if rate["up"] else "decrease"
    found = _CHANGE.search(text, low, begin)
    if found is not None:
        if (found["than"] or found["under"]) and not _COMPARED.search(text, low, found.start()) and figure.unit != "百分点":
            return None
        return "increase" if found["up"] else "decrease"
    if figure.unit == "百分点":
        over = _CHANGE_OVER.search(text, low, begin)
        return "decrease" if over is not None and over["down"] else "increase"
    over = _CHANGE_OVER.search(text, low, begin)
    if over is None:
        return None
    return "increase" if over["up"] else "decrease"
