"""The files of one year's classification lists as unsaved rows of their models.

Every row is checked as the file is read: spelling, level, parent, words and lengths. What is wrong
is refused with the names of the file and of the line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from budget.codes import MalformedCode, level, parent, parse_code
from budget.imports.code_names import FUNDS, ListedCode
from budget.imports.records import MalformedRecord, csv_records
from budget.models import (
    CodeChange,
    EconomicCode,
    EconomicMapping,
    FunctionCode,
    RevenueCode,
)
from budget.terms import CodeScheme, Confidence, UnitScope

Row = TypeVar("Row")

SCHEMES: Final = {
    "dept": CodeScheme.DEPARTMENT_ECONOMIC,
    "gov": CodeScheme.GOVERNMENT_ECONOMIC,
    "dept_econ": CodeScheme.DEPARTMENT_ECONOMIC,
    "gov_econ": CodeScheme.GOVERNMENT_ECONOMIC,
    "function": CodeScheme.FUNCTION,
}
UNIT_SCOPES: Final = {scope.label: scope for scope in UnitScope}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPair:
    """A row of economic_mapping.csv."""

    gov_code: str
    gov_name: str
    dept_code: str
    dept_name: str
    unit_scope: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChange:
    """A row of code_changes.csv."""

    scheme: str
    code: str
    change: str
    confidence: str
    old_name: str = ""
    new_name: str = ""
    effective_year: int | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """One file: what its rows are, which model they become, and by what a stored row is known."""

    file: str
    model: type[models.Model]
    read: Callable[[Path], list[models.Model]]
    key: tuple[str, ...]

    @property
    def label(self) -> str:
        """What people call the list."""
        return str(self.model._meta.verbose_name)


def _made(path: Path, kind: type[Row], make: Callable[[Row], models.Model]) -> list[models.Model]:
    """Return the rows of a file, each checked. Raises MalformedRecord."""
    rows = []
    for number, listed in enumerate(csv_records(path, kind), start=2):
        place = f"{path.name} 第{number}行"
        try:
            row = make(listed)
            row.clean_fields(exclude=("id",))
        except MalformedCode as error:
            raise MalformedRecord(f"{place}：{error}") from error
        except KeyError as error:
            raise MalformedRecord(f"{place}：“{error.args[0]}”不是规定的写法") from error
        except ValidationError as error:
            raise MalformedRecord(f"{place}：{_said(row, error)}") from error
        rows.append(row)
    if not rows:
        raise MalformedRecord(f"{path.name}：没有任何一行，不能据此停用全部科目")
    return rows


def _said(row: models.Model, error: ValidationError) -> str:
    return "；".join(
        f"{row._meta.get_field(name).verbose_name}：{'，'.join(messages)}"  # type: ignore[union-attr]
        for name, messages in error.message_dict.items()
    )


def _tree(path: Path, make: Callable[[ListedCode], models.Model]) -> list[models.Model]:
    """Return the rows of a tree of codes; level and parent must be what the code says.

    Raises MalformedRecord.
    """
    listed = csv_records(path, ListedCode)
    known = {(each.kind, each.code) for each in listed}
    for number, each in enumerate(listed, start=2):
        try:
            _check_place(each, known)
        except MalformedCode as error:
            raise MalformedRecord(f"{path.name} 第{number}行：{error}") from error
    return _made(path, ListedCode, make)


def _check_place(listed: ListedCode, known: set[tuple[str, str]]) -> None:
    code = parse_code(listed.code)
    if level(code).label != listed.level:
        raise MalformedCode(f"{code} 是{level(code).label}，不是“{listed.level}”")
    above = parent(code)
    if above is not None and (listed.kind, above) not in known:
        raise MalformedCode(f"{code} 的上级 {above} 不在表中")


def _common(listed: ListedCode) -> dict[str, Any]:
    return {
        "code": parse_code(listed.code),
        "name": listed.name,
        "valid_from": None if listed.first_year is None else date(listed.first_year, 1, 1),
        "valid_to": None if listed.last_year is None else date(listed.last_year, 12, 31),
        "origin": listed.source,
        **_confidence(listed.confidence),
    }


def _confidence(word: str) -> dict[str, Any]:
    """What is of low confidence is no authority: it is stored, and names nothing."""
    confidence = {each.value: each for each in Confidence}[word]
    return {"confidence": confidence, "is_active": confidence is not Confidence.LOW}


def _function(listed: ListedCode) -> models.Model:
    return FunctionCode(fund=FUNDS[listed.budget], **_common(listed))


def _economic(listed: ListedCode) -> models.Model:
    return EconomicCode(scheme=SCHEMES[listed.kind], **_common(listed))


def _revenue(listed: ListedCode) -> models.Model:
    return RevenueCode(**_common(listed))


def _mapping(listed: ListedPair) -> models.Model:
    return EconomicMapping(
        department_code=parse_code(listed.dept_code),
        government_code=parse_code(listed.gov_code),
        unit_scope=UNIT_SCOPES[listed.unit_scope],
        **_confidence(listed.confidence),
    )


def _change(listed: ListedChange) -> models.Model:
    return CodeChange(
        scheme=SCHEMES[listed.scheme],
        code=parse_code(listed.code),
        change=listed.change,
        effective_year=listed.effective_year,
        old_name=listed.old_name,
        new_name=listed.new_name,
        origin=listed.source,
        note=listed.note,
        **_confidence(listed.confidence),
    )


LISTS: Final = (
    CodeList(
        "function_codes.csv",
        FunctionCode,
        lambda path: _tree(path, _function),
        ("code", "valid_from"),
    ),
    CodeList(
        "economic_codes.csv",
        EconomicCode,
        lambda path: _tree(path, _economic),
        ("scheme", "code", "valid_from"),
    ),
    CodeList(
        "economic_mapping.csv",
        EconomicMapping,
        lambda path: _made(path, ListedPair, _mapping),
        ("department_code", "government_code", "unit_scope"),
    ),
    CodeList(
        "revenue_codes.csv",
        RevenueCode,
        lambda path: _tree(path, _revenue),
        ("code", "valid_from"),
    ),
    CodeList(
        "code_changes.csv",
        CodeChange,
        lambda path: _made(path, ListedChange, _change),
        ("scheme", "code", "change", "effective_year", "old_name", "new_name"),
    ),
)
