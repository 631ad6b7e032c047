"""Reads Chinese oncology articles and turns them into tables that people trust.

Example:
    >>> import oncospan
    >>> [(m.text, m.norm) for m in oncospan.extract("奥希替尼于2017年获批").mentions]
    [('奥希替尼', 'osimertinib'), ('2017年', '2017')]
"""

from datetime import date

from oncospan import pipeline
from oncospan.errors import OncospanError
from oncospan.files.articles import load_articles
from oncospan.model import Article, Extraction, Failure, Mention, Record, Span
from oncospan.pipeline import Pipeline

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Extraction",
    "Failure",
    "Mention",
    "OncospanError",
    "Pipeline",
    "Record",
    "Span",
    "extract",
    "load_articles",
]


def extract(text: str, published: date | str | None = None) -> Extraction:
    """Find every drug, percentage, date and mutation of one Chinese text.

    Args:
        text: the article, of any length, unchanged.
        published: its publication date (a date, or `2025-12-20`), which resolves 今年3月 and its like.

    Returns:
        The mentions with their places in the text and their normal forms, and the records that tie them together.

    Raises:
        ValueError: `published` is no date, or the text holds half a character (a lone surrogate).

    Example:
        >>> extract("奥希替尼组ORR为80%").mentions[0].norm
        'osimertinib'
    """
    try:
        day = date.fromisoformat(published) if isinstance(published, str) else published
    except ValueError:
        raise ValueError(f"{published!r} is no date; write published='2025-12-20'") from None
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        problem = f"character {error.start} of the text is half a character (a lone surrogate)"
        raise ValueError(f"{problem}; decode the text anew, or put U+FFFD in its place") from None
    return pipeline.extract(text, day)
