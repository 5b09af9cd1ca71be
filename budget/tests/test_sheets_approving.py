"""只做公开: the 批复 recorded, and the budget approved only once nothing differs."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from budget.actions import Action
from budget.models import (
    ApprovedAmount,
    Attachment,
    AuditEntry,
    BudgetYear,
    DepartmentBudget,
    StepTaken,
    UnitBudget,
    WrongState,
)
from budget.roles import Role
from budget.sheets.approving import (
    NotRecorded,
    forget_approval,
    missing_for_approval,
    proofs,
    record_approval,
)
from budget.sheets.attaching import Upload
from budget.sheets.file_kinds import UnfitFile
from budget.terms import AttachmentKind, State
from budget.tests.clean import CODE, CONGRESS, UNIT_CODE, YEAR, a_clean_budget
from budget.tests.filling import Accountant, an_accountant, anybody
from budget.tests.people import a_grant
from budget.tests.stored import a_unit
from budget.workflow.advancing import advance
from budget.workflow.refusals import NotReady

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n"


@pytest.fixture(autouse=True)
def inside(settings: Any, tmp_path: Path) -> Path:
    settings.INSIDE_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def accountant() -> Accountant:
    accountant = an_accountant()
    # The year is still to come; its 批复 may be of any day after the congress.
    BudgetYear.objects.update(congress_on=date(2020, 1, 12))
    a_grant(accountant.user, Role.COMPILER, "801001")
    return accountant


def settled(accountant: Accountant) -> StepTaken:
    revision = DepartmentBudget.objects.get().revision
    return advance(accountant.budget, Action.RECORD_APPROVAL, accountant.user, revision=revision)


def a_pdf(name: str = "批复.pdf") -> Upload:
    return Upload(name, io.BytesIO(PDF))


def recorded(accountant: Accountant, **told: Any) -> DepartmentBudget:
    given = {
        "number": "财预〔2030〕8号",
        "approved_on": date(2020, 2, 10),
        "upload": a_pdf(),
        "by": accountant.user,
        "guard": anybody,
        **told,
    }
    record_approval(accountant.budget, **given)
    return DepartmentBudget.objects.get(pk=accountant.budget.pk)


def entered(accountant: Accountant, approved: str = "100") -> None:
    """Enter 100 for people, and what the 批复 says of it."""
    accountant.new("basic", function="2010301", economic="30101", amount="100")
    accountant.new(
        "approved", nature="基本支出", upkeep="人员经费", source="一般公共预算拨款", amount=approved
    )


def test_number_date_and_file_are_recorded(accountant: Accountant) -> None:
    budget = recorded(accountant)
    assert budget.disclosure_only
    assert (budget.approval_number, budget.approved_on) == ("财预〔2030〕8号", date(2020, 2, 10))
    [file] = Attachment.objects.all()
    assert (file.kind, file.unit, file.name) == (AttachmentKind.APPROVAL, None, "批复.pdf")
    assert budget.state is State.DRAFT


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"number": "  "}, "请填写批复文号"),
        ({"number": "号" * 101}, "最多100个字"),
        ({"approved_on": None}, "请填写批复日期"),
        ({"approved_on": timezone.localdate() + timedelta(days=1)}, "不能晚于今天"),
        ({"upload": None}, "请上传批复文件"),
    ],
)
def test_a_record_that_lacks_something_is_refused_and_nothing_kept(
    accountant: Accountant, told: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NotRecorded, match=reason):
        recorded(accountant, **told)
    assert not DepartmentBudget.objects.get().disclosure_only
    assert not Attachment.objects.exists()


def test_a_file_that_is_no_document_is_refused(accountant: Accountant) -> None:
    with pytest.raises(UnfitFile):
        recorded(accountant, upload=Upload("批复.html", io.BytesIO(b"<html>")))
    assert not DepartmentBudget.objects.get().disclosure_only


def test_a_correction_needs_no_second_file(accountant: Accountant) -> None:
    recorded(accountant)
    assert recorded(accountant, number="财预〔2030〕9号", upload=None).approval_number.endswith(
        "9号"
    )
    assert Attachment.objects.count() == 1


def test_being_published_only_can_be_taken_back(accountant: Accountant) -> None:
    recorded(accountant)
    forget_approval(accountant.budget, by=accountant.user, guard=anybody)
    budget = DepartmentBudget.objects.get()
    assert (budget.disclosure_only, budget.approval_number, budget.approved_on) == (False, "", None)


def test_a_ledger_equal_to_the_approval_becomes_approved() -> None:
    budget = a_clean_budget()
    accountant = Accountant(budget, budget.unit_budgets.get().unit)
    a_grant(accountant.user, Role.COMPILER, UNIT_CODE)
    recorded(accountant, approved_on=CONGRESS)
    # The clean budget: 100万元 for people, 20万元 to run the office.
    for upkeep, amount in (("人员经费", "1000000"), ("公用经费", "200000")):
        stated = {"nature": "基本支出", "source": "一般公共预算拨款", "upkeep": upkeep}
        accountant.new("approved", **stated, amount=amount)
    before = DepartmentBudget.objects.get().revision
    taken = settled(accountant)
    budget = DepartmentBudget.objects.get()
    assert budget.state is State.APPROVED
    assert budget.revision == before + 1
    entry = AuditEntry.objects.latest("number")
    assert (entry.act, entry.subject, entry.by) == (
        "budget.record_approval",
        f"{CODE}/{YEAR}",
        accountant.user,
    )
    assert taken.snapshot is not None
    assert (entry.detail["from"], entry.detail["to"]) == ("draft", "approved")
    assert entry.detail["snapshot"] == taken.snapshot.digest


def test_a_ledger_that_differs_stays_a_draft_and_says_where(accountant: Accountant) -> None:
    recorded(accountant)
    entered(accountant, approved="100.01")
    with pytest.raises(NotReady, match="单位801001有1项与批复不符"):
        settled(accountant)
    assert DepartmentBudget.objects.get().state is State.DRAFT


def test_a_row_that_is_not_whole_keeps_a_budget_from_being_proven(accountant: Accountant) -> None:
    recorded(accountant)
    entered(accountant)
    accountant.new("basic", function="2010302")
    with pytest.raises(NotReady, match="还有1行未填完"):
        settled(accountant)


def test_without_anything_stated_nothing_is_proven(accountant: Accountant) -> None:
    recorded(accountant)
    with pytest.raises(NotReady, match="批复数还没有填写"):
        settled(accountant)


def test_a_budget_that_goes_the_usual_way_is_not_approved_here(accountant: Accountant) -> None:
    entered(accountant)
    with pytest.raises(NotReady, match="没有登记为只做公开；批复文号、日期和文件没有登记齐全"):
        settled(accountant)


def test_every_unit_must_be_equal(accountant: Accountant) -> None:
    second = a_unit("801002")
    UnitBudget.objects.create(budget=accountant.budget, unit=second)
    recorded(accountant)
    entered(accountant)
    other = Accountant(accountant.budget, second)
    other.new("basic", function="2010301", economic="30101", amount="5")
    budget = DepartmentBudget.objects.get()
    assert [each.proof.is_equal for each in proofs(budget)] == [True, False]
    assert missing_for_approval(budget, proofs(budget)) == ["单位801002有1项与批复不符"]
    assert ApprovedAmount.objects.count() == 1


def test_who_may_not_is_asked_under_the_lock_and_leaves_nothing(accountant: Accountant) -> None:
    def refuses(budget: DepartmentBudget) -> None:
        raise WrongState(Action.RECORD_APPROVAL, State.FROZEN, ())

    with pytest.raises(WrongState):
        recorded(accountant, guard=refuses)
    assert not Attachment.objects.exists()
    assert not DepartmentBudget.objects.get().disclosure_only
