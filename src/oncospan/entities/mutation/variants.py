"""Small variants and exon events where a text names them: with their gene, or alone with a cue that makes them one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from oncospan.entities.mutation.attribution import UNKNOWN, Owners
from oncospan.entities.mutation.exons import read_exon_event, read_exon_events
from oncospan.entities.mutation.genes import NamedGene
from oncospan.entities.mutation.hotspots import hotspots
from oncospan.entities.mutation.notation import Variant, changes, normal_forms, read_place, read_variant, read_variants
from oncospan.text.document import Document

#: What may stand between a gene and its variant inside one mention.
_TOUCHING = re.compile(r"(?:[ ]?(?:基因|启动子区?|的|蛋白)){0,2}(?:[ ]?[-:_][ ]?|[ ])?(?P<bracket>\([ ]?)?")
_CLOSED = re.compile(r"[ ]?\)")
_PLACE_EVENT = re.compile(
    r"[ ]?(?:位点|密码子|X)?[ ]?(?:的)?(?:热点)?(?:突变|变异|mutations?|mutant|mutated)", re.IGNORECASE
)
_PLACE_ALONE = re.compile(rf"[A-Z](?<![A-Za-z0-9.].)\d{{2,4}}(?={_PLACE_EVENT.pattern})", re.ASCII)
_RSID = re.compile(r"rs(?<![A-Za-z0-9]rs)\d{3,10}(?![A-Za-z0-9])")
#: Words near a bare token such as R1275Q that make it a variant; `替换` and `位点` belong to the language of variants.
_CUE = re.compile(r"突变|变异|位点|多态|等位基因|耐药|mutation|mutant|variant|置换|取代|替换|敏感", re.IGNORECASE)
#: Bare tokens of the same form: cell lines, doses, catalogue and trial numbers.
_NO_VARIANT = re.compile(
    r"Q\d{1,2}[WDHM]|[CD]\d{1,2}D|T47D|P\d{1,3}[A-Z]?|[HT]\d{1,2}[NM]|[CS]\d{3,4}A|A\d{4}[A-Z]|[FN]\d{1,2}[A-Z]"
)
_FOREIGN_TAIL = re.compile(r"[ ]?(?:细胞|cells?|小鼠|抗体|单抗|抑制剂片|号|室|型号|批|试剂|探针|引物)")
_PHARMACO = "pharmacogene"
_SEQUENCE = re.compile(r"(?<=del|dup)(?:[ACGTacgt]{1,30}|\d{1,3}|[A-Z]{1,20})\Z")
_LEAST_DIGITS = 2
#: A number of notation touches a letter (`L858R`, `c.2573`), a sign of it (`t(9;22)`, `E746_A750`) or a word (`19号`).
_NUMBERED = re.compile(
    # the first character stands ahead of the alternatives: plain text is passed over quickly
    r"[\d外Ee](?:(?<=[A-Za-z_*>;]\d)\d{0,8}|(?<=[A-Za-z]\(\d)\d{0,8}"
    r"|(?<=\d)\d{0,8}(?=[A-Za-z_>;]|[ ]?(?:号|外|缺失|插入|重复|del|ins|dup|[pq]))|(?<=外)显子|(?<=[Ee])x(?:on)?s?[ ]?-?\d)"
)
#: How far notation reaches from its number: `外显子第` before, a long insertion or `外显子缺失插入` behind.
_BEFORE, _BEHIND = 14, 36


class Change(NamedTuple):
    """A variant or exon event with its normal forms.

    Args:
        start: first position.
        end: position behind the last one.
        norms: its normal forms.
        rule: the rule's name without the room's.
        sure: whether the gene is named with it.
    """

    start: int
    end: int
    norms: tuple[str, ...]
    rule: str
    sure: bool


def read_with_gene(text: str, gene: NamedGene) -> Change | None:
    """Return the variant or exon event that a gene carries right behind its name.

    Args:
        text: the folded text.
        gene: the gene.
    """
    touching = None if gene.glued else _TOUCHING.match(text, gene.end)
    at = touching.end() if touching else gene.end
    bases = gene.kind == _PHARMACO or bool(touching and "启动子" in touching[0])
    norms: tuple[str, ...] = ()
    end = at
    rule = "variant"
    # `DPYD*2A` is a star allele.
    if text[at : at + 1] == "*":
        return None
    if variant := read_variant(text, at):
        norms = tuple(form for symbol in gene.symbols for form in _forms(variant, symbol, bases=bases))
        end = variant.end
    elif event := read_exon_event(text, at):
        norms = tuple(f"{symbol}:{code}" for symbol in gene.symbols for code in event.codes)
        end, rule = event.end, "exon"
    elif (place := read_place(text, at)) and (behind := _PLACE_EVENT.match(text, place[1])):
        norms, end = (f"{gene.symbols[0]}:p.{place[0].removesuffix('X')}",), behind.end()
    elif found := _RSID.match(text, at):
        norms, end, rule = (f"{gene.symbols[0]}:{found[0]}",), found.end(), "rsid"
    if not norms:
        return None
    if touching and touching["bracket"]:
        # `EGFR(L858R)` is one mention with its bracket; `EGFR(L858R、T790M)` lists variants inside it.
        closing = _CLOSED.match(text, end)
        if not closing:
            return None
        end = closing.end()
    return Change(gene.start, end, norms, rule, sure=True)


def numbered_stretches(text: str) -> list[tuple[int, int]]:
    """Return where notation may stand: around the numbers, which every variant, exon and locus has, and around 外显子.

    Args:
        text: the folded text.
    """
    stretches: list[tuple[int, int]] = []
    for found in _NUMBERED.finditer(text):
        start, end = max(0, found.start() - _BEFORE), min(len(text), found.end() + _BEHIND)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def read_alone(
    document: Document, owners: Owners, taken: Sequence[tuple[int, int]], stretches: Sequence[tuple[int, int]]
) -> Iterator[Change]:
    """Yield the variants and exon events that stand without a gene, in the order of the text.

    Args:
        document: the folded article.
        owners: the genes and who owns what; it learns the genes of what is found here.
        taken: stretches that hold an alteration with its gene.
        stretches: where notation may stand.
    """
    text = document.text
    covered = {position for start, end in taken for position in range(start, end)}
    found: list[Variant | Change] = []
    for start, end in stretches:
        found += read_variants(text, start, end)
        found += [Change(*event, "exon", sure=False) for event in read_exon_events(text, start, end)]
    found += [Change(one.start(), one.end(), (one[0],), "rsid", sure=False) for one in _RSID.finditer(text)]
    found += _places(text)
    # What is known of one gene comes first, so that `c.2573T>G(p.L858R)` can learn its gene from its neighbour.
    found.sort(key=lambda one: (not _known(one), one.start, -one.end, isinstance(one, Variant)))
    for one in found:
        if covered.isdisjoint(range(one.start, one.end)):
            change = _small(document, owners, one) if isinstance(one, Variant) else _coded(owners, one)
            if change:
                covered.update(range(change.start, change.end))
                owners.add(change.start, change.end, (change.norms[0].split(":")[0],))
                yield change


def _known(one: Variant | Change) -> tuple[str, ...]:
    """The genes in which a change recurs."""
    table = hotspots()
    if isinstance(one, Variant):
        return next((table.genes[token] for token in changes(one) if token in table.genes), ())
    code = one.norms[0]
    return table.genes.get(code) or table.sites.get(code.removeprefix("p."), ())


def _places(text: str) -> Iterator[Change]:
    """Yield hotspots that are said to change without saying into what: V600突变, G12位点突变."""
    for found in _PLACE_ALONE.finditer(text):
        behind = _PLACE_EVENT.match(text, found.end())
        if behind and found[0] in hotspots().sites:
            yield Change(found.start(), behind.end(), (f"p.{found[0]}",), "place", sure=False)


def _small(document: Document, owners: Owners, variant: Variant) -> Change | None:
    genes = _known(variant)
    if variant.kind == "bare" and not genes and not _cued(document, variant):
        return None
    gene = owners.find(variant.start, variant.end, genes)
    if gene == UNKNOWN and variant.kind == "bare":
        return None
    return Change(variant.start, variant.end, _forms(variant, gene), "variant", sure=bool(genes))


def _cued(document: Document, variant: Variant) -> bool:
    """Tell whether the sentence speaks of variants and the token is not of another kind."""
    text = document.text
    digits = sum(character.isdigit() for character in variant.written)
    if digits < _LEAST_DIGITS or _NO_VARIANT.fullmatch(variant.written) or _FOREIGN_TAIL.match(text, variant.end):
        return False
    sentence = document.sentence_at(variant.start)
    return _CUE.search(text, max(sentence.start, variant.start - 60), min(sentence.end, variant.end + 12)) is not None


def _coded(owners: Owners, change: Change) -> Change | None:
    gene = owners.find(change.start, change.end, _known(change))
    if gene == UNKNOWN and change.rule == "exon":
        return None
    return change._replace(norms=tuple(f"{gene}:{one}" for one in change.norms))


def _forms(variant: Variant, gene: str, *, bases: bool = False) -> tuple[str, ...]:
    """Normal forms; what was deleted or doubled is left out (HGVS: c.5946delT is c.5946del)."""
    forms = normal_forms(variant, gene, bases=bases)
    return tuple(_SEQUENCE.sub("", form) if "delins" not in form else form for form in forms)
