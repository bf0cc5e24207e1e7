"""Bytes in any encoding Chinese texts come in, and files that are no text."""

import hashlib
import os
import random

import pytest

from planparse.errors import InputError
from planparse.readers import read
from planparse.readers.text import decode

PLAN = "一、指导思想\n认真贯彻落实上级精神，提高教学质量。\n二、工作要点\n1、备课会（9月3日）\n"
TRADITIONAL = "一、教務處工作計畫\n第一週：開學典禮，發放課本。\n第二週：測驗與補考。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"])
def test_without_a_mark(encoding):
    source = decode(PLAN.encode(encoding), "plan.txt")
    assert source.text == PLAN
    assert source.encoding_guessed == (encoding != "utf-8")
    assert source.encoding == {"gbk": "gb18030"}.get(encoding, encoding)


@pytest.mark.parametrize(
    ("codec", "mark"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-32-le", b"\xff\xfe\0\0")]
)
def test_with_a_mark(codec, mark):
    source = decode(mark + PLAN.encode(codec), "plan.txt")
    assert source.text == PLAN
    assert not source.encoding_guessed


@pytest.mark.parametrize("text", ["一、备课会议", "工作计划总结", "第一周 报到", "1.周一开会"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_six_characters_are_enough(text, encoding):
    assert decode(text.encode(encoding), "-").text == text


def test_big5():
    source = decode(TRADITIONAL.encode("big5"), "-")
    assert source.text == TRADITIONAL
    assert source.encoding_guessed


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp950", "第三週：召開「碁藝社」說明會‧歡迎參加～"),
        ("big5hkscs", "①校園開放日 ②開學典禮，𠝹紙比賽"),
        ("big5hkscs", "注意：佢哋喺學校禮堂集合，唔好遲到，著運動鞋嚟。"),
    ],
)
def test_the_kinds_of_big5(encoding, text):
    source = decode(text.encode(encoding), "-")
    assert (source.text, source.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16-le", "utf-16-be"])
def test_a_few_chinese_characters_far_behind_english(encoding):
    text = "Notes of the staff room, kept by the office.\n" * 60 + "Meeting on Monday: 教務處開會\n"
    assert decode(text.encode(encoding), "-").text == text


def test_what_stands_far_apart_is_judged_together():
    english = "The list of the last term hangs in the staff room.\n" * 40
    text = "Room 補, Room 錄\n" + english + "教務處\n" + english + "開會\n"
    assert "�" not in (alone := "補錄".encode("big5").decode("gb18030", "replace"))
    assert all("一" <= c <= "龥" for c in alone)  # so the beginning alone does not tell
    assert decode(text.encode("big5"), "-").text == text


@pytest.mark.parametrize("text", ["１２３，。", "——《》、；", "①②③", "“”（）", "二、1."])
def test_numbers_and_punctuation_alone(text):
    assert decode(text.encode("gb18030"), "-").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "gb18030"])
def test_half_width_kana_among_chinese(encoding):
    text = "一、社团活动：ｶﾗｵｹ 比赛，周五下午\n"
    assert decode(text.encode(encoding), "-").text == text


@pytest.mark.parametrize("text", ["目", " \n植 ", "(見通知)\n", "1.路遥", "2目标"])
def test_gbk_that_happens_to_be_utf_8(text):
    assert decode(text.encode("gbk"), "-").text == text


@pytest.mark.parametrize("text", ["café", "§3 · 5×7", "Noël à Genève", "lǎo shī", "α", "Москва", "Žižek", "שלום"])
def test_short_utf_8_without_chinese_stays_utf_8(text):
    assert decode(text.encode(), "-").text == text


def test_a_guess_is_told():
    notices = decode(PLAN.encode("gbk"), "-").notices
    assert [(notice.name, notice.values) for notice in notices] == [("encoding_guessed", {"encoding": "gb18030"})]
    assert decode(PLAN.encode(), "-").notices == []
    assert decode(PLAN.encode("gbk"), "-", "gbk").notices == []


@pytest.mark.parametrize(
    ("encoding", "broken"),
    [
        ("utf-8", b"\xff"),
        ("utf-8-sig", b"\xff"),
        ("gb18030", b"\xff"),
        ("big5", b"\xff"),
        ("utf-16-le", b"\0\xdc"),
        ("utf-16-be", b"\xdc\0"),
    ],
)
def test_a_broken_byte_is_replaced_and_told_when_no_encoding_was_named(encoding, broken):
    before = (TRADITIONAL * 4).encode(encoding)
    after = ("\n" + TRADITIONAL * 4).encode(encoding.removesuffix("-sig"))
    source = decode(before + broken + after, "-")
    assert source.text == TRADITIONAL * 4 + "\ufffd\n" + TRADITIONAL * 4
    notice = source.notices[-1]
    assert (notice.name, source.text[notice.start : notice.end]) == ("broken_bytes", "\ufffd")
    assert notice.values == {"count": 1, "offset": len(before), "encoding": source.encoding}


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
@pytest.mark.parametrize("half", [0, 1])
def test_a_broken_half_of_a_character_does_not_spoil_the_rest_of_its_line(encoding, half):
    text = "教務處組織全體教師參加學期工作總結會議，各班班主任負責通知家長與學生，並且做好記錄"
    data = bytearray((text + "\n" + TRADITIONAL * 4).encode(encoding))
    data[14 + half] = 0xFF
    source = decode(bytes(data), "-")
    assert source.text.replace("\ufffd\ufffd", "\ufffd") == text[:7] + "\ufffd" + text[8:] + "\n" + TRADITIONAL * 4
    assert source.notices[-1].values["count"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("repeat", [1, 40])
def test_a_file_cut_in_the_middle_of_a_character(encoding, repeat):
    text = TRADITIONAL * repeat + "第三週：放假"
    source = decode(text.encode(encoding)[:-1], "-")
    assert source.text == text[:-1] + "\ufffd"
    notice = source.notices[-1]
    assert (notice.name, notice.start, notice.values["count"]) == ("broken_bytes", len(text) - 1, 1)


def test_a_replacement_character_that_the_file_holds_is_no_broken_byte():
    source = decode("一、备课\ufffd会".encode(), "-")
    assert source.text == "一、备课\ufffd会"
    assert source.notices == []


def test_text_garbled_before_it_got_here_is_told():
    garbled = "工作要点".encode().decode("latin-1")
    source = decode(f"一、计划\n{garbled}\n".encode(), "-")
    (notice,) = source.notices
    assert notice.name == "mojibake"
    assert source.text[notice.start : notice.end] == notice.values["found"] == garbled


def test_characters_that_only_gb18030_has():
    text = "⑪ 期中考试；㉑ 家长会 • 镕"
    assert decode(text.encode("gb18030"), "-").text == text


def test_rare_characters_alone_are_text():
    assert decode("⑪⒂㈠".encode("gb18030"), "-").text == "⑪⒂㈠"


def test_english_in_utf_16_is_not_taken_for_utf_8():
    assert decode("Week 1: staff meeting\n".encode("utf-16-le"), "-").text == "Week 1: staff meeting\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_and_count(end):
    source = decode(PLAN.replace("\n", end).encode(), "-")
    assert source.text == PLAN.replace("\n", end)
    assert source.lines == 4
    assert source.line_column(source.text.index("二")) == (3, 1)


def test_the_hash_is_that_of_the_bytes():
    for data in (b"", PLAN.encode("gbk"), PLAN.encode() * 20_000):
        assert decode(data, "-").sha256 == hashlib.sha256(data).hexdigest()


def test_an_empty_file_is_an_empty_text():
    source = decode(b"", "-")
    assert (source.text, source.encoding, source.encoding_guessed) == ("", "utf-8", False)


def test_the_user_knows_better():
    source = decode(TRADITIONAL.encode("big5"), "-", "Big5")
    assert (source.text, source.encoding, source.encoding_guessed) == (TRADITIONAL, "big5", False)


def test_a_mark_is_dropped_when_the_user_names_the_encoding():
    assert decode(b"\xef\xbb\xbf" + PLAN.encode(), "-", "utf-8").text == PLAN


def test_a_broken_byte_in_a_named_encoding_is_told_with_its_place():
    data = PLAN.encode()
    with pytest.raises(InputError, match=r"byte 28 is not utf-8 text.*--encoding"):
        decode(data[:30] + b"\xff" + data[31:], "plan.txt", "utf-8")


def test_more_than_a_few_broken_bytes_are_an_error():
    data = PLAN.encode().replace("教学".encode(), b"\xe6\x95\xff\xe5\xad").replace("备课".encode(), b"\xe5\xa4\xff\xe8\xaf")
    with pytest.raises(InputError, match=r"byte 58 is not utf-8 text.*--encoding"):
        decode(data, "plan.txt")


@pytest.mark.parametrize("encoding", ["utf-99", "hex", ""])
def test_an_encoding_that_does_not_exist(encoding):
    with pytest.raises(InputError, match="no encoding named"):
        decode(PLAN.encode(), "plan.txt", encoding)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04\x14\0\x06\0", "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"GIF89a", "picture"),
        (b"{\\rtf1\\ansi", "rich text"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "binary"),
        (bytes(range(256)) * 4, "binary"),
        (random.Random(1).randbytes(4000), "binary"),
    ],
)
def test_files_that_are_no_text(data, kind):
    with pytest.raises(InputError, match=f"{kind}.*not a text file.*save it as plain text"):
        decode(data, "plan")


def test_reading_a_file(tmp_path):
    path = tmp_path / "计划.txt"
    path.write_bytes(PLAN.encode("gbk"))
    source = read(path)
    assert (source.name, source.text) == (str(path), PLAN)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "plan.txt")
    with pytest.raises(InputError, match="this is a folder"):
        read(tmp_path)


def test_a_file_without_permission(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(InputError, match="you may not read this file"):
        read(tmp_path / "plan.txt")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_file_name_that_is_no_utf_8(tmp_path):
    path = os.fsencode(tmp_path) + b"/" + "计划".encode("gbk")
    with open(path, "wb") as file:
        file.write(PLAN.encode())
    read(os.fsdecode(path)).name.encode()
