"""Reads Chinese oncology articles and turns them into tables that people trust.

Example:
    >>> import oncospan
    >>> [(m.text, m.norm) for m in oncospan.extract("奥希替尼于2017年获批").mentions]
    [('奥希替尼', 'osimertinib'), ('2017年', '2017')]
"""

from oncospan.errors import OncospanError
from oncospan.files.articles import load_articles
from oncospan.model import Article, Extraction, Failure, Mention, Record, Span
from oncospan.pipeline import Pipeline, extract

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
