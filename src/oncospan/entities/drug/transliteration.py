"""How Chinese drug names are put together, and where one begins behind other words.

The characters before a stem are the hard part: `联合阿帕替尼`, `恒瑞卡瑞利珠单抗`. A stretch is read as words and then a
name; the words are weighed by how common they are, the name by which characters follow each other in the names of
the lexicon, so a new name of the same make begins where both together are most likely.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log
from typing import NamedTuple

from oncospan.text.tokens import WORDS_TOTAL, word_frequency

#: Characters of transliterations that a lexicon of today may lack.
_CHARACTERS = (
    "阿艾安奥昂巴白拜班贝本比毕彼宾波伯泊勃博布策查达戴丹德登迪地蒂丁度多厄恩尔耳法凡芳非菲芬弗夫伏佛福氟盖甘戈格根古瓜圭海罕汉"
    "豪荷赫亨胡华霍基吉加佳贾杰捷金津卡凯坎康考柯科克肯库夸昆拉莱来兰朗劳勒雷里利立丽连林琳鲁卢伦仑罗洛吕马玛迈麦曼芒毛梅门蒙"
    "米密莫默姆穆纳娜奈南尼妮涅宁努诺欧帕派潘佩彭皮匹平珀普齐奇乔切琴青曲荣茹瑞芮若萨塞赛桑沙莎舍申圣施史舒司斯松苏索塔泰坦汤"
    "唐陶特腾提替汀廷图托妥陀瓦万旺威韦维温文沃乌西希昔锡夏香肖谢辛欣休叙雅亚延扬耶叶依伊因英尤于宇约泽扎詹珍珠卓兹佐左泮培哌"
    "匝哚吡咯啶嗪唑喹噻呋氘羟可坚朴惜巧贺尚宗祖奎朱株噁咪吲戊喷脯恒亮杂呱隆埃鲍邦彬滨茨楚杜顿冯芙惠嘉锦黎莉廉廖凌璐伦孟弥摩慕裴"
    "蒲浦恰森绍滕武玺霞雄旭轩雪彦艳尧佑袁赞藻曾芝苯缬哈奉色谷富决吐善喜太"
)
#: Never inside a transliteration, whatever a name of the lexicon holds.
_NEVER = frozenset(
    "的了和与及对用予由为将以在是等或从向被把给经即如含其该此每各种款个两三二一药剂组者抗新型人重血联合应使酸服吃换改而但则后前"
)
LONGEST = 8
#: A name with its stem has four characters at least: 索托克拉, but no 某替尼.
SHORTEST = 4
#: How far back the words before a name are read.
_WINDOW, _BEHIND = 14, 3
_LONGEST_WORD = 6
#: A clipped window may begin inside a word, so its first characters cost nothing.
_FREE = 4
#: The log probability of a character that is no word.
_STRANGE = -14.0
#: What a word of few characters costs more, when a name could be made of all of them: 塞纳 is a river, 塞纳帕利 a drug.
_LIKE_NAME = {1: -4.0, 2: -3.0}
#: Characters that are words in front of names all the same.
_ORDINARY = frozenset("比加可于")
#: The log probability of a known name, where a longer unknown one is weighed against it.
_KNOWN = -4.0
#: The log odds of a name against a stem that is used as a word (`国产单抗`).
_NAMELESS = -10.0
#: Below this lead the reading is a guess.
_SURE = 1.5


class Beginning(NamedTuple):
    """Where a name begins.

    Args:
        length: how many characters in front of the stem belong to the name.
        sure: no other reading is nearly as likely.

    """

    length: int
    sure: bool


class Stretch(NamedTuple):
    """A stem with the Chinese characters around it.

    Args:
        before: those in front of it, as far back as they matter.
        stem: the stem.
        after: a few behind it.
        clipped: the stretch goes on to the left.

    """

    before: str
    stem: str
    after: str
    clipped: bool


class Transliteration:
    """The make of names that end in a stem.

    Args:
        prefixes: the characters before the stem, of every known name that ends in one.
        fronts: words that stand in front of names.

    """

    __slots__ = ("_first", "_fronts", "_lengths", "_next", "_pairs", "_shares", "_total", "characters")

    def __init__(self, prefixes: Iterable[str], fronts: frozenset[str]) -> None:
        self._first: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()
        self._next: Counter[str] = Counter()
        self._lengths: Counter[int] = Counter()
        self._shares: Counter[str] = Counter()
        for prefix in prefixes:
            if not 1 <= len(prefix) <= LONGEST or not _NEVER.isdisjoint(prefix):
                continue
            self._first[prefix[0]] += 1
            self._lengths[len(prefix)] += 1
            self._shares.update(prefix)
            for left, right in pairwise(prefix):
                self._pairs[left + right] += 1
                self._next[left] += 1
        self._total = sum(self._first.values())
        self._fronts = fronts
        self.characters = (frozenset(self._shares) | frozenset(_CHARACTERS)) - _NEVER

    def begin(self, stretch: Stretch, known: int = 0) -> Beginning | None:
        """Return where the name before a stem begins, or None where the stem is a word, or ends a known name, there.

        Args:
            stretch: the stem and what stands around it.
            known: how many of the characters before it belong to a known name that ends in the stem.

        """
        before = stretch.before
        names = [name for name in self._names(before, len(stretch.stem)) if len(name) > known]
        if not names:
            return None
        words = self._weigh_words(before, free=_FREE if stretch.clipped else 0)
        readings = sorted(
            ((words[len(before) - len(name)] + self._weigh_name(name), len(name)) for name in names), reverse=True
        )
        nameless = words[len(before) - known] + _KNOWN if known else words[-1] + _NAMELESS
        if readings[0][0] <= nameless or self._runs_on(stretch, readings[0][0]):
            return None
        second = max(nameless, readings[1][0] if len(readings) > 1 else nameless)
        return Beginning(readings[0][1], readings[0][0] - second > _SURE)

    def _runs_on(self, stretch: Stretch, named: float) -> bool:
        """Tell whether words that run on across the stem's end are likelier than a name: `其他|赛事`, `比|星巴克`."""
        end = len(stretch.before) + len(stretch.stem)
        words = self._weigh_words(stretch.before + stretch.stem + stretch.after, free=_FREE if stretch.clipped else 0)
        behind = self._weigh_words(stretch.after, free=0)
        return any(words[end + at] > named + behind[at] for at in range(1, len(behind)))

    def _names(self, before: str, stem: int) -> Iterator[str]:
        for length in range(1, min(LONGEST, len(before)) + 1):
            if before[-length] not in self.characters:
                return
            # 恒瑞单抗 is an antibody of that company.
            if length + stem >= SHORTEST and before[-length:] not in self._fronts:
                yield before[-length:]

    def _weigh_words(self, text: str, *, free: int) -> list[float]:
        """Return the log probability of the best way to read each beginning of a text as words."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            ways = [
                best[start] + self._weigh_word(text[start:end]) for start in range(max(0, end - _LONGEST_WORD), end)
            ]
            best.append(0.0 if end <= free else max(ways))
        return best

    def _weigh_word(self, word: str) -> float:
        known = word_frequency(word)
        share = 0.5 * known / WORDS_TOTAL + (0.5 / len(self._fronts) if word in self._fronts else 0.0)
        if share:
            like_name = word not in _ORDINARY and self.characters.issuperset(word)
            return log(share) + (_LIKE_NAME.get(len(word), 0.0) if like_name else 0.0)
        return _STRANGE if len(word) == 1 else -1000.0

    def _weigh_name(self, name: str) -> float:
        score = log((self._first[name[0]] + 0.3) / (self._total + 100))
        score += log((self._lengths[len(name)] + 0.5) / (self._total + LONGEST))
        shares = self._shares.total() + 200
        for left, right in pairwise(name):
            share = (self._shares[right] + 0.5) / shares
            score += log((self._pairs[left + right] + 4 * share) / (self._next[left] + 4))
        return score


def stretch_at(text: str, start: int, end: int, floor: int) -> Stretch:
    """Return a stem with the Chinese characters around it.

    Args:
        text: the folded text.
        start: first position of the stem.
        end: position behind it.
        floor: nothing before this position belongs to it.

    """
    left, right = start, end
    while left > max(floor, start - _WINDOW) and _is_chinese(text[left - 1]):
        left -= 1
    while right < min(len(text), end + _BEHIND) and _is_chinese(text[right]):
        right += 1
    clipped = left > floor and start - left == _WINDOW and _is_chinese(text[left - 1])
    return Stretch(text[left:start], text[start:end], text[end:right], clipped)


def _is_chinese(character: str) -> bool:
    return "一" <= character <= "鿿"
