"""What steps do beyond changing a state: 二上 opened; releases issued, withdrawn, corrected.

What was signed on paper is kept here too. Each effect runs in the transaction of its step, under
the lock on the budget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from budget.actions import Action
from budget.jobs.queueing import enqueue
from budget.models import (
    ApprovedAmount,
    Attachment,
    Correction,
    DepartmentBudget,
    Issue,
    StepTaken,
)
from budget.release import issue
from budget.terms import AttachmentKind, CorrectionKind, Origin, State
from budget.workflow.copying import copy_version
from budget.workflow.packaging import package
from budget.workflow.refusals import Stale
from budget.workflow.rounds import open_second_submission
from budget.workflow.saying import Said
from budget.workflow.signing import keep_sheet
from budget.workflow.withdrawing import before, seal, withdraw_releases

Effect = Callable[[DepartmentBudget, StepTaken, Said], None]


# ---- from 一上 to 二上


def hand_down(budget: DepartmentBudget, taken: StepTaken, _: Said) -> None:
    """Open the second submission with the ceilings that answer the first."""
    open_second_submission(budget, taken.by)


# ---- publishing


def issue_releases(budget: DepartmentBudget, taken: StepTaken, said: Said) -> None:
    """Issue the documents that the person has read, and queue their files.

    Raises Stale where the documents are others by now.
    """
    found = package(budget)
    if found.digest != said.read:
        raise Stale(taken.revision, budget.revision)
    assert taken.snapshot is not None  # the step freezes
    origin = Origin.INVENTED if budget.department.invented else Origin.COMPILED
    issued = []
    for each in found.documents:
        release = issue(
            taken.snapshot,
            each.document,
            number=each.number,
            origin=origin,
            replaces=each.replaces,
        )
        Issue.objects.create(release=release, budget=budget, step=taken)
        issued.append(release)
    enqueue(*issued)
    correction = Correction.objects.filter(budget=budget).first()
    if correction is not None and correction.ground.seals:
        seal(before(budget, issued), correction.ground, taken)


# ---- correcting

KINDS: Mapping[Action, CorrectionKind] = {
    Action.CORRECT_TEXTS: CorrectionKind.TEXTS,
    Action.CORRECT_AMOUNTS: CorrectionKind.AMOUNTS,
}
OF_THE_AMOUNTS = (AttachmentKind.APPROVAL, AttachmentKind.SIGNATURE)
"""Files of which a correction of the amounts has no use: they say what was approved before."""


def begin_correction(budget: DepartmentBudget, taken: StepTaken, said: Said) -> None:
    """Open the next version as a copy; what its amounts need, corrected, is a new 批复.

    What was approved and signed of the amounts that were wrong stays with them, also that it was
    approved elsewhere. A correction of texts has the 批复 of its original.
    """
    assert said.ground is not None  # the step asks for it
    number = DepartmentBudget.everything.next_version(
        budget.department_id, budget.year_id, budget.round
    )
    copy = copy_version(budget, round=budget.round, version=number, state=State.DRAFT, by=taken.by)
    kind = KINDS[taken.action]
    if kind is CorrectionKind.AMOUNTS:
        DepartmentBudget.objects.filter(pk=copy.pk).update(
            approval_number="", approved_on=None, disclosure_only=False
        )
        ApprovedAmount.objects.filter(budget=copy).delete()
        Attachment.objects.filter(budget=copy, kind__in=OF_THE_AMOUNTS).delete()
    Correction.objects.create(
        budget=copy,
        original=budget,
        kind=kind,
        ground=said.ground,
        what=taken.said["what"],
        why=taken.said["why"],
        by=taken.by,
    )


# ---- what was signed on paper


def sign_on_paper(budget: DepartmentBudget, taken: StepTaken, said: Said) -> None:
    """Keep the scan of a signed sheet. Raises Unfit."""
    assert said.sheet is not None  # the step asks for it
    keep_sheet(budget, taken.by, said.sheet)


def issue_as_signed(budget: DepartmentBudget, taken: StepTaken, said: Said) -> None:
    """Issue what was signed on paper, and keep the sheet."""
    issue_releases(budget, taken, said)
    sign_on_paper(budget, taken, said)


EFFECTS: Mapping[Action, Effect] = {
    Action.SET_CEILING: hand_down,
    Action.RECORD_SIGNATURE: sign_on_paper,
    Action.PUBLISH: issue_releases,
    Action.RECORD_RELEASE: issue_as_signed,
    Action.CONFIRM_WITHDRAWAL: withdraw_releases,
    Action.CORRECT_TEXTS: begin_correction,
    Action.CORRECT_AMOUNTS: begin_correction,
}
"""What an action does besides what ``advance`` writes for every step."""
