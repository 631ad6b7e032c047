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
