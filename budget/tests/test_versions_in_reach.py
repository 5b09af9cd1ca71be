"""Every version stays within reach: 一上 beside 二上, what is published beside its correction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from budget.models import BudgetYear, DepartmentBudget, YearRound
from budget.release import files
from budget.terms import Round, State
from budget.tests.cast import PAGE, Cast
from budget.tests.clean import CODE, UNIT_CODE, YEAR, a_clean_budget
from budget.tests.people import a_person, signed_in
from budget.tests.plainly import plain
from budget.tests.test_publishing import TEXT, approved, corrected, prepared, published

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]
FIRST = f"{PAGE}first/v1/"
SUBMITTED = "上报，请负责人审签"


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT, settings.INSIDE_ROOT = tmp_path / "releases", tmp_path / "inside"
    monkeypatch.setattr(files, "registered", lambda: (TEXT,))


@pytest.fixture
def in_second_round() -> Cast:
    """A budget whose 一上 was reviewed and answered: 二上 is open."""
    budget = a_clean_budget()
    DepartmentBudget.objects.update(round=Round.FIRST_SUBMISSION)
    YearRound.objects.create(year=budget.year, round=Round.FIRST_SUBMISSION)
    YearRound.objects.create(year=budget.year, round=Round.SECOND_SUBMISSION)
    BudgetYear.objects.update(congress_on=None)
    cast = Cast(DepartmentBudget.objects.get())
    cast.taken("compiler", "submit")
    cast.shows_that_it_is_he("head")
    cast.taken("head", "sign")
    cast.taken("division_reviewer", "pass_first_review")
    cast.taken("budget_reviewer", "set_ceiling")
    return cast


def test_the_first_submission_is_read_beside_the_second(in_second_round: Cast) -> None:
    for who in ("compiler", "head", "division_reviewer", "budget_reviewer"):
        browser = in_second_round.browsers[who]
        page = plain(browser.get(PAGE))
        assert "二上 第1版" in page
        assert "一上第1版（预算科审核中）" in page, who
        first = browser.get(FIRST)
        assert first.status_code == 200
        assert "一上 第1版" in plain(first)
        assert SUBMITTED in plain(first)
    unit = in_second_round.browsers["compiler"].get(f"/flow/{UNIT_CODE}/{YEAR}/first/v1/")
    assert SUBMITTED in plain(unit)
    assert in_second_round.browsers["compiler"].get(f"{PAGE}first/v2/").status_code == 404
    assert in_second_round.browsers["publisher"].get(FIRST).status_code == 404


def test_a_step_in_a_closed_round_is_refused_with_its_reason(in_second_round: Cast) -> None:
    first = DepartmentBudget.objects.get(round=Round.FIRST_SUBMISSION)
    browser = in_second_round.browsers["budget_reviewer"]
    sent = {"revision": str(first.revision), "reason": "重报", "points": "一"}
    answer = browser.post(f"{FIRST}take/send_back/", sent)
    assert answer.status_code == 422
    assert "二上已经开设" in plain(answer)
    first.refresh_from_db()
    assert first.state is State.REVIEWED


def test_the_history_tells_of_both_rounds_each_under_its_heading(in_second_round: Cast) -> None:
    page = plain(in_second_round.browsers["head"].get(PAGE))
    history = page[page.index("履历") :]
    assert history.index("二上第1版") < history.index("一上第1版") < history.index(SUBMITTED)


def test_content_of_the_first_is_read_while_the_second_is_drafted(in_second_round: Cast) -> None:
    DepartmentBudget.objects.filter(round=Round.SECOND_SUBMISSION).update(state=State.DRAFT)
    browser = in_second_round.browsers["division_reviewer"]
    page = browser.get(f"/review/{CODE}/{YEAR}/")
    assert page.status_code == 200
    assert "一上 第1版" in plain(page)
    assert "二上第1版正在办理（编制中），内容您现在还看不到；本页是一上第1版" in plain(page)
    accountant = plain(in_second_round.browsers["compiler"].get(f"/review/{CODE}/{YEAR}/"))
    assert "二上 第1版 编制中" in accountant


@pytest.fixture
def being_corrected() -> Cast:
    """A published budget of which a second version is being drafted."""
    cast = Cast(a_clean_budget())
    approved(cast)
    prepared(cast)
    published(cast)
    corrected(cast, "department_finance", "correct_texts")
    return cast


def test_what_is_published_is_read_while_its_correction_is_drafted(being_corrected: Cast) -> None:
    assert DepartmentBudget.objects.get(version=2).state is State.DRAFT
    reading = (
        *(f"/review/{CODE}/{YEAR}/", f"/papers/{CODE}/{YEAR}/", f"{PAGE}files/", PAGE),
        *(f"{PAGE}v1/", f"{PAGE}places/", f"{PAGE}amounts/", f"/entry/{CODE}/{YEAR}/preview/"),
    )
    for who in ("budget_reviewer", "division_reviewer", "performance_reviewer", "publisher"):
        browser = being_corrected.browsers[who]
        assert {path: browser.get(path).status_code for path in reading} == dict.fromkeys(
            reading, 200
        ), who
    review = plain(being_corrected.browsers["budget_reviewer"].get(f"/review/{CODE}/{YEAR}/"))
    assert "二上 第1版 已公开" in review
    assert "第2版正在办理（编制中），内容您现在还看不到" in review


def test_who_may_not_know_of_the_correction_is_not_told_of_it(being_corrected: Cast) -> None:
    for path in (PAGE, f"{PAGE}v1/", f"/papers/{CODE}/{YEAR}/", f"/review/{CODE}/{YEAR}/"):
        page = plain(being_corrected.browsers["publisher"].get(path))
        assert "第1版" in page
        assert "第2版" not in page
    assert being_corrected.browsers["publisher"].get(f"{PAGE}v2/").status_code == 404
    stranger = signed_in(a_person("stranger"))
    for path in (PAGE, f"{PAGE}v1/", f"/papers/{CODE}/{YEAR}/", f"{PAGE}files/"):
        assert stranger.get(path).status_code == 404


def test_who_writes_means_the_latest_version(being_corrected: Cast) -> None:
    second = DepartmentBudget.objects.get(version=2)
    publisher = being_corrected.browsers["publisher"]
    sent = {"revision": str(second.revision), "reviewer": "李", "conclusion": "可"}
    assert publisher.post(f"{PAGE}take/prepare_publication/", sent).status_code == 404
    bureau = being_corrected.browsers["budget_reviewer"]
    assert bureau.post(f"{PAGE}amounts/", {}).status_code == 409  # no amount of it is granted now
    editing = "二上 第2版"
    assert editing in plain(being_corrected.browsers["department_finance"].get(PAGE))
