"""A 批复 that is recorded here, and one that is taken back: who may, when, and of what day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from budget.load import read_book
from budget.models import (
    ApprovedAmount,
    BudgetYear,
    Ceiling,
    DepartmentBudget,
    DisclosureOnly,
    RevenueLine,
    SpendingLine,
    YearRound,
)
from budget.release import files
from budget.roles import Role
from budget.terms import CeilingKind, Round, Source, State
from budget.tests.cast import Cast
from budget.tests.clean import CODE, YEAR, a_clean_budget
from budget.tests.people import a_grant, signed_in, someone_with
from budget.tests.stored import past_the_lock
from budget.tests.test_publishing import TEXT, approved, corrected, prepared, published, read_by
from budget.workflow.ceilings import NotSet, Wanted, limit_of, set_ceilings, split_ceilings
from budget.workflow.published import approved_snapshot

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]
TODAY = timezone.localdate
ENTRY = f"/entry/{CODE}/{YEAR}/approval/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT, settings.INSIDE_ROOT = tmp_path / "releases", tmp_path / "inside"
    monkeypatch.setattr(files, "registered", lambda: (TEXT,))
    cache.clear()  # it counts how often somebody shows that it is he


@pytest.fixture
def cast() -> Cast:
    return Cast(a_clean_budget())


def recorded(cast: Cast, who: str = "department_finance", **told: Any) -> Any:
    file = SimpleUploadedFile("批复.pdf", b"%PDF-1.7\n", "application/pdf")
    sent = {"number": "自编1号", "approved_on": TODAY().isoformat(), "file": file, **told}
    return cast.browsers[who].post(f"{ENTRY}record/", sent)


def settled(cast: Cast, who: str = "department_finance") -> Any:
    return cast.browsers[who].post(f"{ENTRY}settle/")


def state_the_same(budget: DepartmentBudget) -> None:
    """State as approved what the ledger says: 100万元 for people and 20万元 to run the office."""
    unit = budget.unit_budgets.get().unit
    for sequence, line in enumerate(read_book(budget).lines, 1):
        ApprovedAmount.objects.create(
            budget=budget,
            unit=unit,
            sequence=sequence,
            source=line.source,
            nature=line.nature,
            upkeep=line.upkeep,
            amount=line.amount,
        )


def stays(cast: Cast, answer: Any, reason: str) -> None:
    """Assert that a refusal says why, and that nothing has changed."""
    assert (answer.status_code, cast.now().state) == (422, State.DRAFT)
    assert reason in answer.content.decode()


# ---- whose 批复 may be recorded


def test_what_the_bureau_has_sent_back_is_not_approved_by_its_own_accountant(cast: Cast) -> None:
    cast.taken("compiler", "submit")
    cast.shows_that_it_is_he("head")
    cast.taken("head", "sign")
    cast.taken("division_reviewer", "send_back", reason="压减", points="会议费过高")
    state_the_same(cast.budget)
    stays(cast, recorded(cast, "compiler"), "已经上报过")
    assert cast.now().approval_number == ""
    # Nor where it was recorded before it was submitted.
    DepartmentBudget.objects.update(disclosure_only=True)
    stays(cast, settled(cast, "compiler"), "已经上报过")
    assert 'action="/entry/900/2023/approval/record/"' not in (
        cast.browsers["compiler"].get(ENTRY).content.decode()
    )


def test_a_budget_with_ceilings_is_approved_by_the_bureau(cast: Cast) -> None:
    Ceiling.objects.create(
        budget=cast.budget,
        source=Source.GENERAL_PUBLIC,
        kind=CeilingKind.PERSONNEL,
        amount="2000000",
    )
    stays(cast, recorded(cast), "已有控制数")


@pytest.mark.parametrize("round_", [Round.FIRST_SUBMISSION, Round.CEILING, Round.APPROVAL])
def test_a_year_with_more_rounds_than_the_last_one_is_approved_here(
    cast: Cast, round_: Round
) -> None:
    YearRound.objects.create(year=cast.budget.year, round=Round.SECOND_SUBMISSION)
    assert recorded(cast).status_code == 302
    YearRound.objects.create(year=cast.budget.year, round=round_)
    stays(cast, recorded(cast), f"{YEAR}年设有“{round_.label}”")


def test_who_is_declared_goes_the_short_way_beside_those_who_go_the_long_one(cast: Cast) -> None:
    for each in Round:
        YearRound.objects.create(year=cast.budget.year, round=each)
    state_the_same(cast.budget)
    declaring = f"/bureau/years/{YEAR}/only-published/"
    # The department cannot say so itself.
    for who in ("compiler", "department_finance", "head"):
        assert cast.browsers[who].post(declaring, {"departments": CODE}).status_code == 403
    stays(cast, recorded(cast), "请预算科登记为只做公开的部门")
    bureau = cast.browsers["budget_reviewer"]
    assert bureau.post(declaring, {"departments": CODE}).status_code == 302
    assert recorded(cast).status_code == 302
    assert bureau.post(declaring, {"was": CODE}).status_code == 422
    # What was declared when it was recorded is asked again when it becomes 已批复.
    DisclosureOnly.objects.all().delete()
    stays(cast, settled(cast), "请预算科登记为只做公开的部门")
    assert bureau.post(declaring, {"departments": CODE}).status_code == 302
    assert settled(cast).status_code == 302
    prepared(cast)
    published(cast)
    assert cast.now().state is State.PUBLISHED


@pytest.mark.parametrize(
    ("who", "kind"),
    [("department_finance", "correct_texts"), ("budget_reviewer", "correct_amounts")],
)
def test_a_correction_has_no_approval_of_its_own_accountants(
    cast: Cast, who: str, kind: str
) -> None:
    approved(cast)
    prepared(cast)
    published(cast)
    original = approved_snapshot(cast.now())
    corrected(cast, who, kind)
    lines = SpendingLine.objects.filter(budget=cast.budget)
    lines.filter(economic="30101").update(amount="990000")
    lines.exclude(economic="30101").update(amount="210000")
    state_the_same(cast.budget)
    stays(cast, recorded(cast), "更正")
    DepartmentBudget.objects.filter(pk=cast.budget.pk).update(
        disclosure_only=True, approval_number="自编1号", approved_on=TODAY()
    )
    stays(cast, settled(cast), "更正")
    assert approved_snapshot(cast.now()) == (original if kind == "correct_texts" else None)


def test_only_what_is_whole_complete_and_free_of_errors_becomes_approved(cast: Cast) -> None:
    state_the_same(cast.budget)
    assert recorded(cast).status_code == 302
    unit = cast.budget.unit_budgets.get()
    unit.complete = False
    unit.save()
    stays(cast, settled(cast), "还没有确认填报完成")
    unit.complete = True
    unit.save()
    # 999元 that no use is financed by: both sides of the budget differ.
    stray = RevenueLine.objects.create(
        budget=cast.budget, unit=unit.unit, source=Source.OTHER, amount="999"
    )
    stays(cast, settled(cast), "处错误")
    stray.delete()
    assert settled(cast).status_code == 302
    assert cast.now().state is State.APPROVED


# ---- taking a 批复 back


def test_the_bureau_takes_back_an_approval_that_nothing_was_published_of(cast: Cast) -> None:
    approved(cast)
    # Nothing waits for it: who comes to the page is told who prepares the publication.
    assert "<dt>撤销批复</dt>" not in cast.page("budget_reviewer")
    assert "某局" not in cast.browsers["budget_reviewer"].get("/flow/").content.decode()
    words = {"reason": "批复金额有误"}
    assert cast.take("budget_reviewer", "revoke_approval").status_code == 422  # no reason
    own = cast.take("second", "revoke_approval", **words)
    assert own.status_code == 403
    assert "须由另一人办理" in own.content.decode()
    assert cast.take("head", "revoke_approval", **words).status_code == 403
    cast.shows_that_it_is_he("budget_reviewer")
    cast.taken("budget_reviewer", "revoke_approval", **words)
    budget = cast.now()
    assert (budget.state, budget.approval_number, budget.approved_on) == (State.DRAFT, "", None)
    assert "撤销批复：批复金额有误" in cast.page("head")


def test_what_is_signed_off_to_be_published_is_first_sent_back(cast: Cast) -> None:
    approved(cast)
    prepared(cast)
    assert cast.take("budget_reviewer", "revoke_approval", reason="有误").status_code == 409
    published(cast)
    assert cast.take("budget_reviewer", "revoke_approval", reason="有误").status_code == 409


def test_a_recorded_approval_that_was_taken_back_is_mended_and_recorded_again(
    cast: Cast,
) -> None:
    state_the_same(cast.budget)
    recorded(cast)
    settled(cast)
    cast.shows_that_it_is_he("budget_reviewer")
    cast.taken("budget_reviewer", "revoke_approval", reason="批复数录错")
    budget = cast.now()
    assert (budget.state, budget.approval_number) == (State.DRAFT, "自编1号")
    assert settled(cast).status_code == 302
    assert cast.now().state is State.APPROVED


def test_a_recorded_approval_is_taken_back_though_its_package_was_made_and_sent_back(
    cast: Cast,
) -> None:
    state_the_same(cast.budget)
    recorded(cast)
    settled(cast)
    prepared(cast)
    cast.taken("head", "send_package_back", reason="批复数录错")
    cast.shows_that_it_is_he("budget_reviewer")
    cast.taken("budget_reviewer", "revoke_approval", reason="批复数录错")
    assert settled(cast).status_code == 302
    assert cast.now().state is State.APPROVED


# ---- corrected


def only_published(cast: Cast) -> None:
    """Record a 批复, prove the ledger equal to it, and publish."""
    state_the_same(cast.budget)
    recorded(cast)
    settled(cast)
    prepared(cast)
    published(cast)


def told_of_approval(cast: Cast) -> tuple[bool, str, date | None]:
    now = cast.now()
    return now.disclosure_only, now.approval_number, now.approved_on


def test_amounts_that_are_corrected_are_approved_here_whoever_approved_the_wrong_ones(
    cast: Cast,
) -> None:
    only_published(cast)
    corrected(cast, "budget_reviewer", "correct_amounts")
    assert told_of_approval(cast) == (False, "", None)
    stays(cast, recorded(cast), "更正金额的，须由财政部门重新批复")
    assert "取消只做公开" not in cast.browsers["department_finance"].get(ENTRY).content.decode()
    assert approve(cast, TODAY()).status_code == 302
    assert told_of_approval(cast) == (False, "财预〔2023〕1号", TODAY())
    # What was approved here loses number and day when that is taken back.
    cast.shows_that_it_is_he("budget_reviewer")
    cast.taken("budget_reviewer", "revoke_approval", reason="有误")
    assert told_of_approval(cast) == (False, "", None)


def test_texts_that_are_corrected_keep_the_recorded_approval_and_nobody_forgets_it(
    cast: Cast,
) -> None:
    only_published(cast)
    corrected(cast, "department_finance", "correct_texts")
    kept = (True, "自编1号", TODAY())
    assert told_of_approval(cast) == kept
    page = cast.browsers["department_finance"].get(ENTRY).content.decode()
    assert "取消只做公开" not in page
    assert "转为已批复" not in page
    assert "批复与所更正的版本相同" in page
    stays(cast, cast.browsers["department_finance"].post(f"{ENTRY}forget/"), "所更正的版本")
    assert told_of_approval(cast) == kept
    cast.taken("department_finance", "submit")
    cast.shows_that_it_is_he("head")
    cast.taken("head", "sign")
    assert (cast.now().state, told_of_approval(cast)) == (State.APPROVED, kept)


def test_what_was_recorded_and_then_goes_over_the_bureau_is_approved_by_the_bureau(
    cast: Cast,
) -> None:
    recorded(cast)
    cast.taken("department_finance", "submit")
    assert approve(cast, TODAY() - DAY).status_code == 302
    assert told_of_approval(cast) == (False, "财预〔2023〕1号", TODAY() - DAY)


# ---- of which day


def approve(cast: Cast, day: date) -> Any:
    DepartmentBudget.objects.update(state=State.FROZEN)
    cast.shows_that_it_is_he("second")
    return cast.take("second", "approve", number="财预〔2023〕1号", date=day.isoformat())


def test_no_approval_is_of_a_day_before_the_congress(cast: Cast) -> None:
    # The congress was on 2023-01-12.
    early = approve(cast, date(2023, 1, 11))
    assert early.status_code == 422
    assert "批复日期2023-01-11早于人民代表大会批准预算的日期2023-01-12" in early.content.decode()
    assert 'value="2023-01-11"' in early.content.decode()
    assert cast.now().state is State.FROZEN
    assert approve(cast, date(2023, 1, 12)).status_code == 302


@pytest.mark.parametrize(
    ("congress", "day", "reason"),
    [
        (date(2023, 1, 12), "2023-01-11", "早于人民代表大会批准预算的日期"),
        (date(2023, 1, 12), (TODAY() + DAY).isoformat(), "不能晚于今天"),
        (None, "2021-12-31", "早于2022年"),
    ],
)
def test_no_recorded_approval_is_of_an_impossible_day(
    cast: Cast, congress: date | None, day: str, reason: str
) -> None:
    BudgetYear.objects.update(congress_on=congress)
    stays(cast, recorded(cast, approved_on=day), reason)
    assert cast.now().approved_on is None


def test_a_day_recorded_before_the_congress_was_known_is_asked_again(cast: Cast) -> None:
    BudgetYear.objects.update(congress_on=None)
    state_the_same(cast.budget)
    assert recorded(cast, approved_on="2022-01-01").status_code == 302
    BudgetYear.objects.update(congress_on=date(2023, 1, 12))
    stays(cast, settled(cast), "早于人民代表大会批准预算的日期2023-01-12")


def test_secrets_are_looked_for_after_the_approval_and_not_in_days_to_come(cast: Cast) -> None:
    assert approve(cast, TODAY() - DAY).status_code == 302
    for day, reason in (
        (TODAY() - 2 * DAY, "保密审查日期"),
        (TODAY() + DAY, "日期不能晚于今天"),
    ):
        answer = cast.take(
            "publisher",
            "prepare_publication",
            reviewer="李某",
            date=day.isoformat(),
            conclusion="可以公开",
        )
        assert answer.status_code == 422
        assert reason in answer.content.decode()
    assert cast.now().state is State.APPROVED


def year_form(day: str) -> dict[str, str]:
    return {
        "edition": "changsha-2023",
        "codes_on": "2023-01-01",
        "congress_on": day,
        "approval_days": "20",
        "disclosure_days": "20",
        "has_second_submission": "on",
    }


@pytest.mark.parametrize(
    ("day", "status"),
    [("2023-02-10", 302), ("2023-02-11", 422), ("", 422)],
)
def test_the_day_of_the_congress_stays_before_what_was_approved(
    cast: Cast, day: str, status: int
) -> None:
    assert approve(cast, date(2023, 2, 10)).status_code == 302
    YearRound.objects.create(year=cast.budget.year, round=Round.SECOND_SUBMISSION)
    page = f"/bureau/years/{YEAR}/dates/"
    answer = cast.browsers["budget_reviewer"].post(page, year_form(day))
    assert answer.status_code == status
    if status == 422:
        assert "已有部门预算批复" in answer.content.decode()
        assert BudgetYear.objects.get().congress_on == date(2023, 1, 12)


# ---- two persons


def test_who_recorded_the_approval_does_not_sign_its_publication(cast: Cast) -> None:
    both = someone_with(Role.DEPARTMENT_FINANCE, CODE, "both")
    a_grant(both, Role.HEAD, CODE)
    cast.browsers["both"] = signed_in(both)
    state_the_same(cast.budget)
    recorded(cast, "department_finance")
    assert settled(cast, "both").status_code == 302
    prepared(cast)
    cast.shows_that_it_is_he("both")
    refused = cast.take("both", "publish", read=read_by(cast, "both"))
    assert refused.status_code == 403
    assert "“登记批复（只做公开）”是您办的" in refused.content.decode()
    published(cast)
    # Nor the signature of what corrects its texts.
    corrected(cast, "department_finance", "correct_texts")
    cast.taken("department_finance", "submit")
    cast.shows_that_it_is_he("both")
    assert cast.take("both", "sign").status_code == 403
    assert cast.now().state is State.SUBMITTED


def test_a_text_correction_above_a_ceiling_goes_its_way(cast: Cast) -> None:
    approved(cast)
    prepared(cast)
    published(cast)
    # 100万元 for people were approved; the ceiling says 90万元.
    with past_the_lock(cast.budget):
        Ceiling.objects.create(
            budget=cast.budget,
            source=Source.GENERAL_PUBLIC,
            kind=CeilingKind.PERSONNEL,
            amount="900000",
        )
    corrected(cast, "department_finance", "correct_texts")
    cast.taken("department_finance", "submit")
    assert cast.now().state is State.SUBMITTED
    # What the bureau would set or split now is of no use to anybody.
    wanted = Wanted(None, limit_of(Ceiling.objects.latest("pk")), Decimal(900_000), Decimal(1))
    DepartmentBudget.objects.filter(pk=cast.budget.pk).update(state=State.DRAFT)
    for setting, username in ((set_ceilings, "second"), (split_ceilings, "department_finance")):
        with pytest.raises(NotSet, match="只更正文字"):
            setting(cast.now(), [wanted], User.objects.get(username=username), reason="压减")
