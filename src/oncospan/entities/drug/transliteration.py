"""How Chinese drug names are put together: which characters start them, follow each other, and how many there are.

The characters before a stem are the hard part: `联合阿帕替尼`, `恒瑞卡瑞利珠单抗`. The model is counted from the
lexicon's own names, so a new name of the same make begins where its characters begin to look like one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from math import log

#: Characters of transliterations that a lexicon of today may lack.
_CHARACTERS = (
    "阿艾安奥昂巴白拜班贝本比毕彼宾波伯泊勃博布策查达戴丹德登迪地蒂丁度多厄恩尔耳法凡芳非菲芬弗夫伏佛福氟盖甘戈格根古瓜圭海罕汉"
    "豪荷赫亨胡华霍基吉加佳贾杰捷金津卡凯坎康考柯科克肯库夸昆拉莱来兰朗劳勒雷里利立丽连林琳鲁卢伦仑罗洛吕马玛迈麦曼芒毛梅门蒙"
    "米密莫默姆穆纳娜奈南尼妮涅宁努诺欧帕派潘佩彭皮匹平珀普齐奇乔切琴青曲荣茹瑞芮若萨塞赛桑沙莎舍申圣施史舒司斯松苏索塔泰坦汤"
    "唐陶特腾提替汀廷图托妥陀瓦万旺威韦维温文沃乌西希昔锡夏香肖谢辛欣休叙雅亚延扬耶叶依伊因英尤于宇约泽扎詹珍珠卓兹佐左泮培哌"
    "匝哚吡咯啶嗪唑喹噻呋氘羟磺"
)
#: The share of a character in front of a name: small, so that a run is a name as a whole (加来特龙) unless its
#: first character is a word too and the rest begins like a name (加|阿帕替尼).
_ORDINARY = {"比": 8e-3, "加": 8e-3, "可": 2e-3, "于": 1e-2}
_ORDINARY_SHARE = 3e-5
#: Never inside a transliteration, whatever a name of the lexicon holds.
_NEVER = frozenset(
    "的了和与及对用予由为将以在是等或从向被把给经即如含其该此每各种款个两三二一药剂组者抗新型人重血联合应使"
)
LONGEST, SHORTEST = 6, 2


class Transliteration:
    """The make of names that end in a stem.

    Args:
        prefixes: the characters before the stem, of every known name that ends in one.

    """

    __slots__ = ("_first", "_lengths", "_next", "_pairs", "_shares", "_total", "characters")

    def __init__(self, prefixes: Iterable[str]) -> None:
        self._first: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()
        self._next: Counter[str] = Counter()
        self._lengths: Counter[int] = Counter()
        self._shares: Counter[str] = Counter()
        for prefix in prefixes:
            if not SHORTEST <= len(prefix) <= LONGEST or not _NEVER.isdisjoint(prefix):
                continue
            self._first[prefix[0]] += 1
            self._lengths[len(prefix)] += 1
            for left, right in pairwise(prefix):
                self._pairs[left + right] += 1
                self._next[left] += 1
                self._shares[right] += 1
        self._total = sum(self._first.values())
        self.characters = (frozenset(self._first) | frozenset(self._shares) | frozenset(_CHARACTERS)) - _NEVER

    def knows_pair(self, pair: str) -> bool:
        """Tell whether two characters follow each other in a known name."""
        return self._pairs[pair] > 0

    def begin(self, run: str) -> tuple[int, float] | None:
        """Return how many characters of a run's end belong to the name, and how likely they look.

        Args:
            run: the characters in front of a stem, all of the set.

        Returns:
            `(length, mean log probability of a character)`, or None where the run is too short.

        """
        best: tuple[float, int, float] | None = None
        for length in range(SHORTEST, min(LONGEST, len(run)) + 1):
            inside = self._score(run[-length:])
            outside = sum(log(_ORDINARY.get(character, _ORDINARY_SHARE)) for character in run[:-length])
            if best is None or inside + outside > best[0]:
                best = inside + outside, length, inside / length
        return best[1:] if best else None

    def _score(self, prefix: str) -> float:
        score = log((self._first[prefix[0]] + 0.1) / (self._total + 40))
        score += log((self._lengths[len(prefix)] + 1) / (self._total + LONGEST))
        shares = self._shares.total() + 100
        for left, right in pairwise(prefix):
            share = (self._shares[right] + 0.2) / shares
            score += log((self._pairs[left + right] + 5 * share) / (self._next[left] + 5))
        return score
