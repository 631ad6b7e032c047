"""Zip archives: members become articles, bombs and paths that lead out become failures."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncospan.errors import InputError
from oncospan.files.archive import Archive, Budget
from oncospan.files.articles import Source, find_sources, load
from oncospan.files.options import Limits, ReadOptions

TEXT = "奥希替尼组ORR为80%。"
Pack = Callable[[dict[str, bytes]], bytes]


def problems(path: Path, options: ReadOptions | None = None) -> dict[str, str]:
    """Return the failures below a path by article."""
    found = {}
    for source in find_sources([path], options)[0]:
        try:
            load(source, None, options)
        except InputError as error:
            found[source.id] = str(error)
    return found


def test_members_become_articles(packed: Pack, tmp_path: Path) -> None:
    rows = json.dumps({"id": "row", "text": TEXT}).encode()
    inner = packed({"深/a.txt": TEXT.encode("gb18030")})
    data = packed({
        "b.txt": TEXT.encode(), "rows.jsonl": rows, "more.zip": inner, "photo.png": b"x",
        "__MACOSX/b.txt": b"x", ".hidden.txt": b"x", "folder/": b"",
    })  # fmt: skip
    (tmp_path / "资料.zip").write_bytes(data)

    in_folder, others = find_sources([tmp_path])
    alone, _ = find_sources([tmp_path / "资料.zip"])

    assert [source.id for source in in_folder] == ["row", "资料/b", "资料/more/深/a"]
    assert [source.id for source in alone] == ["b", "more/深/a", "row"]
    assert [path.name for path in others] == ["photo.png"]
    loaded = [load(source) for source in in_folder]
    assert {entry.article.text for entry in loaded} == {TEXT}
    assert not any(entry.plain for entry in loaded)


def test_names_in_gbk_are_read_as_chinese_windows_wrote_them(tmp_path: Path) -> None:
    raw = "药物.txt".encode("gbk")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x" * len(raw), TEXT)
    (tmp_path / "a.zip").write_bytes(stream.getvalue().replace(b"x" * len(raw), raw))

    assert [source.id for source in find_sources([tmp_path / "a.zip"])[0]] == ["药物"]


def test_paths_and_links_never_lead_out(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("../secret.txt", "/etc/a.txt", "C:\\a.txt", "a/../../b.txt"):
            archive.writestr(name, TEXT)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(tmp_path / "secret.txt"))
    (tmp_path / "a.zip").write_bytes(stream.getvalue())

    found = problems(tmp_path / "a.zip")

    assert len(found) == 5
    assert sum("leads out of the archive; pack it again" in problem for problem in found.values()) == 4
    assert "a symbolic link inside an archive is not followed" in found["link"]


@pytest.mark.parametrize(
    ("limits", "members", "problem"),
    [
        (Limits(max_members=3), {f"{n}.txt": b"a" for n in range(4)}, "more than 3 members; raise --max-members"),
        (
            Limits(max_unpacked_mb=1),
            {"a.txt": b"a" * 2_000_000},
            "unpacks to 2 MB, more than 1; raise --max-unpacked-mb",
        ),
        (Limits(max_mb=1), {"a.txt": b"a" * 2_000_000}, "the member unpacks to more than 1 MB; raise --max-mb"),
        (Limits(max_ratio=100), {"a.txt": b"a" * 2_000_000}, "more than 100 times its size; it looks like a bomb"),
    ],
)
def test_bombs_are_refused(
    limits: Limits, members: dict[str, bytes], problem: str, packed: Pack, tmp_path: Path
) -> None:
    (tmp_path / "a.zip").write_bytes(packed(members))

    found = problems(tmp_path / "a.zip", ReadOptions(limits=limits))

    assert len(found) == 1
    assert problem in next(iter(found.values()))


def test_archives_inside_archives_share_one_budget(packed: Pack, tmp_path: Path) -> None:
    inner = packed({f"{n}.txt": TEXT.encode() for n in range(3)})
    (tmp_path / "a.zip").write_bytes(packed({"x.zip": inner, "y.zip": inner}))

    found = problems(tmp_path, ReadOptions(limits=Limits(max_members=6)))

    assert list(found) == ["a/y"]
    assert "more than 6 members" in found["a/y"]


def test_nesting_is_bounded(packed: Pack, tmp_path: Path) -> None:
    data = packed({"a.txt": TEXT.encode()})
    for _ in range(3):
        data = packed({"in.zip": data})
    (tmp_path / "a.zip").write_bytes(data)

    assert "archives are nested more than 2 deep; unpack the outer ones first" in problems(tmp_path)["a/in/in/in"]
    assert problems(tmp_path, ReadOptions(limits=Limits(max_nesting=3))) == {}


def test_a_member_that_lies_about_its_size_yields_no_more_than_it_says(packed: Pack) -> None:
    data = bytearray(packed({"a.txt": b"a" * 5_000_000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    archive = Archive(bytes(data), "a.zip", Budget(Limits()))

    with pytest.raises(InputError, match=r"a.zip/a.txt: the member is broken; pack the archive again"):
        archive.read(archive.members[0])


def test_an_encrypted_or_broken_member_is_its_own_failure(packed: Pack, tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": TEXT.encode(), "b.txt": TEXT.encode() * 40, "c.txt": TEXT.encode()}))
    entries = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    data[entries[0] + 8] |= 1
    at = data.index(b"b.txt") + 8
    data[at : at + 8] = b"\xff" * 8
    (tmp_path / "a.zip").write_bytes(bytes(data))

    found = problems(tmp_path / "a.zip")

    assert sorted(found) == ["a", "b"]
    assert "the member is encrypted; unpack it with its password" in found["a"]
    assert "the member is broken" in found["b"]


def test_what_is_no_archive_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no archive")

    assert "this is no zip archive, or a broken one; pack it again" in problems(tmp_path)["a"]


def test_an_archive_that_changes_under_way_is_a_failure(packed: Pack, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a.txt": TEXT.encode()}))

    with pytest.raises(InputError, match="the archive changed while it was read; run again"):
        load(Source("b", path, ("b.txt",)))


@given(st.binary(max_size=300), st.integers(0, 400))
def test_damaged_archives_are_members_or_a_failure(noise: bytes, at: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packing:
        packing.writestr("药.txt", TEXT * 20)
        packing.writestr("b.txt", TEXT)
    data = bytearray(stream.getvalue())
    data[at : at + len(noise)] = noise
    try:
        archive = Archive(bytes(data), "a.zip", Budget(Limits()))
        read = [archive.read(member) for member in archive.members]
    except InputError as error:
        assert str(error).startswith("a.zip")
    else:
        assert all(len(content) <= 20 * len(TEXT.encode()) for content in read)
