"""Gold files are checked line by line, and refused when their text changed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from oncospan.errors import GoldError, UsageError
from oncospan.files.gold import check_text, read_gold, read_run
from oncospan.files.run import RunWriter
from oncospan.model import Article, Extraction, Mention, Span

TEXT = "奥希替尼组ORR为80%"
HEAD = {"article": "a", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
DRUG = {"article": "a", "label": "DRUG", "start": 0, "end": 4, "text": "奥希替尼", "norm": "osimertinib"}
RECORD = {
    "record": "efficacy",
    "drugs": ["osimertinib"],
    "endpoint": "ORR",
    "low": 80,
    "high": 80,
    "unit": "percent",
    "start": 0,
    "end": 12,
    "evidence": TEXT,
}
RATE = {"label": "PERCENT", "start": 9, "end": 12, "text": "80%", "norm": [80, 80, "percent"], "qualifier": "eq"}


def write(folder: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def make_run(folder: Path, text: str = TEXT) -> Path:
    mention = Mention("DRUG", 0, 4, "奥希替尼", "osimertinib", "drug.name")
    with RunWriter(folder, {}) as run:
        run.add(Extraction(Article("a", text), (mention,), sentences=(Span(0, len(text)),)), plain=True)
    return folder


def test_gold_is_read(tmp_path: Path) -> None:
    gold = read_gold(write(tmp_path, HEAD, DRUG, RATE, RECORD, {**RECORD, "optional": True}, {"record": "dosage"}))[0]

    assert [mention.norm for mention in gold.mentions] == ["osimertinib", (80.0, 80.0, "percent")]
    assert [record.fields["drugs"] for record in gold.records.required] == [["osimertinib"]]
    assert [record.fields["low"] for record in gold.records.optional] == [80.0]
    assert "timepoint" not in gold.records.required[0].fields


@pytest.mark.parametrize(
    ("head", "rows", "kinds"),
    [
        (HEAD, [], ("efficacy", "regulatory")),
        (HEAD, [{**RECORD, "record": "safety"}], ("efficacy", "regulatory", "safety")),
        ({**HEAD, "records": ["safety", "efficacy"]}, [], ("efficacy", "safety")),
        ({**HEAD, "records": []}, [RECORD], ()),
    ],
)
def test_gold_tells_which_kinds_of_records_it_holds(
    tmp_path: Path, head: dict[str, object], rows: list[object], kinds: tuple[str, ...]
) -> None:
    assert read_gold(write(tmp_path, head, *rows))[0].records.kinds == kinds


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([DRUG], r"a.jsonl:1: the first line is not"),
        ([HEAD, "{"], r"a.jsonl:2: the line is no JSON object"),
        ([HEAD, {**DRUG, "end": 3}], r"a.jsonl:2: '奥希替尼' is not as long as its span"),
        ([HEAD, {**DRUG, "start": "x"}], r"a.jsonl:2: start: "),
        ([HEAD, {**DRUG, "article": "b"}], r"a.jsonl:2: the line belongs to article 'b'"),
        ([HEAD, {**RECORD, "end": 5}], r"a.jsonl:2: the evidence is not as long as its span"),
        ([HEAD, {**RECORD, "drugs": "osimertinib"}], r"a.jsonl:2: drugs: "),
        ([{**HEAD, "records": ["dosage"]}], r"a.jsonl:1: \"records\" names a kind that is not known; name some of"),
        ([HEAD, DRUG, {**DRUG, "start": 2, "end": 6}], r"a.jsonl:3: .* overlaps or precedes"),
    ],
)
def test_malformed_gold_names_file_and_line(tmp_path: Path, rows: list[object], problem: str) -> None:
    with pytest.raises(GoldError, match=problem):
        read_gold(write(tmp_path, *rows))


def test_gold_of_another_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    gold = read_gold(write(tmp_path / "gold", HEAD, DRUG))[0]

    check_text(gold, read_run(make_run(tmp_path / "run")), tmp_path)
    with pytest.raises(GoldError, match="a.jsonl:1: the article's text changed since its gold was made; restore"):
        check_text(gold, read_run(make_run(tmp_path / "other", TEXT + "。")), tmp_path)


def test_folders_without_gold_or_run_are_wrong_calls(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the folder holds no gold"):
        read_gold(tmp_path)
    with pytest.raises(UsageError, match="there is no such folder"):
        read_gold(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="the folder holds no run"):
        read_run(tmp_path)
    make_run(tmp_path / "run")
    (tmp_path / "run" / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="run.json is malformed"):
        read_run(tmp_path / "run")


def test_gold_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(GoldError, match="save it as UTF-8"):
        read_gold(tmp_path)
