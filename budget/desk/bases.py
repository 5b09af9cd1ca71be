"""What a budget is compared with: an earlier sending of it, or last year's approved budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from budget.actions import SETTLED
from budget.canonical import Inputs, digest, inputs_content
from budget.document import Disclosure
from budget.drafting import draft
from budget.edition import EDITIONS
from budget.load import read_whole
from budget.load.finding import how_late
from budget.models import DepartmentBudget, Release, Snapshot, StepTaken
from budget.numerals import day
from budget.release import thaw
from budget.terms import Scope
from budget.workflow.published import approved_snapshot

LAST_YEAR = "year"


@dataclass(frozen=True)
class Basis:
    """Something to compare with: the word of the address, and what people call it.

    ``snapshot`` holds it; without one ``budget`` is read as it stands: it began as approved.
    """

    word: str
    title: str
    snapshot: Snapshot | None = None
    budget: DepartmentBudget | None = None

    @cached_property
    def inputs(self) -> Inputs:
        """What it was made from. Raises DamagedContent."""
        if self.snapshot is not None:
            return thaw(self.snapshot)
        assert self.budget is not None
        whole = read_whole(self.budget)
        edition = self.budget.year.edition
        return Inputs(book=whole.book, remarks=whole.remarks, edition=edition)

    def holds(self, now: Inputs) -> bool:
        """Return whether it says the very same, whatever rules were in force."""
        if self.snapshot is None:
            return False
        same = Inputs(
            book=now.book,
            remarks=now.remarks,
            edition=now.edition,
            settings=self.inputs.settings,
        )
        return digest(inputs_content(same)) == self.snapshot.digest


@dataclass(frozen=True)
class Seen:
    """A basis as a department or one of its units sees it."""

    inputs: Inputs

    @cached_property
    def document(self) -> Disclosure:
        """Its document, in the edition of its own year."""
        inputs = self.inputs
        return draft(inputs.book, inputs.remarks, EDITIONS[inputs.edition])


def seen(inputs: Inputs, unit: str | None) -> Seen:
    """Return inputs as one unit sees them. Raises UnknownUnit where it took no part."""
    if unit is None:
        return Seen(inputs)
    own = Inputs(
        book=inputs.book.seen_by(unit),
        remarks=inputs.remarks.seen_by(unit),
        edition=inputs.edition,
    )
    return Seen(own)


def bases(budget: DepartmentBudget) -> list[Basis]:
    """Return what a budget can be compared with: its sendings, the last first, then last year."""
    return [*_sendings(budget), *_last_year(budget)]


def _sendings(budget: DepartmentBudget) -> Iterator[Basis]:
    """Yield the moments that were kept of this year's budget, each content once; none of a void
    version, which nobody is shown any more.
    """
    versions = DepartmentBudget.objects.filter(department=budget.department, year=budget.year_id)
    kept = StepTaken.objects.filter(budget__in=versions, snapshot__isnull=False).select_related(
        "budget", "snapshot"
    )
    known: set[int | None] = set()
    for step in kept.order_by("-id"):
        if step.snapshot_id not in known:
            known.add(step.snapshot_id)
            yield Basis(f"step-{step.pk}", _told(step), step.snapshot)


def _told(step: StepTaken) -> str:
    version = f"{step.budget.round.label}第{step.budget.version}版"
    return f"{day(timezone.localdate(step.at))}“{step.action.label}”时（{version}）"


def _last_year(budget: DepartmentBudget) -> Iterator[Basis]:
    """Yield last year's approved budget: as approved, as published, or as it was entered."""
    year = budget.year_id - 1
    settled = DepartmentBudget.objects.filter(
        department=budget.department, year=year, state__in=SETTLED
    ).select_related("department", "year")
    newest = max(settled, key=how_late, default=None)
    approved = None if newest is None else approved_snapshot(newest)
    snapshot = approved or _published(budget.department_id, year)
    if snapshot is not None or newest is not None:
        yield Basis(LAST_YEAR, f"{year}年预算", snapshot, newest)


def _published(code: str, year: int) -> Snapshot | None:
    """Return what a department's last release of a year was made from, None without one."""
    releases = Release.objects.filter(scope=Scope.DEPARTMENT, code=code, year=year)
    last = releases.select_related("snapshot").defer("content").order_by("-number").first()
    return None if last is None else last.snapshot


def chosen(known: list[Basis], word: str, now: Inputs) -> Basis | None:
    """Return the basis of a word; without one, the last sending that differs, else last year.

    A budget that was just sent is the same as its own snapshot: what matters is the one before.
    """
    if word:
        return next((each for each in known if each.word == word), None)
    return next((each for each in known if not each.holds(now)), None)
