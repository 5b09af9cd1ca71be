"""How a cause is told: the rule that it breaks first, both sides, every place, what to do.

A cause that is certain names the figure and what it should read. One in doubt names the total, says
that it or something below it is wrong, and proposes nothing; where another table has a row of just
that amount which is missing here, it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from budget.money import ZERO
from budget.rules.diagnosis import Cause, Stated, parts
from budget.rules.finding import Finding, Fix, Side
from budget.rules.printed import Printed
from budget.rules.registry import RULES, Rule
from budget.rules.telling import in_unit, side, sum_side

Figures = Mapping[str, Printed]


def told(cause: Cause, figures: Figures) -> tuple[Rule, Finding]:
    """Return a cause as the finding of the first rule that it breaks."""
    first = min(_own(cause), key=lambda each: list(RULES).index(each.rule))
    whole = figures[first.equation.total]
    items = [figures[item] for item in first.equation.items]
    finding = Finding(
        places(cause),
        side(whole),
        sum_side(items) if items else _nothing(whole),
        in_unit(abs(first.gap), whole),
        advice=_advice(cause, first, figures),
        fix=fix(cause, figures),
    )
    return RULES[first.rule], finding


def places(cause: Cause) -> tuple[str, ...]:
    """Return every address that a cause concerns, the figures that it blames first."""
    blamed = (cause.address, *(address for address, _ in cause.along))
    broken = (address for each in cause.broken for address in each.addresses)
    return tuple(dict.fromkeys((*blamed, *broken)))


def rules_broken(cause: Cause) -> tuple[str, ...]:
    """Return the codes of all rules that a cause breaks, in order."""
    return tuple(sorted({each.rule for each in cause.broken}, key=list(RULES).index))


def fix(cause: Cause, figures: Figures) -> Fix | None:
    """Return what the figure should read; none in doubt, or where print does not show it fully."""
    suspect = figures[cause.address]
    is_known = cause.is_certain and not _exchanged(cause, figures)
    is_exact = any(each.slack == 0 for each in _own(cause))
    if not is_known or not is_exact or suspect.half or cause.correction == 0:
        return None
    return Fix(suspect.address, in_unit(suspect.yuan + cause.correction, suspect))


def _own(cause: Cause) -> list[Stated]:
    """Return the broken equations that name the figure blamed, all of them where none does."""
    return [each for each in cause.broken if cause.address in each.addresses] or [*cause.broken]


def _nothing(whole: Printed) -> Side:
    """Return the other side of a total all of whose items are left out."""
    return Side("分项之和", in_unit(ZERO, whole), whole.unit)


def _advice(cause: Cause, first: Stated, figures: Figures) -> str:
    if cause.is_certain:
        suspect = figures[cause.address]
        other = _exchanged(cause, figures)
        if other:
            return f"核对{suspect.label}与{figures[other].label}是否互换"
        return f"先核对{suspect.label}（{suspect.text or '空白'}）"
    missing = _seems_missing(cause, figures)
    if missing is not None:
        return f"可能缺少一行：{missing.label}为{missing.text}{missing.unit}，与差额相同"
    return _in_doubt(first)


def _in_doubt(first: Stated) -> str:
    if first.summed_row:
        rows = "缺少一行" if first.gap > 0 else "多出一行"
        return f"合计与其下各行之和不符：合计或其下某一行有误，或{rows}"
    if len(first.addresses) == 2:
        return "两处不一致，至少一处有误：以明细为准更正"
    if first.crossed_row:
        return "合计与该行各栏之和不符：合计或其中一栏有误"
    return "合计与各分项之和不符：合计或其中一项有误"


# ---- two rows exchanged


def _exchanged(cause: Cause, figures: Figures) -> str:
    """Return the figure that the one blamed has changed places with, "" where it has not.

    Each figure that a cause blames must then be what stands in the other row.
    """
    blamed = {cause.address: cause.correction, **dict(cause.along)}
    rows = list(dict.fromkeys(parts(address)[:2] for address in blamed))
    if len(rows) != 2 or rows[0][0] != rows[1][0] or not all(row for _, row in rows):
        return ""
    other = {rows[0]: rows[1], rows[1]: rows[0]}
    across = {address: _beside(address, other[parts(address)[:2]]) for address in blamed}
    is_exchange = all(
        twin in figures and figures[address].yuan + blamed[address] == figures[twin].yuan
        for address, twin in across.items()
    )
    return across[cause.address] if is_exchange else ""


def _beside(address: str, row: tuple[str, str]) -> str:
    return "/".join((*row, parts(address)[2]))


# ---- a row that is missing


def _seems_missing(cause: Cause, figures: Figures) -> Printed | None:
    """Return an amount of another table whose row would make up every total in doubt."""
    row = cause.broken[0].summed_row
    if row is None or any(each.summed_row is None or each.gap <= 0 for each in cause.broken):
        return None
    table, key = row
    short = [each for each in cause.broken if each.summed_row == row]
    there = {parts(address)[1] for address in figures if parts(address)[0] == table}
    below = {parts(item)[1] for each in short for item in each.equation.items}
    amounts: dict[tuple[str, str], list[Printed]] = {}
    for printed in figures.values():
        other, code, _ = parts(printed.address)
        if printed.table and other != table and code not in there and _is_one_of(code, key, below):
            amounts.setdefault((other, code), []).append(printed)
    return next(_of_these_gaps(short, amounts.values()), None)


def _is_one_of(code: str, key: str, below: set[str]) -> bool:
    """True for the code of a row that would stand with others below a total."""
    is_below = not key.isdigit() or code.startswith(key)
    alike = [each for each in below if len(each) == len(code) and each[:1] == code[:1]]
    return code.isdigit() and is_below and bool(alike)


def _of_these_gaps(short: list[Stated], rows: Iterable[list[Printed]]) -> Iterator[Printed]:
    """Yield for each row that has an amount for every gap the one for the first gap."""
    for row in rows:
        found = [_amounting_to(each, row) for each in short]
        if found[0] is not None and None not in found:
            yield found[0]


def _amounting_to(broken: Stated, row: list[Printed]) -> Printed | None:
    like = (each for each in row if abs(each.yuan - broken.gap) <= broken.slack + each.half)
    return next(like, None)
