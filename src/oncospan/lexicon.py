"""The command line's `oncospan lexicon`: look a name up, check one's own names, list the unknown ones of a run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from oncospan.entities.drug.glossary import Explanation, Glossary, Meaning
from oncospan.entities.drug.lexicon import Hazard, built_in_lexicon, with_own_names
from oncospan.entities.drug.spellings import Kind
from oncospan.errors import LexiconError
from oncospan.files.names import OwnName, Row, read_names, scan_names
from oncospan.files.suggestions import suggest, write_suggestions
from oncospan.model import Article
from oncospan.pipeline import build_pipeline
from oncospan.text.tokens import word_frequency

app = typer.Typer(
    help="Looks drug names up, checks your own names, and lists the unknown ones of a run.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_KINDS: dict[Kind, str] = {
    "zh": "a Chinese name", "en": "an English name", "brand": "a brand", "code": "a code", "short": "an abbreviation",
    "truncated": "a shortened Chinese name", "own": "your own name",
}  # fmt: skip
_TITLES: dict[Kind, str] = {"zh": "Chinese", "en": "English", "brand": "brands", "code": "codes", "short": "short"}
_HAZARDS = {
    "never": "never taken for a drug",
    "cue": "counts beside a cue in its sentence",
    "given": "counts where words of use stand right beside it",
    "article": "counts where the article names the drug otherwise",
    "exact": "counts as it is written here, capitals and all",
}
#: A sentence in which every rule of the room may show what it makes of a name.
_CARRIER = ("肿瘤患者接受", "治疗,注射液的疗效显著。")
#: A word of jieba's dictionary that is more frequent than this is an ordinary one.
_FREQUENT = 100


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A drug name in any script: 奥希替尼, Keytruda, SHR-1210.")],
    lexicon: Annotated[Path | None, typer.Option(help="Your own drug names: a CSV with name, norm, note.")] = None,
) -> None:
    """Say what a name is: its drug with every name it has, the rule that finds it, and what is risky about it."""
    names = read_names(lexicon) if lexicon else ()
    glossary = Glossary(with_own_names(built_in_lexicon(), names))
    explanation = glossary.explain(name)
    if explanation.kind is None and explanation.block:
        print(f"{name} is no drug name: {explanation.block}")
    elif explanation.kind is None:
        for line in _describe_unknown(name, glossary, names):
            print(line)
        raise typer.Exit(1)
    else:
        for line in _describe(name, explanation):
            print(line)


def _describe(name: str, explanation: Explanation) -> Iterator[str]:
    kind = _KINDS[explanation.kind] if explanation.kind else "a name"
    norms = " or ".join(meaning.concept.inn for meaning in explanation.meanings)
    yield f"{name} is {kind} of {norms}, found by {explanation.rule}"
    for meaning in explanation.meanings:
        yield from _describe_meaning(meaning, several=len(explanation.meanings) > 1)
    for hazard in explanation.hazards:
        yield f"  caution: {_describe_hazard(hazard)}"


def _describe_meaning(meaning: Meaning, *, several: bool) -> Iterator[str]:
    if several and meaning.sense:
        default = "; it is taken where no cue stands" if meaning.sense.default else ""
        yield f"{meaning.concept.inn} where these cues are nearest: {', '.join(meaning.sense.cues)}{default}"
    for kind, title in _TITLES.items():
        if meaning.concept.names.get(kind):
            yield f"  {title + ':':<9}{', '.join(meaning.concept.names[kind])}"
    yield f"  {'source:':<9}{meaning.concept.source}"


def _describe_hazard(hazard: Hazard) -> str:
    cues = f" ({', '.join(hazard.cues)})" if hazard.cues else ""
    return _HAZARDS[hazard.rule] + cues + (f"; {hazard.note}" if hazard.note else "")


def _describe_unknown(name: str, glossary: Glossary, names: tuple[OwnName, ...]) -> Iterator[str]:
    yield f"{name} is not in the lexicon"
    before, behind = _CARRIER
    extraction = build_pipeline(names).read(Article("name", before + name + behind))
    drugs = [mention for mention in extraction.mentions if mention.label == "DRUG"]
    if not drugs:
        yield f"  no rule finds it in {before}{name}{behind}"
    for mention in drugs:
        yield f"  {mention.text} would be found by {mention.rule}, {mention.confidence} confidence"
    for near, norm in glossary.near(name):
        yield f"  near: {near} ({norm})"


@app.command()
def check(
    path: Annotated[Path, typer.Argument(metavar="CSV", help="Your own drug names: name, norm, note.")],
) -> None:
    """Check your own names: every problem with its line, and what each name changes."""
    glossary = Glossary(built_in_lexicon())
    good = bad = 0
    for row in scan_names(path):
        if isinstance(row, LexiconError):
            print(f"error: {row}", file=sys.stderr)
            bad += 1
            continue
        good += 1
        for remark in _remarks(row, glossary):
            print(f"{path}:{row.line}: {row.own.name}: {remark}")
    print(f"{good} names are in order, {bad} rows are not", file=sys.stderr)
    if bad:
        raise typer.Exit(2)


def _remarks(row: Row, glossary: Glossary) -> Iterator[str]:
    name, norm = row.own
    explanation = glossary.explain(name)
    known = [meaning.concept.inn for meaning in explanation.meanings]
    if explanation.block:
        yield f"overrides {explanation.block}"
    if known == [norm]:
        yield "the built-in lexicon has it with the same normal form"
    elif known:
        yield f"overrides {' or '.join(known)}"
    if explanation.hazards:
        yield "its cautions no longer hold: it is found wherever it stands"
    elif not known and word_frequency(name) > _FREQUENT:
        yield "an ordinary word: it is found wherever it stands"
    like = None if glossary.knows(norm) else glossary.near_norm(norm)
    if like:
        yield f"the normal form {norm} is new; did you mean {like}?"


@app.command(name="suggest")
def list_unknown(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a run, made by extract.")],
) -> None:
    """List the unknown names that the rules met in a run, most frequent first, as rows for --lexicon."""
    suggestions = suggest(folder)
    write_suggestions(sys.stdout, suggestions)
    print(f"{len(suggestions)} unknown names; review them and pass the file to --lexicon", file=sys.stderr)
