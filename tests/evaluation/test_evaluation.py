"""Alignment is one to one and best over all; scores and errors follow from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncospan.evaluation.align import align
from oncospan.evaluation.report import ALL, evaluate
from oncospan.evaluation.scores import Score
from oncospan.model import Mention, Qualifier


def drug(start: int, end: int, norm: str = "x") -> Mention:
    return Mention("DRUG", start, end, "字" * (end - start), norm, "rule")


def percent(value: float, qualifier: Qualifier | None = "eq") -> Mention:
    return Mention("PERCENT", 0, 3, "75%", (value, value, "percent"), "rule", qualifier=qualifier)


def test_touching_spans_are_no_pair() -> None:
    pairs = align([drug(0, 4)], [drug(4, 8)])

    assert [(pair.gold is None, pair.found is None) for pair in pairs] == [(False, True), (True, False)]


def test_pairs_do_not_follow_the_order() -> None:
    pairs = align([drug(0, 6, "a"), drug(6, 10, "b")], [drug(0, 1, "c"), drug(1, 6, "a"), drug(5, 10, "b")])

    assert [(pair.gold and pair.gold.norm, pair.found and pair.found.norm) for pair in pairs] == [
        (None, "c"), ("a", "a"), ("b", "b"),
    ]  # fmt: skip


def test_the_same_span_goes_before_a_longer_overlap() -> None:
    pairs = align([drug(2, 4), drug(0, 10)], [drug(2, 4)])

    assert [pair.strict for pair in pairs] == [False, True]


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5))),
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5))),
)
def test_every_mention_is_in_one_pair(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> None:
    gold = [drug(start, start + length) for start, length in sorted(left)]
    found = [drug(start, start + length) for start, length in sorted(right)]

    pairs = align(gold, found)

    assert sorted(pair.gold.span for pair in pairs if pair.gold) == sorted(mention.span for mention in gold)
    assert sorted(pair.found.span for pair in pairs if pair.found) == sorted(mention.span for mention in found)
    assert all(pair.gold.span.overlaps(pair.found.span) for pair in pairs if pair.gold and pair.found)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        (percent(75), percent(75), 1),
        (percent(75), percent(75.0000000001), 1),
        (percent(75), percent(57), 0),
        (percent(75, "about"), percent(75), 0),
        (percent(75, None), percent(75, "about"), 1),
    ],
)
def test_value_score(gold: Mention, found: Mention, right: int) -> None:
    report = evaluate({"a": [gold]}, {"a": [found]})

    assert report.total["PERCENT"]["value"].right == right
    assert report.total["PERCENT"]["strict"].right == 1


def test_mutations_are_compared_as_sets_with_their_negation() -> None:
    gold = Mention("MUTATION", 0, 4, "BRCA", ("BRCA1:mutation", "BRCA2:mutation"), "r", negated=False)
    found = Mention("MUTATION", 0, 4, "BRCA", ("BRCA2:mutation", "BRCA1:mutation"), "r", negated=False)
    negated = Mention("MUTATION", 0, 4, "BRCA", ("BRCA1:mutation", "BRCA2:mutation"), "r", negated=True)

    assert evaluate({"a": [gold]}, {"a": [found]}).errors == ()
    assert [error.kind for _, error in evaluate({"a": [gold]}, {"a": [negated]}).errors] == ["misread"]


def test_every_kind_of_error_is_listed_in_the_order_of_the_text() -> None:
    gold = {"a": [drug(0, 4), drug(10, 14), drug(20, 24, "x"), drug(30, 34)]}
    found = {"a": [drug(0, 3), drug(20, 24, "y"), drug(30, 34), drug(40, 44)], "b": [drug(0, 4)]}

    report = evaluate(gold, found)

    assert [(error.kind, error.mention.start) for _, error in report.errors] == [
        ("misplaced", 0), ("missed", 10), ("misread", 20), ("spurious", 40),
    ]  # fmt: skip
    assert report.total[ALL]["strict"] == Score(right=2, spurious=2, missed=2)
    assert report.total["DRUG"]["overlap"] == Score(right=3, spurious=1, missed=1)
    assert report.total["DRUG"]["value"] == Score(right=2, spurious=2, missed=2)


def test_an_article_the_run_lacks_counts_as_missed() -> None:
    report = evaluate({"a": [drug(0, 4)]}, {})

    assert report.articles["a"][ALL]["strict"] == Score(right=0, spurious=0, missed=1)
    assert report.to_row()["articles"]


def test_shares() -> None:
    assert Score(3, 1, 2).precision == 0.75
    assert Score(3, 1, 2).recall == 0.6
    assert Score(3, 1, 2).f1 == pytest.approx(2 / 3)
    assert (Score().precision, Score().recall, Score().f1) == (1.0, 1.0, 1.0)
    assert Score(0, 1, 0).recall == 0.0
