"""Countries written with one letter in a list of places: 已获中、美、澳三地批准, 获得美欧受理."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

#: The letters that newspapers use for the countries whose agencies decide first.
LETTERS = {"中": "NMPA", "美": "FDA", "欧": "EMA", "日": "PMDA", "澳": "TGA", "英": "MHRA", "韩": "MFDS"}

_LIST = re.compile(r"[中美欧日澳英韩](?:[、和与及]?[中美欧日澳英韩]){1,6}")
#: What a list of places goes on with; 中美合作, 欧美患者 and 中日友好医院 do not.
_PLACES_BEHIND = re.compile(
    r"(?:等|在内|[两三四五]地|[两三四五2-5] ?国|双(?:报|批|IND|重|双)|同步|均|都|先后|相继|同时|陆续|获批|受理|批准|上市(?!公司))"
)
_NO_LIST_BEFORE = re.compile(r"[其当途集期空高初郑华晚发术优]\Z")


def find_letters(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield each letter of a list that begins at a position, with its agency; nothing where it is no list of places.

    Args:
        text: the folded text.
        start: where the first letter stands.
    """
    found = _LIST.match(text, start)
    if not found or not _PLACES_BEHIND.match(text, found.end()) or _NO_LIST_BEFORE.search(text[:start][-1:]):
        return
    for offset, letter in enumerate(found[0]):
        if letter in LETTERS:
            yield start + offset, LETTERS[letter]


def letter_pairs() -> Iterator[str]:
    """Yield how such lists begin: the triggers of this grammar."""
    for first, second in permutations(LETTERS, 2):
        yield first + second
        yield f"{first}、{second}"
