"""Marked text and bare text say the same."""

from __future__ import annotations

from datetime import date

import pytest

from oncospan.errors import OncospanError
from oncospan.files.marked import Mark, parse, read_examples, render
from oncospan.model import Mention


def test_render_and_parse_are_inverse() -> None:
    text = "奥希替尼组ORR约80%,未见EGFR突变"
    mentions = [
        Mention("DRUG", 0, 4, "奥希替尼", "osimertinib", "r"),
        Mention("PERCENT", 9, 12, "80%", (80.0, 80.0, "percent"), "r", qualifier="about"),
        Mention("MUTATION", 15, 21, "EGFR突变", ("EGFR:mutation",), "r", negated=True),
    ]

    marked = render(text, mentions)

    assert (
        marked
        == "⟦奥希替尼|DRUG osimertinib⟧组ORR约⟦80%|PERCENT 80 percent about⟧,未见⟦EGFR突变|MUTATION EGFR:mutation negated⟧"
    )
    assert parse(marked) == (text, tuple(Mark(m.start, m.end, m.label, m.describe()) for m in mentions))


def test_range_is_described_with_both_ends() -> None:
    assert Mention("PERCENT", 0, 5, "1%~5%", (1.0, 5.5, "percent"), "r", qualifier="eq").describe() == "1..5.5 percent"


def test_examples_carry_the_publication_date_in_force() -> None:
    examples = read_examples("# why\n@published 2025-12-20\n今年\n@published\n去年⏎今年\n\n", "examples.txt")

    assert [(e.line, e.text, e.published) for e in examples] == [
        (3, "今年", date(2025, 12, 20)),
        (5, "去年\n今年", None),
    ]


def test_broken_mark_names_its_line() -> None:
    with pytest.raises(OncospanError, match="examples.txt:2: a mark is not of the form"):
        read_examples("好\n⟦奥希替尼|DRUG⟧\n", "examples.txt")
