"""Hard-wrapped paragraphs are read across their line ends; anything else keeps them."""

from __future__ import annotations

from oncospan.text.fold import FoldedText

WRAPPED = (
    "这项多中心研究共纳入一百二十例既往接受过含铂\n化疗的晚期尿路上皮癌患者,中位年龄六十三岁,维恩\n妥尤单抗组的客观缓解率明显高于化疗组,差异有统\n"
    "计学意义。研究者认为该方案的安全性可控,2025年8\n月公布的随访结果与此前一致,详细数据将在年会上\n公布。\n"
)
PARAGRAPHS = (
    "第一段讲的是耐药。\n第二段讲的是疗效,长度与第一段大不相同,因为它多说了几句话。\n第三段很短。\n第四段也很短。\n"
)
LIST = "1、奥希替尼联合化疗组患者的中位生存期更长\n2、吉非替尼单药组患者的中位生存期较之更短\n3、厄洛替尼单药组患者的中位生存期则居中间\n4、阿法替尼单药组患者的中位生存期与之相近\n"


def test_name_and_date_are_whole_across_a_wrapped_line() -> None:
    text = FoldedText(WRAPPED)

    assert "维恩妥尤单抗" in text.text
    assert "2025年8月公布" in text.text
    at = text.text.index("维恩妥尤单抗")
    span = text.to_original(at, at + 6)
    assert WRAPPED[span.start : span.end] == "维恩\n妥尤单抗"


def test_wrapped_lines_are_read_alike_with_either_line_end() -> None:
    unix, windows = FoldedText(WRAPPED), FoldedText(WRAPPED.replace("\n", "\r\n"))
    at = windows.text.index("维恩妥尤单抗")
    span = windows.to_original(at, at + 6)

    assert windows.text == unix.text
    assert windows.original[span.start : span.end] == "维恩\r\n妥尤单抗"


def test_paragraphs_keep_their_line_ends() -> None:
    assert FoldedText(PARAGRAPHS).text.count("\n") == 4


def test_lists_keep_their_line_ends() -> None:
    assert FoldedText(LIST).text.count("\n") == 4


def test_carriage_returns_keep_their_place() -> None:
    text = FoldedText("奥希替尼\r\n获批")
    at = text.text.index("获批")

    assert text.to_original(at, at + 2) == (6, 8)
