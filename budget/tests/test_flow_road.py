"""The whole road by HTTP, with a person for each role, on a budget that is clean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from budget.flow.history import history
from budget.judging import judge_each
from budget.models import DepartmentBudget, ReturnPoint, StepTaken
from budget.terms import Opinion, State
from budget.tests.cast import PAGE, Cast
from budget.tests.clean import CODE, UNIT_CODE, YEAR, a_clean_budget

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast(a_clean_budget())


def answers(budget: DepartmentBudget, *texts: str) -> Mapping[str, str]:
    """Return what the form of answers sends: to each point of the last return, nothing before."""
    points = ReturnPoint.objects.filter(step__budget=budget).order_by("step_id", "sequence")
    typed = {f"answer-{p.pk}": text for p, text in zip(points, texts, strict=True)}
    return typed | {f"was-{point.pk}": "" for point in points}


def test_a_budget_goes_from_the_draft_to_what_is_ready_to_publish(cast: Cast) -> None:
    cast.taken("compiler", "submit")
    cast.taken(
        "head",
        "send_back",
        reason="金额与依据不符。",
        points="补充依据\r\n\r\n核对金额\r\n写明原因",
    )
    assert cast.now().state is State.DRAFT
    home = cast.browsers["compiler"].get("/entry/").content.decode()
    assert "退回：3个问题待答复" in home
    refused = cast.take("compiler", "submit")
    assert refused.status_code == 422
    assert "退回的第3个问题还没有答复" in refused.content.decode()

    sent = cast.browsers["compiler"].post(
        f"{PAGE}answers/", answers(cast.budget, "已补充", "已核对", "已写明")
    )
    assert sent.status_code == 302
    cast.taken("compiler", "submit")

    asked = cast.take("head", "sign")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert cast.now().state is State.SUBMITTED
    cast.shows_that_it_is_he("head")
    cast.taken("head", "sign")
    cast.taken("division_reviewer", "pass_first_review")
    waiting = cast.take("budget_reviewer", "pass_final_review")
    assert "绩效目标审核结论为“待审核”" in waiting.content.decode()
    cast.taken("performance_reviewer", "judge_performance", opinion="ok")
    cast.taken("budget_reviewer", "pass_final_review")

    today = timezone.localdate().isoformat()
    cast.shows_that_it_is_he("budget_reviewer")
    same = cast.take("budget_reviewer", "approve", number="财预〔2023〕1号", date=today)
    assert same.status_code == 403
    assert "须由另一人办理" in same.content.decode()
    cast.shows_that_it_is_he("second")
    cast.taken("second", "approve", number="财预〔2023〕1号", date=today)
    cast.taken(
        "publisher", "prepare_publication", reviewer="李某", date=today, conclusion="可以公开"
    )
    budget = cast.now()
    assert (budget.state, budget.performance) == (State.READY, Opinion.OK)
    assert budget.approval_number == "财预〔2023〕1号"
    kept = StepTaken.objects.filter(snapshot__isnull=False).values_list("action", flat=True)
    assert sorted(kept) == ["approve", "pass_final_review", "sign"]
    # Nothing was changed on the way: what was signed is what was approved.
    assert len(set(StepTaken.objects.exclude(snapshot=None).values_list("snapshot"))) == 1

    sentences = [entry.sentence.partition("，")[2] for entry in reversed(history(budget))]
    day = timezone.localdate()
    written = f"{day.year}年{day.month}月{day.day}日"
    assert sentences == [
        "姓名compiler（单位会计）上报，请负责人审签。",
        "姓名head（部门负责人）退回：金额与依据不符，列出3个问题。",
        "姓名compiler（单位会计）上报，请负责人审签。",
        "姓名head（部门负责人）审签，报送财政部门。",
        "姓名division_reviewer（业务科室）初审通过。",
        "姓名performance_reviewer（绩效科）审核绩效目标：通过。",
        "姓名budget_reviewer（预算科）审定。",
        f"姓名second（预算科）批复：财预〔2023〕1号，批复日期{written}。",
        f"姓名publisher（公开专员）提交公开材料：李某于{written}做了保密审查，结论为“可以公开”。",
    ]
    page = cast.page("head")
    assert "待签发公开" in page
    assert StepTaken.objects.get(action="sign").snapshot.digest in page  # type: ignore[union-attr]
    assert "答复（姓名compiler）：已核对" in page


def test_a_step_that_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    cast.taken("compiler", "submit")
    blank = cast.take("head", "send_back", reason="金额不对", points=" \n ")
    assert blank.status_code == 422
    assert "金额不对" in blank.content.decode()
    assert "请填写问题清单。" in blank.content.decode()

    read = cast.now().revision
    DepartmentBudget.objects.update(revision=read + 1)
    stale = cast.take("head", "send_back", reason="甲", points="乙丙", revision=str(read))
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "又有改动" in page
    assert "乙丙</textarea>" in page
    assert f'name="revision" value="{read + 1}"' in page
    assert StepTaken.objects.count() == 1

    cast.taken("department_finance", "withdraw_submission")
    gone = cast.take("head", "send_back", reason="金额不对", points="补充依据")
    page = gone.content.decode()
    assert gone.status_code == 409
    assert "预算现在处于“编制中”" in page
    assert "补充依据" in page
    assert "您填写的内容" in page


def test_what_was_typed_waits_while_the_person_shows_that_it_is_he(cast: Cast) -> None:
    DepartmentBudget.objects.update(state=State.FROZEN)
    day = timezone.localdate().isoformat()
    read = cast.now().revision
    asked = cast.take("second", "approve", number="财预〔2023〕9号", date=day)
    back = f"/account/reauthenticate/?next=%2Fflow%2F{CODE}%2F{YEAR}%2F%23step-approve"
    assert asked.headers["Location"] == back
    DepartmentBudget.objects.update(revision=read + 5)
    cast.shows_that_it_is_he("second")
    page = cast.page("second")
    assert 'value="财预〔2023〕9号"' in page
    assert f'name="revision" value="{read}"' in page  # what he had read, not what came after
    # Said where it is done: in the step's own place, right above its form.
    own = page.partition('id="step-approve"')[2].partition("<form")[0]
    assert 'role="status"><strong>身份已确认，还没有办理。' in own
    assert "请再按一次“批复”" in own
    assert cast.now().state is State.FROZEN
    again = cast.page("second")
    assert 'value="财预〔2023〕9号"' not in again
    assert "身份已确认" not in again


def test_what_was_confirmed_too_late_is_told_and_what_was_typed_is_not_lost(cast: Cast) -> None:
    DepartmentBudget.objects.update(state=State.FROZEN)
    day = timezone.localdate().isoformat()
    cast.take("second", "approve", number="财预〔2023〕9号", date=day)
    DepartmentBudget.objects.update(state=State.DRAFT)
    cast.shows_that_it_is_he("second")
    page = cast.page("second")
    assert "身份已确认，但没有办理：预算现在处于“编制中”，不能“批复”" in page
    assert "财预〔2023〕9号" in page


def test_taking_an_approval_back_wants_the_password_and_opens_its_form_again(cast: Cast) -> None:
    DepartmentBudget.objects.update(state=State.APPROVED)
    asked = cast.take("second", "revoke_approval", reason="批复金额有误")
    assert asked.headers["Location"].endswith("%23step-revoke_approval")
    assert cast.now().state is State.APPROVED
    cast.shows_that_it_is_he("second")
    own = cast.page("second").partition('id="step-revoke_approval"')[2].partition("</section>")[0]
    assert "<details>" not in own  # what is seldom done is folded otherwise
    assert "批复金额有误" in own
    assert '<button class="primary">撤销批复</button>' in own
    cast.taken("second", "revoke_approval", reason="批复金额有误")
    assert cast.now().state is State.DRAFT


def test_a_day_that_is_still_to_come_is_no_day_of_approval(cast: Cast) -> None:
    DepartmentBudget.objects.update(state=State.FROZEN)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    cast.shows_that_it_is_he("second")
    answer = cast.take("second", "approve", number="财预〔2023〕1号", date=tomorrow)
    assert answer.status_code == 422
    assert "日期不能晚于今天" in answer.content.decode()


def test_the_rules_are_asked_only_when_somebody_wants_to_know(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def judge(*told: Any) -> Any:
        asked.append(told)
        return judge_each(*told)

    monkeypatch.setattr("budget.workflow.holding.judge_each", judge)
    page = cast.page("compiler")
    assert asked == []
    assert "核对是否还有错误和未说明的提示" in page
    assert "各项要求都符合，可以办理" in cast.page("compiler", "?check=submit")
    assert len(asked) == 1


def test_each_sees_the_steps_that_are_his_and_who_is_next(cast: Cast) -> None:
    cast.taken("compiler", "submit")
    steps = {
        who: [word for word in STEP_WORDS if f"/take/{word}/" in cast.page(who)]
        for who in ("compiler", "head", "division_reviewer", "performance_reviewer")
    }
    assert steps == {
        "compiler": ["withdraw_submission"],
        "head": ["send_back", "sign"],
        "division_reviewer": [],
        "performance_reviewer": [],
    }
    assert "没有需要您办理的事" in cast.page("division_reviewer")
    assert "履历" not in cast.page("division_reviewer")  # not yet the bureau's


STEP_WORDS = ("submit", "withdraw_submission", "send_back", "sign", "pass_first_review")


def test_an_answer_that_another_has_given_meanwhile_is_not_written_over(cast: Cast) -> None:
    cast.taken("compiler", "submit")
    cast.taken("head", "send_back", reason="甲", points="一\n二")
    mine = answers(cast.budget, "我的第一条", "我的第二条")
    theirs = answers(cast.budget, "", "他的第二条")
    browser = cast.browsers["compiler"]
    assert cast.browsers["department_finance"].post(f"{PAGE}answers/", theirs).status_code == 302
    moved = browser.post(f"{PAGE}answers/", mine)
    page = moved.content.decode()
    assert moved.status_code == 409
    assert "我的第二条" in page
    assert "现在的答复：他的第二条" in page
    assert list(ReturnPoint.objects.values_list("answer", flat=True)) == ["", "他的第二条"]
    assert browser.post(f"{PAGE}answers/", {}).status_code == 422
    assert cast.browsers["head"].post(f"{PAGE}answers/", mine).status_code == 403


def test_who_may_write_is_led_to_the_sheets_and_nobody_else(cast: Cast) -> None:
    led = f'href="/entry/{UNIT_CODE}/{YEAR}/">去填报'
    assert led in cast.page("compiler")
    assert led in cast.page("department_finance")
    assert "去填报" not in cast.page("head")
    cast.taken("compiler", "submit")
    assert "去填报" not in cast.page("compiler")


def test_a_word_that_is_no_step_is_not_there(cast: Cast) -> None:
    assert cast.take("head", "publishing").status_code == 404
    assert cast.take("head", "edit").status_code == 404
    assert cast.take("head", "submit").status_code == 403


def test_who_comes_to_a_step_without_its_form_is_led_to_the_page(cast: Cast) -> None:
    for path in ("take/submit/", "answers/"):
        answer = cast.browsers["compiler"].get(PAGE + path)
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert cast.now().state is State.DRAFT
