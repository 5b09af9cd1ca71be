"""What stands in a cell of a file, as a value and back, with refusals an accountant understands.

A widget raises ValueError with a Chinese sentence; the page puts row and column before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from import_export.widgets import Widget

from budget.models import CodeField
from budget.money import fen
from budget.terms import Term

Row = Mapping[str, Any]

HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９．，－＋　", "0123456789.,-+ ")
AMOUNT: Final = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def typed(value: Any) -> str:
    """Return what was typed into a cell as text without blanks around it, "" for nothing.

    A whole number that a spreadsheet keeps as 2010301.0 is 2010301.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


class TextWidget(Widget):  # type: ignore[misc]
    """Any text; nothing is an empty text."""

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> str:
        """Return the text."""
        return typed(value)


class YuanWidget(Widget):  # type: ignore[misc]
    """An amount of yuan: 1561.09, 1,561.09, full-width digits; at most 分."""

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> Decimal | None:
        """Return the exact amount, None for nothing. Raises ValueError."""
        amount = decimal_of(value, "金额")
        if amount is not None:
            fen(amount)
        return amount

    def render(self, value: Any, obj: Any = None, **_: Any) -> Any:
        """Return the amount as a number."""
        return "" if value is None else value


class NumberWidget(Widget):  # type: ignore[misc]
    """A number with decimals that is no amount, such as 分值."""

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> Decimal | None:
        """Return the number, None for nothing. Raises ValueError."""
        return decimal_of(value, "数字")

    def render(self, value: Any, obj: Any = None, **_: Any) -> Any:
        """Return the number."""
        return "" if value is None else value


class WholeWidget(Widget):  # type: ignore[misc]
    """A whole number."""

    def __init__(self, blank: int | None = None) -> None:
        super().__init__()
        self.blank = blank

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> int | None:
        """Return the number, the widget's own value for nothing. Raises ValueError."""
        number = decimal_of(value, "整数")
        if number is None:
            return self.blank
        if number != number.to_integral_value():
            raise ValueError(f"“{typed(value)}”不是有效整数")
        return int(number)

    def render(self, value: Any, obj: Any = None, **_: Any) -> Any:
        """Return the number."""
        return "" if value is None else value


def decimal_of(value: Any, what: str) -> Decimal | None:
    """Return a typed number exactly, None for nothing. Raises ValueError."""
    if isinstance(value, Decimal):
        return value
    # A float is what a spreadsheet keeps; its shortest text is the number that was typed.
    text = repr(value) if isinstance(value, float) else typed(value)
    plain = text.translate(HALF_WIDTH).strip().lstrip("¥￥").strip()
    if not plain:
        return None
    if isinstance(value, bool) or not AMOUNT.fullmatch(plain):
        raise ValueError(f"“{text}”不是有效{what}")
    return Decimal(plain.replace(",", ""))


class DateWidget(Widget):  # type: ignore[misc]
    """A day: 2023-01-01, 2023/1/1, 2023年1月1日, or a cell of the type date."""

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> date | None:
        """Return the day, None for nothing. Raises ValueError."""
        if isinstance(value, datetime):
            return value.date()
        text = typed(value).translate(HALF_WIDTH)
        if not text:
            return None
        found = DATE.fullmatch(text)
        try:
            if found:
                return date(*(int(part) for part in found.groups()))
        except ValueError:
            pass  # the 30th of February: said below like any other
        raise ValueError(f"“{typed(value)}”不是有效日期，应如 2023-01-01")

    def render(self, value: Any, obj: Any = None, **_: Any) -> str:
        """Return the day as 2023-01-01."""
        return "" if value is None else str(value)


class FlagWidget(Widget):  # type: ignore[misc]
    """Yes or no: 是, 否; nothing is the widget's own value."""

    def __init__(self, blank: bool = False) -> None:
        super().__init__()
        self.blank = blank

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> bool:
        """Return the flag. Raises ValueError."""
        text = typed(value)
        if text in ("是", "True", "1"):
            return True
        if text in ("否", "False", "0"):
            return False
        if not text:
            return self.blank
        raise ValueError(f"“{text}”应填“是”或“否”")

    def render(self, value: Any, obj: Any = None, **_: Any) -> str:
        """Return 是 or 否."""
        return "是" if value else "否"


class TermWidget(Widget):  # type: ignore[misc]
    """A word of a vocabulary, by its Chinese label (the stored word is understood too)."""

    def __init__(self, terms: Iterable[Term], blank: Term | None = None) -> None:
        super().__init__()
        self.terms = tuple(terms)
        self.blank = blank

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> Term | None:
        """Return the term. Raises ValueError that lists what there is."""
        text = typed(value)
        if not text:
            return self.blank
        for term in self.terms:
            if text in (term.label, term.value):
                return term
        known = "、".join(term.label for term in self.terms)
        raise ValueError(f"“{text}”不在可选值之中，可填：{known}")

    def render(self, value: Any, obj: Any = None, **_: Any) -> str:
        """Return the label."""
        return value.label if isinstance(value, Term) else ""


class CodeWidget(Widget):  # type: ignore[misc]
    """A classification code in any spelling."""

    def __init__(self, field: CodeField) -> None:
        super().__init__()
        self.field = field

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> str | None:
        """Return the stored spelling, None for nothing. Raises ValueError."""
        try:
            code: str | None = self.field.to_python(typed(value))
        except ValidationError as error:
            raise ValueError("；".join(error.messages)) from error
        return code


class ListWidget(Widget):  # type: ignore[misc]
    """Several names in one cell, separated by 、"""

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> list[str]:
        """Return the names."""
        return [name.strip() for name in re.split("[、；;\n]", typed(value)) if name.strip()]

    def render(self, value: Any, obj: Any = None, **_: Any) -> str:
        """Return the names in one text."""
        return "、".join(value or ())


class OneOf(Widget):  # type: ignore[misc]
    """A row of another table, by what people call it."""

    def __init__(
        self,
        find: Callable[[str, Row], models.Model | None],
        show: Callable[[Any], object],
    ) -> None:
        """Take ``find``, which gets what was typed and the whole row, and ``show``, its reverse."""
        super().__init__()
        self.find = find
        self.show = show

    def clean(self, value: Any, row: Row | None = None, **_: Any) -> models.Model | None:
        """Return the row of the other table, None for nothing. Raises ValueError."""
        return self.find(typed(value), row or {})

    def render(self, value: Any, obj: Any = None, **_: Any) -> Any:
        """Return what people call it."""
        return "" if value is None else self.show(value)
