"""The types of an edition (版式): what a place and year wants of the document, as data.

An edition says which tables, sections and paragraphs are printed, in which order, under which
titles, in which unit. It holds no function and no figure. Titles and notes are patterns; what may
stand in their braces is said at ``Wording.fill``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from budget.book import BudgetBook, Project
from budget.money import MoneyUnit
from budget.registry import Registry
from budget.terms import Scope, Severity, Term, VehicleUse

EVERY_SCOPE: Final = frozenset(Scope)


class CodeStyle(Term):
    """How the code columns of subtotal rows are filled."""

    PARTIAL = "partial", "只填本级代码"
    REPEATED = "repeated", "上级代码重复"


class TotalPlace(Term):
    """Where the 合计 row of a classification table stands."""

    FIRST = "first", "首行"
    LAST = "last", "末行"


class EmptyForm(Term):
    """What the body of a table without figures shows."""

    BLANK_TOTAL = "blank_total", "合计行留空"
    ZEROS = "zeros", "空白行填零"


@dataclass(frozen=True, slots=True)
class Numbering:
    """How first- and second-rank rows are numbered; ``{han}`` is 一, ``{n}`` is 1."""

    first: str = "{han}、"
    second: str = "{n}、"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableUse:
    """One table as an edition prints it.

    ``contents_title``, ``title``, ``note`` and ``empty_note`` are patterns; ``note`` stands under a
    filled table, ``empty_note`` is added under an empty one. ``labels`` replaces titles of columns,
    groups and rows by their key. ``marks`` asks for the row of ** and column numbers.
    ``categories`` are the 类 that are printed with or without money. ``whole`` prints no decimals
    where every amount of the table is whole. ``scopes`` says in which documents it stands.
    """

    table: str
    contents_title: str
    title: str
    unit: MoneyUnit
    note: str = ""
    empty_note: str = ""
    marks: bool = False
    codes: CodeStyle = CodeStyle.PARTIAL
    total: TotalPlace = TotalPlace.FIRST
    empty: EmptyForm = EmptyForm.BLANK_TOTAL
    categories: tuple[str, ...] = ()
    numbering: Numbering = Numbering()
    labels: Mapping[str, str] = field(default_factory=dict)
    landscape: bool = False
    whole: bool = False
    scopes: frozenset[Scope] = EVERY_SCOPE


@dataclass(frozen=True, slots=True)
class ParagraphUse:
    """A paragraph in its place; ``lead`` is its run-in heading, a pattern."""

    paragraph: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class ChartUse:
    """A chart in its place; ``title`` is a pattern."""

    chart: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionUse:
    """A heading with what stands under it; titles are patterns. Level 2 goes into the contents."""

    key: str
    title: str
    level: int = 2
    contents_title: str = ""
    blocks: tuple[ParagraphUse | ChartUse, ...] = ()
    scopes: frozenset[Scope] = EVERY_SCOPE


class Each(Term):
    """How often a part is printed."""

    DOCUMENT = "document", "一次"
    PROJECT = "project", "每个需说明的项目一次"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartUse:
    """A part of the document in its place: heading, sections, tables. Titles are patterns.

    A part that is printed for ``each`` introduced project may name it as {project}.
    """

    key: str
    title: str
    contents_title: str = ""
    sections: tuple[SectionUse, ...] = ()
    tables: tuple[TableUse, ...] = ()
    scopes: frozenset[Scope] = EVERY_SCOPE
    each: Each = Each.DOCUMENT


@dataclass(frozen=True, slots=True)
class TermExplained:
    """An entry of 名词解释."""

    term: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that differ with the scope of a document.

    ``body`` is what the document is about (部门, 单位), ``own`` how it speaks of itself in
    sentences (本部门, 本单位), ``subject`` the label of the line above each table, ``form`` the
    word for the body in titles of tables where that is another (预算单位).
    """

    body: str
    own: str
    subject: str
    form: str = ""

    def fill(self, pattern: str, book: BudgetBook, project: Project | None = None) -> str:
        """Return a pattern with its braces filled in.

        They may name {year} {last_year} {region} {department} {name} {body} {form} {own} {project}.
        """
        if "{" not in pattern:
            return pattern
        return pattern.format(
            year=book.year,
            last_year=book.year - 1,
            name=book.name,
            body=self.body,
            form=self.form or self.body,
            own=self.own,
            region=book.department.region,
            department=book.department.name,
            project=project.name if project else "",
        )


@dataclass(frozen=True, slots=True)
class VehicleLine:
    """One use under which vehicles are told apart in text, and the register's uses it takes in."""

    label: str
    uses: tuple[VehicleUse, ...]


@dataclass(frozen=True, slots=True)
class ApprovalUse:
    """The 批复 of a budget as a place prints it: who signs it, and the tables that go with it.

    ``issuer`` and ``congress`` (who passed the budgets) are patterns; ``tables`` are codes, none
    for all tables.
    """

    issuer: str = "{region}财政局"
    congress: str = "{region}人民代表大会"
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A place's and year's format.

    ``text_unit`` is the unit of sentences, ``text_grouped`` puts thousands separators there.
    ``grain`` is the number of yuan in whose multiples printed columns add up; ``tail_note`` is
    added to a table that does not add in print. ``labels`` replaces the names of measures wherever
    they are printed. ``switches``, ``severities`` (by code of a rule) and ``thresholds`` are what
    rules are told to expect of this place; a bureau's settings override them for a year.
    """

    code: str
    title: str
    wording: Mapping[Scope, Wording]
    document_title: str
    cover: Mapping[Scope, tuple[str, ...]]
    contents_heading: str
    contents_note: str
    parts: tuple[PartUse, ...]
    text_unit: MoneyUnit
    grain: Decimal
    tail_note: str
    text_grouped: bool = False
    terms: tuple[TermExplained, ...] = ()
    vehicles: tuple[VehicleLine, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    switches: Mapping[str, bool] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    approval: ApprovalUse = ApprovalUse()

    def label(self, key: str, default: str) -> str:
        """Return what the edition calls a measure."""
        return self.labels.get(key, default)

    @property
    def tables(self) -> tuple[TableUse, ...]:
        """The tables of all parts and scopes, in printed order."""
        return tuple(use for part in self.parts for use in part.tables)

    @property
    def sections(self) -> tuple[SectionUse, ...]:
        """The sections of all parts and scopes, in printed order."""
        return tuple(use for part in self.parts for use in part.sections)


EDITIONS: Registry[Edition] = Registry("版式")


def edition(declared: Edition) -> Edition:
    """Register an edition under its code."""
    return EDITIONS.add(declared.code, declared)
