"""Text that was decoded with the wrong codec is told; nothing that people write is taken for it."""

import random
from pathlib import Path

import pytest

from planparse.readers.everyday import FREQUENT, common
from planparse.readers.mojibake import SEARCHES, find

SAMPLES = sorted(path for path in (Path(__file__).parent.parent / "samples").iterdir() if path.suffix in (".txt", ".md"))
WORDS = "一、指导思想，全面提高教学质量；二、工作要点：做好期中考试。"


def windows_gbk(data):
    """What a Chinese Windows makes of bytes: € for 0x80, a question mark where nothing fits."""
    out, at = [], 0
    while at < len(data):
        size = 1 if data[at] <= 0x80 else 2
        piece = data[at : at + size]
        try:
            out.append("€" if piece == b"\x80" else piece.decode("gbk"))
        except UnicodeDecodeError:
            out.append("?")
            size = 1
        at += size
    return "".join(out)


WRONG = {
    "UTF-8 read as GBK": lambda text: windows_gbk(text.encode()),
    "UTF-8 read as GB 18030, holes marked": lambda text: text.encode().decode("gb18030", "replace"),
    "UTF-8 read as Latin-1": lambda text: text.encode().decode("latin-1"),
    "UTF-8 read as Windows' Latin-1, holes marked": lambda text: text.encode().decode("cp1252", "replace"),
    "UTF-8 read as Windows' Latin-1, holes dropped": lambda text: text.encode().decode("cp1252", "ignore"),
    "GBK read as Latin-1": lambda text: text.encode("gbk").decode("latin-1"),
    "GBK read as UTF-8": lambda text: text.encode("gbk").decode("utf-8", "replace"),
    "GBK read as UTF-8, that read as GBK": lambda text: windows_gbk(text.encode("gbk").decode("utf-8", "replace").encode()),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_each_way_to_garble_is_found(wrong):
    garbled = WRONG[wrong](WORDS)
    before, after = "2024年工作计划\n" * 30, "\n第二段\n"
    start, end = find(before + garbled + after)
    assert len(before) <= start < end <= len(before + garbled)
    assert end - start >= 3


@pytest.mark.parametrize("wrong", WRONG)
def test_each_way_to_garble_a_plan_is_found(wrong):
    text = SAMPLES[0].read_text(encoding="utf-8")
    assert find(WRONG[wrong]("".join(c for c in text if c < "\x7f" or c in common()))) is not None


@pytest.mark.parametrize(
    ("garbled", "text"),
    [
        ("宸ヤ綔璁″垝", "工作计划"), ("涓€銆佹€讳綋鎬濊矾", "一、总体思路"), ("å·¥ä½œ", "工作"), ("ã€‚ï¼Œ", "。，"), ("ÒªÇó", "要求"),
        ("Ò»¡¢Ö¸µ¼Ë¼Ïë", "一、指导思想"),
    ],
)  # fmt: skip
def test_short_stretches_are_given_exactly(garbled, text):
    assert find(f"附件1 {garbled} abc") == (4, 4 + len(garbled)), text


def test_the_first_of_several_is_given():
    assert find("计划ä½œä¸šÒªÇó\ufffd\ufffd") == (2, 8)
    assert find("计划\ufffd\ufffd 要点 锟斤拷锟斤拷") == (2, 4)


def test_repeated_losses_are_one_stretch():
    assert find("备课锟斤拷锟斤拷会") == (2, 8)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_sample_is_taken_for_mojibake(path):
    data = path.read_bytes()
    text = data.decode("gb18030" if path.stem.startswith("gbk") else "utf-8")
    assert [search(text, 0) for search in SEARCHES] == [None] * len(SEARCHES)


@pytest.mark.parametrize(
    "text",
    [
        "值班：李䶮、王堃、赵喆、陳銘、吴淼涓、周翀、孫鑫、冯骉、郑垚、黄鐨",
        "銀行、鐵路、鏡頭、鋼筋、錦標賽、閱覽室、關於、開學、週會、籃球、綜合、維護、講義、議程、護士、讀書",
        "涓涓细流，骞骞学子；宸翰、开浣、浜江、澶渊之盟、瀛台、鍒、璁、绗",
        "Noël à la fête, élève, «été», À L'ÉCOLE ÉLÉMENTAIRE, GÂTEAU, naïveté…",
        "Übergrößen, Äußerungen, ÄÖÜ äöüß, Ångström, jäääär, žluťoučký kůň, São Paulo — IRMÃ «Ãéã»",
        "lǎoshī hǎo，mā má mǎ mà，é è ê",
        "20××年××月××日，××××学校，·····，§§§§，±5°，½¼¾，×÷×÷，￥100，€200，€€",
        "一个坏字\ufffd在这里",
        "烫烫烫的汤，屯屯屯；？？？？？",
        "カラオケ・コンテスト、ﾃｽﾄ",
        "",
    ],
)
def test_rare_but_real_text_is_none(text):
    assert [search(text, 0) for search in SEARCHES] == [None] * len(SEARCHES)
    assert find(text) is None


def test_random_characters_of_every_kind_are_none():
    chance = random.Random(5)
    pools = [sorted(FREQUENT), sorted(common()), [chr(c) for c in range(0x4E00, 0xA000)]]
    for pool in pools:
        text = "".join(chance.choices(pool, k=100_000))
        assert [search(text, 0) for search in SEARCHES] == [None] * len(SEARCHES)


@pytest.mark.parametrize("unit", ["涓", "€", "锟", "鐨x", "ÒªÇ ", "Ò÷", "ÒÒ", "ä€", "ä€œ ", "\ufffd "])
def test_markers_without_end_are_passed_over(unit):
    assert find(unit * 50_000) is None
