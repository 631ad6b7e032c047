"""The drug room's tables are checked cell by cell, and each error names its line and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import oncospan.entities.drug
from oncospan.entities.drug.entity import DrugRoom
from oncospan.entities.drug.glossary import Glossary
from oncospan.entities.drug.lexicon import built_in_lexicon, read_lexicon, with_own_names
from oncospan.errors import LexiconError
from oncospan.model import Article
from oncospan.pipeline import Pipeline, build_pipeline, default_pipeline
from oncospan.text.fold import fold

ROOM = Path(oncospan.entities.drug.__file__).parent


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    for path in ROOM.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("table", "row", "problem"),
    [
        ("lexicon.csv", "osimertinib,奥希替尼,,,,,memory", "'osimertinib' has a row already; merge the two rows"),
        ("lexicon.csv", "newtinib,奥希替尼,,,,,memory", "'奥希替尼' names 'osimertinib' too (line "),
        ("lexicon.csv", "newtinib,新,,,,,memory", "'新' is one letter; give a longer name"),
        ("lexicon.csv", "newtinib,新奇替尼||,,,,,memory", "an empty value in '新奇替尼||'; remove the bar too many"),
        ("lexicon.csv", "newtinib,新奇替尼| 新替尼,,,,,memory", "' 新替尼' has stray spaces; remove them"),
        ("lexicon.csv", "newtinib ,新奇替尼,,,,,memory", "'newtinib ' has stray spaces; remove them"),
        ("lexicon.csv", "newtinib,新奇替尼", "2 cells instead of 7; quote cells that hold a comma"),
        ("lexicon.csv", ",新奇替尼,,,,,memory", "the inn is empty; name it, or remove the row"),
        ("hazards.csv", "新药,sometimes,,note", "the rule 'sometimes' is unknown; choose one of never, cue, given"),
        ("ambiguous.csv", "艾坦,osimertinib,肺,yes", "'艾坦' has a default already; mark one only"),
        ("salts.csv", "新酸,left", "the side 'left' is unknown; write before or after"),
        ("prefixes.csv", "ZZZ,some,note", "the kind 'some' is unknown; write none"),
        ("prefixes.csv", "AAV,none,note", "'AAV' has a row already; remove one"),
    ],
)
def test_a_bad_row_names_its_line_and_the_remedy(tables: Path, table: str, row: str, problem: str) -> None:
    content = (tables / table).read_text(encoding="utf-8")
    (tables / table).write_text(f"{content}{row}\n", encoding="utf-8")

    with pytest.raises(LexiconError) as caught:
        DrugRoom(folder=tables)

    line = len(content.splitlines()) + 1
    assert str(caught.value).startswith(f"{tables / table}:{line}: {problem}")


def test_a_foreign_header_and_a_missing_table_are_refused(tables: Path) -> None:
    (tables / "stems.csv").write_text("stem\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="stems.csv:1: the header differs; write stem,english,alone"):
        DrugRoom(folder=tables)

    (tables / "stems.csv").unlink()
    with pytest.raises(LexiconError, match="the table is missing; restore it"):
        DrugRoom(folder=tables)


def test_a_hidden_row_is_found_by_its_stem(tables: Path) -> None:
    content = (tables / "lexicon.csv").read_text(encoding="utf-8").splitlines()
    rows = [row for row in content if not row.startswith(("lazertinib,", "trastuzumab botidotin,"))]
    (tables / "lexicon.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    pipeline = Pipeline([DrugRoom(folder=tables)], link_records=False)

    mentions = pipeline.read(Article("a", "联合兰泽替尼治疗肺癌患者,博度曲妥珠单抗治疗乳腺癌患者")).mentions

    assert [(m.text, m.rule, m.confidence) for m in mentions] == [
        ("兰泽替尼", "drug.stem", "medium"),
        ("博度曲妥珠单抗", "drug.stem", "medium"),
    ]


def test_an_alias_belongs_to_one_concept_or_is_listed_with_its_cues() -> None:
    owners: dict[str, set[str]] = {}
    for concept in built_in_lexicon().concepts.values():
        for name in (name for names in concept.names.values() for name in names):
            owners.setdefault(fold(name), set()).add(concept.inn)

    shared = {name: inns for name, inns in owners.items() if len(inns) > 1}

    names = built_in_lexicon().names
    assert {name for name, inns in shared.items() if {s.inn for s in names[name].senses} != inns} == set()


def test_every_sense_and_hazard_speaks_of_a_name_that_exists() -> None:
    lexicon = read_lexicon(ROOM)

    strangers = [s.inn for name in lexicon.names.values() for s in name.senses if s.inn not in lexicon.concepts]

    assert strangers == []
    assert built_in_lexicon() is built_in_lexicon()


def test_own_names_win_over_names_and_classes() -> None:
    own = with_own_names(built_in_lexicon(), [("奥希替尼", "mine"), ("PD-1单抗", "some-mab")])

    assert Glossary(own).explain("奥希替尼").meanings[0].concept.inn == "mine"
    assert Glossary(own).explain("PD-1单抗").block is None
    assert with_own_names(own, []) is own
    found = build_pipeline([("PD-1单抗", "some-mab")]).read(Article("a", "联合PD-1单抗")).mentions
    assert [(m.text, m.norm, m.rule) for m in found] == [("PD-1单抗", "some-mab", "drug.own")]


def test_each_rule_says_how_sure_it_is() -> None:
    text = "奥希替尼与特瑞普利联合索雷替尼治疗患者,接受BAX7104治疗,安慰剂加索雷替尼组,阿霉素(ADM)组,K药"

    mentions = default_pipeline().read(Article("a", text)).mentions

    assert [(m.text, m.rule, m.confidence) for m in mentions if m.label == "DRUG"] == [
        ("奥希替尼", "drug.name", "high"),
        ("特瑞普利", "drug.truncated", "medium"),
        ("索雷替尼", "drug.stem", "medium"),
        ("BAX7104", "drug.code.use", "medium"),
        ("索雷替尼", "drug.stem", "low"),
        ("阿霉素", "drug.name", "high"),
        ("ADM", "drug.short", "medium"),
        ("K药", "drug.name", "high"),
    ]
