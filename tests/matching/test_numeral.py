"""Chinese numerals have the value a reader gives them, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncospan.matching.numeral import NUMERAL, read_numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10), ("十二", 12), ("二十", 20), ("廿五", 25), ("一百二十", 120), ("一百零五", 105), ("两千三百", 2300),
        ("三万五千", 35000), ("二〇二三", 2023), ("二零二三", 2023), ("三十五点五", 35.5), ("零点三", 0.3), ("两", 2),
        ("成", None), ("", None), ("三十四五", None), ("三点十", None), ("点五", None),
    ],
)  # fmt: skip
def test_read_numeral(text: str, value: float | None) -> None:
    assert read_numeral(text) == value


@given(st.text(alphabet=NUMERAL + "点", max_size=12))
def test_never_raises(text: str) -> None:
    value = read_numeral(text)

    assert value is None or value >= 0
