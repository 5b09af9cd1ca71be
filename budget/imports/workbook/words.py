"""Words as they are compared: blanks, widths of characters and numbering do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

BLANKS: Final = re.compile(r"\s+")
QUOTES: Final = str.maketrans("“”‘’＂", '""\'\'"')
NUMBERING: Final = re.compile(r"^(\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[、..,])")
TOTALS: Final = ("合计", "总计")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a text without blanks, in half-width characters and straight quotation marks.

    >>> plain("收 入 总 计（万元）")
    '收入总计(万元)'
    """
    return BLANKS.sub("", unicodedata.normalize("NFKC", text.translate(QUOTES)))


def unnumbered(text: str) -> str:
    """Return a plain text without the number before it.

    >>> unnumbered("一、一般公共预算"), unnumbered("2. 其他收入"), unnumbered("其中：项目")
    ('一般公共预算', '其他收入', '项目')
    """
    words = NUMBERING.sub("", plain(text))
    return words.removeprefix("其中:")


def is_total(text: str) -> bool:
    """Return whether a text names the sum of a table."""
    return plain(text) in TOTALS
