"""Records are aligned one to one, best over all; strict, dated and field scores and the errors follow from it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncospan.evaluation.record_report import GoldRecords, RecordReport, evaluate_records
from oncospan.evaluation.records import align_records
from oncospan.evaluation.report import ALL
from oncospan.evaluation.scores import Score
from oncospan.model import Record

KINDS = ("efficacy", "regulatory", "frequency", "resistance", "safety")


def record(kind: str, start: int = 0, end: int = 10, /, **fields: object) -> Record:
    return Record(kind, start, end, "字" * (end - start), "rule", fields)


def rate(low: float = 46.2, start: int = 0, end: int = 10, **fields: object) -> Record:
    known: dict[str, object] = {"drugs": ["osimertinib"], "endpoint": "ORR", "statistic": "rate", "unit": "percent"}
    known.update(low=low, high=low, timepoint=None, arm="experimental")
    return record("efficacy", start, end, **{**known, **fields})


def approval(start: int = 0, end: int = 10, **fields: object) -> Record:
    known = {"drug": "osimertinib", "agency": "FDA", "event": "approval", "negated": False, "date": "2015-11"}
    return record("regulatory", start, end, **{**known, **fields})


def compare(gold: list[Record], found: list[Record], optional: tuple[Record, ...] = ()) -> RecordReport:
    return evaluate_records({"a": GoldRecords(tuple(gold), optional, KINDS)}, {"a": found})


def test_a_perfect_run_has_no_errors() -> None:
    report = compare([rate(), approval()], [rate(), approval()])

    assert report.errors == ()
    assert report.total[ALL]["strict"] == Score(right=2)
    assert report.total["regulatory"]["dated"] == Score(right=1)
    assert report.f1 == 1.0


@pytest.mark.parametrize(
    ("fields", "kinds", "strict"),
    [
        ({"drugs": ["Osimertinib"]}, [], 1),
        ({"drugs": ["gefitinib"]}, ["wrong drug"], 0),
        ({"drugs": ["osimertinib", "bevacizumab"]}, ["wrong drug"], 0),
        ({"endpoint": "DCR"}, ["wrong endpoint"], 0),
        ({"low": 42.6, "high": 42.6}, ["wrong value"], 0),
        ({"high": 50.0}, ["wrong value"], 0),
        ({"unit": "month"}, ["wrong unit"], 0),
        ({"low": 46.20000001}, [], 1),
        ({"statistic": "difference"}, ["wrong statistic"], 1),
        ({"timepoint": "24 month"}, ["wrong timepoint"], 1),
        ({"arm": "control"}, ["wrong arm"], 1),
        ({"arm": None}, ["wrong arm"], 1),
        ({"drugs": ["gefitinib"], "endpoint": "DCR"}, ["wrong drug", "wrong endpoint"], 0),
        ({"drugs": ["gefitinib"], "low": 1.0, "high": 1.0}, ["missed", "spurious"], 0),
    ],
)
def test_errors_of_efficacy_are_named(fields: dict[str, object], kinds: list[str], strict: int) -> None:
    report = compare([rate()], [rate(**fields)])  # type: ignore[arg-type]

    assert [error.kind for _, error in report.errors] == kinds
    assert report.total["efficacy"]["strict"].right == strict


@pytest.mark.parametrize(
    ("fields", "kinds", "strict", "dated"),
    [
        ({"drug": "gefitinib"}, ["wrong drug"], 0, 0),
        ({"agency": "NMPA"}, ["wrong agency"], 0, 0),
        ({"event": "application"}, ["wrong event"], 0, 0),
        ({"negated": True}, ["wrong negation"], 0, 0),
        ({"negated": None}, [], 1, 1),
        ({"date": "2016"}, ["wrong date"], 1, 0),
        ({"date": None}, ["wrong date"], 1, 0),
    ],
)
def test_errors_of_regulatory_records_are_named(
    fields: dict[str, object], kinds: list[str], strict: int, dated: int
) -> None:
    report = compare([approval()], [approval(**fields)])  # type: ignore[arg-type]

    assert [error.kind for _, error in report.errors] == kinds
    assert report.total["regulatory"]["strict"].right == strict
    assert report.total["regulatory"]["dated"].right == dated


@pytest.mark.parametrize(
    ("gold", "found", "kinds"),
    [
        (
            record("resistance", alteration="NTRK1:p.G595R", drugs=["larotrectinib"], direction="resistant", kind=None),
            record("resistance", alteration="NTRK1:p.G595R", drugs=[], direction="sensitive", kind="on_target"),
            ["wrong drug", "wrong direction", "wrong mechanism"],
        ),
        (
            record("frequency", alteration="NTRK:fusion", disease="实体瘤", low=0.3, high=0.3, unit="percent"),
            record("frequency", alteration="NTRK1:fusion", disease="肺癌", low=0.3, high=0.3, unit="percent"),
            ["wrong alteration", "wrong disease"],
        ),
        (
            record("safety", drugs=["x"], event="腹泻", low=None, high=None),
            record("safety", drugs=["x"], event="腹泻", grade="≥3", low=None, high=None, negated=True),
            ["wrong grade", "wrong negation"],
        ),
    ],
)
def test_errors_of_other_records_are_named(gold: Record, found: Record, kinds: list[str]) -> None:
    assert [error.kind for _, error in compare([gold], [found]).errors] == kinds


def test_a_field_scores_over_aligned_pairs_only() -> None:
    report = compare(
        [rate(arm="control"), rate(60.0, 20, 30), rate(70.0, 40, 50)], [rate(), rate(60.0, 20, 30), rate(5.0, 60, 70)]
    )

    assert report.total["efficacy"]["strict"] == Score(right=2, spurious=1, missed=1)
    assert report.total["efficacy"]["arm"] == Score(right=1, spurious=1, missed=1)
    assert report.total["efficacy"]["timepoint"] == Score()


def test_a_field_the_gold_line_leaves_out_is_not_scored() -> None:
    gold = record("efficacy", drugs=["osimertinib"], endpoint="ORR", low=46.2, high=46.2, unit="percent")

    report = compare([gold], [rate(timepoint="24 month")])

    assert report.errors == ()
    assert report.total["efficacy"]["timepoint"] == Score()


def test_years_and_months_are_one_landmark() -> None:
    report = compare([rate(timepoint="60 month")], [rate(timepoint="5 year")])

    assert report.total["efficacy"]["timepoint"] == Score(right=1)
    assert compare([rate(timepoint="3 cycle")], [rate(timepoint="x year")]).total["efficacy"]["timepoint"].right == 0


def test_optional_records_count_neither_way() -> None:
    found = compare([rate()], [rate(), rate(60.0, 20, 30)], (rate(60.0, 20, 30), rate(70.0, 40, 50)))
    otherwise = compare([rate()], [rate(), rate(61.0, 20, 30)], (rate(60.0, 20, 30),))

    assert found.errors == ()
    assert found.total["efficacy"]["strict"] == Score(right=1)
    assert [error.kind for _, error in otherwise.errors] == ["spurious"]


def test_a_required_record_goes_before_an_optional_one() -> None:
    report = compare([rate(start=20, end=30)], [rate()], (rate(),))

    assert report.total["efficacy"]["strict"] == Score(right=1)


def test_strict_records_meet_wherever_they_are_quoted_and_others_only_over_shared_evidence() -> None:
    assert compare([rate()], [rate(start=50, end=60)]).errors == ()
    apart = compare([rate(end=10)], [rate(start=10, end=20, drugs=["gefitinib"])])
    together = compare([rate(end=11)], [rate(start=10, end=20, drugs=["gefitinib"])])
    assert [error.kind for _, error in apart.errors] == ["missed", "spurious"]
    assert [error.kind for _, error in together.errors] == ["wrong drug"]


def test_alignment_does_not_follow_the_order() -> None:
    gold = [rate(46.0), rate(22.0, arm="control", drugs=["gefitinib"])]
    found = [rate(22.0, drugs=["gefitinib"]), rate(46.0, drugs=["gefitinib"])]

    assert [error.kind for _, error in compare(gold, found).errors] == ["wrong drug", "wrong arm"]


def test_kinds_that_gold_does_not_hold_are_not_scored() -> None:
    report = evaluate_records({"a": GoldRecords((), (), ("efficacy",))}, {"a": [approval(), rate()]})

    assert "regulatory" not in report.total
    assert report.total[ALL]["strict"] == Score(spurious=1)


def test_an_article_the_run_lacks_counts_as_missed() -> None:
    report = evaluate_records({"a": GoldRecords((rate(),), (), KINDS)}, {})

    assert report.articles["a"][ALL]["strict"] == Score(missed=1)
    assert report.f1 == 0.0


RATES = st.lists(
    st.builds(
        lambda low, start, drug, endpoint: rate(float(low), start, start + 6, drugs=[drug], endpoint=endpoint),
        st.integers(1, 3),
        st.integers(0, 8),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["ORR", "DCR"]),
    ),
    max_size=7,
)


def key(entry: Record) -> tuple[object, ...]:
    return (str(entry.fields["drugs"]), entry.fields["endpoint"], entry.fields["low"])


@given(RATES, RATES, RATES)
def test_as_many_strict_pairs_as_there_are(gold: list[Record], allowed: list[Record], found: list[Record]) -> None:
    pairs = align_records(gold, allowed, found)

    left, right, may = (Counter(map(key, side)) for side in (gold, found, allowed))
    assert sum(pair.strict for pair in pairs) == (left & right).total()
    assert Counter(key(pair.gold) for pair in pairs if pair.gold) == left
    assert Counter(key(pair.found) for pair in pairs if pair.found) == right - ((right - left) & may)
