"""What may stand in a cell: how a typed text becomes a value, and how a value is shown.

``read`` and ``show`` are each other's inverse. Texts are what people type, paste or put in a
workbook; a text that is no value raises Unreadable with a reason in Chinese, and never becomes a
blank or a zero. Amounts are typed and shown in the unit that the person chose, always exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from budget.codes import LEVELS, parent
from budget.money import YUAN, MoneyUnit
from budget.sheets.codes import UnknownSpelling
from budget.spellings import Unreadable, amount, amount_text, count, day, weight, weight_text
from budget.terms import CodeScheme, Term

if TYPE_CHECKING:
    from budget.sheets.part import Part

YES, NO = "是", "否"


class Kind(Protocol):
    """A kind of cell; ``name`` is what pages and scripts know it by."""

    @property
    def name(self) -> str:
        """The word for it in HTML."""

    def read(self, text: str, part: Part, unit: MoneyUnit) -> Any:
        """Return the value of a text, None for a blank one. Raises Unreadable."""

    def show(self, value: Any, part: Part, unit: MoneyUnit) -> str:
        """Return the text of a value, "" for None."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, a ``Decimal`` of yuan."""

    name: str = "money"

    def read(self, text: str, part: Part, unit: MoneyUnit) -> Decimal | None:
        """Return yuan."""
        return amount(text, unit)

    def show(self, value: Decimal | None, part: Part, unit: MoneyUnit) -> str:
        """Return every digit of the amount in the unit."""
        return amount_text(value, unit)


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of people or things."""

    name: str = "count"

    def read(self, text: str, part: Part, unit: MoneyUnit) -> int | None:
        """Return the number."""
        return count(text)

    def show(self, value: int | None, part: Part, unit: MoneyUnit) -> str:
        """Return its digits."""
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Score:
    """A weight of an indicator (分值)."""

    name: str = "score"

    def read(self, text: str, part: Part, unit: MoneyUnit) -> Decimal | None:
        """Return the weight."""
        return weight(text)

    def show(self, value: Decimal | None, part: Part, unit: MoneyUnit) -> str:
        """Return it without idle zeros."""
        return weight_text(value)


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    name: str = "day"

    def read(self, text: str, part: Part, unit: MoneyUnit) -> date | None:
        """Return the date."""
        return day(text)

    def show(self, value: date | None, part: Part, unit: MoneyUnit) -> str:
        """Return it as 2026-01-05."""
        return "" if value is None else value.isoformat()


@dataclass(frozen=True, slots=True)
class Words:
    """A text of at most ``longest`` characters; ``lines`` is how tall its box is."""

    longest: int | None = None
    lines: int = 1
    name: str = "text"

    def read(self, text: str, part: Part, unit: MoneyUnit) -> str | None:
        """Return the text without blanks around it."""
        words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if "\x00" in words:
            raise Unreadable("文字中有不可见的控制字符，请删去后重新填写")
        if self.longest is not None and len(words) > self.longest:
            raise Unreadable(f"最多{self.longest}个字，现有{len(words)}个字")
        return words or None

    def show(self, value: str | None, part: Part, unit: MoneyUnit) -> str:
        """Return the text."""
        return value or ""


@dataclass(frozen=True, slots=True)
class Names:
    """A list of short names, typed with 、 between them."""

    name: str = "text"

    def read(self, text: str, part: Part, unit: MoneyUnit) -> list[str] | None:
        """Return the names in order."""
        flat = text.replace("\n", "、").replace("；", "、").replace("，", "、")
        return [each.strip() for each in flat.split("、") if each.strip()] or None

    def show(self, value: list[str] | None, part: Part, unit: MoneyUnit) -> str:
        """Return them joined."""
        return "、".join(value or ())


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no; blank is no."""

    name: str = "flag"

    def read(self, text: str, part: Part, unit: MoneyUnit) -> bool:
        """Return whether it is yes."""
        words = text.strip()
        if words in (YES, "√", "✓", "1", "TRUE", "true", "Y", "y"):
            return True
        if words in ("", NO, "×", "0", "FALSE", "false", "N", "n"):
            return False
        raise Unreadable(f"“{words}”既不是“是”也不是“否”")

    def show(self, value: bool | None, part: Part, unit: MoneyUnit) -> str:
        """Return 是, or blank for no."""
        return YES if value else ""


@dataclass(frozen=True)
class Choice:
    """A word of a vocabulary, chosen by its label; ``among`` narrows the vocabulary."""

    term: type[Term]
    among: tuple[Term, ...] = ()
    name: str = "choice"

    def options(self, part: Part) -> Mapping[str, str]:
        """Return the labels that may be chosen, by themselves."""
        return {term.label: term.label for term in self.among or tuple(self.term)}

    def read(self, text: str, part: Part, unit: MoneyUnit) -> Term | None:
        """Return the term of a label or of a stored word."""
        words = text.strip()
        if not words:
            return None
        for term in self.among or tuple(self.term):
            if words in (term.label, term.value):
                return term
        labels = "、".join(self.options(part))
        raise Unreadable(f"“{words}”不在可选范围之内；可选：{labels}")

    def show(self, value: Term | None, part: Part, unit: MoneyUnit) -> str:
        """Return the label."""
        return "" if value is None else value.label


@dataclass(frozen=True)
class Option:
    """One of some texts that depend on the part: stored words by the labels that people see."""

    among: Callable[[Part], Mapping[str, str]]
    what: str
    name: str = "choice"

    def options(self, part: Part) -> Mapping[str, str]:
        """Return labels by stored word."""
        return self.among(part)

    def read(self, text: str, part: Part, unit: MoneyUnit) -> str | None:
        """Return the stored word of a label, of a word, or of both with a blank between them."""
        words = text.strip()
        if not words:
            return None
        offered = self.among(part)
        if words in offered:
            return words
        meant = [word for word, label in offered.items() if words in (label, _name_in(label))]
        head = words.split()[0]
        if not meant and head in offered:
            return head
        if len(meant) != 1:
            raise Unreadable(f"没有名为“{words}”的{self.what}")
        return meant[0]

    def show(self, value: str | None, part: Part, unit: MoneyUnit) -> str:
        """Return the label."""
        return "" if value is None else self.among(part).get(value, value)


def _name_in(label: str) -> str:
    """Return what stands behind the code in a label: P1 老旧小区改造."""
    return label.partition(" ")[2]


@dataclass(frozen=True)
class Code:
    """A classification code of one scheme and of certain lengths, without separators.

    A code that the list lacks is accepted when it is typed with its name: the part then proposes it
    (待预算科确认).
    """

    scheme: CodeScheme
    lengths: tuple[int, ...]
    name: str = "code"

    def read(self, text: str, part: Part, unit: MoneyUnit) -> str | None:
        """Return the code."""
        if not text.strip():
            return None
        known = part.codes(self.scheme)
        try:
            code, name = known.find(text)
        except UnknownSpelling as error:
            raise Unreadable(str(error)) from error
        if len(code) not in self.lengths:
            levels = "或".join(f"{size}位的{LEVELS[size].label}" for size in self.lengths)
            raise Unreadable(f"{known.told(code)} 不能列金额，应填{levels}")
        if not known.is_leaf(code):
            raise Unreadable(f"{known.told(code)} 之下还有明细科目，请填到明细")
        if not known.knows(code):
            self._propose(code, name, part)
        return code

    def _propose(self, code: str, name: str, part: Part) -> None:
        above = parent(code)
        if above is None or not part.codes(self.scheme).knows(above):
            raise Unreadable(f"科目表中没有 {code}，也没有它的上级科目 {above or ''}，请核对编码")
        if not name:
            raise Unreadable(
                f"科目表中没有 {code}；确需使用的，请写成“{code} 科目名称”，将记为待预算科确认"
            )
        part.propose(self.scheme, code, name)

    def show(self, value: str | None, part: Part, unit: MoneyUnit) -> str:
        """Return the code; its name is shown beside it."""
        return value or ""

    def named(self, text: str, part: Part) -> str:
        """Return the name of a code that is shown, "" for any other text."""
        return part.codes(self.scheme).names.get(text, "")


EXACT = YUAN
"""The unit in which edits and pending rows are kept."""
