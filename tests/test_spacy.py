"""The spaCy component: the Doc keeps its text, every mention is whole tokens with its normal form."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

TEXT = "2024年5月,奥希替尼(osimertinib)组的ORR约80%,部分患者检出EGFR T790M突变。"


def pipeline(segmenter: str, **config: object) -> Language:
    nlp = spacy.blank(
        "zh", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.zh.ChineseTokenizer", "segmenter": segmenter}}}
    )
    nlp.add_pipe("oncospan", config=config)
    return nlp


@pytest.mark.parametrize("segmenter", ["char", "jieba"])
def test_mentions_are_whole_tokens_with_their_normal_forms(segmenter: str) -> None:
    doc = pipeline(segmenter)(TEXT)

    assert doc.text == TEXT
    assert [(span.text, span.label_) for span in doc.ents] == [
        ("2024年5月", "DATE"),
        ("奥希替尼", "DRUG"),
        ("osimertinib", "DRUG"),
        ("80%", "PERCENT"),
        ("EGFR T790M", "MUTATION"),
    ]
    assert [span.text for span in doc.spans["oncospan"]] == [span.text for span in doc.ents]
    assert doc.ents[1].kb_id_ == "osimertinib"
    assert doc.ents[3]._.norm == (80.0, 80.0, "percent")
    assert doc.ents[3]._.qualifier == "about"
    assert doc.ents[0]._.start_date == "2024-05-01"
    assert doc.ents[4]._.negated is False


def test_a_doc_goes_to_bytes_and_back() -> None:
    nlp = pipeline("char")
    doc = nlp(TEXT)

    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()
    read = [
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        next(DocBin().from_bytes(kept).get_docs(nlp.vocab)),
    ]

    for other in read:
        assert [(span.text, span.kb_id_) for span in other.ents] == [(span.text, span.kb_id_) for span in doc.ents]
        assert other.ents[0]._.end_date == "2024-05-31"
        assert list(other.ents[3]._.norm) == [80.0, 80.0, "percent"]


def test_publication_date_comes_from_the_doc_else_from_the_settings() -> None:
    nlp = pipeline("char", published="2020-06-01")
    doc = nlp.make_doc("今年3月获批")
    doc.user_data["published"] = "2024-06-01"

    assert nlp("今年3月获批").ents[0].kb_id_ == "2020-03"
    assert nlp(doc).ents[0].kb_id_ == "2024-03"


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="奥希替尼80%2024年3月 EGFRT790M突变\n,。", max_size=40))
def test_any_text_is_kept(text: str) -> None:
    doc = JIEBA(text)

    assert doc.text == text
    assert all(text[span.start_char : span.end_char] == span.text for span in doc.spans["oncospan"])


JIEBA = pipeline("jieba")
