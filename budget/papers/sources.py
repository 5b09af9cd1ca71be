"""What a paper is printed from: a snapshot that was kept, or the very inputs as they are now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from budget.actions import Action
from budget.book import BudgetBook
from budget.canonical import Inputs, digest, inputs_content
from budget.document import Disclosure
from budget.drafting import draft
from budget.edition import EDITIONS, Edition
from budget.judging import draft_version, settings_in_force
from budget.load import one_moment
from budget.load.names import read_proposed
from budget.models import DepartmentBudget, Snapshot, StepTaken
from budget.release import thaw
from budget.remarks import Remarks
from budget.terms import State
from budget.workflow.published import approved_snapshot

BEFORE_SIGNING = (State.OPEN, State.DRAFT, State.SUBMITTED)
SIGNING = (Action.SIGN, Action.RECORD_SIGNATURE)
"""Here, or on paper and recorded here."""


@dataclass(frozen=True, slots=True)
class Source:
    """Inputs with the digest that they have, or would have, as a snapshot; ``kept`` says which."""

    inputs: Inputs
    digest: str
    kept: bool
    budget: DepartmentBudget

    @property
    def edition(self) -> Edition:
        """The edition that the inputs name."""
        return EDITIONS[self.inputs.edition]

    def seen_by(self, unit: str | None) -> tuple[BudgetBook, Remarks]:
        """Return book and remarks of the whole, or by its code of one unit. Raises UnknownUnit."""
        book, remarks = self.inputs.book, self.inputs.remarks
        return (book.seen_by(unit), remarks.seen_by(unit)) if unit else (book, remarks)

    def document(self, unit: str | None = None) -> Disclosure:
        """Return the document that the inputs make as far as they are entered."""
        return draft(*self.seen_by(unit), self.edition, read_proposed(self.budget))


def submitted(budget: DepartmentBudget) -> Source | None:
    """Return what goes, or went, to the bureau: kept when the head signed, before that as it is.

    A sheet that is printed before signing has the digest that signing keeps, if nothing changes in
    between. None for a budget that nobody signed.
    """
    if budget.state in BEFORE_SIGNING:
        return _as_it_is(budget)
    last = _signings(budget).select_related("snapshot").order_by("-id").first()
    return None if last is None or last.snapshot is None else _kept(budget, last.snapshot)


def is_submitted(budget: DepartmentBudget) -> bool:
    """Return whether there is something that goes, or went, to the bureau."""
    return budget.state in BEFORE_SIGNING or _signings(budget).exists()


def _signings(budget: DepartmentBudget) -> QuerySet[StepTaken]:
    return StepTaken.objects.filter(budget=budget, action__in=SIGNING, snapshot__isnull=False)


def approved(budget: DepartmentBudget) -> Source | None:
    """Return what was approved, None where nothing was kept of it."""
    snapshot = approved_snapshot(budget)
    return None if snapshot is None else _kept(budget, snapshot)


def _kept(budget: DepartmentBudget, snapshot: Snapshot) -> Source:
    return Source(thaw(snapshot), snapshot.digest, True, budget)


def _as_it_is(budget: DepartmentBudget) -> Source:
    with one_moment():
        drafted = draft_version(budget)
        rules = settings_in_force(budget, EDITIONS[budget.year.edition])
    inputs = Inputs(
        book=drafted.book, remarks=drafted.remarks, edition=budget.year.edition, settings=rules
    )
    return Source(inputs, digest(inputs_content(inputs)), False, budget)
