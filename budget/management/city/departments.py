"""The invented departments of the city, drawn from two patterns: an office and a school.

A pattern is a sample of one unit (`budget.imports.sample_files`). Its codes and names are replaced
by a department's, and its money is multiplied by the department's share (per cent).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from budget.book import BudgetBook
from budget.consolidating.uniting import united
from budget.imports.code_lists import latest_year
from budget.imports.records import json_records
from budget.imports.sample_files import Head, Sample, read_sample
from budget.remarks import Remark

OFFICE, SCHOOL = "office", "school"
DEPARTMENT, UNIT = "900", "900001"
"""The codes that stand for the department and its unit in the patterns."""

ADMINISTRATION, WORK = "2010301", "2010302"
"""The functions that stand in the patterns for 行政运行 and 一般行政管理事务 of a department."""

MAIN_PROJECT, PROJECTS = "重点工作", (f"{UNIT}-01", f"{UNIT}-02")
HUNDRED: Final = Decimal(100)
CENT: Final = Decimal("0.01")
WITH_MONEY: Final = ("lines", "procurement", "events", "projects")


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A unit below a department: what it is called, does, and gets (per cent of the pattern)."""

    department: str
    code: str
    name: str
    share: int
    function: str
    mandate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A department: what it is called and does, its 款, its main project, and how far it has come.

    ``share`` is per cent of the pattern's money; ``story`` a name in `stories`.
    """

    code: str
    name: str
    share: int
    section: str
    story: str
    offices: tuple[str, ...]
    mandate: str
    project: str
    purpose: str
    overview: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A department's budget, ready to be stored."""

    head: Head
    book: BudgetBook
    remarks: tuple[Remark, ...]

    @property
    def codes_on(self) -> date:
        """The day on which its codes hold."""
        return date.fromisoformat(self.head.codes_on)


@dataclass(frozen=True, slots=True)
class Plan:
    """The city as its files give it: its departments and their schools, and the two patterns."""

    sketches: tuple[Sketch, ...]
    schools: tuple[School, ...]
    office: Sample
    school: Sample

    def drawn(self, sketch: Sketch) -> Drawn:
        """Return a department's budget."""
        schools = [each for each in self.schools if each.department == sketch.code]
        parts = [_office(sketch, self.office), *(_school(each, self.school) for each in schools)]
        book = united([each.book for each in parts], sketch.name)
        return Drawn(self.office.head, book, _said(parts))


def read_plan(folder: Path, codes: Path) -> Plan:
    """Return the city in a folder; ``codes`` holds the code lists by year.

    Raises MalformedRecord, MalformedCode, UnknownCode, UnknownListYear and UnknownUnit.
    """
    lists = codes / str(latest_year(codes))
    return Plan(
        json_records(folder / "departments.json", Sketch),
        json_records(folder / "schools.json", School),
        *(read_sample(folder / name, lists) for name in (OFFICE, SCHOOL)),
    )


@dataclass(frozen=True, slots=True)
class _UnitPart:
    """One unit of a department: its own book, and what it says."""

    book: BudgetBook
    texts: Mapping[str, str]


def _office(sketch: Sketch, pattern: Sample) -> _UnitPart:
    words = {
        ADMINISTRATION: f"{sketch.section}01",
        WORK: f"{sketch.section}02",
        **_names(sketch.code, f"{sketch.code}001", sketch.name),
        MAIN_PROJECT: sketch.project,
        "组织实施重点工作": sketch.purpose,
        "围绕年度重点任务组织实施，按季度推进并公布进展。": sketch.overview,
    }
    part = _unit_part(pattern, words, sketch.share, sketch.mandate)
    [unit] = part.book.units
    return replace(part, book=replace(part.book, units=(replace(unit, offices=sketch.offices),)))


def _school(school: School, pattern: Sample) -> _UnitPart:
    words = {ADMINISTRATION: school.function, **_names(school.department, school.code, school.name)}
    part = _unit_part(pattern, words, school.share, school.mandate)
    [unit] = part.book.units
    return replace(part, book=replace(part.book, units=(replace(unit, is_head=False),)))


def _names(department: str, unit: str, name: str) -> dict[str, str]:
    """Return what stands for the codes and names of a pattern."""
    projects = {code: code.replace(UNIT, unit) for code in PROJECTS}
    return {DEPARTMENT: department, UNIT: unit, "某局": name, "某校": name, **projects}


def _unit_part(pattern: Sample, words: Mapping[str, str], share: int, mandate: str) -> _UnitPart:
    book: BudgetBook = _with_words(pattern.book, words)
    money: dict[str, Any] = {name: _times(getattr(book, name), share) for name in WITH_MONEY}
    texts = {_in_key(key, words): text for key, text in pattern.remarks.texts.items()}
    return _UnitPart(replace(book, **money), {**texts, "mandate": mandate})


def _in_key(key: str, words: Mapping[str, str]) -> str:
    """Return the key of a remark, whose last part may be a code.

    >>> _in_key("purpose.2010301", {"2010301": "2040601"})
    'purpose.2040601'
    """
    return ".".join(words.get(part, part) for part in key.split("."))


def _with_words(value: Any, words: Mapping[str, str]) -> Any:
    """Return a frozen value with whole texts in it replaced, however deep they stand."""
    if isinstance(value, str) and type(value) is str:
        return words.get(value, value)
    if isinstance(value, tuple):
        return tuple(_with_words(each, words) for each in value)
    if isinstance(value, Mapping):
        return {key: _with_words(each, words) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        return replace(value, **{name: _with_words(each, words) for name, each in parts.items()})
    return value


def _times(rows: Iterable[Any], share: int) -> tuple[Any, ...]:
    """Return rows with their money times a share, to the cent."""
    return tuple(
        replace(
            row,
            **{
                each.name: (amount * share / HUNDRED).quantize(CENT)
                for each in fields(row)
                if isinstance(amount := getattr(row, each.name), Decimal)
            },
        )
        for row in rows
    )


def _said(parts: list[_UnitPart]) -> tuple[Remark, ...]:
    """Return what the department says; of several units, each says its own as well."""
    texts = {key: text for part in reversed(parts) for key, text in part.texts.items()}
    own = [Remark(key=key, text=text) for key, text in texts.items()]
    if len(parts) > 1:
        for part in parts:
            [unit] = part.book.units
            own += [Remark(key=key, text=text, unit=unit.code) for key, text in part.texts.items()]
    return tuple(own)
