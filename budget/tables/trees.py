"""Rows that follow a classification: 类, 款 and 项 with money, each the sum of those below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from budget.book import Catalogue
from budget.codes import parent, parts, path
from budget.document import Footing, RowKind
from budget.edition import CodeStyle, TableUse, TotalPlace
from budget.ledger import Where, dimensions_of, where
from budget.money import ZERO
from budget.tables.coverage import require_place
from budget.tables.spec import Amount, Group, RowPlan, Setting, Value, code, text

FUNCTION_PARTS = (code("category", "类"), code("section", "款"), code("item", "项"))
FUNCTION_NAME = text("function", "功能科目", width=22)
FUNCTION_COLUMNS = (Group("code", "科目编码", FUNCTION_PARTS), FUNCTION_NAME)

FUNCTION_LEVELS = ("category", "section", "function")
ECONOMIC_LEVELS = ("economic_category", "economic")

TOTAL = "total"
KINDS = {3: RowKind.CATEGORY, 5: RowKind.SECTION, 7: RowKind.ITEM}


@dataclass
class Node:
    """The amounts of a code by column key, and whether lines bear this very code."""

    amounts: dict[str, Decimal] = field(default_factory=dict)
    is_leaf: bool = False


@dataclass(frozen=True)
class Tree:
    """Rows by one classification dimension, of the lines that ``question`` names.

    ``levels`` are the dimensions of 类, 款 and 项, by which a row says which lines it holds;
    ``heads`` writes a row's code and name columns.
    """

    has_total: ClassVar[bool] = True

    dimension: str
    levels: tuple[str, ...]
    question: Where
    heads: Callable[[Setting, str, bool], Mapping[str, Value]]
    total_heads: Mapping[str, Value]

    def plans(self, setting: Setting) -> Iterable[RowPlan]:
        """Return 合计 and the rows of the tree. Raises MoneyWithoutPlace."""
        _require_columns(setting, self.question)
        nodes = self.nodes(setting)
        whole = nodes.pop(TOTAL, Node())
        rows = [self._row(setting, code, nodes[code]) for code in sorted(nodes)]
        last = RowPlan(
            TOTAL,
            RowKind.TOTAL,
            {**self.total_heads, **self._amounts(setting, whole, (self.question,))},
        )
        return [last, *rows] if setting.use.total is TotalPlace.FIRST else [*rows, last]

    def nodes(self, setting: Setting) -> dict[str, Node]:
        """Return the nodes with money by code, the whole under TOTAL.

        Each line is added to its own code and to all above it.
        """
        money = setting.spec.money
        dimensions = dimensions_of(
            self.question, *(column.where for column in money), also=(self.dimension,)
        )
        place = dimensions.index(self.dimension)
        wanted = self.question.test(dimensions)
        tests = [(column.key, column.where.test(dimensions)) for column in money]
        nodes: dict[str, Node] = {}
        for key, amount in setting.book.ledger.sums(dimensions).items():
            if not amount or not wanted(key):
                continue
            leaf = str(key[place])
            columns = [column for column, test in tests if test(key)]
            for key_of_node in (TOTAL, *path(leaf)):
                node = nodes.setdefault(key_of_node, Node())
                node.is_leaf |= key_of_node == leaf
                for column in columns:
                    node.amounts[column] = node.amounts.get(column, ZERO) + amount
        return nodes

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterator[Footing]:
        """Each row is the sum of the rows one level below it, in every money column."""
        below: dict[str, list[str]] = {}
        for plan in plans:
            if plan.key != TOTAL:
                below.setdefault(parent(plan.key) or TOTAL, []).append(plan.key)
        for key, children in below.items():
            for column in setting.spec.money:
                yield Footing(
                    f"{key}/{column.key}", tuple(f"{child}/{column.key}" for child in children)
                )

    def _row(self, setting: Setting, code: str, node: Node) -> RowPlan:
        level = self.levels[len(parts(code)) - 1]
        questions = (self.question, where(**{level: code}))
        values = {
            **self.heads(setting, code, node.is_leaf),
            **self._amounts(setting, node, questions),
        }
        return RowPlan(code, RowKind.ITEM if node.is_leaf else KINDS[len(code)], values)

    def _amounts(
        self, setting: Setting, node: Node, questions: tuple[Where, ...]
    ) -> Mapping[str, Value]:
        return {
            column.key: Amount(node.amounts.get(column.key, ZERO), (*questions, column.where))
            for column in setting.spec.money
        }


def _require_columns(setting: Setting, question: Where) -> None:
    """Check that the columns that make up the total hold every line of the table."""
    money = setting.spec.money
    counted = {key for column in money for key in column.sum_of}
    places = [column.where for column in money if not counted or column.key in counted]
    require_place(setting, question, [question & place for place in places])


def by_function(question: Where) -> Tree:
    """Return rows by function code, in three code columns and a name."""
    return Tree("function", FUNCTION_LEVELS, question, _function_heads, {"function": "合计"})


def by_economic(question: Where) -> Tree:
    """Return rows by departmental economic code, in one code column and a name."""
    return Tree("economic", ECONOMIC_LEVELS, question, _economic_heads, {"economic_name": "合计"})


def _function_heads(setting: Setting, code: str, is_leaf: bool) -> Mapping[str, Value]:
    catalogue: Catalogue = setting.book.catalogue
    shown = shown_parts(setting.use, code, is_leaf)
    return {
        **dict(zip(("category", "section", "item"), shown, strict=False)),
        "function": catalogue.function_name(code),
    }


def shown_parts(use: TableUse, code: str, is_leaf: bool) -> tuple[str, ...]:
    """Return what the code columns of a row show.

    Subtotal rows show their own digits only, where the edition prints partial codes.
    """
    own = parts(code)
    if use.codes is CodeStyle.REPEATED or is_leaf:
        return own
    return (*("" for _ in own[:-1]), own[-1])


def _economic_heads(setting: Setting, code: str, is_leaf: bool) -> Mapping[str, Value]:
    return {"economic": code, "economic_name": setting.book.catalogue.economic_name(code)}
