"""What happens to a whole gene: EGFR突变, MET基因扩增, NTRK融合, EML4-ALK, FLT3-ITD, EGFRvIII."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from oncospan.entities.mutation.genes import NamedGene
from oncospan.entities.mutation.tables import names, read_table
from oncospan.errors import LexiconError

_MODIFIER = (
    r"(?:(?:非?(?:经典|典型)|常见|少见|罕见|敏感|激活|活化|失活|灭活|致病|可能致病|有害|耐药|获得|原发|继发|二次|错义|无义|移码|截短|剪接|功能丧失"
    r"|功能缺失|功能获得|双等位|双等位基因|单等位|纯合|杂合|高水平|低水平|高度|局灶|复合|双|共|共存|热点|驱动|体细胞|体系|胚系|生殖系|种系|遗传"
    r"|溶剂前沿|门控|看门|位点|启动子|启动子区|拷贝数|拷贝|基因|新发|新型|其他|TKD|LBD|PACC"
    r"|loss-of-function|gain-of-function|activating|sensitizing|resistance|somatic|germline|pathogenic|promoter|copy number|gene"
    r"|missense|truncating|hotspot|driver)性?的?[ ]?){0,4}"
)
_EVENT = (
    r"(?P<fusion>融合|重排|重组|易位|fusions?|rearrangements?|rearranged|translocations?)"
    r"|(?P<amp>扩增|拷贝数(?:增加|增多|增益|获得)|amplifications?|amplified)"
    r"|(?P<delins>缺失[-/]?插入)"
    r"|(?P<del>缺失|丢失|deletions?|deleted|loss(?! of function))"
    r"|(?P<ins>插入|insertions?)"
    r"|(?P<dup>重复|duplications?)"
    r"|(?P<skip>跳跃|跳变|skipping)"
    r"|(?P<mutation>点突变|突变|变异|mutations?|mutated|mutants?|variants?)"
)
_TAIL = re.compile(rf"(?:[ ]|[ ]?-[ ]?)?的?[ ]?{_MODIFIER}(?:{_EVENT})(?:(?<=[^A-Za-z])|(?![A-Za-z]))", re.IGNORECASE)
#: `ALK融合蛋白` is a protein, stained and scored.
_PROTEIN = re.compile(r"[ ]?(?:蛋白|protein)")
_GLUED_MUTANT = re.compile(r"m(?![A-Za-z0-9])")
_STRUCTURE = re.compile(
    r"[ ]?[-:]?[ ]?(?:(?P<itd>ITD|内部串联重复)|(?P<tkd>TKD)(?=[ ]?(?:突变|mutation|阳性|\+|占|约|见于|与|和|、|,|。|\)))|(?P<ptd>PTD|部分串联重复)|(?P<kdd>KDD)"
    r"|(?P<viii>v[ ]?(?:III|Ⅲ|3)(?:型)?))(?![A-Za-z0-9])",
)
_JOINT = re.compile(r"[ ]?(?:::|--?|—|:|/|与|和|及)[ ]?")
_FUSED = re.compile(
    r"(?:[ ]?(?:型|[VEve]\d{1,2}[a-z]?(?:;[A-Z]\d{1,2})?))?[ ]?(?:基因)?[ ]?(?:融合|重排|易位|阳性|-?(?:fusion|positive|rearrange))",
    re.IGNORECASE,
)
_PARTNER = re.compile(r"(?<![A-Za-z0-9])(?P<name>[A-Z][A-Z0-9]{2,9})(?:::|-)\Z")
_UNKNOWN_PARTNER = re.compile(r"(?:::|-)(?!ITD|TKD|PTD|KDD)(?P<name>[A-Z][A-Z0-9]{2,9})(?![A-Za-z0-9])")
_EVENTS = ("fusion", "amp", "delins", "del", "ins", "dup", "skip", "mutation")
#: Antigens that a tumour stops showing: `CD19缺失` is about the protein.
_ANTIGEN = re.compile(r"CD(?:19|20|22|30|33|38|123|138|3|4|5|7|8)\Z|CD274\Z|TNFRSF17\Z|GPRC5D\Z")


class GeneEvent(NamedTuple):
    """A change of a whole gene, or a fusion of two.

    Args:
        start: first position.
        end: position behind the last one.
        norms: its normal forms.
        rule: the rule's name without the room's.
        symbols: the genes concerned.
    """

    start: int
    end: int
    norms: tuple[str, ...]
    rule: str
    symbols: tuple[str, ...]


def read_gene_event(text: str, gene: NamedGene) -> GeneEvent | None:
    """Return the event named right behind a gene.

    Args:
        text: the folded text.
        gene: the gene.
    """
    if found := _STRUCTURE.match(text, gene.end):
        code = {"itd": "ITD", "tkd": "TKD", "ptd": "PTD", "kdd": "KDD", "viii": "vIII"}[str(found.lastgroup)]
        return GeneEvent(gene.start, found.end(), (f"{gene.symbols[0]}:{code}",), "structure", gene.symbols)
    if gene.glued:
        if not (found := _GLUED_MUTANT.match(text, gene.end)):
            return None
        norms = tuple(f"{symbol}:mutation" for symbol in gene.symbols)
        return GeneEvent(gene.start, found.end(), norms, "gene_event", gene.symbols)
    found = _TAIL.match(text, gene.end)
    if not found or _PROTEIN.match(text, found.end()):
        return None
    event = next(name for name in _EVENTS if found[name])
    if event == "del" and _ANTIGEN.match(gene.symbols[0]):
        return None
    norms = tuple(f"{symbol}:{event}" for symbol in gene.symbols)
    return GeneEvent(gene.start, found.end(), norms, "gene_event", gene.symbols)


def read_fusions(text: str, genes: Sequence[NamedGene]) -> list[GeneEvent]:
    """Return the fusions of two named genes: EML4-ALK, ETV6::NTRK3, BCR/ABL1, ETV6与NTRK3融合.

    Args:
        text: the folded text.
        genes: the genes of the text, sorted.
    """
    found = []
    for left, right in pairwise(genes):
        joint = _JOINT.fullmatch(text, left.end, right.start)
        if joint and not left.glued and (order := _order(text, left, right, joint[0].strip())):
            found.append(GeneEvent(left.start, right.end, (f"{order[0]}::{order[1]}",), "fusion", (order[1], order[0])))
    taken = {event.end for event in found}
    for gene in genes:
        behind = _UNKNOWN_PARTNER.match(text, gene.end)
        if (
            behind
            and not any(gene.start <= event.start < behind.end() for event in found)
            and _FUSED.match(text, behind.end())
        ):
            norm = f"{gene.symbols[0]}::{behind['name']}"
            found.append(GeneEvent(gene.start, behind.end(), (norm,), "fusion", gene.symbols))
        partner = _PARTNER.search(text, max(0, gene.start - 14), gene.start)
        if partner and gene.end not in taken and _FUSED.match(text, gene.end):
            norm = f"{partner['name']}::{gene.symbols[0]}"
            found.append(GeneEvent(partner.start(), gene.end, (norm,), "fusion", gene.symbols))
    return found


def _order(text: str, left: NamedGene, right: NamedGene, sign: str) -> tuple[str, str] | None:
    """The partners from 5' to 3', or None where the two genes stand side by side only."""
    five, three = left.symbols[0], right.symbols[0]
    known = fusions()
    pair = (five, three) if (five, three) in known else (three, five) if (three, five) in known else None
    fused = _FUSED.match(text, right.end) is not None
    if sign == "::" or (sign.startswith(("-", "—", ":")) and (pair or (fused and five != three))):
        return pair or (five, three)
    if pair and (sign == "/" or fused):
        return pair
    return None


@cache
def fusions() -> frozenset[tuple[str, str]]:
    """Return the recurrent fusions as pairs of symbols, 5' partner first.

    Raises:
        LexiconError: a pair stands twice.
    """
    pairs: set[tuple[str, str]] = set()
    for line, cells in read_table("fusions.csv", ("three_prime", "five_prime")):
        for partner in names(cells["five_prime"]):
            pair = (partner, cells["three_prime"])
            if pair in pairs:
                raise LexiconError(f"{'::'.join(pair)} stands twice", path="fusions.csv", line=line, remedy="keep one")
            pairs.add(pair)
    return frozenset(pairs)
