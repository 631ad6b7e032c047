"""The command line as people call it: its files, its messages, its exit status."""

from __future__ import annotations

import csv
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = "奥希替尼组的客观缓解率为80%,2017年3月获批。\n"
FILES = [
    "articles.csv", "dates.csv", "drugs.csv", "efficacy.csv", "failures.csv", "frequency.csv", "ledger.csv", "mentions.jsonl",
    "mutations.csv", "percentages.csv", "records.jsonl", "regulatory.csv", "resistance.csv", "run.json", "safety.csv",
    "sentences.jsonl",
]  # fmt: skip


def oncospan(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "oncospan", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd,
    )  # fmt: skip


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def test_extract_writes_every_file(articles: Path, tmp_path: Path) -> None:
    done = oncospan("extract", articles, "--out", tmp_path / "out")

    assert done.returncode == 0
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES
    lines = [json.loads(line) for line in (tmp_path / "out" / "mentions.jsonl").read_text("utf-8").splitlines()]
    assert [(line["label"], line["text"]) for line in lines] == [
        ("DRUG", "奥希替尼"), ("PERCENT", "80%"), ("DATE", "2017年3月"),
    ]  # fmt: skip
    assert all(ARTICLE[line["start"] : line["end"]] == line["text"] for line in lines)


def test_broken_articles_do_not_stop_the_others(articles: Path, tmp_path: Path) -> None:
    (articles / "empty.txt").write_bytes(b"")
    (articles / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (articles / "notes.xyz").write_text("x", encoding="utf-8")

    done = oncospan("extract", articles, "--out", tmp_path / "out")

    assert done.returncode == 1
    failures = list(csv.DictReader((tmp_path / "out" / "failures.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["article"], row["stage"]) for row in failures] == [("empty", "read"), ("noise", "read")]
    assert "empty.txt: the file is empty; put" in failures[0]["reason"]
    assert "notes.xyz" in done.stderr
    assert '"article":"good"' in (tmp_path / "out" / "mentions.jsonl").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "--out", "out"], "nowhere: there is no such file or folder"),
        (["empty", "--out", "out"], "the folder holds no articles"),
        (["", "--out", "out"], "a path is empty; name a file or a folder"),
        (["articles", "--out", ""], "a path is empty; name a file or a folder"),
        (["empty.zip", "--out", "out"], "empty.zip: no article was found; use .txt"),
        (["header.csv", "--out", "out"], "header.csv: no article was found; use .txt"),
        (["articles", "--out", "taken"], "taken: the output folder cannot be written: File exists; a file stands"),
        (["articles", "--out", "out", "--published", "soon"], "'soon' is no date; write --published 2025-12-20"),
        (["articles", "--out", "out", "--encoding", "utf-9"], "no encoding called 'utf-9'"),
        (["articles", "--out", "out", "--lexicon", "my.csv"], "my.csv:3: the name '某某替尼' stands in line 2 already"),
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(
    articles: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.zip").write_bytes(b"PK\5\6" + bytes(18))
    (tmp_path / "header.csv").write_text("id,text\n", encoding="utf-8")
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    (tmp_path / "my.csv").write_text("name,norm\n某某替尼,x\n某某替尼,y\n", encoding="utf-8")

    done = oncospan("extract", *arguments, cwd=articles.parent)

    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_declared_encoding_is_obeyed_and_refused(articles: Path, tmp_path: Path) -> None:
    (articles / "good.txt").write_bytes(ARTICLE.encode("gb18030"))

    refused = oncospan("extract", articles, "--out", tmp_path / "a", "--encoding", "utf-8")
    obeyed = oncospan("extract", articles, "--out", tmp_path / "b", "--encoding", "gb18030")

    assert refused.returncode == 1
    assert "good.txt:1: byte 0 is not utf-8 text" in refused.stderr
    assert obeyed.returncode == 0
    assert (tmp_path / "b" / "articles" / "good.txt").read_text("utf-8") == ARTICLE


def test_jobs_give_the_same_bytes(articles: Path, tmp_path: Path) -> None:
    for number in range(40):
        (articles / f"{number}.txt").write_text(ARTICLE.replace("80", str(number)), encoding="utf-8")
    (articles / "empty.txt").write_bytes(b"")

    for jobs in (1, 2):
        assert oncospan("extract", articles, "--out", tmp_path / str(jobs), "--jobs", jobs).returncode == 1

    assert {p.name: p.read_bytes() for p in (tmp_path / "1").iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "2").iterdir()
    }


def test_own_names_win(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text("name,norm,note\n奥希替尼组,own-norm,\n", encoding="utf-8")

    done = oncospan("show", articles, "--lexicon", tmp_path / "my.csv")

    assert "⟦奥希替尼组|DRUG own-norm⟧" in done.stdout


def test_show_prints_marked_text(articles: Path) -> None:
    done = oncospan("show", articles / "good.txt")

    assert done.stdout.rstrip("\n") == (
        "⟦奥希替尼|DRUG osimertinib⟧组的客观缓解率为⟦80%|PERCENT 80 percent⟧,⟦2017年3月|DATE 2017-03⟧获批。"
    )
    assert oncospan("show", articles.parent / "nowhere").returncode == 2


def test_show_tells_what_failed(articles: Path) -> None:
    (articles / "empty.txt").write_bytes(b"")

    done = oncospan("show", articles)

    assert done.returncode == 1
    assert "failed: empty: " in done.stderr


def test_evaluate_scores_gates_and_lists_errors(articles: Path, tmp_path: Path) -> None:
    import hashlib

    out = tmp_path / "out"
    oncospan("extract", articles, "--out", out)
    gold = tmp_path / "gold"
    gold.mkdir()
    head = {"article": "good", "sha256": hashlib.sha256(ARTICLE.encode()).hexdigest()}
    rows = [head] + [json.loads(line) for line in (out / "mentions.jsonl").read_text("utf-8").splitlines()]
    rows[1]["norm"] = "gefitinib"
    rows.append({"label": "MUTATION", "start": 23, "end": 25, "text": "获批", "norm": ["?:p.X"], "negated": False})
    (gold / "good.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")

    table = oncospan("evaluate", "--gold", gold, "--pred", out)
    as_json = oncospan("evaluate", "--gold", gold, "--pred", out, "--json", "--errors", tmp_path / "e.csv")
    gate = oncospan("evaluate", "--gold", gold, "--pred", out, "--min-strict", "0.9")

    assert table.returncode == 0
    assert "MUTATION" in table.stdout
    scores = json.loads(as_json.stdout)
    assert scores["total"]["ALL"]["strict"]["missed"] == 1
    assert scores["total"]["DRUG"]["value"]["right"] == 0
    errors = list(csv.DictReader((tmp_path / "e.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["kind"], row["gold_text"]) for row in errors] == [("misread", "奥希替尼"), ("missed", "获批")]
    assert errors[0]["sentence"] == ARTICLE.strip()
    assert (tmp_path / "e.csv").read_bytes() == (out / "errors.csv").read_bytes()
    assert gate.returncode == 1
    assert "is below 0.9" in gate.stderr


def test_evaluate_scores_records_gates_and_names_what_is_wrong(articles: Path, tmp_path: Path) -> None:
    import hashlib

    out, gold = tmp_path / "out", tmp_path / "gold"
    oncospan("extract", articles, "--out", out)
    gold.mkdir()
    head = {"article": "good", "sha256": hashlib.sha256(ARTICLE.encode()).hexdigest()}
    rows = [json.loads(line) for line in (out / "records.jsonl").read_text("utf-8").splitlines()]
    rows = [{**row, "drugs": ["gefitinib"]} for row in rows if row["record"] == "efficacy"]
    (gold / "good.jsonl").write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in [head, *rows]), encoding="utf-8"
    )
    call = ("evaluate", "--gold", gold, "--pred", out)

    table = oncospan(*call, "--min-record-f1", "0.0")
    as_json = oncospan(*call, "--json", "--min-strict", "0.0")
    gate = oncospan(*call, "--min-record-f1", "0.9")

    assert (table.returncode, as_json.returncode, gate.returncode) == (0, 0, 1)
    assert table.stdout.index("DRUG") < table.stdout.index("efficacy")
    assert json.loads(as_json.stdout)["records"]["total"]["efficacy"]["subject"]["missed"] == 1
    assert "record F1 0.0000 is below 0.9" in gate.stderr
    data = (out / "record_errors.csv").read_bytes()
    errors = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert data.startswith(b"\xef\xbb\xbf")
    assert [(row["kind"], row["gold_value"], row["found_value"]) for row in errors if row["record"] == "efficacy"] == [
        ("wrong drug", "gefitinib", "osimertinib")
    ]
    assert errors[0]["sentence"] == ARTICLE.strip()


def test_evaluate_refuses_gold_of_another_text(articles: Path, tmp_path: Path) -> None:
    oncospan("extract", articles, "--out", tmp_path / "out")
    (tmp_path / "good.jsonl").write_text('{"article":"good","sha256":"0"}\n', encoding="utf-8")

    done = oncospan("evaluate", "--gold", tmp_path, "--pred", tmp_path / "out", cwd=tmp_path)

    assert done.returncode == 2


def test_a_terminal_gets_a_progress_bar(articles: Path, tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "oncospan", "extract", articles, "--out", tmp_path / "out"],
        stdout=follower, stderr=follower, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(follower)
    written = b""
    try:
        while piece := os.read(leader, 4096):
            written += piece
    except OSError:
        pass
    os.close(leader)

    assert process.wait() == 0
    assert b"reading" in written
    assert b"1/1" in written


def test_undecodable_bytes_fail_or_are_replaced_and_told(articles: Path, tmp_path: Path) -> None:
    (articles / "bad.txt").write_bytes(ARTICLE.encode() * 9 + b"\xff" + ARTICLE.encode())

    strict = oncospan("extract", articles, "--out", tmp_path / "a")
    replaced = oncospan("extract", articles, "--out", tmp_path / "b", "--errors", "replace")

    assert strict.returncode == 1
    assert f"bad.txt:10: byte {len(ARTICLE.encode()) * 9} is not utf-8 text" in strict.stderr
    assert replaced.returncode == 0
    summary = json.loads((tmp_path / "b" / "run.json").read_text("utf-8"))
    assert summary["replaced"] == {"bad": 1}
    assert summary["settings"]["errors"] == "replace"
    assert "\ufffd" in (tmp_path / "b" / "articles" / "bad.txt").read_text("utf-8")


def test_columns_and_stated_dates_are_read(articles: Path, tmp_path: Path) -> None:
    (articles / "good.txt").unlink()
    rows = f'编号,正文,发布日期\r\nx,"今年3月{ARTICLE.strip()}",2025-12-20\r\n'
    (articles / "rows.csv").write_bytes(rows.encode("gb18030"))

    done = oncospan("extract", articles, "--out", tmp_path / "out", "--columns", "id=编号,text=正文,published=发布日期")

    assert done.returncode == 0
    lines = [json.loads(line) for line in (tmp_path / "out" / "mentions.jsonl").read_text("utf-8").splitlines()]
    assert (lines[0]["article"], lines[0]["norm"], lines[0]["published"]) == ("x", "2025-03", "2025-12-20")
    assert (tmp_path / "out" / "articles" / "x.txt").read_text("utf-8") == f"今年3月{ARTICLE.strip()}"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--errors", "ignore"], "--errors 'ignore' is not known; use strict or replace"),
        (["--columns", "text"], "the column 'text' is not understood; write --columns id="),
        (["--max-mb", "0"], "Invalid value for '--max-mb'"),
    ],
)
def test_a_wrong_option_of_reading_is_a_wrong_call(
    articles: Path, tmp_path: Path, options: list[str], message: str
) -> None:
    done = oncospan("extract", articles, "--out", tmp_path / "out", *options)

    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "out").exists()


def test_limits_are_options(articles: Path, tmp_path: Path) -> None:
    (articles / "long.txt").write_text("药" * 200, encoding="utf-8")

    done = oncospan("extract", articles, "--out", tmp_path / "out", "--max-characters", 100)

    assert done.returncode == 1
    assert "the article has 200 characters, more than 100; split it, or raise --max-characters" in done.stderr
    assert '"article":"good"' in (tmp_path / "out" / "mentions.jsonl").read_text("utf-8")


def test_odd_ids_and_names_fail_their_article_only(articles: Path, tmp_path: Path) -> None:
    ids = ["x", "x.txt/b", "名" * 100, "n" * 300, "/" * 5000 + "y", "%" * 150, "ok//a", "ok/a"]
    rows = [json.dumps({"id": name, "text": ARTICLE}) for name in ids]
    (articles / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    odd = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(odd)).write_text(ARTICLE, encoding="utf-8")

    done = oncospan("extract", articles, os.fsdecode(odd), "--out", tmp_path / "out")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    failures = list(csv.DictReader((tmp_path / "out" / "failures.csv").read_text("utf-8-sig").splitlines()))
    reasons = {row["article"]: row["reason"] for row in failures}
    assert len(reasons) == 7
    assert "rows.jsonl:3: the id '名名" in reasons["rows:3"]
    assert reasons["x.txt/b"].endswith("give the article a short id that no other id begins with")
    assert "ok/a" in reasons or "ok//a" in reasons
    assert "rename it" in reasons[r"\udcff"]
    done_ids = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["articles"]
    assert {"good", "x"} <= set(done_ids)


@pytest.mark.parametrize("out", ["out", "."])
def test_a_second_run_does_not_read_the_first(tmp_path: Path, out: str) -> None:
    (tmp_path / "good.txt").write_bytes(ARTICLE.encode("gb18030"))

    runs = []
    for _ in range(2):
        done = oncospan("extract", ".", "--out", out, cwd=tmp_path)
        runs.append((done.returncode, done.stderr, (tmp_path / out / "run.json").read_bytes()))

    assert runs[0][0] == 0
    assert runs[0] == runs[1]
    assert (tmp_path / out / "articles" / "good.txt").read_text("utf-8") == ARTICLE
