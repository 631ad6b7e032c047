"""A publication date counts when it is stated, and only then."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oncospan
from oncospan.files.published import find_day, parse_day

DAY = date(2025, 12, 20)


@pytest.mark.parametrize(
    "value",
    ["2025-12-20", "2025/12/20", "2025.12.20", "2025年12月20日", "20251220", 20251220, DAY, datetime.fromisoformat("2025-12-20 08:00"),
     "2025-12-20 10:30", "2025-12-20T10:30:00+08:00", "2025年12月20日 10:30", " 2025-12-20\n"],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(value: object) -> None:
    assert parse_day(value) == DAY


@pytest.mark.parametrize("value", [None, "", " ", float("nan")])
def test_an_empty_cell_states_none(value: object) -> None:
    assert parse_day(value) is None


@pytest.mark.parametrize("value", ["soon", "2025", 2025, 3.5, True, "2025-13-01", "2025-02-30", "12-20", [1]])
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="is no date"):
        parse_day(value)


@pytest.mark.parametrize(
    "line",
    ["发布时间:2025-12-20 10:30", "发布日期: 2025年12月20日", "2025年12月20日", "2025-12-20 10:30 来源:药智网",
     "date: 2025-12-20", "發布時間:2025/12/20", "Published: 2025-12-20", "日期:2025.12.20 | 编辑:某某"],
)  # fmt: skip
def test_a_line_that_does_nothing_else_states_it(line: str) -> None:
    assert find_day(["钻石靶点", "", line, "今年3月,奥希替尼获批。"]) == DAY


@pytest.mark.parametrize(
    "line",
    ["2025年12月20日,奥希替尼获批。", "截至2025年12月20日", "奥希替尼于2025-12-20获批", "2025年12月", "时间:近日"],
)
def test_a_sentence_states_none(line: str) -> None:
    assert find_day(["钻石靶点", line]) is None


def test_what_stands_far_down_states_none() -> None:
    assert find_day([*["段落。"] * 8, "发布时间:2025-12-20"]) is None


def test_a_stated_day_resolves_relative_dates() -> None:
    text = "发布时间:2025-12-20\n今年3月,奥希替尼获批。\n"

    assert oncospan.extract(text, find_day(text.split("\n"))).mentions[1].norm == "2025-03"


@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.dates(), st.datetimes(), st.none()))
def test_values_at_random_are_a_day_none_or_refused(value: object) -> None:
    try:
        day = parse_day(value)
    except ValueError:
        return
    assert day is None or day.year >= 1
