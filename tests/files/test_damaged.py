"""Damaged files of every kind: each becomes articles or a failure of ours, nothing else escapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oncospan.errors import InputError, UsageError
from oncospan.files.articles import find_sources, load
from oncospan.files.formats.endings import KNOWN

LINES = ("钻石靶点", "奥希替尼组的客观缓解率为80%,2017年3月获批,用于EGFR T790M阳性的患者。")
MAGIC = st.sampled_from(
    [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"PAR1", b"<html>", b'{"id":', b"id,text\n", b"\xff\xfe", b"\xef\xbb\xbf"]
)
RELAXED = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(path: Path) -> list[str]:
    """Return the texts below a path; failures of ours are none."""
    texts: list[str] = []
    try:
        sources = find_sources([path])[0]
    except UsageError as error:
        assert "no article was found" in str(error)
        return texts
    for source in sources:
        try:
            texts.append(load(source).article.text)
        except InputError as error:
            assert "\n" not in str(error)
    return texts


@pytest.mark.parametrize("suffix", sorted(KNOWN - {".pdf"}))
@RELAXED
@given(magic=MAGIC, data=st.binary(max_size=300))
def test_bytes_at_random_are_articles_or_a_failure(suffix: str, magic: bytes, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(magic + data)

    assert all(text.strip() for text in outcome(path))


@settings(RELAXED, max_examples=8)
@given(data=st.binary(max_size=300))
def test_bytes_at_random_are_no_pdf(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + data)

    assert outcome(path) == []


@RELAXED
@given(data=st.data())
def test_a_damaged_file_is_an_article_or_a_failure(
    kind: str, make: dict[str, Callable[[Sequence[str]], bytes]], tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(made(kind, make[kind]))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(len(content) // 2, len(content))) :]
    path = tmp_path / f"a.{kind}"
    path.write_bytes(bytes(content))

    if "pdf" in kind and data.draw(st.integers(0, 7)):
        return  # PDFium starts anew for every file
    assert all(text.strip() for text in outcome(path))


@cache
def made(kind: str, maker: Callable[[Sequence[str]], bytes]) -> bytes:
    del kind
    return maker(LINES)


@RELAXED
@given(text=st.text(max_size=80))
def test_text_at_random_keeps_its_offsets(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    assert outcome(path) in ([], [text], [text.removeprefix("\ufeff")])
