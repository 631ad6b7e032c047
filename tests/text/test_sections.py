"""Title, body, caption, table and references are told apart line by line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oncospan.text.sections import split_sections

ARTICLE = """耐药之后还有什么选择
奥希替尼耐药后,部分患者检出C797S突变,后续治疗仍在探索之中。
表 1 各研究的疗效
研究\t例数\tORR
FLAURA\t556\t80%
图片来源:文献资料
参考文献
1.Soria JC, et al. Osimertinib in untreated EGFR-mutated advanced NSCLC. N Engl J Med. 2018;378:113.
[2] Ramalingam SS, et al. Overall survival with osimertinib. N Engl J Med. 2020.
"""


def test_every_line_has_its_kind() -> None:
    kinds = {ARTICLE[start:end]: kind for start, end, kind in split_sections(ARTICLE)}

    assert list(kinds.values()) == ["title", "body", "caption", "table", "caption", "references"]
    assert "Ramalingam" in next(text for text, kind in kinds.items() if kind == "references")


def test_prose_behind_the_references_is_body_again() -> None:
    text = "参考文献\n[1] Soria JC. N Engl J Med. 2018.\n本文由编辑部根据会议资料整理而成,仅供医学专业人士参考,不构成任何用药建议,转载请注明出处。\n"

    assert [section.kind for section in split_sections(text)] == ["references", "body"]


@given(st.text(alphabet="表图1\t|。\n参考文献a", max_size=60))
def test_sections_cover_the_text(text: str) -> None:
    sections = split_sections(text)

    assert "".join(text[start:end] for start, end, _ in sections) == text
