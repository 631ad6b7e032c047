"""Names no lexicon holds, by the stems of the INN: 某某替尼 with its left edge, and English words in -tinib."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from typing import NamedTuple

from oncospan.entities.drug.hazards import is_class
from oncospan.entities.drug.lexicon import Lexicon
from oncospan.entities.drug.names import extend
from oncospan.entities.drug.page import Found, Page
from oncospan.entities.drug.table import read_table, split_cell
from oncospan.entities.drug.transliteration import LONGEST, SHORTEST, Transliteration
from oncospan.text.fold import fold

#: 帕利珠单抗, 莫司汀 and 帕利哌酮 only begin like a name that ends there.
_RUNS_ON = frozenset("珠昔汀哌酮丁膦")
#: The mean log probability of a character under which a run is no transliteration .
_LIKELY = -9.0
#: Companies that stand right before their drugs and read like transliterations: 恒瑞卡瑞利珠单抗.
_COMPANIES = re.compile(
    "恒瑞|信达|君实|百济|科伦博泰|科伦|迪哲|艾力斯|罗氏|辉瑞|诺华|拜耳|礼来|赛诺菲|安进|艾伯维|武田|卫材|吉利德|德琪|加科思|益方|海和"
    "|基石|康方|荣昌|迈威|乐普|宜联|康诺亚|科济|亘喜|合源|贝达|先声|齐鲁|豪森|翰森|海思科|再鼎|泽璟|亚盛|和黄|汉霖|映恩|百奥泰"
    "|康宁杰瑞|利康|默克|泰来|益普生|施维雅|渤健|百健|强生|杨森|西根|因塞特|圣和|海正|特宝|恒润|天晴|石药|葛兰素|福泰|莫德纳"
)
_SHORTEST_LATIN = 3
_WORD_BEFORE = re.compile(r"[A-Za-z]{5,24}(?:-[A-Za-z]{2,8})? $")
_FIRST_WORDS = ("mab", "tug", "bart", "mig", "gene", "cel")
_ENGLISH = re.compile(r"[A-Za-z]{6,24}(?: [a-z]{6,14})?")


class Stems(NamedTuple):
    """The stems of drug names.

    Args:
        chinese: Chinese endings.
        english: English endings of one word, in lower case.
        friends: whole words that end so and are no drugs.

    """

    chinese: frozenset[str]
    english: frozenset[str]
    friends: frozenset[str]


def read_stems(folder: Traversable) -> Stems:
    """Return the stems in a folder's stems.csv.

    Args:
        folder: where the table is.

    Raises:
        LexiconError: the table breaks a rule of its format.

    """
    chinese: set[str] = set()
    english: set[str] = set()
    friends: set[str] = set()
    for place, (stem, latin, _, _, false) in read_table(
        folder, "stems.csv", ("stem", "english", "side", "note", "false_friends")
    ):
        if not stem.isascii():
            chinese.add(fold(stem))
        english |= {value.strip("- ").lower() for value in split_cell(latin, place)}
        friends |= {fold(value) for value in split_cell(false, place)}
    return Stems(frozenset(chinese), frozenset(english), frozenset(friends))


def learn_make(lexicon: Lexicon, stems: Stems) -> Transliteration:
    """Return the make of Chinese names, counted from those that end in a stem.

    Args:
        lexicon: the known names.
        stems: the endings.

    """
    prefixes: set[str] = set()
    longest = sorted(stems.chinese, key=len, reverse=True)
    for surface, name in lexicon.names.items():
        if name.kind != "zh":
            continue
        stem = next((stem for stem in longest if surface.endswith(stem)), None)
        if stem:
            prefixes.add(surface.removesuffix(stem))
    return Transliteration(prefixes)


def second_words(lexicon: Lexicon) -> frozenset[str]:
    """Return the English words that follow an antibody's or a gene's name: vedotin, deruxtecan, autoleucel.

    Args:
        lexicon: the known names.

    """
    words: set[str] = set()
    for names in lexicon.english.values():
        for name in names:
            first, _, second = name.partition(" ")
            if first.endswith(_FIRST_WORDS) and second.isalpha() and len(second) >= 6:
                words.add(second)
    return frozenset(words)


def find_chinese(
    page: Page, known: Iterable[Found], lexicon: Lexicon, make: Transliteration, friends: frozenset[str]
) -> list[Found]:
    """Return the unknown Chinese names of a text.

    Args:
        page: the text and its hits.
        known: the names already found.
        lexicon: knows the salts.
        make: how such names are built.
        friends: words that end in a stem and are no drugs.

    """
    hits = page.triggers.get("stem", ())
    if not hits or not page.is_medical:
        return []
    taken = {position for found in known for position in range(found.start, found.end)}
    longest: dict[int, int] = {}
    for start, end, _ in hits:
        longest[end] = min(start, longest.get(end, start))
    names: list[Found] = []
    for end, start in longest.items():
        if start in taken or end - 1 in taken or page.text[end : end + 1] in _RUNS_ON or is_class(page.text, end):
            continue
        begin = _begin(page, start, taken, make)
        if begin is None or page.is_hidden(begin, end) or _is_friend(page.text[begin:end], friends):
            continue
        left, right = extend(page, begin, end, lexicon)
        names.append(Found(left, right, page.text[begin:end], "stem", "medium"))
    return names


def _is_friend(name: str, friends: frozenset[str]) -> bool:
    return any(name[at:] in friends for at in range(len(name)))


def _begin(page: Page, start: int, taken: set[int], make: Transliteration) -> int | None:
    """Return where the name before a stem begins, or None where nothing there looks like one."""
    text = page.text
    left = start
    while left > max(0, start - LONGEST - 3) and left - 1 not in taken and text[left - 1] in make.characters:
        left -= 1
    at = left
    while at + 2 <= start:
        # 西安阿帕替尼: 西安 is a word and no known name holds it.
        if not make.knows_pair(text[at : at + 2]) and page.is_whole_word(at, at + 2):
            left = at + 2
        at += 1
    for company in _COMPANIES.finditer(text, max(0, left - 2), start):
        left = max(left, company.end())
    if start - left < SHORTEST:
        return None
    begun = make.begin(text[left:start])
    if begun is None or begun[1] < _LIKELY:
        return None
    return start - begun[0]


def find_english(page: Page, known: Iterable[Found], seconds: frozenset[str], friends: frozenset[str]) -> list[Found]:
    """Return the unknown English names of a text.

    Args:
        page: the text and its hits.
        known: the names already found.
        seconds: endings that are a second word of their own.
        friends: words that end so and are no drugs.

    """
    hits = page.triggers.get("ending", ())
    if not hits:
        return []
    ends = {found.end for found in known}
    names: dict[int, Found] = {}
    for start, end, _ in hits:
        if end in ends or (end < len(page.text) and page.text[end].isascii() and page.text[end].isalnum()):
            continue
        left = start
        while left and page.lower[left - 1].isascii() and page.lower[left - 1].isalpha():
            left -= 1
        word = page.lower[left:end]
        second = word in seconds
        if (start - left < _SHORTEST_LATIN and not second) or len(word) > 26 or word in friends:
            continue
        # CARTIFAN is a trial; drugs go in small letters or with one capital.
        if page.text[left:end].isupper():
            continue
        if left and (page.text[left - 1].isdigit() or page.text[left - 1] in "-_@./"):
            continue
        if second:
            before = _WORD_BEFORE.search(page.text, max(0, left - 34), left)
            if before is None:
                continue
            left = before.start()
        names[end] = Found(left, end, page.lower[left:end], "stem", "medium")
    return list(names.values())
