"""Goals and indicators as rules read them, and what rules say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Final

from budget.rules.finding import Finding, NotChecked, Side
from budget.rules.places import quoted

PROJECT_TABLE: Final = "project-goals"
OVERALL_TABLE: Final = "overall-goals"
SHEET: Final = "project-goal-sheet"
FIELDS: Final = (
    *("dimension", "aspect", "indicator", "target", "explanation", "scoring"),
    *("measure", "comparison", "weight"),
)
NOTHING: Final = frozenset({"", "无", "/", "-", "—", "——", "不适用"})
NO_GOALS: Final = NotChecked("文件中没有绩效目标表")


@dataclass(frozen=True, slots=True)
class Told:
    """One indicator as printed: ``texts`` by field, ``places`` their addresses.

    A field that the document does not print is in neither. ``damaged`` fields are not to be judged.
    """

    row: str
    texts: dict[str, str]
    places: dict[str, str]
    damaged: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> str:
        """Return what a field says, empty where it is not printed."""
        return self.texts.get(name, "").strip()

    def knows(self, *names: str) -> bool:
        """True where fields are printed and undamaged."""
        return all(name in self.texts and name not in self.damaged for name in names)

    def place(self, name: str = "indicator") -> str:
        """Return the address of a field, the row's name where the field has none."""
        return self.places.get(name) or self.places.get("indicator", self.row)

    @property
    def weight(self) -> Decimal | None:
        """Its points, None where none are printed."""
        return number(self["weight"])

    @property
    def is_placeholder(self) -> bool:
        """True for a row that only fills a place: target, explanation and scoring say 无."""
        told = ("target", "explanation", "scoring")
        known = [self[name] for name in told if self.knows(name)]
        return len(known) == len(told) and all(text in NOTHING for text in known)

    @property
    def is_qualitative(self) -> bool:
        """True where the target is told in words."""
        return self["comparison"] == "定性"

    @property
    def is_cost(self) -> bool:
        """True for 成本, which older tables keep under 产出."""
        return self["dimension"].startswith("成本") or "成本" in self["aspect"]

    @property
    def name(self) -> str:
        """What people call it: the indicator, or the nearest 二级 or 一级 where that says 无."""
        titles = (self["indicator"], self["aspect"], self["dimension"])
        return next((title for title in titles if title not in NOTHING), self["indicator"])

    def side(self, name: str, what: str = "") -> Side:
        """Return a field as one side of a comparison."""
        label = f"{quoted(self.name)}{what or TITLES.get(name, '')}"
        return Side(label, self[name] or "（空白）", "", self.place(name))


TITLES: Final = {
    "dimension": "一级指标",
    "aspect": "二级指标",
    "target": "指标值",
    "measure": "度量单位",
    "comparison": "指标值类型",
    "weight": "分值",
    "scoring": "评分标准",
    "indicator": "三级指标",
    "explanation": "指标解释",
}


@dataclass(frozen=True)
class Block:
    """A goal with its indicators: of a project, or of a unit's whole budget.

    ``is_whole`` is False where rows were lost, so that nothing can be said of all of them.
    """

    table: str
    code: str
    name: str
    goal: str
    place: str
    rows: tuple[Told, ...]
    is_whole: bool = True
    goal_is_damaged: bool = False

    @property
    def is_overall(self) -> bool:
        """True for the goal of a unit's whole spending."""
        return self.table == OVERALL_TABLE

    @cached_property
    def real(self) -> tuple[Told, ...]:
        """The indicators that are not mere placeholders."""
        return tuple(row for row in self.rows if not row.is_placeholder)


def number(text: str) -> Decimal | None:
    """Return a text that is nothing but a number, None for any other.

    >>> number("1,561.09"), number("95%")
    (Decimal('1561.09'), None)
    """
    try:
        found = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def unjudged(found: Sequence[Block], *fields: str) -> Iterator[NotChecked]:
    """Say what could not be judged: no goals at all, lost rows, damaged or unprinted fields."""
    if not found:
        yield NO_GOALS
    lost = [block.name for block in found if not block.is_whole]
    if lost:
        yield NotChecked(f"{'、'.join(lost)}的部分指标在转换中缺失")
    rows = [row for block in found for row in block.rows]
    count = sum(not row.damaged.isdisjoint(fields) for row in rows)
    if count:
        yield NotChecked(f"{count}个指标的文字在转换中残缺")
    for name in fields:
        silent = sum(name not in row.texts for row in rows)
        if silent:
            yield NotChecked(f"{silent}个指标没有列出{TITLES[name]}")


def finding(row: Told, field: str, right: Side | None, advice: str, *others: str) -> Finding:
    """Return a finding on one field of an indicator."""
    return Finding((row.place(field), *others), row.side(field), right, advice=advice)
