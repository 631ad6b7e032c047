"""Chinese numerals: 三十五点五 is 35.5, 二〇二三 is 2023, 两 is 2."""

from __future__ import annotations

_DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
    "俩": 2,
    "廿": 20,
    "卅": 30,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "亿": 100_000_000}

#: Characters a Chinese numeral may hold, for use inside a character class.
NUMERAL = "零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅"


def read_numeral(text: str) -> float | None:
    """Return the value of a Chinese numeral, or None where the characters make no number.

    Both ways of writing are read: with units (一百二十) and digit by digit (二〇二三); `点` starts the decimals.

    Args:
        text: Chinese numeral characters, folded.
    """
    whole, point, decimals = text.partition("点")
    value = _read_whole(whole)
    if value is None or not point:
        return value
    digits = [_DIGITS.get(character, 10) for character in decimals]
    if not digits or max(digits) > 9:
        return None
    return float(f"{int(value)}.{''.join(map(str, digits))}")


def _read_whole(text: str) -> float | None:
    if not text or any(character not in _DIGITS and character not in _UNITS for character in text):
        return None
    if not any(character in _UNITS or _DIGITS[character] > 9 for character in text):
        return float("".join(str(_DIGITS[character]) for character in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            value = _DIGITS[character]
            if digit and value:
                return None
            digit = value if value < 10 else 0
            section += value if value > 9 else 0
            continue
        unit = _UNITS[character]
        if unit >= 10_000:
            total = (total + section + digit) * unit
            section = 0
        elif not digit and section:
            # 七十百: a unit without a digit of its own may only open the number.
            return None
        else:
            section += (digit or 1) * unit
        digit = 0
    return float(total + section + digit)
