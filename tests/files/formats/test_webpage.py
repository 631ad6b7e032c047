"""Saved web pages: the article without what stands around it, with what the page states about it."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncospan.errors import InputError
from oncospan.files.formats.webpage import read_webpage
from oncospan.files.options import ReadOptions

OPTIONS = ReadOptions()
TABLE = (
    '<table><tr><th rowspan="2">药物</th><th colspan="2">疗效</th></tr><tr><td>ORR(%)</td><td>中位PFS<br>(月)</td></tr>'
    "<tr><td><p>奥希替尼</p></td><td>80</td><td>18.9</td></tr></table>"
)
FIRST = "奥希替尼组的客观缓解率为80%,明显高于对照组,这一结果已经发表。"
SECOND = "吉非替尼组的客观缓解率为76%,与此前的研究一致,安全性可控。"


def read(page: str) -> list[str]:
    return [line for line in read_webpage(page.encode(), "a.html", OPTIONS).text.split("\n") if line]


def test_a_wechat_page_gives_its_article_title_date_and_account() -> None:
    page = f"""<html><head><script>var createTime = '2025-12-20 09:30'; var nickname = htmlDecode("药智网");</script></head>
    <body><h1 id="activity-name">  钻石靶点
    </h1><div id="js_content" style="visibility: hidden;"><section><p>{FIRST}</p><p><br></p>{TABLE}</section></div>
    <div>阅读原文 2019年</div></body></html>"""

    content = read_webpage(page.encode(), "a.html", OPTIONS)

    assert (content.title, content.published, content.source) == ("钻石靶点", date(2025, 12, 20), "药智网")
    assert content.text == (
        f"钻石靶点\n\n{FIRST}\n\n| 药物 | 疗效 |  |\n|  | ORR(%) | 中位PFS (月) |\n| 奥希替尼 | 80 | 18.9 |\n"
    )


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ('<em id="publish_time">2025年12月20日 10:00</em>', date(2025, 12, 20)),
        ('<script>var ct = "1766163600";</script>', date(2025, 12, 20)),
        ("", None),
    ],
)
def test_a_wechat_page_is_dated_in_china(shown: str, day: date | None) -> None:
    page = f'<html><body>{shown}<div id="js_content"><p>{FIRST}</p></div></body></html>'

    assert read_webpage(page.encode(), "a.html", OPTIONS).published == day


def test_boilerplate_goes_and_the_rest_keeps_its_lines() -> None:
    page = f"""<html><head><title>题目_某某网</title><meta property="article:published_time" content="2025-12-20T10:00:00+08:00">
    <meta property="og:site_name" content="某某网"></head><body><nav><a href="/">首页</a></nav>
    <div class="article"><h1>题目</h1><p>2025-12-20 10:30 来源:某某网</p><p>{FIRST}</p><h2>疗效</h2>{TABLE}
    <figure><img src="x.png"><figcaption>图1 生存曲线</figcaption></figure><p>{SECOND}</p>
    <p><a href="x">参考文献</a></p><ol><li><a href="y">Soria JC. N Engl J Med. 2018.</a></li></ol></div>
    <div class="related-posts"><p>{FIRST}</p></div><footer>版权所有 京ICP备1号</footer></body></html>"""

    content = read_webpage(page.encode(), "a.html", OPTIONS)

    assert (content.title, content.published, content.source) == ("题目", date(2025, 12, 20), "某某网")
    assert [line for line in content.text.split("\n") if line] == [
        "题目", FIRST, "疗效", "| 药物 | 疗效 |  |", "|  | ORR(%) | 中位PFS (月) |", "| 奥希替尼 | 80 | 18.9 |",
        "图1 生存曲线", SECOND, "参考文献", "Soria JC. N Engl J Med. 2018.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        f"{FIRST}<br>{SECOND}",
        f"<pre>{FIRST}\n{SECOND}</pre>",
        f"<table><tr><td><p>{FIRST}</p><table><tr><td><p>{SECOND}</p></td></tr></table></td></tr></table>",
        f"<div>{FIRST}</div><div style='display: none'>隐藏的2019年</div><div hidden>3%</div>{SECOND}<script>var a=1;</script>",
    ],
)
def test_breaks_preformatted_text_and_layout_tables_are_lines(body: str) -> None:
    assert read(f"<html><body>{body}</body></html>") == [FIRST, SECOND]


def test_a_page_keeps_its_place_when_it_says_a_wrong_charset() -> None:
    page = f'<html><head><meta charset="big5"></head><body><p>{FIRST}</p></body></html>'

    assert read_webpage(page.encode("gb18030"), "a.html", OPTIONS).encoding == "gb18030"
    assert FIRST in read_webpage(page.encode("gb18030"), "a.html", OPTIONS).text


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("<html><body>" + "<div>" * 99_000 + "80%", "nested too deeply"),
        ("<p>" + "<span><b>" * 40_000 + "80%", "nested too deeply"),
        ("<p>a</p>" * 100_001, "more than 100000 elements"),
        ("<html><body><script>80%</script></body></html>", "holds no article"),
        ("<!-- -->", "no web page|holds no article"),
    ],
)
def test_a_page_that_holds_no_article_says_why(page: str, problem: str) -> None:
    with pytest.raises(InputError, match=f"a.html: the (?:page|file).*(?:{problem}).*; save"):
        read_webpage(page.encode(), "a.html", OPTIONS)


def test_images_inside_the_page_cost_nothing() -> None:
    image = "data:image/png;base64," + "A" * 12_000_000

    assert read(f'<html><body><p>{FIRST}</p><img src="{image}"><p>{SECOND}</p></body></html>') == [FIRST, SECOND]


def test_nothing_outside_the_page_is_read() -> None:
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><head><base href="file:///"></head><body>'
        f'<p>{FIRST}&x;</p><iframe src="file:///etc/passwd"></iframe><object data="/etc/passwd"></object></body></html>'
    )

    assert "root:" not in "".join(read(page))


def test_a_table_whose_spans_explode_is_text() -> None:
    rows = '<tr><td colspan="9999" rowspan="9999">80%</td></tr>' + "<tr><td>1</td></tr>" * 1000
    page = f"<html><body><p>{FIRST}</p><table>{rows}</table></body></html>"

    assert read(page)[0] == FIRST


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    with pytest.raises(
        InputError, match=r"a.html: .* needs the package trafilatura; install it with: .*oncospan\[html\]"
    ):
        read_webpage(b"<p>80%</p>", "a.html", OPTIONS)


PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div>", "<table>", "<tr>", "<td colspan=3>", "<td rowspan='9'>", "</table>", "<br>", "<pre>", "<li>",
         "<script>", "</script>", "<!--", "-->", "<![CDATA[", "&x;", "&#0;", "&#xD800;", "\0", "<id=js_content>", "奥希替尼",
         "80%", "\r\n", "|", "<div id=js_content>", "<meta charset=big5>", "<body>", "<svg>", "<?xml", "<!DOCTYPE x [", "😀"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(PIECES)
def test_markup_at_random_is_an_article_or_a_failure(page: str) -> None:
    try:
        content = read_webpage(page.encode(), "a.html", OPTIONS)
    except InputError as error:
        assert str(error).startswith("a.html")
    else:
        assert content.text.strip()
