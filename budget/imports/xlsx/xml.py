"""Reading a part's XML as a stream of elements; a document type is refused, entities with it."""

from __future__ import annotations

from functools import lru_cache
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

from budget.imports.xlsx.limits import NOT_A_WORKBOOK
from budget.imports.xlsx.refusal import UnreadableWorkbook


def read_into(handler: ContentHandler, content: bytes, part: str) -> None:
    """Give a part's elements to a handler. Raises UnreadableWorkbook."""
    try:
        parseString(content, handler, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableWorkbook(f"工作簿含有不允许的内容（{part} 中的 DOCTYPE）") from error
    except (SAXException, LookupError) as error:
        raise UnreadableWorkbook(f"{NOT_A_WORKBOOK}（{part} 已损坏）") from error


@lru_cache(maxsize=256)
def local(name: str) -> str:
    """Return an element's name without its prefix.

    >>> local("x:sheetData")
    'sheetData'
    """
    return name.rpartition(":")[2]
