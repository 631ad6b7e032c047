"""What the article itself calls its drugs: `维恩妥尤单抗(EV)`, `(商品名:威络益)`, `研发代号SKB264`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oncospan.entities.drug.brackets import Bracket, Piece, bracket_behind, piece_at, pieces
from oncospan.entities.drug.codes import CODE, Prefixes, is_code, occurrences
from oncospan.entities.drug.lexicon import Lexicon
from oncospan.entities.drug.page import Found, Page
from oncospan.model import Span
from oncospan.text.tokens import word_frequency

_BRAND = re.compile(r"[一-鿿]{2,6}|[A-Z][A-Za-z]{3,19}")
_ALIAS = re.compile(r"[一-鿿]{2,8}|[A-Z][A-Za-z]{0,5}(?:-[A-Z][A-Za-z]{1,5})?|[A-Za-z]{3,8}-cel")
_SHORT = re.compile(r"[A-Z][A-Za-z]{0,4}(?:-[A-Z]{1,2}[A-Za-z]{0,4})?")
_ENGLISH = re.compile(r"[A-Za-z]{6,24}(?:[ -][a-z]{4,14}){0,2}")
#: `“威络益”(佐妥昔单抗)`: a Chinese brand, which only its quotes set off.
_QUOTED = re.compile(r"[“\"「]([一-鿿]{2,6})[”\"」][®™]?\Z")
_STATED = re.compile(r"[^,。;、)(\n的]{2,24}")
_LABELS = ("商品名", "品牌名", "商标名", "研发代号", "项目代号", "产品代号")
#: Bracket words of the right shape that name no drug.
_NOT_ALIAS = re.compile(
    r"安慰剂|(?:对照|试验|实验|单药|联合|治疗|研究|观察|干预)组?|标准治疗|生物类似药|(?:原研|仿制|参照|参比)(?:药|制剂)?"
    r"|进口|国产|医保|自费|[新老]药"
)
#: Words more frequent than this in jieba's dictionary are no brands: 商品名为多种.
_FREQUENT = 100
STATEMENTS = _LABELS


class Definitions:
    """The names an article gives its drugs.

    Args:
        page: the text and its hits.
        lexicon: the known names.
        prefixes: what the letters of a code say.

    Attributes:
        norms: alias to normal form.
        renamed: a name's first normal form to the better one the article states: 某某替尼 to its English INN.

    """

    __slots__ = ("_lexicon", "_page", "_prefixes", "norms", "renamed")

    def __init__(self, page: Page, lexicon: Lexicon, prefixes: Prefixes) -> None:
        self._page = page
        self._lexicon = lexicon
        self._prefixes = prefixes
        self.norms: dict[str, str] = {}
        self.renamed: dict[str, str] = {}

    def read(self, anchors: Sequence[Found]) -> None:
        """Read the brackets at the names already found, and the statements of a brand or code.

        Args:
            anchors: the names, sorted, none overlapping.

        """
        at = {anchor.start: anchor for anchor in anchors}
        for anchor in anchors:
            bracket = bracket_behind(self._page.text, anchor.end)
            if bracket:
                self._read_bracket(anchor, bracket, at)
            self._read_front(anchor)
        for start, end, _ in self._page.triggers.get("label", ()):
            self._read_statement(start, end, anchors)

    def occurrences(self) -> Iterator[Found]:
        """Yield the places of every alias in the article."""
        for alias, norm in self.norms.items():
            spans = occurrences(self._page.text, alias) if alias.isascii() else self._chinese(alias)
            for span in spans:
                yield Found(span.start, span.end, norm, "definition", "medium")

    def _chinese(self, alias: str) -> Iterator[Span]:
        at = self._page.text.find(alias)
        while at >= 0:
            if len(alias) > 2 or self._page.document.is_word(at, at + 2):
                yield Span(at, at + len(alias))
            at = self._page.text.find(alias, at + len(alias))

    def _read_bracket(self, anchor: Found, bracket: Bracket, at: dict[int, Found]) -> None:
        found = list(pieces(self._page.text, bracket))
        english = [piece.text.lower() for piece in found if _ENGLISH.fullmatch(piece.text)]
        self._rename(anchor, found, at)
        brand = False
        for piece in found:
            if piece.start in at:
                brand = piece.label == "brand"
                self._unite(anchor, at[piece.start], piece)
                continue
            brand = piece.label == "brand" or (brand and not piece.label and piece.text.isascii())
            if self._is_alias(piece, anchor.norm, english, brand=brand):
                self._add(piece.text, anchor.norm)

    def _rename(self, anchor: Found, found: Sequence[Piece], at: dict[int, Found]) -> None:
        """Give an unknown Chinese name the English INN, else the code, of its bracket."""
        if anchor.rule != "stem" or anchor.norm.isascii():
            return
        for piece in found:
            named = at.get(piece.start)
            if named and named.end == piece.end and (named.norm.isascii()):
                self.renamed[anchor.norm] = named.norm
                return
            if not named and piece.label in ("", "name") and _ENGLISH.fullmatch(piece.text):
                self.renamed[anchor.norm] = piece.text.lower()
                for written in {piece.text, piece.text.lower(), piece.text.capitalize()}:
                    self._add(written, piece.text.lower())
                return
        for piece in found:
            if is_code(piece.text, self._prefixes):
                self.renamed[anchor.norm] = piece.text
                return

    def _unite(self, anchor: Found, named: Found, piece: Piece) -> None:
        """Give a code or name of the bracket, which no lexicon holds, the normal form of the name before it."""
        norm = self.renamed.get(anchor.norm, anchor.norm)
        unknown = named.rule.startswith("code") or (named.rule == "stem" and anchor.rule == "name")
        if unknown and named.end == piece.end and norm != named.norm:
            self.renamed[named.norm] = norm

    def _is_alias(self, piece: Piece, norm: str, english: Sequence[str], *, brand: bool) -> bool:
        text = piece.text
        if _NOT_ALIAS.fullmatch(text) or self._page.is_hidden(piece.start, piece.end):
            return False
        if piece.label == "code":
            return CODE.fullmatch(text) is not None
        if is_code(text, self._prefixes):
            return not self._page.text.startswith(("研究", "试验"), piece.end)
        if brand or (piece.label == "" and piece.marked):
            return _BRAND.fullmatch(text) is not None
        if piece.label == "alias":
            return _ALIAS.fullmatch(text) is not None
        return not piece.label and _SHORT.fullmatch(text) is not None and self._abbreviates(text, norm, english)

    def _abbreviates(self, short: str, norm: str, english: Sequence[str]) -> bool:
        letters = "".join(character for character in short.lower() if character.isalpha())
        if len(letters) < 2 or sum(map(str.isupper, short)) < 2:
            return False
        names = {norm.lower(), *english, *self._lexicon.english.get(norm, ())}
        return any(_abbreviates(letters, name) for name in names if name.isascii())

    def _read_front(self, anchor: Found) -> None:
        """Read the word before a bracket that opens with a name: `EV(维恩妥尤单抗)`, `威络益®(佐妥昔单抗)`."""
        text = self._page.text
        if not anchor.start or text[anchor.start - 1] != "(":
            return
        end = anchor.start - 1
        quoted = _QUOTED.search(text, max(0, end - 10), end)
        if quoted:
            self._add(quoted[1], anchor.norm)
            return
        marked = end > 0 and text[end - 1] in '®™"”'
        end -= marked
        start = end
        while (
            start > max(0, end - 20)
            and text[start - 1].isascii()
            and (text[start - 1].isalnum() or text[start - 1] == "-")
        ):
            start -= 1
        word = text[start:end]
        if word and (
            is_code(word, self._prefixes)
            or (_SHORT.fullmatch(word) and self._abbreviates(word, anchor.norm, ()))
            or (marked and _BRAND.fullmatch(word))
        ):
            self._add(word, anchor.norm)

    def _read_statement(self, start: int, end: int, anchors: Sequence[Found]) -> None:
        text = self._page.text
        stated = _STATED.match(text, start)
        if not stated:
            return
        piece = piece_at(text, start, stated.end())
        pattern = CODE if piece.label == "code" else _BRAND
        if not piece.text or not pattern.fullmatch(piece.text) or self._page.is_hidden(piece.start, piece.end):
            return
        if not piece.marked and word_frequency(piece.text) > _FREQUENT:
            return
        sentence = self._page.document.sentence_at(start)
        before = [anchor for anchor in anchors if sentence.start <= anchor.start < start]
        behind = [anchor for anchor in anchors if end <= anchor.start < sentence.end]
        if any(anchor.start <= piece.start < anchor.end for anchor in anchors):
            return
        nearest = before[-1] if before else behind[0] if behind else None
        if nearest:
            self._add(piece.text, nearest.norm)

    def _add(self, alias: str, norm: str) -> None:
        self.norms.setdefault(alias, self.renamed.get(norm, norm))


def _abbreviates(letters: str, name: str) -> bool:
    """Tell whether letters abbreviate an English name: ev enfortumab vedotin, len lenvatinib, ptx paclitaxel."""
    words = name.replace("-", " ").split()
    initials = "".join(word[0] for word in words)
    if letters == initials and len(words) > 1:
        return True
    if len(letters) < 3 or letters[0] != name[0]:
        return False
    at = 0
    for letter in letters:
        at = name.find(letter, at) + 1
        if not at:
            return False
    return True
