from collections.abc import Iterable, Sequence

from oncospan.matching.candidates import Candidate
from oncospan.matching.room import Hit
from oncospan.text.document import Document


class DrugRoom:
    label = "DRUG"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        return ()

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        return []
