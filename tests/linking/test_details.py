"""Details of efficacy and safety records: patients counted, phase, population, the grade of a list."""

from __future__ import annotations

import pytest

import oncospan
from oncospan.model import Record


def records_of(text: str, kind: str) -> list[Record]:
    return [record for record in oncospan.extract(text).records if record.kind == kind]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("奥希替尼的ORR为80%（n=100）。", 100),
        ("奥希替尼组（n=279）的ORR为80%。", 279),
        ("奥希替尼的ORR为80.0%（80/100）。", 100),
        ("奥希替尼的ORR为80%（30/100）。", None),
        ("奥希替尼的ORR为80%（P=0.01）。", None),
    ],
)
def test_patients_are_counted_where_the_figure_or_its_arm_says_so(text: str, count: int | None) -> None:
    assert [record.fields["n"] for record in records_of(text, "efficacy")] == [count]


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("在一项Ⅲ期随机对照研究中，奥希替尼的ORR为80%。", "III"),
        ("奥希替尼治疗III期NSCLC患者的ORR为80%。", None),
        ("II期NSCLC研究中，奥希替尼的ORR为80%。", None),
        ("III期PERSEUS研究中，奥希替尼的ORR为80%。", "III"),
        ("I/II期临床试验中，奥希替尼的ORR为80%；II期研究正在进行。", None),
        ("I/II期临床试验显示，奥希替尼的ORR为80%。", "I/II"),
    ],
)
def test_phase_is_of_the_only_trial_told(text: str, phase: str | None) -> None:
    assert [record.fields["phase"] for record in records_of(text, "efficacy")] == [phase]


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("奥希替尼最常见的3级及以上不良反应为腹泻（12%）和皮疹（5%）。", ["≥3", "≥3"]),
        ("奥希替尼的≥3级不良反应发生率为20%，腹泻发生率为12%。", ["≥3", None]),
        ("奥希替尼的不良反应包括腹泻（12%）。", [None]),
    ],
)
def test_grade_at_the_head_of_a_list_holds_for_its_events(text: str, grades: list[str | None]) -> None:
    assert [record.fields["grade"] for record in records_of(text, "safety")] == grades


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("FLAURA研究中EGFR突变患者接受奥希替尼，ITT人群的ORR为80%。", "ITT人群"),
        ("帕博利珠单抗获批，FLAURA研究中经治患者的ORR为45%。", "经治患者"),
        ("帕博利珠单抗：PD-L1中高表达患者的ORR为45%。", "PD-L1中高表达患者"),
        ("普拉替尼获批，既往使用过化疗患者的ORR为61%。", "既往使用过化疗患者"),
        ("普拉替尼获批，当时55例患者的ORR为61%。", None),
    ],
)
def test_population_is_named_without_the_words_before_it(text: str, population: str | None) -> None:
    assert records_of(text, "efficacy")[0].fields["population"] == population


def test_list_of_three_has_no_control() -> None:
    arms = [
        record.fields["arm"]
        for record in records_of("奥希替尼、吉非替尼和厄洛替尼的ORR分别为80%、76%和70%。", "efficacy")
    ]

    assert arms == ["experimental"] * 3
