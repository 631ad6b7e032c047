"""The options of reading are checked before anything is read."""

from __future__ import annotations

import pytest

from oncospan.errors import UsageError
from oncospan.files.options import Columns, check_errors, parse_columns


def test_columns_take_other_names() -> None:
    assert parse_columns("id=编号,text = 正文") == Columns(id="编号", text="正文")
    assert parse_columns("text=内容，title=标题") == Columns(text="内容", title="标题")
    assert parse_columns(None) == Columns()


@pytest.mark.parametrize("text", ["编号", "编号=id", "id=", "id=a,id=b", "=x", "id=a,,"])
def test_a_malformed_pair_is_a_wrong_call(text: str) -> None:
    with pytest.raises(
        UsageError, match=r"is not understood; write --columns id=编号,text=正文; the names are id, text"
    ):
        parse_columns(text)


def test_errors_are_strict_or_replace() -> None:
    assert check_errors("replace") == "replace"
    with pytest.raises(UsageError, match="--errors 'ignore' is not known; use strict or replace"):
        check_errors("ignore")
