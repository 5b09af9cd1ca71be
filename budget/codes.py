"""Arithmetic of classification codes: the code is the path through its tree.

A function code has three digits for the 类, then two for the 款 and two for the 项 (201, 20103,
2010301). An economic code stops at the 款 (301, 30101). People also write 201-03-01 or 201 03 01;
all spellings are one code, kept without separators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from budget.terms import Level

SEPARATORS = re.compile(r"[\s\-－—–·./]+")
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
LEVELS = {3: Level.CATEGORY, 5: Level.SECTION, 7: Level.ITEM}


class MalformedCode(ValueError):
    """A text is no classification code in any spelling."""


def parse_code(text: str) -> str:
    """Return a code in its one stored spelling.

    Raises MalformedCode when the text is not 3, 5 or 7 digits in groups of 3-2-2.

    >>> parse_code("201-03-01"), parse_code("201 03 01"), parse_code("２０１０３０１")
    ('2010301', '2010301', '2010301')
    """
    groups = [group for group in SEPARATORS.split(text.translate(FULL_WIDTH).strip()) if group]
    digits = "".join(groups)
    if not digits.isascii() or not digits.isdigit() or len(digits) not in LEVELS:
        raise MalformedCode(f"“{text}”不是科目编码：应为3、5或7位数字，如 201、20103、201-03-01")
    if len(groups) > 1 and tuple(groups) != parts(digits):
        raise MalformedCode(f"“{text}”的分段不对：类3位、款2位、项2位，如 201-03-01")
    return digits


def level(code: str) -> Level:
    """Return the level of a stored code.

    >>> level("20103").label
    '款'
    """
    return LEVELS[len(code)]


def parent(code: str) -> str | None:
    """Return the code one level up, None for a 类.

    >>> parent("2010301"), parent("201")
    ('20103', None)
    """
    return code[:-2] if len(code) > 3 else None


@lru_cache(maxsize=4096)
def parts(code: str) -> tuple[str, ...]:
    """Return the code's own digits per level.

    >>> parts("2010301")
    ('201', '03', '01')
    """
    return (code[:3], *(code[start : start + 2] for start in range(3, len(code), 2)))


@lru_cache(maxsize=4096)
def path(code: str) -> tuple[str, ...]:
    """Return the code and all above it, from the 类 down.

    >>> path("2010301")
    ('201', '20103', '2010301')
    """
    return tuple(code[:length] for length in range(3, len(code) + 1, 2))


def category(code: str) -> str:
    """Return the 类 of a code.

    >>> category("2010301")
    '201'
    """
    return code[:3]


def section(code: str) -> str | None:
    """Return the 款 of a code, None where it is a 类.

    >>> section("2010301"), section("201")
    ('20103', None)
    """
    return code[:5] if len(code) > 3 else None


def divided(used: Iterable[str], valid: Iterable[str]) -> tuple[str, ...]:
    """Return, in order, the 款 among the codes used that have valid 项 below them.

    >>> divided(["201", "20103", "21901"], ["20103", "2010301", "21901"])
    ('20103',)
    """
    above = {parent(code) for code in valid if level(code) is Level.ITEM}
    return tuple(sorted(code for code in used if code in above))


def hyphenated(code: str) -> str:
    """Return the code as people read it aloud.

    >>> hyphenated("2010301")
    '201-03-01'
    """
    return "-".join(parts(code))
