"""`why` and `why-not` as people call them: what spoke at a place, and where the rest fell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TEXT = (
    "白蛋白结合型紫杉醇组的客观缓解率为80%。成人患者入组。腹泻发生率为1%~5%。\n"
    "肿瘤的2%位于小肠。二〇二三年，EGFR突变患者中位无进展生存期未达到。\n"
)
STATED = (
    "drugs nab-paclitaxel | endpoint ORR | statistic rate | low 80 | high 80 | qualifier eq | unit percent"
    " | arm experimental"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "a.txt"


def oncospan(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "oncospan", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def lines(*arguments: object) -> list[str]:
    done = oncospan(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_why_tells_mention_ledger_and_record(article: Path) -> None:
    told = lines("why", article, TEXT.index("80%"))

    assert told == [
        f"{article} 17 «8»",
        "mention  PERCENT 80 percent  17 20 «80%»",
        "  rule percentage.sign | confidence high | section body | qualifier eq",
        "ledger   PERCENT  17 20 «80%»  claimed by record 1, efficacy",
        "record 1  efficacy, claims this number  0 20 «白蛋白结合型紫杉醇组的客观缓解率为80%»",
        f"  {STATED}",
        "  rule efficacy.head_value | trail explicit | confidence high",
    ]


def test_why_tells_dates_and_alterations(article: Path) -> None:
    date = lines("why", article, TEXT.index("二〇"))
    alteration = lines("why", article, TEXT.index("突变"))

    assert date[1].startswith("mention  DATE 2023  ")
    assert "start_date 2023-01-01 | end_date 2023-12-31" in date[2]
    assert "MUTATION EGFR:mutation" in alteration[1]
    assert "negated False" in alteration[2]


def test_why_says_that_nothing_was_found(article: Path) -> None:
    at = TEXT.index("成人")

    assert lines("why", article, at)[1:] == [
        f"nothing was found here; `oncospan why-not ARTICLE {at} {at + 1}` tells what was considered"
    ]


def test_own_names_and_the_publication_date_are_heard(article: Path, tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text("name,norm\n成人患者,own\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("今年3月获批。", encoding="utf-8")

    assert "DRUG own" in lines("why", article, TEXT.index("成人"), "--lexicon", tmp_path / "my.csv")[1]
    assert "DATE 2024-03" in lines("why", tmp_path / "b.txt", 0, "--published", "2024-05-01")[1]


def test_a_drug_inside_a_longer_name(article: Path) -> None:
    told = lines("why-not", article, "紫杉醇")

    assert told[0] == f"{article} 6 9 «紫杉醇»"
    assert "vocabulary  DRUG  6 9 «紫杉醇»  紫杉醇 paclitaxel zh, read as a part of the candidate below" in told
    assert "candidate   DRUG nab-paclitaxel  0 9 «白蛋白结合型紫杉醇»  drug.name, high  kept" in told


def test_tenths_in_a_word_are_declined(article: Path) -> None:
    at = TEXT.index("成人")

    assert lines("why-not", article, at, at + 2)[1:] == [
        f"vocabulary  PERCENT  {at} {at + 1} «成»  tenths, declined: the grammar made no candidate of it"
    ]


def test_an_overlapped_candidate_names_its_winner(article: Path) -> None:
    at = TEXT.index("1%")

    told = lines("why-not", article, at, at + 2)

    fell = next(number for number, line in enumerate(told) if line.endswith("  fell"))
    assert told[fell] == f"candidate   PERCENT 1 1 percent  {at} {at + 2} «1%»  percentage.sign, high  fell"
    assert told[fell + 1] == (
        f"  to        PERCENT 1 5 percent  {at} {at + 5} «1%~5%»  percentage.range, high, because it is longer"
    )


def test_of_two_as_long_the_earlier_room_wins(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("携带T790M者", encoding="utf-8")
    (tmp_path / "my.csv").write_text("name,norm\nT790M,own\n", encoding="utf-8")

    told = lines("why-not", tmp_path / "a.txt", "T790M", "--lexicon", tmp_path / "my.csv")

    assert any(line.startswith("candidate   MUTATION ") and line.endswith("  fell") for line in told)
    assert any(line.endswith("because it is as long and its room goes first") for line in told)


def test_a_percent_without_a_record_shows_what_was_open(article: Path) -> None:
    told = lines("why-not", article, "2%")

    assert "no record   the clause is «肿瘤的2%位于小肠»" in told
    assert "  treatments of its sentence: none" in told
    assert "  endpoints and harms of its sentence: none" in told


def test_what_serves_linking_is_told(article: Path) -> None:
    told = lines("why-not", article, "客观缓解率")

    assert any(line.startswith("candidate   ENDPOINT ORR rate") and line.endswith("  kept") for line in told)
    assert any(line.startswith("record 1    efficacy by efficacy.head_value covers it") for line in told)


def test_nothing_considered_is_said(article: Path) -> None:
    assert lines("why-not", article, "入组")[1:] == [
        "nothing was considered: no room's vocabulary stands here, no candidate and no number"
    ]


def test_places_of_a_common_word_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("成人、" * 5, encoding="utf-8")

    told = lines("why-not", tmp_path / "a.txt", "成人")

    assert sum(line.endswith("«成人»") for line in told) == 3
    assert told[-1] == "the same words stand in 2 more places; name one with START END"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["why", "a.txt", "1000"], "1000 1001 is no span of a text of 78 characters; count characters from 0"),
        (["why-not", "a.txt", "3", "2"], "3 2 is no span of a text of"),
        (["why-not", "a.txt", "3", "x"], "'3 x' is no place; give START END, or words of the article in quotes"),
        (["why-not", "a.txt", "不在"], "'不在' does not stand in the article; copy the words"),
        (["why-not", ".", "成人"], "2 articles are in it; name a file that holds one article"),
        (["why", "nowhere.txt", "1"], "nowhere.txt: there is no such file or folder"),
    ],
)
def test_a_wrong_place_is_one_line_and_status_2(
    article: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    (article.parent / "b.txt").write_text("x", encoding="utf-8")
    monkeypatch.chdir(article.parent)

    done = oncospan(*arguments)

    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
