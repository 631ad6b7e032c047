"""Populations: in whom a value holds, and lists of populations that a list of values goes over."""

from __future__ import annotations

import re

_POPULATION = re.compile(r"(?:^|[,;:在对|])((?:[^,;。:()在对的]{2,24})(?:亚组|人群|患者|队列|者(?!评估)))(?:中|的|里)?")
_POPULATIONS = re.compile(
    r"((?:[^,;。()的在]{1,22}[、和与及]){1,3}[^,;。()的]{1,22}?)(?:患者|人群|亚组|者|队列|(?<=治)组|(?<=性)组|(?<=儿童)|(?<=成人)|(?<=青少年))(?:中|的)?[^,;。]{0,10}\Z"
)
_INTRODUCED = re.compile(
    r"^(?:(?:当时|其中|而|但|对于|在)|[^,]{1,20}?(?:研究|试验|[A-Za-z0-9])中(?![高危低位枢])(?=[^,]{2})|[^,]{2,16}?使(?!用)(?=[^,]{4})|[^,]{2,12}?(?:[替匹尼珠单抗]|药)治疗(?=[^后失,]{4})| )+"
)
_COUNT_ONLY = re.compile(r"[两二三四各][组臂](?:患者)?|(?:约|共|有)?\d* ?[例名位]?(?:可评估)?(?:的)?(?:患者|者)?")
_DISEASES = re.compile(
    r"((?:[^,;。()的获批用于]{2,12}?(?:癌|瘤|病|症)[、和与及]){1,3}[^,;。()的]{2,12}?(?:癌|瘤|病|症))\Z"
)


def find_population(text: str, start: int, end: int) -> str | None:
    """Return the population that a stretch names before a value: 在…患者中, 对于…, …亚组.

    Args:
        text: the folded text.
        start: first position, the clause's.
        end: where the value begins.
    """
    found = _POPULATION.search(text, max(0, start - 1), end)
    return _trim(found[1]) if found else None


def _trim(words: str) -> str | None:
    """`RATIONALE 305中ITT人群` are the ITT人群, `X治疗NTRK融合阳性实体瘤患者` those treated; 当时55例患者 names nobody."""
    words = _INTRODUCED.sub("", words.strip())
    return None if _COUNT_ONLY.fullmatch(words) else words or None


def list_populations(text: str, start: int, end: int, count: int, *, listed: bool = False) -> list[str]:
    """Return the populations that a list of values goes over, if as many are listed: 初治和经治患者的ORR分别为68%和41%.

    Args:
        text: the folded text.
        start: first position, the clause's.
        end: where the first value begins.
        count: how many values there are.
        listed: 分别 stands elsewhere: in the values themselves.
    """
    if not listed and not re.search(r"分别|依次|各为", text[start:end]):
        return []
    groups = _POPULATIONS.search(text, start, end)
    if not groups and text[start - 1 : start] == ",":
        groups = _DISEASES.search(text, max(0, start - 50), start - 1)
    names = re.split(r"[、和与及]", groups[1]) if groups else []
    return names if len(names) == count else []
