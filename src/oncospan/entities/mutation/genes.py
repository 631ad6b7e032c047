"""Genes: their HGNC symbols, aliases and written-out names, and where a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from oncospan.entities.mutation.tables import names, read_table
from oncospan.errors import LexiconError
from oncospan.matching.room import Hit
from oncospan.text.document import Document
from oncospan.text.fold import fold

_KINDS = frozenset({"gene", "pharmacogene", "family", "pair", "histone"})
_ALNUM = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
# `BRCA1/2`, `FGFR2/3`, `CDKN2A/B`, `NTRK1/2/3`, `FGFR1-3`
_SIBLINGS = re.compile(r"((?:[ ]?/[ ]?(?:\d[A-E]?|[A-E])(?![A-Za-z0-9])){1,3})")
_SIBLING_RANGE = re.compile(r"-(\d)(?![A-Za-z0-9%.])")
_HEADING_NUMBER = re.compile(r"(?:^|\n)(?:\d{1,2}\.){0,3}\d{1,2}\Z")
_NUMBERS = re.compile(r"[ ]\d(?:[ ]?[/、-][ ]?\d){1,3}(?![\d.%])")
_OPENING = re.compile(r"[ ]?(?:基因|癌基因|原癌基因|受体)?[ ]?\([ ]?")
_BESIDE = re.compile(r"[ ]?[,;、/:][ ]?|[ ]")
_CLOSING = re.compile(r"[ ]?(?:基因|gene)?[ ]?\)")


class Gene(NamedTuple):
    """A gene or a family of genes.

    Args:
        symbol: its HGNC symbol, or the family's name.
        kind: `gene`, `pharmacogene` (its one-letter changes are bases), `family`, `pair` (stands for its members)
            or `histone`.
        members: a family's genes.

    """

    symbol: str
    kind: str
    members: tuple[str, ...]

    @property
    def symbols(self) -> tuple[str, ...]:
        """What stands in normal forms: the symbol, or a pair's members."""
        return self.members if self.kind == "pair" else (self.symbol,)


class GeneName(NamedTuple):
    """One way to write a gene.

    Args:
        gene: what it names.
        as_written: the only spelling that counts, where other cases are words of their own (`MET`, `met`).

    """

    gene: Gene
    as_written: str | None


class NamedGene(NamedTuple):
    """A gene named in a text.

    Args:
        start: first position.
        end: position behind the last one.
        symbols: symbols for normal forms.
        kind: the gene's kind.
        glued: a Latin letter or digit runs on behind it, as in `EGFRT790M`.

    """

    start: int
    end: int
    symbols: tuple[str, ...]
    kind: str
    glued: bool = False


@cache
def gene_names() -> dict[str, GeneName]:
    """Return every way to write a gene, folded, with what it means.

    Raises:
        LexiconError: a kind is unknown, or two rows hold the same name.

    """
    found: dict[str, GeneName] = {}
    for line, cells in read_table("genes.csv", ("symbol", "kind", "members", "aliases", "names", "as_written")):
        if cells["kind"] not in _KINDS:
            raise LexiconError(f"unknown kind {cells['kind']}", path="genes.csv", line=line, remedy=", ".join(_KINDS))
        gene = Gene(cells["symbol"], cells["kind"], tuple(names(cells["members"])))
        fixed = set(names(cells["as_written"]))
        for name in [gene.symbol, *names(cells["aliases"]), *names(cells["names"])]:
            surface = fold(name)
            if surface in found and found[surface].gene != gene:
                problem = f"{name} stands for {found[surface].gene.symbol} too"
                raise LexiconError(problem, path="genes.csv", line=line, remedy="keep it in one row")
            found[surface] = GeneName(gene, name if name in fixed else None)
    return found


def named_genes(document: Document, hits: Iterable[Hit]) -> list[NamedGene]:
    """Return the genes a text names, sorted, none overlapping; the longest name counts.

    Args:
        document: the folded article.
        hits: hits whose payload is a GeneName.

    """
    text = document.text
    found: list[NamedGene] = []
    for start, end, name in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not isinstance(name, GeneName) or not _stands_alone(text, start, end, name):
            continue
        glued = text[end - 1] in _ALNUM and end < len(text) and text[end] in _ALNUM
        gene = NamedGene(start, end, name.gene.symbols, name.gene.kind, glued)
        if found and start < found[-1].end:
            if found[-1].glued and not glued:
                found[-1] = gene
            continue
        found.append(gene)
    return list(_with_siblings(text, found))


def _stands_alone(text: str, start: int, end: int, name: GeneName) -> bool:
    if start and text[start] in _ALNUM and text[start - 1] in _ALNUM and not _numbered(text, start):
        return False
    # `B7-H3` is an antigen, no histone.
    if name.gene.kind == "histone" and start and text[start - 1] in "-/":
        return False
    return name.as_written is None or text[start:end] == name.as_written


def _numbered(text: str, start: int) -> bool:
    """Tell whether the digits before a gene number a heading: `2.4ALK重排与预后`."""
    return _HEADING_NUMBER.search(text, max(0, start - 8), start) is not None


def _with_siblings(text: str, genes: Iterable[NamedGene]) -> Iterator[NamedGene]:
    """Read `BRCA1/2` as both genes and `NTRK1/2/3` as the family."""
    table = gene_names()
    for gene in genes:
        if gene.kind == "family" and (numbers := _NUMBERS.match(text, gene.end)):
            # `NTRK 1/2/3基因融合` names the whole family.
            yield gene._replace(end=numbers.end(), glued=False)
            continue
        found = None if gene.glued else _SIBLINGS.match(text, gene.end) or _SIBLING_RANGE.match(text, gene.end)
        if not found:
            yield gene
            continue
        others = [table.get(name) for name in _sibling_names(text, gene, found)]
        if not others or None in others:
            yield gene
            continue
        symbols = tuple(
            dict.fromkeys([*gene.symbols, *(symbol for name in others if name for symbol in name.gene.symbols)])
        )
        whole = _family(symbols)
        yield gene._replace(end=found.end(), symbols=whole, glued=False)


def _sibling_names(text: str, gene: NamedGene, found: re.Match[str]) -> list[str]:
    """The names behind the first of a family: `BRCA1/2` gives brca2, `CDKN2A/2B` cdkn2b, `FGFR1-3` fgfr2 and fgfr3."""
    name = text[gene.start : gene.end].lower()
    if found[0].startswith("-"):
        first, last = name[-1], found[1]
        return [f"{name[:-1]}{n}" for n in range(int(first) + 1, int(last) + 1)] if first.isdigit() else []
    return [name[: -len(tail.strip())] + tail.strip().lower() for tail in found[1].split("/")[1:]]


def _family(symbols: tuple[str, ...]) -> tuple[str, ...]:
    """A family named in full stays a family (`NTRK1/2/3` is NTRK); the members of a pair stand for themselves."""
    for name in gene_names().values():
        if name.gene.kind == "family" and name.gene.symbol == "NTRK" and set(name.gene.members) == set(symbols):
            return (name.gene.symbol,)
    return symbols


def written_out(text: str, genes: Sequence[NamedGene]) -> list[NamedGene]:
    """Join names that explain each other in brackets: `表皮生长因子受体(EGFR)` is one name of EGFR.

    Args:
        text: the folded text.
        genes: the genes it names, sorted.

    """
    joined: list[NamedGene] = []
    at = 0
    while at < len(genes):
        gene = genes[at]
        at += 1
        opening = _OPENING.match(text, gene.end)
        end = opening.end() if opening and not gene.glued else -1
        last = at
        while last < len(genes) and genes[last].start == end and _same(gene, genes[last]):
            beside = _BESIDE.match(text, genes[last].end)
            end = beside.end() if beside else genes[last].end
            last += 1
        closing = _CLOSING.match(text, genes[last - 1].end) if last > at else None
        if closing:
            symbols = genes[last - 1].symbols
            gene = gene._replace(end=closing.end(), symbols=symbols, kind=genes[last - 1].kind)
            at = last
        joined.append(gene)
    return joined


def _same(left: NamedGene, right: NamedGene) -> bool:
    return left.symbols == right.symbols or not set(left.symbols).isdisjoint(right.symbols) or _kin(left, right)


def _kin(left: NamedGene, right: NamedGene) -> bool:
    """`神经营养因子受体酪氨酸激酶(NTRK1)`: the family's name explains its member."""
    return left.kind == "family" and right.symbols[0].startswith(left.symbols[0])
