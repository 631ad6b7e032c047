"""Tables become efficacy records where exactly one treatment and one endpoint stand over a cell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oncospan
from oncospan.linking.grid import read_figure
from oncospan.model import Record, Span

OSIMERTINIB, GEFITINIB = ["osimertinib"], ["gefitinib"]
ROWS = """表1 一线治疗的疗效
| 药物 | 例数 | ORR(%) | 中位PFS(月) | HR (95%CI) |
|---|---|---|---|---|
| 奥希替尼组 | 279 | 80 (75-85) | 18.9 (15.2-21.4) | 0.46 (0.37-0.57) |
| 吉非替尼组 | 277 | 76 | 10.2 |  |
"""
COLUMNS = """表2 疗效比较
终点\t奥希替尼组(n=279)\t吉非替尼组(n=277)
ORR,n(%)\t223(80.0)\t210(75.8)
中位PFS,月(95%CI)\t18.9(15.2~21.4)\t10.2(9.6,11.1)
HR(95%CI)\t0.46(0.37-0.57)\t
12个月PFS率\t70.1%\t45%
中位OS(月)\tNR\t31.8
"""


def records(text: str) -> list[Record]:
    return [record for record in oncospan.extract(text).records if record.rule == "efficacy.table"]


def facts(text: str, *names: str) -> list[tuple[object, ...]]:
    fields = ("drugs", "endpoint", "low", "unit", *names)
    return [tuple(record.fields[name] for name in fields) for record in records(text)]


def test_drugs_down_the_side() -> None:
    assert facts(ROWS, "statistic", "ci_low", "ci_high", "n", "arm") == [
        (OSIMERTINIB, "ORR", 80.0, "percent", "rate", 75.0, 85.0, 279, "experimental"),
        (OSIMERTINIB, "PFS", 18.9, "month", "median", 15.2, 21.4, 279, "experimental"),
        (OSIMERTINIB, "PFS", 0.46, "ratio", "hazard_ratio", 0.37, 0.57, 279, "experimental"),
        (GEFITINIB, "ORR", 76.0, "percent", "rate", None, None, 277, "control"),
        (GEFITINIB, "PFS", 10.2, "month", "median", None, None, 277, "control"),
    ]


def test_drugs_along_the_top() -> None:
    assert facts(COLUMNS, "statistic", "timepoint", "n", "arm") == [
        (OSIMERTINIB, "ORR", 80.0, "percent", "rate", None, 279, "experimental"),
        (GEFITINIB, "ORR", 75.8, "percent", "rate", None, 277, "control"),
        (OSIMERTINIB, "PFS", 18.9, "month", "median", None, 279, "experimental"),
        (GEFITINIB, "PFS", 10.2, "month", "median", None, 277, "control"),
        (OSIMERTINIB, "PFS", 0.46, "ratio", "hazard_ratio", None, 279, "experimental"),
        (OSIMERTINIB, "PFS_rate", 70.1, "percent", "rate", "12 month", 279, "experimental"),
        (GEFITINIB, "PFS_rate", 45.0, "percent", "rate", "12 month", 277, "control"),
        (GEFITINIB, "OS", 31.8, "month", "median", None, 277, "control"),
    ]


@pytest.mark.parametrize("text", [ROWS, COLUMNS])
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_change_nothing(text: str, end: str) -> None:
    assert facts(text.replace("\n", end), "arm", "n") == facts(text, "arm", "n")


@pytest.mark.parametrize("text", [ROWS, COLUMNS])
def test_evidence_quotes_the_row_up_to_the_figure(text: str) -> None:
    for record in records(text):
        assert text[record.start : record.end] == record.evidence
        assert "\n" not in record.evidence
        assert f"{record.fields['low']:g}" in record.evidence


def test_the_ledger_knows_who_claims_a_cell() -> None:
    claimed = {entry.text: entry.role for entry in oncospan.extract(ROWS).ledger}

    assert {claimed[number] for number in ("80", "75", "18.9", "0.37", "10.2")} == {"efficacy"}


def test_a_population_and_a_trial_stand_in_columns_of_their_own() -> None:
    text = "| 研究 | 药物 | 人群 | ORR |\n| FLAURA | 奥希替尼 | 初治 | 80% |\n| ABC | 奥希替尼 | 经治 | 71% |\n"

    assert facts(text, "trial", "population") == [
        (OSIMERTINIB, "ORR", 80.0, "percent", "FLAURA", "初治"),
        (OSIMERTINIB, "ORR", 71.0, "percent", "ABC", "经治"),
    ]


def test_a_row_of_one_cell_stands_over_the_rows_below_it() -> None:
    text = "| 终点 | 奥希替尼组 | 吉非替尼组 |\n| ORR(%) |  |  |\n| 研究者评估 | 80 | 76 |\n| DCR(%) |  |  |\n| 研究者评估 | 97 | 92 |\n"

    assert [fact[:3] for fact in facts(text)] == [
        (OSIMERTINIB, "ORR", 80.0), (GEFITINIB, "ORR", 76.0), (OSIMERTINIB, "DCR", 97.0), (GEFITINIB, "DCR", 92.0),
    ]  # fmt: skip


def test_a_row_of_one_cell_may_name_a_population() -> None:
    text = "| 药物 | ORR(%) |\n| 脑转移患者 |  |\n| 奥希替尼 | 57 |\n| 全部患者 |  |\n| 奥希替尼 | 80 |\n"

    assert facts(text, "population") == [
        (OSIMERTINIB, "ORR", 57.0, "percent", "脑转移患者"), (OSIMERTINIB, "ORR", 80.0, "percent", "全部患者"),
    ]  # fmt: skip


def test_heads_of_two_rows_are_read_together() -> None:
    text = "| 药物 | 疗效 |  |\n|  | ORR(%) | 中位PFS (月) |\n| 奥希替尼 | 80 | 18.9 |\n"

    assert facts(text) == [(OSIMERTINIB, "ORR", 80.0, "percent"), (OSIMERTINIB, "PFS", 18.9, "month")]


def test_the_caption_speaks_where_the_table_is_silent() -> None:
    text = "表3 拉罗替尼在各瘤种的疗效\n| 瘤种 | 例数 | ORR(%) |\n| 肺癌 | 20 | 75 |\n| 甲状腺癌 | 29 | 71 |\n"

    found = records(text)

    assert [(record.fields["low"], record.fields["population"], record.trail) for record in found] == [
        (75.0, "肺癌", "heading"), (71.0, "甲状腺癌", "heading"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "| 药物 | ORR |\n| 奥希替尼 | 80 |\n",
        "| 药物 | ORR/DCR(%) |\n| 奥希替尼 | 80 |\n",
        "| 药物 | ORR(%) |\n| 奥希替尼 vs 吉非替尼 | 80 |\n",
        "| 药物 | ORR(%) |\n| 安慰剂组 | 8 |\n",
        "| 药物 | ORR(%) |\n| 奥希替尼 | 未报告 |\n",
        "| 药物 | ORR(%) |\n| 奥希替尼 | 80/76 |\n",
        "| 药物 | ORR(%) |\n| 奥希替尼 | 80 (85-90) |\n",
        "| 药物 | ORR(%) | PFS(月) |\n| 奥希替尼 | 80 |\n",
        "| 药物 | 中位PFS(%) |\n| 奥希替尼 | 18.9 |\n",
        "| 药物 | PFS HR |\n| 奥希替尼 | 46 |\n",
        "| 奥希替尼 | 80 |\n| 吉非替尼 | 76 |\n",
        "| 药物 | 年龄(岁) |\n| 奥希替尼 | 64 |\n",
    ],
)
def test_what_is_not_said_once_gives_no_record(text: str) -> None:
    assert records(text) == []


def test_a_fact_of_prose_and_table_is_one_record_where_it_stands_first() -> None:
    prose = "奥希替尼组的ORR为80%。\n"
    table = "| 药物 | ORR(%) |\n| 奥希替尼 | 80 |\n"

    first = oncospan.extract(prose + table).records
    second = oncospan.extract(table + prose).records

    assert [record.rule for record in first] == ["efficacy.head_value"]
    assert [record.rule for record in second] == ["efficacy.table"]


@pytest.mark.parametrize(
    ("cell", "value", "unit", "more"),
    [
        ("80", 80, None, {}),
        ("80.5%", 80.5, "percent", {}),
        ("≥90%", 90, "percent", {"qualifier": "ge"}),
        ("约18.9个月", 18.9, "month", {"qualifier": "about"}),
        ("223(80.0%)", 80.0, "percent", {"counted": True}),
        ("41/55 (74.5)", 74.5, "percent", {"counted": True}),
        ("75%(41/55)", 75, "percent", {}),
        ("18.9 [95%CI:15.2-NR]", 18.9, None, {"interval": (15.2, float("inf"), "95")}),
        ("0.46 (97.5% CI, 0.37-0.57)*", 0.46, None, {"interval": (0.37, 0.57, "97.5")}),
    ],
)
def test_a_figure_is_read_with_its_unit_and_bounds(
    cell: str, value: float, unit: str | None, more: dict[str, Any]
) -> None:
    figure = read_figure(cell, Span(0, len(cell)))

    assert figure is not None
    assert (figure.value, figure.unit) == (value, unit)
    assert cell[slice(*figure.span)].startswith(f"{value:g}"[:2])
    assert all(getattr(figure, name) == wanted for name, wanted in more.items())


@pytest.mark.parametrize("cell", ["", "-", "NR", "未达到", "80 vs 76", "80(76)x", "18.9(20-30)", "FLAURA", "1.2.3"])
def test_anything_else_is_no_figure(cell: str) -> None:
    assert read_figure(cell, Span(0, len(cell))) is None


CELLS = st.sampled_from(
    [
        "奥希替尼",
        "吉非替尼组",
        "ORR(%)",
        "中位PFS(月)",
        "HR",
        "80",
        "7.3%",
        "0.4(0.3-0.6)",
        "",
        "-",
        "例数",
        "n=3",
        "初治",
    ]
)
GRIDS = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5)


@given(GRIDS, st.sampled_from(["|", "\t"]))
def test_tables_at_random_quote_what_they_say(grid: list[list[str]], mark: str) -> None:
    text = "\n".join(mark.join(row) for row in grid)

    for record in records(text):
        assert text[record.start : record.end] == record.evidence
        assert len(record.fields["drugs"]) == 1  # type: ignore[arg-type]
