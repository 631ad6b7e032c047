"""Regulatory records with their evidence and indication, and what makes two of them one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncospan.linking.repeats import agree
from oncospan.model import Article, Record
from oncospan.pipeline import default_pipeline

ROOT = Path(__file__).parents[2]
FIELDS = ("drug", "agency", "event", "negated", "date", "indication")


def records_of(text: str) -> list[Record]:
    extraction = default_pipeline().read(Article("article", text))
    return [record for record in extraction.records if record.kind == "regulatory"]


def test_first_article_gives_its_six_records_with_their_evidence() -> None:
    text = (ROOT / "corpus" / "ntrk-inhibitors.txt").read_text(encoding="utf-8")
    lines = (ROOT / "annotations" / "ntrk-inhibitors.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [row for row in map(json.loads, lines) if row.get("record") == "regulatory"]

    found = [
        {**{name: r.fields[name] for name in FIELDS}, "start": r.start, "end": r.end, "evidence": r.evidence}
        for r in records_of(text)
    ]

    keys = (*FIELDS, "start", "end", "evidence")
    assert found == [{key: row[key] for key in keys} for row in gold]
    assert len(found) == 6


@pytest.mark.parametrize(
    ("text", "indication"),
    [
        ("2024年2月，FDA批准奥希替尼联合化疗用于EGFR突变晚期NSCLC。", "EGFR突变晚期NSCLC"),
        ("阿来替尼2018年8月获国家药监局批准，用于治疗ALK阳性肺癌患者，成为国内第二款ALK抑制剂。", "ALK阳性肺癌患者"),
        ("替雷利珠单抗2023年12月在国内获批一线肝癌。", "一线肝癌"),
        ("瑞派替尼2021年3月获国家药监局批准，INVICTUS研究共入组129例患者。", None),
        ("他雷替尼治疗ROS1阳性NSCLC的上市申请2024年3月获国家药监局受理。", "ROS1阳性NSCLC"),
        ("瑞维美尼2024年11月获FDA批准治疗KMT2A易位的白血病，AUGMENT研究的ORR为21%。", "KMT2A易位的白血病"),
        (
            "FDA2024年4月批准德曲妥珠单抗用于HER2阳性（IHC 3+）实体瘤（该适应症在国内尚未获批）。",
            "HER2阳性(IHC 3+)实体瘤",
        ),
        ("罗氏2023年6月撤回普拉替尼在美国的甲状腺髓样癌适应症。", "甲状腺髓样癌适应症"),
        ("美國FDA於2015年批准納武利尤單抗用於轉移性黑色素瘤，衞生署則於2024年7月批准該藥。", "转移性黑色素瘤"),
        ("FDA2020年5月批准卡马替尼；恩沙替尼用于治疗ALK阳性肺癌。", None),
    ],
)
def test_indication_is_cut_where_the_words_leave_the_patients(text: str, indication: str | None) -> None:
    assert records_of(text)[0].fields["indication"] == indication


def test_denied_approval_in_a_bracket_has_the_indication_it_points_to_and_its_own_evidence() -> None:
    positive, denied = records_of(
        "2024年6月，瑞普替尼获FDA加速批准，用于治疗NTRK融合实体瘤（该适应症在国内尚未获批）。"
    )

    assert positive.evidence == "2024年6月，瑞普替尼获FDA加速批准，用于治疗NTRK融合实体瘤"
    assert denied.evidence == "该适应症在国内尚未获批"
    assert denied.fields["indication"] == positive.fields["indication"] == "NTRK融合实体瘤"


def test_repeated_approval_is_quoted_where_it_stands_first_with_the_most_exact_date() -> None:
    (record,) = records_of("恩沙替尼2020年获国家药监局批准\n2020年11月19日，恩沙替尼获国家药监局批准上市。")

    assert record.start == 0
    assert record.evidence == "恩沙替尼2020年获国家药监局批准"
    assert record.fields["date"] == "2020-11-19"


def test_plain_words_for_an_accelerated_approval_of_the_same_day_are_no_second_record() -> None:
    events = [
        record.fields["event"]
        for record in records_of("2024年6月13日，FDA批准瑞普替尼。瑞普替尼此次于2024年6月13日获FDA加速批准。")
    ]

    assert events == ["conditional_approval"]


def test_references_and_tables_give_no_records() -> None:
    text = "参考文献\n[1] FDA批准奥希替尼用于辅助治疗. 2020年12月18日.\n[2] 国家药监局批准阿美替尼. 2020年3月."

    assert records_of(text) == []


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("2024", "2024-06", True),
        ("XXXX-06-13", "2024-06-13", True),
        ("XXXX-06", "2024-06-13", True),
        ("2024-06-13", "2024-06-14", False),
        ("XXXX-07", "2024-06-13", False),
    ],
)
def test_dates_agree_where_one_is_a_coarser_form_of_the_other(left: str, right: str, *, same: bool) -> None:
    assert agree(left, right) is same
    assert agree(right, left) is same


@given(st.dates())
def test_every_date_agrees_with_its_month_and_its_year(day: object) -> None:
    iso = str(day)

    assert agree(iso, iso[:7])
    assert agree(iso, iso[:4])


@given(
    st.text(
        alphabet="获批准FDA国家药监局(),。;年月2024奥希替尼的在美国尚未紧随其后者则是\n?纳入医保目录撤回申请",
        max_size=60,
    )
)
def test_any_text_gives_records_that_quote_it(text: str) -> None:
    for record in records_of(text):
        assert record.evidence == text[record.start : record.end]
        assert record.fields["drug"]
        assert record.fields["agency"]
