"""The ledger: every number has one line, claimed once, and a role only where the words beside it say so."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oncospan
from oncospan.linking.ledger import Claims
from oncospan.linking.reading import Fact
from oncospan.model import Span

LABELS = {"PERCENT", "DATE", "MUTATION"}
#: Pieces that make numbers of every kind, and pieces that cut them or speak for them.
PIECES = st.lists(
    st.sampled_from(
        [
            "奥希替尼", "KEYNOTE-024研究", "一项34例的II期研究", "EGFR", "T790M突变", "19外显子缺失", "CDK4/6", "80", "%", "三成", "2024年",
            "6月13日", "今年3月", "至", "-", "~", "、", "和", "(", ")", " ", "\n", "约", "95%CI ", "0.45-0.80", "HR 0.52", "P<0.001", "n=30",
            "24例", "12个月", "PFS率", "ORR为", "分别为", "vs", "1:1随机", "每3周", "mg", "800mg", "8.6cm", "亿元", "同比增长", "随访", "[3]", "表1",
            "http://a.cn/2024/1.html", "参考文献", "1.", "½", "①", "９０％", "百分之", "。", ",", "😀",
        ]
    ),
    max_size=20,
).map("".join)  # fmt: skip


def check(text: str) -> None:
    extraction = oncospan.extract(text, published="2025-12-20")
    spans = [(entry.start, entry.end) for entry in extraction.ledger]

    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert all(text[entry.start : entry.end] == entry.text for entry in extraction.ledger)
    numbers = [
        (mention.start, mention.end, mention.label) for mention in extraction.mentions if mention.label in LABELS
    ]
    assert [(entry.start, entry.end, entry.kind) for entry in extraction.ledger if entry.kind in LABELS] == numbers
    for entry in extraction.ledger:
        if entry.record is not None:
            assert extraction.records[entry.record - 1].kind == entry.role


@settings(deadline=None)  # the first call loads the vocabularies
@given(PIECES)
def test_lines_never_overlap_and_every_mention_has_one(text: str) -> None:
    check(text)


@settings(deadline=None)  # the first call loads the vocabularies
@given(st.text(max_size=50))
def test_any_text_has_a_ledger(text: str) -> None:
    check(text)


def fact(*claims: Span) -> Fact:
    return Fact("efficacy", 0, 9, "r", "explicit", {}, claims)


def test_a_number_that_two_records_claim_belongs_to_the_first() -> None:
    claims = Claims([fact(Span(5, 8)), fact(Span(5, 8), Span(10, 12))])

    assert [claims.find(Span(5, 8)), claims.find(Span(10, 12)), claims.find(Span(0, 4))] == [0, 1, None]


def test_the_exact_claim_goes_before_a_part() -> None:
    claims = Claims([fact(Span(5, 6)), fact(Span(5, 8))])

    assert claims.find(Span(5, 8)) == 1
    assert claims.find(Span(4, 7)) == 0


@pytest.mark.parametrize(
    ("text", "number", "role"),
    [
        ("HR 0.45(95%CI 0.38~0.54)", "0.38", "confidence_interval"),
        ("HR 0.45(95%CI 0.38~0.54)", "95%", "confidence_level"),
        ("差异显著(P=0.048<0.05)", "0.05", "significance"),
        ("危险因素[OR=2.188]", "2.188", "statistic"),
        ("按2:1随机分组", "2", "randomisation"),
        ("患者1:1接受洛拉替尼", "1", "randomisation"),
        ("男女比相当(1.2:1)", "1.2", "sex_ratio"),
        ("化疗6个疗程", "6", "cycles"),
        ("每日2次口服", "2", "schedule"),
        ("给药于d1~4", "4", "schedule"),
        ("放疗30Gy/10次", "10", "fractions"),
        ("口服80mg每日一次", "80", "dose"),
        ("剂量为100~800mg", "100", "dose"),
        ("AFP≥400 ng/ml", "400", "measurement"),
        ("肿瘤大小为8.6cm", "8.6", "measurement"),
        ("ECOG评分0-1分", "0", "score"),
        ("CPS≥10或<20者", "20", "expression"),
        ("年龄>65岁", "65", "age"),
        ("61至70岁人士", "61", "age"),
        ("3/4级腹泻", "3", "grade_stage_line"),
        ("既往≥3线治疗", "3", "grade_stage_line"),
        ("有效率(24/52)", "24", "patients"),
        ("有效率(24/52)", "52", "patients"),
        ("共12家中心参加", "12", "sites"),
        ("获批15个适应症", "15", "count"),
        ("AUC升至4.3倍", "4.3", "fold_change"),
        ("收入2170万美元", "2170", "market"),
        ("销售额同比增长16%", "16%", "market"),
        ("死亡风险降低34%", "34%", "risk_reduction"),
        ("两组相差12个百分点", "12个百分点", "difference"),
        ("肿物缩小46%", "46%", "shrinkage"),
        ("发病率减少24%", "24%", "change"),
        ("肝转移的发生率为40%", "40%", "incidence"),
        ("占全部肿瘤的2%", "2%", "share"),
        ("特异性为89.29%", "89.29%", "diagnostic_accuracy"),
        ("PD-L1≥1%人群", "1%", "expression"),
        ("RATIONALE 305中", "305", "trial"),
        ("外显子11最常见", "11", "exon"),
        ("CDK4/6抑制剂", "6", "name"),
        ("http://a.cn/150312/x", "150312", "identifier"),
        ("疗效显著[12]。", "12", "reference"),
        ("(表2)所示", "2", "table_or_figure"),
        ("要点\n3. 获批", "3", "list_number"),
        ("第37届年会", "37", "ordinal"),
        ("CTCAE 5.0版", "5.0", "version"),
        ("中位随访28.3个月", "28.3个月", "follow_up"),
        ("每3周给药", "3周", "schedule"),
        ("5年生存率未知", "5年", "timepoint"),
        ("近5年来", "5年", "period"),
        ("停药12个月内", "12个月", "period"),
        ("截至2024年9月", "2024年9月", "data_cutoff"),
        ("ESMO 2023速递", "2023", "conference"),
        ("指南(2023年版)", "2023", "guideline"),
        ("2019年6月至2021年7月共纳入患者", "2019年6月至2021年7月", "enrolment"),
        ("2023年营收下滑", "2023年", "market"),
        ("EGFR突变患者", "EGFR突变", "population"),
    ],
)  # fmt: skip
def test_words_give_a_role(text: str, number: str, role: str) -> None:
    ledger = oncospan.extract(text).ledger

    assert [entry.role for entry in ledger if entry.text.startswith(number)][:1] == [role]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("中位生存期达到8个月", "8个月"),
        ("OS为12.5个月和8.4个月,ORR略", "8.4个月"),
        ("3年生存率可达30%", "30%"),
        ("中性粒细胞减少62.1%", "62.1%"),
        ("转氨酶升高17.6%", "17.6%"),
        ("2017年8月获批上市", "2017年8月"),
        ("IL13R靶向白细胞介素13受体", "13"),
        ("抗PD-L1/4-1BB双抗", "4"),
        ("EGFR突变见于肺癌", "EGFR突变"),
        ("剂量含糊,约12", "12"),
    ],
)
def test_no_role_where_the_words_say_none(text: str, number: str) -> None:
    ledger = oncospan.extract(text).ledger

    assert {entry.role for entry in ledger if entry.text == number} <= {"unclaimed", "harm"}
    assert any(entry.text == number for entry in ledger) or number == "4"


def test_a_number_with_its_unit_is_read_whole() -> None:
    assert [entry.text for entry in oncospan.extract("口服800mg,瘤体8.6cm,第2.2.2节,HLX02").ledger] == ["800", "8.6"]


def test_patients_of_a_trial_told_in_words_are_counted() -> None:
    ledger = oncospan.extract("一项包括34例初治患者的II期临床试验").ledger

    assert [(entry.text, entry.role) for entry in ledger] == [("34", "patients")]
