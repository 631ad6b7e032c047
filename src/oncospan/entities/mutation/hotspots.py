"""Hotspots: changes that tell their gene by themselves, such as T790M or the 19del of EGFR."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from oncospan.entities.mutation.tables import read_table
from oncospan.errors import LexiconError


class Hotspots(NamedTuple):
    """What is known of recurrent changes.

    Args:
        genes: change (`T790M`, `ex19del`) to the genes it is known in, the likeliest first.
        sites: site (`V600`) to the genes it is known in.
        written: change and gene to the notation of the normal form where that is no protein change.

    """

    genes: dict[str, tuple[str, ...]]
    sites: dict[str, tuple[str, ...]]
    written: dict[tuple[str, str], str]


@cache
def hotspots() -> Hotspots:
    """Return the table of recurrent changes.

    Raises:
        LexiconError: a change stands twice for one gene.

    """
    genes: dict[str, tuple[str, ...]] = {}
    sites: dict[str, tuple[str, ...]] = {}
    written: dict[tuple[str, str], str] = {}
    for line, cells in read_table("hotspots.csv", ("gene", "site", "changes", "written")):
        gene, site = cells["gene"], cells["site"]
        if not cells["written"]:
            sites[site] = (*sites.get(site, ()), gene) if gene not in sites.get(site, ()) else sites[site]
        for change in cells["changes"].split():
            token = site + change
            if gene in genes.get(token, ()):
                problem = f"{gene} {token} stands twice"
                raise LexiconError(problem, path="hotspots.csv", line=line, remedy="keep one of them")
            genes[token] = (*genes.get(token, ()), gene)
            if cells["written"]:
                written[gene, token] = cells["written"]
    return Hotspots(genes, sites, written)
