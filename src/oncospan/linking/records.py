"""All records of an article: each type has its own module."""

from __future__ import annotations

from oncospan.linking.efficacy import link_efficacy
from oncospan.linking.frequency import link_frequency
from oncospan.linking.reading import Fact, Reading
from oncospan.linking.regulatory import link_regulatory
from oncospan.linking.resistance import link_resistance
from oncospan.linking.safety import link_safety
from oncospan.linking.tables import link_tables

KINDS = ("efficacy", "regulatory", "frequency", "resistance", "safety")


def link(reading: Reading) -> list[Fact]:
    """Return the records of an article, sorted by place and kind."""
    facts = [
        *link_tables(reading, link_efficacy(reading)),
        *link_regulatory(reading),
        *link_frequency(reading),
        *link_resistance(reading),
        *link_safety(reading),
    ]
    return sorted(facts, key=lambda fact: (fact.start, fact.end, KINDS.index(fact.kind), fact.claims))
