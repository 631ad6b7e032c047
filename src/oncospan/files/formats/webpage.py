"""Web pages as they were saved: the article without what stands around it, its tables as rows.

A WeChat page says where its article is. On other pages trafilatura decides what is boilerplate; the lines themselves
are read from the page, so that tables, breaks and preformatted text keep their structure.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from oncospan.errors import InputError
from oncospan.files.encoding import decode
from oncospan.files.formats.content import Content, join_lines, missing_package
from oncospan.files.formats.markup import Line, read_lines
from oncospan.files.options import ReadOptions
from oncospan.files.published import find_day, parse_day

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

#: Images saved inside the page, megabytes of them.
_EMBEDDED = re.compile(r"data:[a-z0-9.+/-]{1,40};base64,[A-Za-z0-9+/=\s]*")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MOST_ELEMENTS = 100_000
_TAG = re.compile(r"<[A-Za-z]")
#: WeChat's scripts hold what the page shows: the moment of publication in seconds, the account.
_MOMENT = re.compile(r"""\b(?:ct|oriCreateTime|create_time)\s*[=:]\s*["'](\d{10})["']""")
_CREATED = re.compile(r"""\bcreateTime\s*=\s*["'](\d{4}-\d{2}-\d{2})""")
_ACCOUNT = re.compile(r"""\bnickname\s*=\s*(?:htmlDecode\()?["']([^"']{1,80})["']""")
_CHINA = timedelta(hours=8)
#: A day that stands for "never", so that what is found does not depend on today.
_NEVER = "2100-01-01"
#: A line so short may stand in the article by chance.
_SHORT = 12
_NEARLY_ALL = 0.9
_AROUND = frozenset({"nav", "aside", "footer", "form"})
_AROUND_NAME = re.compile(
    r"(?<![a-z])(?:nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|share|social|related|recommend(?:ed)?|comments?|footer"
    r"|copyright|advert(?:isement)?|ads?|qr-?code|toolbar|pagination)(?![a-z])",
    re.IGNORECASE,
)
#: Who wrote it and how often it was read, between the title and the first paragraph.
_BYLINE = re.compile(
    r"^.{0,60}(?:来源|來源|作者|编辑|編輯|阅读|閱讀|浏览|瀏覽|发布|發布|發佈|\d{4}[-/年]\d{1,2}[-/月]\d{1,2}).{0,40}$"
)


def read_webpage(data: bytes, path: str, options: ReadOptions) -> Content:
    """Return the article of a saved web page, with the title, date and site or account that it states.

    Args:
        data: all of the page.
        path: its name, for errors.
        options: how to decode it.

    Raises:
        InputError: it is no page, holds no article, is nested too deeply, or trafilatura is missing.
    """
    try:
        import trafilatura  # noqa: F401 - asked for before the page is decoded
    except ImportError:
        raise missing_package("trafilatura", "html", path) from None
    decoded = decode(data, path, options, markup=True)
    tree = _parse(decoded.text, path)
    article = tree.get_element_by_id("js_content", None)
    try:
        content = _read_wechat(tree, article, decoded.text) if article is not None else _read_page(tree)
    except (RecursionError, ValueError, AttributeError, TypeError, KeyError, IndexError) as error:
        problem = f"the page cannot be taken apart ({type(error).__name__})"
        raise InputError(problem, path=path, remedy="save the article as text") from None
    if not content.text:
        remedy = "save the page when the article is shown, or save the article as text"
        raise InputError("the page holds no article", path=path, remedy=remedy)
    return Content(
        content.text,
        title=content.title,
        published=content.published or find_day(content.text.split("\n")),
        source=content.source,
        encoding=decoded.encoding,
        replaced=decoded.replaced,
    )


def _parse(text: str, path: str) -> HtmlElement:
    """Return the tree of a page; libxml2 follows nothing and stops at a depth and a size of its own."""
    import lxml.html

    text = _UNREADABLE.sub("\ufffd", _EMBEDDED.sub("data:,", text))
    remedy = "save the article as text"
    # Counted before there is a tree: an element takes hundreds of bytes.
    if sum(1 for _ in _TAG.finditer(text)) > _MOST_ELEMENTS:
        raise InputError(f"the page has more than {_MOST_ELEMENTS} elements", path=path, remedy=remedy)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        raise InputError("the file is no web page", path=path, remedy=remedy) from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or entry.level_name == "FATAL" for entry in parser.error_log):
        raise InputError("the page is nested too deeply or holds too long a piece", path=path, remedy=remedy)
    return tree


def _read_wechat(tree: HtmlElement, article: HtmlElement, page: str) -> Content:
    title = _shown(tree, "activity-name") or _meta(tree, "og:title")
    account = _shown(tree, "js_name") or _meta(tree, "og:article:author")
    if account is None and (found := _ACCOUNT.search(page)):
        account = found[1]
    lines = [line.text for line in read_lines(article)]
    if title and title not in lines[:3]:
        lines = [title, "", *lines]
    published = _shown_day(_shown(tree, "publish_time")) or _moment(page)
    return Content(join_lines(lines), title=title, published=published, source=account)


def _shown(tree: HtmlElement, name: str) -> str | None:
    node = tree.get_element_by_id(name, None)
    return (" ".join(node.text_content().split()) or None) if node is not None else None


def _meta(tree: HtmlElement, name: str) -> str | None:
    for node in tree.iter("meta"):
        if name in (node.get("property"), node.get("name")) and (content := node.get("content", "").strip()):
            return str(content)
    return None


def _shown_day(text: str | None) -> date | None:
    try:
        return parse_day(text)
    except ValueError:
        return None


def _moment(page: str) -> date | None:
    if found := _CREATED.search(page):
        return _shown_day(found[1])
    found = _MOMENT.search(page)
    return (datetime.fromtimestamp(int(found[1]), UTC) + _CHINA).date() if found else None


def _read_page(tree: HtmlElement) -> Content:
    import trafilatura

    body = tree.find("body")
    lines = read_lines(body if body is not None else tree, _is_boilerplate)
    head = next((line.text for line in lines if line.node.tag == "h1" and line.text), None)
    dates = {"extensive_search": False, "original_date": True, "max_date": _NEVER}
    # trafilatura prunes the tree it is given.
    found = trafilatura.bare_extraction(
        copy.deepcopy(tree), fast=True, favor_recall=True, include_comments=False, include_tables=True,
        with_metadata=True, date_extraction_params=dates,
    )  # fmt: skip
    if not isinstance(found, trafilatura.settings.Document) or not found.text:
        return Content(join_lines(line.text for line in lines), title=head or _meta(tree, "og:title"))
    kept = _keep(lines, found.text)
    if head and head not in kept:
        kept = [head, "", *kept]
    return Content(join_lines(kept), title=found.title, published=_shown_day(found.date), source=found.sitename)


def _is_boilerplate(node: _Element) -> bool:
    return node.tag in _AROUND or bool(_AROUND_NAME.search(f"{node.get('class', '')} {node.get('id', '')}"))


def _keep(lines: Sequence[Line], article: str) -> list[str]:
    """Return the lines of the element that holds nearly all of what trafilatura counts as the article's.

    trafilatura alone would lose captions, headings and reference lists made of links.
    """
    whole = _squeeze(article)
    known = [
        len(line.text) > _SHORT and not _BYLINE.search(line.text) and _squeeze(line.text) in whole for line in lines
    ]
    weights: Counter[_Element] = Counter()
    for line, is_known in zip(lines, known, strict=True):
        if is_known:
            for holder in (line.node, *line.node.iterancestors()):
                weights[holder] += len(line.text)
    enough = max(weights.values(), default=0) * _NEARLY_ALL
    holders = [holder for holder, weight in weights.items() if weight >= enough]
    if not holders:
        return [line.text for line in lines]
    article_node = max(holders, key=lambda holder: sum(1 for _ in holder.iterancestors()))
    inside = set(article_node.iter())
    first = known.index(True)
    kept = [
        index
        for index, line in enumerate(lines)
        if line.node in inside and not (index < first and _BYLINE.search(line.text))
    ]
    if article_node.tag in ("body", "html"):
        # Nothing holds the article alone: what stands before and behind it is not its own.
        last = len(known) - 1 - known[::-1].index(True)
        texts = [_squeeze(line.text) for line in lines]
        while first > 0 and texts[first - 1] in whole:
            first -= 1
        while last + 1 < len(texts) and texts[last + 1] in whole:
            last += 1
        kept = [index for index in kept if first <= index <= last]
    return [lines[index].text for index in kept]


def _squeeze(text: str) -> str:
    """Leave out what the two ways of writing a table and a list differ in."""
    return re.sub(r"[\s|¦]+|-{3,}|(?m:^- )", "", text)
