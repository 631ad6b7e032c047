"""Known names in a text: edges, salts, tails and senses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from oncospan.entities.drug.hazards import Verdict, judge
from oncospan.entities.drug.lexicon import Lexicon, Name
from oncospan.entities.drug.page import Found, Page

#: The four letters of an American biological (penpulimab-kcqx), and the -T of tisagenlecleucel-T.
_TAIL = re.compile(r"-(?:(?!plus|free|like|with|only|arms|dose|base|resi|sens)[a-z]{4}|T)(?![A-Za-z0-9-])")
_BIOLOGICAL = ("mab", "cept", "leucel", "stim", "grastim", "vedotin", "deruxtecan", "alfa", "ase")
_LONGEST_SALT = 6
_LIPOSOME = "脂质体"


class Names(NamedTuple):
    """What the lexicon says about a text.

    Args:
        sure: names that stand by themselves.
        pending: names that count only where the article names their concept otherwise.

    """

    sure: list[Found]
    pending: list[Found]


def find_names(page: Page, lexicon: Lexicon) -> Names:
    """Return the known names of a text, each as long as the substance's name goes.

    Args:
        page: the text and its hits.
        lexicon: the known names.

    """
    sure: list[Found] = []
    pending: list[Found] = []
    dropped: list[tuple[int, int]] = []
    for start, end, name in page.names:
        verdict = judge(page, start, end, name)
        if verdict is Verdict.DROP:
            # Nothing shorter stands inside two characters.
            if end - start > 2:
                dropped.append((start, end))
            continue
        norm = sense(page, start, name) if name.senses else name.norm
        left, right = extend(page, start, end, lexicon)
        if page.text.startswith(_LIPOSOME, right) and not norm.endswith("liposome"):
            right += len(_LIPOSOME)
            norm = f"{norm} liposome" if norm.isascii() else norm + _LIPOSOME
        rule, confidence = ("short", "medium") if verdict is Verdict.PENDING else ("name", "high")
        if name.kind == "own":
            rule = "own"
        elif name.kind == "truncated":
            rule, confidence = "truncated", "medium"
        found = Found(left, right, norm, rule, "high" if confidence == "high" else "medium")
        (sure if verdict is Verdict.KEEP else pending).append(found)
    return Names(_outside(sure, dropped), _outside(pending, dropped))


def _outside(names: list[Found], dropped: list[tuple[int, int]]) -> list[Found]:
    """Leave out what stands only inside a longer surface that is no drug here."""
    if not dropped:
        return names
    dropped = sorted(dropped)
    starts = [start for start, _ in dropped]
    reach = max(end - start for start, end in dropped)

    def is_outside(name: Found) -> bool:
        near = dropped[bisect_left(starts, name.end - reach) : bisect_right(starts, name.start)]
        return not any(name.end <= end and end - start > name.end - name.start for start, end in near)

    return [name for name in names if is_outside(name)]


def sense(page: Page, start: int, name: Name) -> str:
    """Return the concept an ambiguous name stands for here: the nearest cue decides, else the default.

    Args:
        page: the text.
        start: where the name stands.
        name: a name with several senses.

    """
    best: tuple[int, str] | None = None
    for inn, cues, _ in name.senses:
        for cue in cues:
            distance = _distance(page.lower, cue, start)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, inn
    return best[1] if best else name.norm


def _distance(text: str, cue: str, position: int) -> int | None:
    before, behind = text.rfind(cue, 0, position), text.find(cue, position)
    distances = [position - before] if before >= 0 else []
    if behind >= 0:
        distances.append(behind - position)
    return min(distances, default=None)


def extend(page: Page, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Return the span with the salts and tails that belong to the name.

    Args:
        page: the text.
        start: first position of the bare name.
        end: position behind it.
        lexicon: knows the salts.

    """
    return _extend_left(page.text, start, lexicon.salts_before), _extend_right(page, start, end, lexicon.salts_after)


def _extend_left(text: str, start: int, salts: frozenset[str]) -> int:
    for length in range(min(_LONGEST_SALT, start), 0, -1):
        if text[start - length : start] in salts:
            return _extend_left(text, start - length, salts)
    return start


def _extend_right(page: Page, start: int, end: int, salts: frozenset[str]) -> int:
    text, lower = page.text, page.lower
    if end >= len(text):
        return end
    if text[end] == "-" and text[start].isascii() and lower.endswith(_BIOLOGICAL, start, end):
        tail = _TAIL.match(text, end)
        return tail.end() if tail else end
    if text[end] == " " and text[end - 1].isascii():
        word = _WORD.match(lower, end + 1)
        return word.end() if word and word.group() in salts else end
    for length in range(min(_LONGEST_SALT, len(text) - end), 0, -1):
        if lower[end : end + length] in salts and not lower.startswith(("离子", "通道"), end + length):
            return end + length
    return end


_WORD = re.compile(r"[a-z]{4,16}(?: (?:monohydrate|hydrate|sodium))?(?![a-z])")
