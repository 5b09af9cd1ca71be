"""From 一上 over ceilings to 二上, a cut and the 批复, by HTTP, every amount worked out by hand.

The clean budget asks for 100 万元 of wages and 20 万元 of running costs. The ceilings are 110 and
15 万元: running costs go down to 15 in 二上, where the bureau cuts the wages to 98.5 万元.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from budget.load import load_book
from budget.models import (
    Answer,
    BudgetYear,
    Ceiling,
    DepartmentBudget,
    SpendingLine,
    StepTaken,
    YearRound,
)
from budget.release import thaw
from budget.terms import Round, State
from budget.tests.cast import Cast
from budget.tests.clean import CODE, CONGRESS, UNIT_CODE, YEAR, a_clean_budget

pytestmark = pytest.mark.django_db

CEILINGS = f"/bureau/years/{YEAR}/ceilings/"
HERE = f"{CEILINGS}{CODE}/"
OURS = f"/entry/{CODE}/{YEAR}/ceilings/"
AMOUNTS = f"/flow/{CODE}/{YEAR}/amounts/"
PEOPLE = "whole|general_public|personnel|"
RUNNING = "whole|general_public|operating|"


@pytest.fixture
def cast() -> Cast:
    budget = a_clean_budget()
    DepartmentBudget.objects.update(round=Round.FIRST_SUBMISSION)
    for each in Round:
        YearRound.objects.create(year=budget.year, round=each)
    BudgetYear.objects.update(congress_on=None)
    return Cast(DepartmentBudget.objects.get())


def words(answer: Any) -> str:
    return str(answer.content.decode())


def latest() -> DepartmentBudget:
    return DepartmentBudget.objects.order_by("pk").last()  # type: ignore[return-value]


def set_ceilings(cast: Cast, running: str, **more: str) -> Any:
    """Type two ceilings of the whole department into the empty lines of the page."""
    typed = {
        "unit:1": "whole",
        "source:1": "general_public",
        "kind:1": "personnel",
        "typed:1": "110万",
        "unit:2": "whole",
        "source:2": "general_public",
        "kind:2": "operating",
        "typed:2": running,
    }
    return cast.browsers["budget_reviewer"].post(HERE, {**typed, **more})


def to_the_bureau(cast: Cast) -> None:
    cast.taken("compiler", "submit")
    cast.shows_that_it_is_he("head")
    cast.taken("head", "sign")
    cast.taken("division_reviewer", "pass_first_review")


def test_the_whole_road(cast: Cast) -> None:
    # 一上: ceilings are there from the start; 20 万元 of running costs is 5 too much.
    assert set_ceilings(cast, "150000").status_code == 302
    refused = cast.take("compiler", "submit")
    assert refused.status_code == 422
    assert "控制数150,000.00元，已安排200,000.00元，超出50,000.00元，请说明理由" in words(refused)
    explained = cast.browsers["compiler"].post(
        f"{OURS}explain/", {f"why:{RUNNING}": "新增办公用房", f"was:why:{RUNNING}": ""}
    )
    assert explained.status_code == 302
    to_the_bureau(cast)
    assert "新增办公用房" in cast.page("division_reviewer")
    assert "新增办公用房" in words(cast.browsers["budget_reviewer"].get(HERE))
    # No 审定 and no 批复 in 一上, only the ceilings that end it.
    final = cast.take("budget_reviewer", "pass_final_review")
    assert final.status_code == 409
    assert "预算在“一上”轮次，没有“审定”这一步" in words(final)
    cast.taken("budget_reviewer", "set_ceiling")

    first, second = DepartmentBudget.objects.order_by("pk")
    assert (first.round, first.state) == (Round.FIRST_SUBMISSION, State.REVIEWED)
    assert (second.round, second.version, second.state) == (Round.SECOND_SUBMISSION, 1, State.OPEN)
    assert not second.unit_budgets.get().complete
    assert Ceiling.objects.filter(budget=second).count() == 2
    amounts = SpendingLine.objects.filter(budget=second).order_by("sequence")
    assert [each.amount for each in amounts] == [1_000_000, 200_000]
    cast.budget = second
    assert "履历" in cast.page("budget_reviewer")

    # 二上: the first edit makes it a draft; over the ceiling it is refused, whatever is said.
    line = amounts[1]
    sheet = f"/entry/{UNIT_CODE}/{YEAR}/basic/"
    page = words(cast.browsers["compiler"].get(sheet))
    assert "控制数 150,000.00，已安排" in page
    saved = save(cast, line, "200,000.00", "170000")
    assert saved["ceilings"][1] == {
        "key": RUNNING,
        "used": "170,000.00",
        "left": "-20,000.00",
        "over": True,
    }
    assert latest().state is State.DRAFT
    complete(cast)
    over = cast.take("compiler", "submit")
    assert over.status_code == 422
    assert "超出20,000.00元，请调减" in words(over)
    assert (
        cast.browsers["compiler"].post(f"{OURS}explain/", {f"why:{RUNNING}": "仍需要"}).status_code
        == 422
    )
    assert save(cast, line, "170,000.00", "150000")["ceilings"][1]["left"] == "0.00"
    # The cost in the department's goals is still the 120 万元 of 一上: a warning, answered.
    Answer.objects.create(budget=second, rule="PRF017", reason="绩效目标随批复调整")
    complete(cast)
    to_the_bureau(cast)

    # The bureau cuts wages by 1.5 万元: 100 - 1.5 = 98.5, and the total 115 - 1.5 = 113.5.
    wages = amounts[0]
    for who in ("compiler", "budget_reviewer"):
        assert 'class="granted"' not in words(cast.browsers[who].get(sheet))
    cut(cast, wages, "985000", "超过定员")
    for who in ("compiler", "budget_reviewer"):
        # Beside the one cell, which keeps what was asked for; in 万元 where he works in them.
        shown = words(cast.browsers[who].get(sheet))
        assert shown.count('<small class="granted">核定 985,000.00</small>') == 1
        assert shown.count('class="granted"') == 1
        assert 'value="1,000,000.00"' in shown
        assert "核定 98.5" in words(cast.browsers[who].get(f"{sheet}?unit=wan"))
    book = load_book(CODE, YEAR)
    assert [(each.amount, each.requested) for each in book.lines] == [
        (Decimal("985000.00"), Decimal("1000000.00")),
        (Decimal("150000.00"), None),
    ]
    shown = words(cast.browsers["compiler"].get(AMOUNTS))
    assert "超过定员" in shown
    assert "1,150,000.00" in shown
    assert "1,135,000.00" in shown
    assert "核减 15,000.00" in shown
    cast.taken("performance_reviewer", "judge_performance", opinion="ok")
    cast.taken("budget_reviewer", "pass_final_review")
    wages.refresh_from_db()
    assert wages.amount == 1_000_000  # 申报数 stays

    # 批复 waits for the congress.
    today = timezone.localdate().isoformat()
    cast.shows_that_it_is_he("second")
    early = cast.take("second", "approve", number="财预〔2023〕1号", date=today)
    assert early.status_code == 422
    assert "还没有登记2023年预算的人民代表大会批准日期" in words(early)
    BudgetYear.objects.update(congress_on=CONGRESS)
    cast.shows_that_it_is_he("second")
    cast.taken("second", "approve", number="财预〔2023〕1号", date=today)
    frozen = thaw(StepTaken.objects.get(action="approve").snapshot)  # type: ignore[arg-type]
    assert [each.amount for each in frozen.book.lines] == [985_000, 150_000]
    assert frozen.book.lines[0].requested == 1_000_000
    assert "113.50" in words(cast.browsers["publisher"].get(f"/entry/{CODE}/{YEAR}/preview/"))


def save(cast: Cast, line: SpendingLine, was: str, now: str) -> Any:
    change = {"row": str(line.pk), "field": "amount", "was": was, "now": now}
    answer = cast.browsers["compiler"].post(
        f"/entry/{UNIT_CODE}/{YEAR}/basic/save",
        {"batch": str(uuid4()), "unit": "yuan", "changes": [change]},
        content_type="application/json",
    )
    assert answer.status_code == 200, words(answer)
    return answer.json()


def complete(cast: Cast) -> None:
    address = f"/entry/{UNIT_CODE}/{YEAR}/complete/"
    assert cast.browsers["compiler"].post(address, {"complete": "1"}).status_code == 302


def cut(cast: Cast, line: SpendingLine, now: str, why: str, who: str = "budget_reviewer") -> None:
    key = f"{line.unit_id}-line:{line.sequence}"
    typed = {
        f"asked:{key}": str(line.amount),
        f"was:{key}": "",
        f"said:{key}": "",
        f"now:{key}": now,
        f"why:{key}": why,
    }
    answer = cast.browsers[who].post(AMOUNTS, typed)
    assert answer.status_code == 302, words(answer)
