"""The agency room: FDA, 国家药监局, 欧盟委员会, and the countries that stand for them in 在日本获批."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from oncospan.entities.agency.letters import find_letters, letter_pairs
from oncospan.matching.candidates import Candidate
from oncospan.matching.pattern import has_edges
from oncospan.matching.room import Hit
from oncospan.text.document import Document
from oncospan.text.fold import fold

#: Short names that are agencies in capitals only: `ec` stands in many Latin words.
_CAPITALS = frozenset({"ec", "hsa", "tga", "ema", "cde", "isaf"})
#: `美国患者`, `日本学者`, `中国临床肿瘤学会`, `欧洲肿瘤内科学会`: people and societies of a country decide on no drug.
_PEOPLE = re.compile(
    r"(?:患者|人群|人口|受试者|公司|企业|药企|学者|研究者|团队|专家|医生|医师|学会|协会|临床|亚组|队列|医学|国立|国家癌|癌症|居民|女性|男性|人(?!用)|籍"
    r"|德克|加州|纽约|波士顿|东部|西部|肿瘤|血液|大学|医院|科学院|自主|本土|国家综合|专利|股|总部|生物|医药|制药|药科|礼来|强生|辉瑞|默沙东|罗氏|安进)"
)
#: The rest of a name whose front is a shorter one: `欧洲委员会`, `国内外`, `中国香港`, `印度尼西亚`.
_GOES_ON = re.compile(r"(?:外|香港|台湾|澳门|尼西亚|洋)")

#: `FDA2025年6月3日批准`: no space is written before a date.
_DATED = re.compile(r"(?=(?:19|20)\d\d ?年)")
#: `在美国`, `在欧洲`, `在日常`, `在港口`: the letter is the front of another word.
_PLACE_GOES_ON = re.compile(r"(?:[国洲盟元学好容]|本(?!地|土)|[常后前益内间]|口)")


@cache
def load_agencies() -> dict[str, tuple[str, str]]:
    """Return the agencies by folded surface: (agency, `name` or `country`)."""
    content = (resources.files("oncospan.entities.agency") / "lexicon.csv").read_text(encoding="utf-8")
    return {fold(row["surface"]): (row["agency"], row["kind"]) for row in csv.DictReader(content.splitlines())}


class AgencyRoom:
    """Finds agencies; the norm is `(agency, kind)`.

    The kind is `name`, `country`, or `place` where the words themselves say that the country is where something happens
    (在华, 中、美、澳三地).
    """

    label = "AGENCY"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield every name of an agency, every country that stands for one, and the beginnings of lists of letters."""
        yield from load_agencies().items()
        yield from ((pair, "letters") for pair in letter_pairs())

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the agencies of a document."""
        text = document.text
        found = []
        for start, end, payload in hits:
            if payload == "letters":
                listed = find_letters(text, start)
                found += [Candidate(self.label, at, at + 1, (name, "place"), "agency.letters") for at, name in listed]
            elif isinstance(payload, tuple) and self._stands(document, start, end, str(payload[1])):
                found.append(Candidate(self.label, start, end, payload, f"agency.{payload[1]}"))
        return found

    def _stands(self, document: Document, start: int, end: int, kind: str) -> bool:
        text, surface = document.text, document.lower[start:end]
        dated = _DATED.match(text, end) and not re.match(r"[A-Za-z0-9]", text[max(0, start - 1) : start])
        if not (dated or has_edges(text, start, end)) or (surface in _CAPITALS and text[start:end] != surface.upper()):
            return False
        if kind == "place":
            return not _PLACE_GOES_ON.match(text, end)
        return kind != "country" or not (_PEOPLE.match(text, end) or _GOES_ON.match(text, end))
