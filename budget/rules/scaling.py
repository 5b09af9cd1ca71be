"""A whole table whose amounts are the same multiple of what other places state.

Somebody filled a table in 元 under a head that says 万元, or multiplied it. Every sum between this
table and the others then breaks, and none inside it: one finding says so, and all other rules see
the table divided by the factor, so that what else is wrong in it is still found. What other places
state is known from the rules that hold one amount against another, in force or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from budget.document import Cell, CellKind, Disclosure, Part, Table
from budget.money import written
from budget.rules.diagnosis import Stated, stated
from budget.rules.finding import AtMost, Equal, Outcome
from budget.rules.printed import Printed, Scaled, Subject
from budget.rules.registry import RULES

POWERS: Final = tuple(Decimal(1).scaleb(power) for power in (-4, -3, -2, -1, 1, 2, 3, 4))
"""Factors that a slip of units makes: one amount is enough to tell them from a wrong figure."""
ENOUGH: Final = 2
"""How many different amounts must be the same multiple where the factor is no such power."""
MANY: Final = 3
"""How many cells may stand in for that where they all state one amount."""
MOST: Final = 2
"""Nearly all are more than so many times the rest: one more slip in the table may be there."""
FINE: Final = Decimal("0.0001")
TAIL: Final = Decimal("0.0001")
"""A 0.01 rounded off an amount of a hundred and more, which multiplying makes larger."""
ANSWERS: Final = ("AGR001", "AGR002")
STATING: Final = (*ANSWERS, "BAL001", "BAL003", "BAL004", "PLA003")
"""The rules that hold an amount against another one."""
LIMITING: Final = ("TPB001", "PLA003")
"""Rules that hold amounts to limits which they commonly reach."""


def told_factor(factor: Decimal) -> str:
    """Return a factor in words.

    >>> told_factor(Decimal(10000)), told_factor(Decimal("0.0001")), told_factor(Decimal("1.5"))
    ('10,000 倍', '1/10,000', '1.5 倍')
    """
    if factor < 1 and (whole := (1 / factor).quantize(Decimal(1))) * factor == 1:
        return f"1/{written(whole, grouped=True)}"
    return f"{written(factor.quantize(FINE).normalize() + 0, grouped=True)} 倍"


def rescaled(subject: Subject) -> Subject:
    """Return the subject with each table that is a multiple divided by its factor.

    The words of its cells stay as they are; the subject keeps what was found of it.
    """
    while (found := _most_telling(subject)) is not None:
        document = _with_table(subject.document, _divided(subject, found))
        subject = replace(subject, document=document, scaled=(*subject.scaled, found))
    return subject


@dataclass(frozen=True, slots=True)
class _Pair:
    """An amount of a table and what another table or a sentence states it to be."""

    here: Printed
    there: Printed

    def is_multiple(self, factor: Decimal) -> bool:
        """True where the amount here is so many times the one there, as far as print tells.

        A product was rounded when it was printed, also where the amount itself had not been.
        """
        slack = max(self.here.half, _half_printed(self.here)) + factor * self.there.half
        return abs(self.here.yuan - factor * self.there.yuan) <= slack


Pairs = Mapping[str, list[_Pair]]


def _most_telling(subject: Subject) -> Scaled | None:
    """Return the table that most amounts tell to be a multiple, of equals one too large."""
    done = {scaled.here.table for scaled in subject.scaled}
    doubtful = {table for table, pairs in _pairs(subject, ANSWERS).items() if _disagree(pairs)}
    if not doubtful - done:
        return None
    limits = _pairs(subject, LIMITING, AtMost)
    found = [
        (len(pairs), scaled.factor > 1, scaled)
        for table, pairs in _pairs(subject, STATING).items()
        if table in doubtful - done and _disagree(pairs) and _adds_up(subject, table, pairs)
        for scaled in _factors(pairs, limits.get(table, []))
    ]
    return max(found, key=lambda each: each[:2])[2] if found else None


def _pairs(
    subject: Subject, codes: Iterable[str], kind: type[Equal] | type[AtMost] = Equal
) -> Pairs:
    """Return by table the amounts that rules hold against one amount of another place."""
    pairs: dict[str, list[_Pair]] = {}
    for code in codes:
        for outcome in RULES[code].said(subject):
            addresses = _two_addresses(outcome, kind)
            if addresses:
                one, other = (subject.figures[address] for address in addresses)
                if one.table != other.table and one.yuan and other.yuan:
                    pairs.setdefault(one.table, []).append(_Pair(one, other))
                    pairs.setdefault(other.table, []).append(_Pair(other, one))
    pairs.pop("", None)
    return pairs


def _two_addresses(outcome: Outcome, kind: type[Equal] | type[AtMost]) -> tuple[str, ...]:
    """Return the addresses of two amounts that are held against each other so, else none."""
    if not isinstance(outcome, kind):
        return ()
    if isinstance(outcome, Equal):
        addresses = (outcome.total, *outcome.items)
    else:
        addresses = (outcome.amount, *outcome.limit)
    return addresses if len(addresses) == 2 else ()


def _disagree(pairs: Iterable[_Pair]) -> bool:
    return not any(pair.is_multiple(Decimal(1)) for pair in pairs)


def _factors(pairs: list[_Pair], limits: list[_Pair]) -> Iterator[Scaled]:
    """Yield the factor that nearly all pairs share, if there is one.

    What is commonly equal to its limit bears a factor out where it is the same multiple.
    """
    largest = max(pairs, key=lambda pair: abs(pair.there.yuan))
    powers = [power for power in POWERS if largest.is_multiple(power)]
    factor = powers[0] if powers else largest.here.yuan / largest.there.yuan
    fitting = [pair for pair in pairs if pair.is_multiple(factor)]
    bearing_out = [*fitting, *(pair for pair in limits if pair.is_multiple(factor))]
    amounts = {pair.there.yuan for pair in bearing_out}
    cells = {pair.here.address for pair in bearing_out}
    is_told = bool(powers) or len(amounts) >= ENOUGH or len(cells) >= MANY
    if factor > 0 and is_told and len(fitting) > MOST * (len(pairs) - len(fitting)):
        yield Scaled(factor, largest.here, largest.there)


def _adds_up(subject: Subject, table: str, pairs: Iterable[_Pair]) -> bool:
    """True where nearly all sums of the amounts in question hold inside their table.

    A wrong figure alone would not let them.
    """
    figures, asked = subject.figures, {pair.here.address for pair in pairs}
    sums = [
        stated("", Equal(footing.total, footing.items), figures)
        for footing in subject.document.tables_by_code[table].footings
        if _is_asked_and_printed((footing.total, *footing.items), asked, figures)
    ]
    off = [each for each in sums if abs(each.gap) > _tails(each)]
    return len(sums) > MOST * len(off) or not sums


def _is_asked_and_printed(
    addresses: tuple[str, ...], asked: set[str], figures: Mapping[str, Printed]
) -> bool:
    return not asked.isdisjoint(addresses) and all(each in figures for each in addresses)


def _tails(each: Stated) -> Decimal:
    """Return how far a sum of multiples may be off where rounded amounts were multiplied."""
    return max(each.slack, TAIL * max(map(abs, each.amounts)) * len(each.amounts))


def _divided(subject: Subject, scaled: Scaled) -> Table:
    """Return a table divided by its factor, in amounts as fine as those of the other place."""
    table = subject.document.tables_by_code[scaled.here.table]
    fineness = _exponent(scaled.there) - table.unit_exponent
    unit = Decimal(1).scaleb(fineness)

    def divide(cell: Cell) -> Cell:
        if cell.kind is not CellKind.AMOUNT or not isinstance(cell.value, Decimal):
            return cell
        return replace(cell, value=(cell.value / scaled.factor).quantize(unit))

    rows = (replace(row, cells=tuple(map(divide, row.cells))) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _exponent(printed: Printed) -> int:
    """Return the power of ten of the last place that an amount is printed to, in yuan."""
    places = Decimal(printed.text.replace(",", "")).as_tuple().exponent
    assert isinstance(places, int)
    return places + (4 if printed.unit == "万元" else 0)


def _half_printed(printed: Printed) -> Decimal:
    return Decimal(5).scaleb(_exponent(printed) - 1)


def _with_table(document: Disclosure, table: Table) -> Disclosure:
    def put(part: Part) -> Part:
        same = (table if each.code == table.code else each for each in part.tables)
        return replace(part, tables=tuple(same))

    return replace(document, parts=tuple(map(put, document.parts)))
