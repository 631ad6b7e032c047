"""Bytes become text, or one clear line says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncospan.errors import InputError, UsageError
from oncospan.files.encoding import check_encoding, decode
from oncospan.files.options import ReadOptions

TEXT = "奥希替尼组的客观缓解率为80%,\r\n安慰剂组为10%。"
PATH = Path("article.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_encoding_is_found(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding), PATH)

    assert decoded.text == TEXT
    assert decoded.plain is (encoding == "utf-8")


def test_declared_encoding_is_obeyed() -> None:
    assert decode("奧希替尼獲批".encode("big5"), PATH, ReadOptions("big5")).text == "奧希替尼獲批"
    assert decode(TEXT.encode("utf-8-sig"), PATH, ReadOptions("utf-8")).text == TEXT


def test_wrong_declared_encoding_names_byte_and_line() -> None:
    with pytest.raises(InputError, match=r"article.txt:2: byte 6 is not utf-8 text; name the file's real encoding"):
        decode(b"abc\r\n" + b"a\xff", PATH, ReadOptions("utf-8"))


@pytest.mark.parametrize("data", [b"", b" \n", "\ufeff\n".encode()])
def test_empty_file_says_so(data: bytes) -> None:
    with pytest.raises(InputError, match=r"article.txt: the file is empty; put the article's text into it"):
        decode(data, PATH)


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n" + bytes(200), b"\x7fELF" + bytes(500)])
def test_noise_is_no_text(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        decode(data, PATH)


def test_unknown_encoding_is_a_wrong_call() -> None:
    with pytest.raises(UsageError, match="no encoding called 'utf-9'; use utf-8"):
        check_encoding("utf-9")
    with pytest.raises(UsageError, match="no encoding called 'zip'"):
        check_encoding("zip")
    check_encoding("gb18030")


@given(st.binary(max_size=200))
def test_bytes_at_random_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data, PATH).text
    except InputError as error:
        assert str(error).startswith("article.txt")
        assert "\n" not in str(error)
    else:
        assert text.strip()


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["奧希替尼獲批", "奧希替尼組的客觀緩解率為80%,\r\n安慰劑組為10%。"])
def test_traditional_encodings_are_told_from_simplified_ones(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), PATH).text == text


def test_characters_of_hong_kong_are_read() -> None:
    text = "佢哋話嗰隻標靶藥喺香港獲批,奧希替尼組嘅客觀緩解率為80%。"

    assert decode(text.encode("big5hkscs"), PATH).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_an_undecodable_byte_fails_with_its_place_or_is_replaced(encoding: str) -> None:
    start, end = ("奧希替尼組為八成。\n" * 30).encode(encoding), "吉非替尼組為五成。".encode(encoding)
    data = start + b"\xff" + end

    with pytest.raises(
        InputError, match=rf"article.txt:31: byte {len(start)} is not \w+-?\w* text; .*--errors replace"
    ):
        decode(data, PATH)
    replaced = decode(data, PATH, ReadOptions(errors="replace"))

    assert replaced.replaced == replaced.text.count("\ufffd") >= 1
    assert replaced.text.startswith("奧希替尼組為八成。\n")
    assert not replaced.plain


def test_a_declared_encoding_is_replaced_too() -> None:
    assert decode(b"ORR 80%\xff", PATH, ReadOptions("ascii", "replace")).text == "ORR 80%\ufffd"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ("<META http-equiv=Content-Type content='text/html; charset=GBK'>", "gb18030"),
        ('<meta charset="big5">', "big5hkscs"),
        ('<meta charset="nonsense">', "gb18030"),
        ('<meta charset="utf-8">', "gb18030"),
        ("", "big5hkscs"),
    ],
)
def test_a_page_s_own_encoding_counts_if_its_bytes_agree(head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body><p>奧希替尼組的客觀緩解率為八成</p></body></html>"

    decoded = decode(page.encode(encoding), PATH, markup=True)

    assert (decoded.text, decoded.encoding) == (page, encoding)


@pytest.mark.parametrize(
    "data", ["日本語のテキスト、カタカナ".encode("shift_jis"), "Одиннадцать пациентов".encode("cp1251")]
)
def test_text_of_other_languages_is_not_taken_for_chinese(data: bytes) -> None:
    with pytest.raises(InputError, match="not text in UTF-8, UTF-16, GB18030 or Big5; save the article as UTF-8"):
        decode(data, PATH)


@given(
    st.text(
        alphabet="的一是在不了有和人这中大为上个国我以要他时来用们药奥希替尼组缓解率0123456789%,。\n",
        min_size=30,
        max_size=90,
    )
)
def test_common_text_comes_back_from_every_encoding(text: str) -> None:
    if not text.strip():
        return
    for encoding in ("utf-8", "utf-16", "gb18030"):
        assert decode(text.encode(encoding), PATH).text == text
