"""Names of codes from the lists under fixtures/codes/<year>, as a book's catalogue. Pure.

The lists carry first and last year of a code where they are known, and how sure they are of it;
codes of low confidence name nothing (domain: they are no authority).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from budget.book import Catalogue, Renaming, UnknownCode
from budget.codes import divided, level, path
from budget.imports.records import csv_records
from budget.terms import Fund, Level

FUNDS: Final = {
    "一般公共预算": Fund.GENERAL_PUBLIC,
    "政府性基金": Fund.GOVERNMENT_FUND,
    "国有资本经营": Fund.STATE_CAPITAL,
    "社会保险基金": Fund.SOCIAL_INSURANCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCode:
    """One row of a list; only what names need, the other columns are read and left."""

    code: str
    name: str
    level: str
    confidence: str
    kind: str = ""
    budget: str = ""
    source: str = ""
    parent_code: str = ""
    first_year: int | None = None
    last_year: int | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the code was in force; an unknown year is no limit."""
        begun = self.first_year is None or self.first_year <= day.year
        ended = self.last_year is not None and self.last_year < day.year
        return begun and not ended and self.confidence != "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRenaming:
    """One row of the list of changes."""

    scheme: str
    code: str
    change: str
    confidence: str
    old_name: str = ""
    new_name: str = ""
    effective_year: int | None = None
    source: str = ""
    note: str = ""


def catalogue(
    directory: Path, day: date, *, functions: Iterable[str], economics: Iterable[str]
) -> Catalogue:
    """Return all 类 and the codes used, with those above them, as of a day.

    Raises UnknownCode for a code that the lists do not have on that day.
    """
    function_list = csv_records(directory / "function_codes.csv", ListedCode)
    economic_list = csv_records(directory / "economic_codes.csv", ListedCode)
    departmental = (code for code in economic_list if code.kind == "dept")
    names = _names(function_list, day, functions, "功能分类")
    return Catalogue(
        names,
        _names(departmental, day, economics, "部门经济分类"),
        funds=_funds(function_list, day, names),
        divided=divided(names, (code.code for code in function_list if code.holds_on(day))),
        renamings=tuple(_renamings(directory, day)),
    )


def _renamings(directory: Path, day: date) -> Iterator[Renaming]:
    """Yield the renamings of function and departmental codes up to a day's year.

    A directory without the list has none; the rule on old names then says so.
    """
    listed = directory / "code_changes.csv"
    for change in csv_records(listed, ListedRenaming) if listed.exists() else ():
        begun = change.effective_year is None or change.effective_year <= day.year
        known = change.scheme in ("function", "dept_econ") and change.confidence != "low"
        if change.change == "rename" and begun and known:
            yield Renaming(change.code, change.old_name, change.new_name)


def _funds(listed: Iterable[ListedCode], day: date, used: Iterable[str]) -> dict[str, Fund]:
    """Return the budget to which each code used belongs."""
    budgets = {code.code: code.budget for code in listed if code.holds_on(day)}
    return {code: FUNDS[budgets[code]] for code in used}


def _names(
    listed: Iterable[ListedCode], day: date, used: Iterable[str], scheme: str
) -> dict[str, str]:
    valid = {code.code: code.name for code in listed if code.holds_on(day)}
    wanted = {step for code in used for step in path(code)}
    missing = sorted(wanted - valid.keys())
    if missing:
        raise UnknownCode(f"{scheme}科目表中没有{day.year}年可用的 {'、'.join(missing)}")
    wanted |= {code for code in valid if level(code) is Level.CATEGORY}
    return {code: valid[code] for code in sorted(wanted)}
