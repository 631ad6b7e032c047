"""Folders are walked without following anything; files are read whole and never beyond their limit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oncospan.errors import InputError, UsageError
from oncospan.files.articles import find_sources, load
from oncospan.files.folders import read_file, walk
from oncospan.files.options import Limits, ReadOptions


def test_links_and_devices_are_reported_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("秘密", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "good.txt").write_text("奥希替尼", encoding="utf-8")
    (inside / "link.txt").symlink_to(outside / "a.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "dangling.md").symlink_to(inside / "nothing")
    os.mkfifo(inside / "pipe.txt")

    sources, _ = find_sources([inside])

    assert [source.id for source in sources] == ["dangling", "folder", "good", "link", "loop", "pipe"]
    failures = {source.id: source.row for source in sources if source.row}
    assert "a symbolic link is not followed; put the file itself here" in str(failures["link"])
    assert "device, pipe or socket" in str(failures["pipe"])
    assert len(failures) == 5


def test_a_pipe_named_on_its_own_is_a_wrong_call(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    with pytest.raises(UsageError, match=r"pipe\.txt: this is a device, pipe or socket and no file; copy"):
        find_sources([tmp_path / "pipe.txt"])


def test_a_link_named_on_its_own_is_what_the_user_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("奥希替尼", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")

    assert load(find_sources([tmp_path / "b.txt"])[0][0]).article.text == "奥希替尼"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_and_folders_are_reported(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("奥希替尼", encoding="utf-8")
    (tmp_path / "shut.txt").write_text("吉非替尼", encoding="utf-8")
    (tmp_path / "shut.txt").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)

    sources, _ = find_sources([tmp_path])

    assert [source.id for source in sources] == ["closed", "good", "shut"]
    assert "the folder cannot be read" in str(sources[0].row)
    with pytest.raises(InputError, match="the file cannot be read: Permission denied; check its permissions"):
        load(sources[2])


def test_a_folder_that_goes_while_it_is_walked_is_reported(tmp_path: Path) -> None:
    assert [entry.problem for entry in walk(tmp_path / "gone")] == [
        "the folder cannot be read: No such file or directory; check its permissions"
    ]


def test_a_sparse_file_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(2 * 1024**3)

    with pytest.raises(InputError, match="the file has 2048 MB, more than 50; raise --max-mb"):
        load(find_sources([tmp_path])[0][0])


def test_a_device_is_no_file() -> None:
    with pytest.raises(InputError, match="/dev/zero: this is no regular file"):
        read_file(Path("/dev/zero"), Limits())


def test_an_article_is_bounded_in_characters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("药" * 101, encoding="utf-8")

    with pytest.raises(InputError, match="the article has 101 characters, more than 100; split it, or raise"):
        load(find_sources([tmp_path])[0][0], None, ReadOptions(limits=Limits(max_characters=100)))


def test_deep_folders_are_walked(tmp_path: Path) -> None:
    place = tmp_path
    for _ in range(60):
        place /= "d" * 20
        place.mkdir()
    (place / "a.txt").write_text("奥希替尼", encoding="utf-8")

    assert find_sources([tmp_path])[0][0].id.endswith("/a")


def test_a_name_outside_the_system_s_encoding_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text("奥希替尼", encoding="utf-8")

    sources, _ = find_sources([tmp_path])

    assert sources[0].id.isascii()
    assert "the file's name is not in the encoding of this system; rename it" in str(sources[0].row)
