"""The characters that everyday Chinese is written with: what tells a right reading of bytes from a wrong one."""

from __future__ import annotations

from functools import cache

FREQUENT = frozenset(
    "的一是不了在有和人以上下中大小为来到个我们你他国家出会可要生学年月日时分天地得成方自与等全其次及每第二三四五六七八九十"
    "工作计划教师班级周部门各项目标组织活动安全检查总结培训管理负责完成间内容求单位通知开展加强提高做好备注节期考试课校"
    "這個來時學會計畫劃師級週號門項標組織動檢議總結訓負責間單開強備註節們說國為後點對過發業務處實長體課試與"
)
"""Those that plans are full of, in both scripts."""

PUNCTUATION = "\u3000，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』﹑—…─·•‧～－＋×％／∕"
NUMBERS = "".join(map(chr, (*range(0x2460, 0x249C), *range(0x3220, 0x322A), *range(0xFF10, 0xFF1A))))
"""① ⑴ ⒈ ㈠ ０ and their like."""


@cache
def common() -> frozenset[str]:
    """Level 1 of GB 2312 (simplified) and of Big5 (traditional), punctuation and numbers."""
    first, second = bytes(range(0x40, 0x7F)), bytes(range(0xA1, 0xFF))
    simplified = b"".join(_row(high, second) for high in range(0xB0, 0xD8)).decode("gb2312", "ignore")
    # After the first half of its last row Big5 goes on with kana, which no Chinese text is full of.
    traditional = (b"".join(_row(high, first + second) for high in range(0xA4, 0xC6)) + _row(0xC6, first)).decode("big5", "ignore")
    return frozenset(simplified + traditional + PUNCTUATION + NUMBERS)


def _row(high: int, lows: bytes) -> bytes:
    pairs = bytearray([high]) * (2 * len(lows))
    pairs[1::2] = lows
    return bytes(pairs)
