"""OKRs as documents without a look: headings, tables and bars, for whoever writes them elsewhere.

Only what everybody here may read stands in them, since nobody asks there who is reading.
"""

from okr.documents.blocks import (
    Bar,
    Block,
    Document,
    Fold,
    Heading,
    Inline,
    Judgement,
    Link,
    Paragraph,
    Prose,
    Rule,
    Table,
    Words,
)
from okr.documents.chapters import Contents
from okr.documents.company import company_okrs, company_review
from okr.documents.comparing import fingerprint
from okr.documents.drawn import drawn
from okr.documents.units import unit_okrs, unit_review
from okr.documents.withheld import withheld

__all__ = [
    "Bar",
    "Block",
    "Contents",
    "Document",
    "Fold",
    "Heading",
    "Inline",
    "Judgement",
    "Link",
    "Paragraph",
    "Prose",
    "Rule",
    "Table",
    "Words",
    "company_okrs",
    "company_review",
    "drawn",
    "fingerprint",
    "unit_okrs",
    "unit_review",
    "withheld",
]
