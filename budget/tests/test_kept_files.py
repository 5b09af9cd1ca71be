"""A file inside stays only where the transaction that stores its row is committed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connections
from django.utils import timezone

from budget.actions import Action
from budget.models import Attachment, BudgetYear, DepartmentBudget, ReturnPoint
from budget.sheets import approving, keeping
from budget.sheets.approving import record_approval
from budget.sheets.attaching import Upload, attach
from budget.sheets.keeping import with_files
from budget.sheets.part import Part
from budget.terms import AttachmentKind, State
from budget.tests.cast import Cast
from budget.tests.clean import a_clean_budget
from budget.tests.filling import Accountant, an_accountant, anybody
from budget.workflow import effects
from budget.workflow.advancing import advance
from budget.workflow.saying import Said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT, settings.INSIDE_ROOT = tmp_path / "releases", tmp_path / "inside"
    cache.clear()
    return tmp_path / "inside"


def kept(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]


def a_pdf() -> Upload:
    return Upload("签字页.pdf", io.BytesIO(b"%PDF-1.7\n"))


def spoil(*_: Any) -> None:
    """Let the COMMIT fail: whether a row's parent is there both engines ask only then."""
    ReturnPoint.objects.create(step_id=10**9, sequence=1, text="没有这一步")


def spoiled(did: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that does what it did, and then spoils the transaction."""

    def both(*args: Any, **named: Any) -> Any:
        done = did(*args, **named)
        spoil()
        return done

    return both


def attached(accountant: Accountant) -> Attachment:
    part = Part(accountant.budget, accountant.unit)
    return attach(part, a_pdf(), AttachmentKind.APPROVAL, by=accountant.user, guard=anybody)


def test_a_file_goes_with_the_transaction_around_its_own(folder: Path) -> None:
    accountant = an_accountant()
    whole = Accountant(accountant.budget, None, accountant.user)

    @with_files()
    def both(then: Callable[[], None]) -> None:
        attached(accountant)
        assert len(kept(folder)) == 1  # it is in its place
        then()

    @with_files()
    def more() -> None:
        attached(whole)
        assert len(kept(folder)) == 2
        raise RuntimeError("this part fails alone")

    def tried() -> None:
        with pytest.raises(RuntimeError, match="fails alone"):
            more()

    with pytest.raises(IntegrityError):
        both(spoil)
    assert (kept(folder), Attachment.objects.count()) == ([], 0)
    both(tried)
    assert len(kept(folder)) == Attachment.objects.count() == 1


def test_a_commit_that_arrived_keeps_its_file_though_the_answer_was_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accountant, wrapper = an_accountant(), connections["default"]
    commit = wrapper.commit

    def lost() -> None:
        commit()
        raise OperationalError("the connection was lost")

    monkeypatch.setattr(wrapper, "commit", lost)
    with pytest.raises(OperationalError):
        attached(accountant)
    assert len(kept(folder)) == Attachment.objects.count() == 1


def test_nothing_is_stored_outside_of_such_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        keeping.store(io.BytesIO(b"%PDF-1.7\n"), "attachments/x.pdf")


def test_the_file_of_an_approval_goes_with_what_was_recorded_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accountant = an_accountant()
    BudgetYear.objects.update(congress_on=date(2020, 1, 12))
    told: tuple[Any, ...] = (accountant.budget, "财预〔2030〕8号", date(2020, 2, 10), a_pdf())
    with monkeypatch.context() as patched:
        patched.setattr(approving, "_keep", spoiled(approving._keep))
        with pytest.raises(IntegrityError):
            record_approval(*told, by=accountant.user, guard=anybody)
    assert (kept(folder), DepartmentBudget.objects.get().disclosure_only) == ([], False)
    record_approval(*told, by=accountant.user, guard=anybody)
    assert len(kept(folder)) == 1


def test_the_scan_of_a_signature_goes_with_the_step_that_failed_at_its_commit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(a_clean_budget())
    cast.taken("compiler", "submit")
    finance, head = (User.objects.get(username=name) for name in ("department_finance", "head"))

    def record() -> None:
        said = Said(signer=head, date=timezone.localdate(), sheet=a_pdf())
        revision = cast.now().revision
        advance(cast.budget, Action.RECORD_SIGNATURE, finance, revision=revision, said=said)

    with monkeypatch.context() as patched:
        patched.setitem(
            effects.EFFECTS,
            Action.RECORD_SIGNATURE,
            spoiled(effects.sign_on_paper),
        )
        with pytest.raises(IntegrityError):
            record()
    assert (kept(folder), cast.now().state) == ([], State.SUBMITTED)
    record()
    assert (len(kept(folder)), cast.now().state) == (1, State.SIGNED)
