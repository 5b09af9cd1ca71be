"""批复: the letter by which the bureau approves a department's budget, with its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from budget.actions import SETTLED
from budget.book import BudgetBook
from budget.document import Disclosure, Table
from budget.edition import Edition
from budget.models import DepartmentBudget
from budget.numerals import day
from budget.papers.amounts import said
from budget.papers.asked import NotPrintable, Unprintable
from budget.papers.sources import Source, approved
from budget.render.forms import LETTER, Form

WHEN: Final = SETTLED
DAYS_TO_PASS_ON: Final = 15
"""Days within which a department approves its units' budgets (预算法 52)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What the letter says, all as printed: paragraphs with their run-in headings."""

    year: int
    issuer: str
    number: str
    to: str
    paragraphs: list[tuple[str, str]]
    listed: list[str]
    day: str
    digest: str
    invented: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter about to be set, with the tables that go with it."""

    form: Form
    document: Disclosure
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a letter says beside what was approved: number, days, terms in days."""

    number: str
    approved_on: date
    congress_on: date | None
    disclosure_days: int


def letter(budget: DepartmentBudget) -> Letter:
    """Return the 批复 of a budget, from what was frozen when it was approved.

    Raises NotPrintable before it is approved, Unprintable where nothing was kept of that.
    """
    if budget.state not in WHEN or budget.approved_on is None:
        raise NotPrintable("批复", budget.state, WHEN)
    source = approved(budget)
    if source is None:
        raise Unprintable("没有批复时留存的快照，不能打印批复。")
    facts = Facts(
        number=budget.approval_number,
        approved_on=budget.approved_on,
        congress_on=budget.year.congress_on,
        disclosure_days=budget.year.disclosure_days,
    )
    return written(source, facts)


def written(source: Source, facts: Facts) -> Letter:
    """Return the letter about what was approved."""
    book, edition = source.inputs.book, source.edition
    document = source.document()
    tables = _tables(document, edition)
    wording = edition.wording[book.scope]
    shown = Approval(
        year=book.year,
        issuer=wording.fill(edition.approval.issuer, book),
        number=facts.number,
        to=book.name,
        paragraphs=list(_paragraphs(book, edition, facts)),
        listed=[table.title for table in tables],
        day=day(facts.approved_on),
        digest=source.digest,
        invented=book.department.invented,
    )
    title = f"关于批复{book.year}年部门预算的通知（{book.name}）"
    form = Form(
        template="approval", title=title, author=shown.issuer, shown={"form": shown}, kind=LETTER
    )
    return Letter(form, document, tables)


def _tables(document: Disclosure, edition: Edition) -> tuple[Table, ...]:
    wanted = edition.approval.tables
    if not wanted:
        return document.tables
    return tuple(table for table in document.tables if table.code in wanted)


def _paragraphs(book: BudgetBook, edition: Edition, facts: Facts) -> Iterator[tuple[str, str]]:
    unit = edition.text_unit
    wording = edition.wording[book.scope]
    by, on = wording.fill(edition.approval.congress, book), day(facts.congress_on)
    yield (
        "",
        f"你{wording.body}报送的{book.year}年部门预算收悉。根据{by}{on}批准的{book.year}年预算，"
        f"现将你{wording.body}{book.year}年部门预算批复如下：",
    )
    yield (
        "一、收入预算。",
        f"核定收入总计{said(book, unit, 'revenue_total')}，其中：一般公共预算拨款"
        f"{said(book, unit, 'general_public_appropriation')}，政府性基金预算拨款"
        f"{said(book, unit, 'government_fund_appropriation')}，上年结转"
        f"{said(book, unit, 'carryover_in')}。",
    )
    yield (
        "二、支出预算。",
        f"核定支出总计{said(book, unit, 'spending_total')}，其中：基本支出"
        f"{said(book, unit, 'basic_spending')}，项目支出{said(book, unit, 'project_spending')}；"
        f"“三公”经费{said(book, unit, 'three_publics')}。",
    )
    yield (
        "三、执行要求。",
        "请严格按照批复的预算执行，未列入预算的不得支出，未经批准不得调剂。有所属单位的，"
        f"应当在收到本批复之日起{DAYS_TO_PASS_ON}日内批复所属单位预算；并在本批复之日起"
        f"{facts.disclosure_days}日内，按规定向社会公开部门预算。各表金额见附件。",
    )
