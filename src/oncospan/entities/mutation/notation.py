"""Variant notation: HGVS and its relatives, for proteins and for DNA, and their normal forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from oncospan.entities.mutation.hotspots import hotspots

_LETTERS = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W",
    "Tyr": "Y", "Val": "V", "Ter": "*",
}  # fmt: skip
_AA1 = "ACDEFGHIKLMNPQRSTVWY"
_AA3 = "|".join(_LETTERS)
_AA = rf"(?:{_AA3}|[{_AA1}])"
_SITE = rf"(?:{_AA3}|[{_AA1}*])\d{{1,5}}"
_INSERT = rf"(?:(?:{_AA3}){{1,20}}|[{_AA1}]{{1,20}}|\d{{1,2}})"
_END = r"(?![A-Za-z0-9])"
_BASES = r"[ACGTacgt]{1,30}"
_POSITION = r"(?:[-*]?\d{1,5}(?:[+-]\d{1,4})?)"

_RANGE = rf"{_SITE}[ ]?[_-][ ]?{_SITE}[ ]?(?:delins{_INSERT}|del{_INSERT}?|ins{_INSERT}|dup|>{_INSERT}|缺失|插入|重复)"
_SINGLE = rf"{_SITE}(?:delins{_INSERT}|del|dup|ins{_INSERT}|_splice)"
_SHIFT = rf"{_SITE}{_AA}?fs(?:(?:\*|X|Ter)(?:\d{{1,4}}|\?)?)?"
_CHANGE = rf"{_SITE}(?:{_AA3}|[{_AA1}X*](?:[ ]?/[ ]?[{_AA1}X](?![A-Za-z0-9_])){{0,5}}|=)"
_TURNED = rf"(?:del|Δ)[ ]?[{_AA1}]\d{{1,4}}[ ]?[_-][ ]?[{_AA1}]\d{{1,4}}|\d{{2,4}}[{_AA1}]ins"

_PROTEIN = rf"(?:{_RANGE}|{_SINGLE}|{_SHIFT}|{_TURNED}|{_CHANGE})"
_CODING = (
    rf"{_POSITION}(?:_{_POSITION})?[ ]?"
    rf"(?:{_BASES}[ ]?(?:>|->|→)[ ]?{_BASES}|delins{_BASES}|del(?:{_BASES}|\d{{1,3}})?|dup(?:{_BASES}|\d{{1,3}})?"
    rf"|ins{_BASES}|inv)"
)

_VARIANT = re.compile(
    rf"(?P<coding>[cgnm][ ]?\.[ ]?{_CODING}){_END}"
    rf"|p[ ]?\.[ ]?(?P<open>\()?(?P<marked>{_PROTEIN})(?(open)\)|){_END}"
    rf"|(?P<bare>{_PROTEIN}){_END}"
)
_PLACE = re.compile(rf"(?P<site>[{_AA1}]\d{{2,4}}X?){_END}")
# `21L858R`: the exon's number may touch the variant.
_FREE = re.compile(rf"(?:(?<![A-Za-z0-9_.*])|(?<=[^0-9]2[01])|(?<=[^0-9]1[89]))(?:{_VARIANT.pattern})")
_THREE = re.compile(_AA3)
_LIST = re.compile(rf"([{_AA1}]\d{{1,5}})([{_AA1}X*](?:[ ]?/[ ]?[{_AA1}X]){{0,5}})")
_BASE_CHANGE = re.compile(r"([ACGT])(\d{2,5})([ACGT](?:[ ]?/[ ]?[ACGT]){0,3})")


class Variant(NamedTuple):
    """A small variant as a text writes it.

    Args:
        start: first position.
        end: position behind the last one.
        written: its notation without blanks and brackets, one-letter codes.
        kind: `coding`, `protein` (marked by p., by codes or by its form) or `bare` (L858R).

    """

    start: int
    end: int
    written: str
    kind: str


def read_variant(text: str, start: int) -> Variant | None:
    """Return the variant that begins right at a position.

    Args:
        text: the folded text.
        start: the position.

    """
    found = _VARIANT.match(text, start)
    return _variant(found) if found else None


def read_variants(text: str, start: int, end: int) -> Iterator[Variant]:
    """Yield the variants of a stretch that no Latin letter, digit or stop runs into.

    Args:
        text: the folded text.
        start: first position.
        end: position behind the last one.

    """
    for found in _FREE.finditer(text, start, end):
        yield _variant(found)


def read_place(text: str, start: int) -> tuple[str, int] | None:
    """Return the residue that begins right at a position without saying what it becomes: V600, G12.

    Args:
        text: the folded text.
        start: the position.

    Returns:
        The site and the position behind it.

    """
    found = _PLACE.match(text, start)
    return (found["site"], found.end()) if found else None


def _variant(found: re.Match[str]) -> Variant:
    if found["coding"]:
        written = re.sub(r"[ ]", "", found["coding"]).replace("->", ">").replace("→", ">")
        return Variant(found.start(), found.end(), written, "coding")
    protein = found["marked"] or found["bare"]
    short = _shorten(protein)
    bare = not found["marked"] and short == protein and _LIST.fullmatch(short)
    return Variant(found.start(), found.end(), short, "bare" if bare else "protein")


def _shorten(protein: str) -> str:
    """Write a protein change in one-letter codes: `Ile1824Aspfs*3` is I1824Dfs*3."""
    short = _THREE.sub(lambda code: _LETTERS[code[0]], protein.replace(" ", ""))
    short = short.replace("缺失", "del").replace("插入", "ins").replace("重复", "dup")
    turned = re.fullmatch(r"(?:del|Δ)(\w+?)[_-](\w+)", short)
    if turned:
        return f"{turned[1]}_{turned[2]}del"
    # `1151Tins` is an insertion behind T1151.
    turned = re.fullmatch(r"(\d+)([A-Z])ins", short)
    if turned:
        return f"{turned[2]}{turned[1]}ins"
    short = re.sub(rf"(?<=\d)-(?=[{_AA1}*]\d)", "_", short)
    short = re.sub(r"fs(?:X|Ter)", "fs*", short)
    return re.sub(r"(\d)>([A-Z]+)$", r"\1delins\2", short)


def normal_forms(variant: Variant, gene: str, *, bases: bool = False) -> tuple[str, ...]:
    """Return the normal forms of a variant of a gene, one for each alteration it lists.

    Args:
        variant: the variant.
        gene: the gene's symbol, or `?`.
        bases: one-letter changes of this gene are bases, not amino acids (MDR1 C3435T).

    """
    if variant.kind == "coding":
        return (f"{gene}:{variant.written}",)
    if variant.kind == "protein":
        return (f"{gene}:p.{variant.written}",)
    listed = _LIST.fullmatch(variant.written)
    if not listed:
        return (f"{gene}:p.{variant.written}",)
    known = hotspots()
    forms = []
    for residue in listed[2].replace(" ", "").split("/"):
        change = listed[1] + residue
        special = known.written.get((gene, change))
        base = (
            _BASE_CHANGE.fullmatch(change)
            if bases and not special and gene not in known.genes.get(change, ())
            else None
        )
        if special:
            forms.append(f"{gene}:{special}")
        elif base:
            forms.append(f"{gene}:c.{base[2]}{base[1]}>{base[3]}")
        else:
            forms.append(f"{gene}:p.{_stop(listed[1], residue)}")
    return tuple(forms)


def _stop(site: str, residue: str) -> str:
    """`R213X` ends the protein; `G719X` stands for any change of a hotspot."""
    return site + ("*" if residue == "X" and site not in hotspots().sites else residue)


def changes(variant: Variant) -> tuple[str, ...]:
    """Return the single changes of a bare variant: `G12C/D` is G12C and G12D."""
    listed = _LIST.fullmatch(variant.written)
    if not listed:
        return (variant.written,)
    return tuple(listed[1] + residue for residue in listed[2].replace(" ", "").split("/"))
