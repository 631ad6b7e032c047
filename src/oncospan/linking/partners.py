"""What a decision on a combination decides on: its first drug, and its partners unless they are an old backbone."""

from __future__ import annotations

#: Cytotoxics, steroids, hormones and antibodies that other drugs are added to; they were approved long before.
BACKBONES = frozenset({
    "cisplatin", "carboplatin", "oxaliplatin", "nedaplatin", "lobaplatin", "gemcitabine", "pemetrexed", "paclitaxel",
    "nab-paclitaxel", "docetaxel", "etoposide", "irinotecan", "topotecan", "fluorouracil", "capecitabine", "tegafur",
    "leucovorin", "levoleucovorin", "doxorubicin", "epirubicin", "vinorelbine", "vincristine", "cyclophosphamide",
    "ifosfamide", "methotrexate", "cytarabine", "azacitidine", "decitabine", "bendamustine", "chlorambucil",
    "melphalan", "busulfan", "fludarabine", "temozolomide", "dacarbazine", "dexamethasone", "prednisone",
    "prednisolone", "methylprednisolone", "letrozole", "anastrozole", "exemestane", "tamoxifen", "fulvestrant",
    "goserelin", "leuprorelin", "triptorelin", "abiraterone", "enzalutamide", "bortezomib", "lenalidomide", "eribulin",
    "mitoxantrone", "daunorubicin", "idarubicin", "rituximab",
})  # fmt: skip


def decided_drugs(drugs: tuple[str, ...], *, first_named: bool) -> tuple[str, ...]:
    """Return the drugs of a combination that a decision on it is about.

    Args:
        drugs: the combination, in the order of the text.
        first_named: the text names the first of them itself, not by a label of the article's own.
    """
    kept = tuple(drug for place, drug in enumerate(drugs) if (place == 0 and first_named) or drug not in BACKBONES)
    return kept or drugs[:1]
