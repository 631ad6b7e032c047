"""The agency room: FDA, 国家药监局, 欧盟委员会, and the countries that stand for them in 在日本获批."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

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
#: The rest of a name whose front is a shorter one: `欧洲委员会`, `国内外`, `中国香港`.
_GOES_ON = re.compile(r"(?:外|香港|台湾|澳门)")


@cache
def load_agencies() -> dict[str, tuple[str, str]]:
    """Return the agencies by folded surface: (agency, `name` or `country`)."""
    content = (resources.files("oncospan.entities.agency") / "lexicon.csv").read_text(encoding="utf-8")
    return {fold(row["surface"]): (row["agency"], row["kind"]) for row in csv.DictReader(content.splitlines())}


class AgencyRoom:
    """Finds agencies; the norm is `(agency, kind)`, kind `name` or `country`."""

    label = "AGENCY"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield every name of an agency and every country that stands for one."""
        yield from load_agencies().items()

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the agencies of a document."""
        text = document.text
        found = []
        for start, end, payload in hits:
            if not has_edges(text, start, end) or not isinstance(payload, tuple):
                continue
            surface = document.lower[start:end]
            if surface in _CAPITALS and text[start:end] != surface.upper():
                continue
            if payload[1] == "country" and (_PEOPLE.match(text, end) or _GOES_ON.match(text, end)):
                continue
            found.append(Candidate(self.label, start, end, payload, f"agency.{payload[1]}"))
        return found
