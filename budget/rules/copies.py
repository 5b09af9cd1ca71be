"""同一张表的两份: a file may print a table twice, in 万元 and again in 元; both say the same.

The first copy is checked by all other rules. Of two cells that differ the one is told first that
sums and other tables do not bear out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from budget.document import Cell, CellKind, Footing, Row, Table
from budget.rules.diagnosis import stated as measured
from budget.rules.expected import printed_as, wanted
from budget.rules.finding import Equal, Finding, Fix, NotChecked, Outcome, Side
from budget.rules.pairing import Pair, paired, stated
from budget.rules.places import called_row, named_cells, row_name
from budget.rules.printed import Printed, Subject
from budget.rules.registry import Blame, rule
from budget.rules.telling import BLANK, in_unit, side
from budget.terms import Severity

NO_ROW: Final = "没有这一行"
FEWEST: Final = 4
"""So many cells differ at least where two copies are told to differ as a whole."""


@rule(
    "AGR004",
    Severity.ERROR,
    "同一张表的两份逐格相同",
    explain="同一张表另附一份（如以元为单位）的，先确定哪一份正确，再更正另一份。",
    basis="部门预算各表，表间勾稽",
    example="支出总表基本支出 656.38万元，另附的以元为单位的一份为 6,568,300.00元。",
    blames=Blame.FIRST,
)
def copies_say_the_same(subject: Subject) -> Iterable[Outcome]:
    """A table that stands in a file twice states the same amounts and words both times."""
    yield from _only_once(subject)
    for each in subject.once(_comparisons):
        yield from each.cells()
        yield from _heads(subject, each.table, each.copy)


@rule(
    "AGR005",
    Severity.ERROR,
    "同一张表的两份各行齐全",
    explain="同一张表另附一份的，两份的行相同；缺行的一份补上，多余的行从另一份删去。",
    basis="部门预算各表，表间勾稽",
    example="基本支出表有“公务接待费”一行，另附的以元为单位的一份没有。",
    blames=Blame.ALL,
)
def copies_have_the_same_rows(subject: Subject) -> Iterable[Outcome]:
    """A table that stands in a file twice has the same rows both times."""
    yield from _only_once(subject)
    for each in subject.once(_comparisons):
        yield from each.rows()


def _only_once(subject: Subject) -> Iterator[NotChecked]:
    if not subject.copies:
        yield NotChecked("每张表只有一份")


def _comparisons(subject: Subject) -> tuple[Comparison, ...]:
    tables = subject.document.tables_by_code
    return tuple(
        Comparison(subject, tables[copy.code.partition("@")[0]], copy) for copy in subject.copies
    )


def _heads(subject: Subject, table: Table, copy: Table) -> Iterator[Finding]:
    """Yield what stands above a copy and is not this document's own, as for the first (HED001)."""
    document, edition = subject.document, subject.edition
    line = f"{edition.wording[document.scope].subject}：{document.name}"
    if copy.subject != line:
        yield _head(copy, "subject", "名称行", copy.subject, line)
    for use, printed in printed_as(document, edition):
        title = wanted(document, edition, use.title)
        if printed is table and not title.fits(copy.title):
            yield _head(copy, "title", "标题", copy.title, title.told)


def _head(copy: Table, place: str, what: str, text: str, right: str) -> Finding:
    return Finding(
        (f"{copy.code}/{place}",),
        Side(f"{copy.name}的{what}", text or BLANK),
        Side("应为", right),
        advice="按本部门、本年度更正",
    )


@dataclass
class Comparison:
    """Two copies of a table, cell by cell."""

    subject: Subject
    table: Table
    copy: Table

    @cached_property
    def _rows(self) -> list[Pair]:
        return paired(self.table, self.copy)

    @cached_property
    def _amounts(self) -> dict[str, Printed]:
        """The amounts of both copies by address, worked out where something differs."""
        return self.subject.amounts_of(self.table) | self.subject.amounts_of(self.copy)

    @cached_property
    def _names(self) -> dict[str, str]:
        both = (self.table, self.copy)
        return {cell.address: name for each in both for cell, name in named_cells(each)}

    @cached_property
    def _is_converted(self) -> bool:
        """True for a copy that is the first one's printed amounts in another unit, none finer."""
        amounts = self._amount_cells()
        return 2 * sum(not self._gap(*pair) for pair in amounts) > len(amounts)

    def rows(self) -> Iterator[Finding]:
        """Yield the rows that only one of them has."""
        for first, second in self._rows:
            if second is None and first is not None:
                yield self._only_in_first(first)
            elif first is None and second is not None:
                yield self._only_in_copy(second)

    def cells(self) -> Iterator[Finding]:
        """Yield the amounts and words that differ; one finding where most do."""
        differing = [pair for pair in self._cells() if self._gap(*pair) and self._differ(*pair)]
        amounts = [pair for pair in differing if CellKind.AMOUNT in (pair[0].kind, pair[1].kind)]
        if len(amounts) >= FEWEST and 2 * len(amounts) > len(self._amount_cells()):
            yield self._as_a_whole(amounts)
            differing = [pair for pair in differing if pair not in amounts]
        yield from (self._cell(*pair) for pair in differing)

    # ---- cells

    def _cells(self) -> Iterator[tuple[Cell, Cell]]:
        for first, second in self._rows:
            if first is not None and second is not None:
                for one, other in zip(first.cells, second.cells, strict=True):
                    if one.address and other.address:
                        yield one, other

    def _gap(self, one: Cell, other: Cell) -> bool:
        return stated(one, self.table.unit_exponent) != stated(other, self.copy.unit_exponent)

    def _differ(self, one: Cell, other: Cell) -> bool:
        """True for unlike cells that differ by more than the copy is finer, or in words."""
        if CellKind.AMOUNT not in (one.kind, other.kind):
            return not self._is_told_by_names(one, other)
        first, second = self._amounts.get(one.address), self._amounts.get(other.address)
        if first is None or second is None or self._is_converted:
            return True
        return abs(first.yuan - second.yuan) > first.half + second.half

    def _amount_cells(self) -> list[tuple[Cell, Cell]]:
        """Return the amounts that the first copy prints with those of the other."""
        return [each for each in self._cells() if each[0].kind is CellKind.AMOUNT and each[0].text]

    def _is_told_by_names(self, one: Cell, other: Cell) -> bool:
        """True where other tables name the row as the copy does: that rule tells of it (WRD011)."""
        names = self._names_elsewhere(one.address.split("/")[1])
        return other.text in names and one.text not in names

    def _names_elsewhere(self, key: str) -> set[str]:
        """Return how other tables name the row of a code."""
        return {
            cell.text
            for table in self.subject.document.tables
            if table is not self.table
            for row in table.rows
            if row.key == key and key.isdigit()
            for cell in row.cells
            if cell.kind is CellKind.TEXT
        }

    def _cell(self, one: Cell, other: Cell) -> Finding:
        first, second = self._amounts.get(one.address), self._amounts.get(other.address)
        if first is None or second is None:
            return self._in_words(one, other)
        suspect, sound = (second, first) if self._is_borne_out(first) else (first, second)
        return Finding(
            (suspect.address, sound.address),
            side(suspect),
            side(sound),
            in_unit(abs(suspect.yuan - sound.yuan), suspect),
            advice=f"先核对{suspect.label}（{suspect.text or '空白'}）",
            fix=self._fix(suspect, sound),
        )

    def _fix(self, suspect: Printed, sound: Printed) -> Fix | None:
        if not self._is_converted:
            return None
        return Fix(suspect.address, in_unit(sound.yuan, suspect))

    def _in_words(self, one: Cell, other: Cell) -> Finding:
        """Return words that differ, those first that no other table uses for the row."""
        is_usual = one.text in self._names_elsewhere(one.address.split("/")[1])
        suspect, sound = (other, one) if is_usual else (one, other)
        return Finding(
            (suspect.address, sound.address),
            self._words(suspect),
            self._words(sound),
            advice="确定哪一份正确，两份改为一致",
        )

    def _words(self, cell: Cell) -> Side:
        return Side(self._names[cell.address], cell.text or BLANK, "", cell.address)

    def _as_a_whole(self, differing: list[tuple[Cell, Cell]]) -> Finding:
        one, other = differing[0]
        whole = self._cell(one, other)
        return Finding(
            tuple(cell.address for pair in differing for cell in pair),
            whole.left,
            whole.right,
            whole.difference,
            advice="两份大多不同：核对是否为同一张表、所写单位是否正确",
            remark=f"共 {len(differing)} 格不同",
        )

    # ---- which of two amounts is likely wrong

    def _is_borne_out(self, amount: Printed) -> bool:
        """True for an amount that its sums and the same amount elsewhere agree with."""
        figures = self.subject.figures
        sums = (
            measured("", Equal(each.total, each.items), figures)
            for each in self.table.footings
            if amount.address in (each.total, *each.items) and self._is_there(each)
        )
        answers = self.subject.answers.get(amount.question, []) if amount.question else []
        return all(each.holds for each in sums) and all(
            abs(each.yuan - amount.yuan) <= each.half + amount.half for each in answers
        )

    def _is_there(self, footing: Footing) -> bool:
        return all(each in self.subject.figures for each in (footing.total, *footing.items))

    # ---- rows

    def _only_in_first(self, row: Row) -> Finding:
        return Finding(
            (self.copy.code, f"{self.table.code}/{row.key}"),
            Side(f"{self.copy.name}“{row_name(self.table, row)}”", NO_ROW),
            self._row_side(self.table, row),
            advice="在缺少的一份补上这一行，或从另一份删去",
        )

    def _only_in_copy(self, row: Row) -> Finding:
        """Return a row that the first copy lacks; the totals that miss its money are blamed."""
        there = [each.address for each in self._printed(row)]
        missing = (each for each in self.copy.footings if not set(each.items).isdisjoint(there))
        totals = (
            each.total.replace(f"{self.copy.code}/", f"{self.table.code}/") for each in missing
        )
        return Finding(
            (
                self.table.code,
                f"{self.copy.code}/{row.key}",
                *(each for each in totals if each in self.subject.figures),
            ),
            Side(f"{self.table.name}“{row_name(self.copy, row)}”", NO_ROW),
            self._row_side(self.copy, row),
            advice="在缺少的一份补上这一行，或从另一份删去",
        )

    def _printed(self, row: Row) -> list[Printed]:
        places = (cell.address for cell in row.cells)
        found = (self._amounts[each] for each in places if each in self._amounts)
        return [each for each in found if each.yuan]

    def _row_side(self, table: Table, row: Row) -> Side:
        printed = self._printed(row)
        return side(printed[0]) if printed else Side(called_row(table, row), "有这一行")
