"""The mutation room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oncospan.entities.mutation.attribution import Owners
from oncospan.entities.mutation.chromosomes import read_chromosome_changes
from oncospan.entities.mutation.events import read_fusions, read_gene_event
from oncospan.entities.mutation.genes import gene_names, named_genes, written_out
from oncospan.entities.mutation.hotspots import hotspots
from oncospan.entities.mutation.negation import find_denied
from oncospan.entities.mutation.variants import numbered_stretches, read_alone, read_with_gene
from oncospan.matching.candidates import Candidate
from oncospan.matching.overlap import settle
from oncospan.matching.room import Hit
from oncospan.model import Confidence
from oncospan.text.document import Document

#: Words and signs without which a text that names no gene and no hotspot holds no alteration.
_ANCHORS = (
    "外显子",
    "exon",
    "染色体",
    "t(",
    "inv(",
    "缺失",
    "扩增",
    "突变",
    "变异",
    "del",
    "ins",
    "p.",
    "c.",
    "rs",
    "fs",
)


class MutationRoom:
    """Finds MUTATION; the norm is a tuple of strings, one for each alteration."""

    label = "MUTATION"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield every way to write a gene, the hotspots, and the words that announce an alteration."""
        yield from gene_names().items()
        yield from ((surface, surface) for surface in _ANCHORS)
        yield from ((change.lower(), change) for change in hotspots().genes)

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the alterations of a document.

        Args:
            document: the folded article.
            hits: the names of genes in it.
        """
        text = document.text
        genes = written_out(text, named_genes(document, hits))
        owners = Owners(document, genes)
        stretches = numbered_stretches(text)
        found = [_candidate(*one, "chromosome") for place in stretches for one in read_chromosome_changes(text, *place)]
        fused = read_fusions(text, genes)
        for fusion in fused:
            found.append(_candidate(*fusion[:4]))
            owners.add(fusion.start, fusion.end, fusion.symbols)
        # In `BCR-ABL T315I` the fusion is one alteration, the variant another.
        ends = {fusion.end for fusion in fused}
        for gene in genes:
            if gene.end in ends:
                continue
            change = read_with_gene(text, gene) or read_gene_event(text, gene)
            if change:
                found.append(_candidate(*change[:4]))
        taken = [(one.start, one.end) for one in found]
        found += [_candidate(*alone[:4], sure=alone.sure) for alone in read_alone(document, owners, taken, stretches)]
        kept = settle(found, {})
        denied = find_denied(text, [(one.start, one.end) for one in kept])
        return [one._replace(negated=True) if one.start in denied else one for one in kept]


def _candidate(start: int, end: int, norms: tuple[str, ...], rule: str, *, sure: bool = True) -> Candidate:
    confidence: Confidence = "high" if sure else "medium"
    return Candidate("MUTATION", start, end, norms, f"mutation.{rule}", confidence, negated=False)
