"""The library of indicators: its starter list, searching, keeping it, and taking over from it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from budget.models import PendingRow
from budget.roles import Role
from budget.terms import State
from budget.tests.filling import Accountant, an_accountant
from budget.tests.people import signed_in, someone_with
from budget.tests.stored import a_project
from performance.goals import Aspect, Comparison, Dimension
from performance.library import search
from performance.models import Indicator, LibraryIndicator

STARTER: Path = settings.BASE_DIR / "fixtures" / "indicators.csv"
CHOOSE = "/entry/801001/2030/indicators/library/"


def an_entry(name: str = "参训人员满意度", **values: Any) -> LibraryIndicator:
    given = {
        "area": "会议培训",
        "dimension": Dimension.SATISFACTION,
        "aspect": Aspect.BENEFICIARY_SATISFACTION,
        "comparison": Comparison.AT_LEAST,
        "measure": "%",
        "explanation": "满意人数占比",
        "scoring": "达到得满分",
        **values,
    }
    return LibraryIndicator.objects.create(name=name, **given)


def text(answer: Any) -> str:
    return str(answer.content.decode())


# ---- the starter list ----


def rows_of_the_list() -> list[dict[str, str]]:
    with STARTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_starter_list_has_enough_of_every_dimension() -> None:
    rows = rows_of_the_list()
    assert len(rows) >= 60
    by_dimension = {each.value: 0 for each in Dimension}
    for row in rows:
        by_dimension[row["dimension"]] += 1
    assert min(by_dimension.values()) >= 5


def test_each_starter_can_be_measured() -> None:
    # What the rules ask of an indicator: a name of at least four signs, a unit where its target is
    # a number, a standard by which it is scored.
    for row in rows_of_the_list():
        assert len(row["name"]) >= 4, row
        assert row["comparison"], row
        assert bool(row["measure"]) == (row["comparison"] != "qualitative"), row
        assert row["explanation"], row
        assert row["scoring"], row


@pytest.mark.django_db
def test_the_list_is_loaded_once_and_never_over_what_the_bureau_keeps() -> None:
    written = io.StringIO()
    call_command("loadindicators", stdout=written)
    count = len(rows_of_the_list())
    assert f"新增{count}个，已有0个" in written.getvalue()
    kept = LibraryIndicator.objects.order_by("pk")[0]
    LibraryIndicator.objects.filter(pk=kept.pk).update(scoring="绩效科改过", active=False)
    call_command("loadindicators", stdout=written)
    assert f"新增0个，已有{count}个" in written.getvalue()
    kept.refresh_from_db()
    assert (kept.scoring, kept.active) == ("绩效科改过", False)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ["甲,outcome,quantity,某指标名称,,,,", "甲,output", '"甲'])
def test_a_broken_list_is_refused_and_nothing_loaded(tmp_path: Path, row: str) -> None:
    file = tmp_path / "list.csv"
    head = "area,dimension,aspect,name,comparison,measure,explanation,scoring"
    good = "甲,output,quantity,完成任务数量,,,,"
    file.write_text(f"{head}\n{good}\n{row}\n", encoding="utf-8")
    with pytest.raises(CommandError, match="没有载入") as refused:
        call_command("loadindicators", file=file)
    assert refused.value.returncode == 2
    assert not LibraryIndicator.objects.exists()


# ---- searching ----


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", {"参训人员满意度", "培训人次", "系统正常运行率"}),
        ("培训", {"参训人员满意度", "培训人次"}),
        ("培训 满意", {"参训人员满意度"}),
        ("数量指标", {"培训人次"}),
        ("信息化", {"系统正常运行率"}),
        ("占比", {"参训人员满意度"}),
        ("没有这样的", set()),
        ("100%", set()),
        ("' OR 1=1 --", set()),
    ],
)
def test_every_word_must_be_found_somewhere(words: str, found: set[str]) -> None:
    an_entry()
    an_entry("培训人次", dimension=Dimension.OUTPUT, aspect=Aspect.QUANTITY, explanation="")
    an_entry(
        "系统正常运行率",
        area="信息化",
        dimension=Dimension.OUTPUT,
        aspect=Aspect.QUALITY,
        explanation="",
    )
    an_entry("不再选用的培训指标", active=False)
    assert {each.name for each in search(words)} == found


# ---- taking over ----


@pytest.fixture
def accountant() -> Accountant:
    accountant = an_accountant()
    assert accountant.unit is not None
    a_project(accountant.budget, accountant.unit, "P1")
    return accountant


@pytest.fixture
def compiler(accountant: Accountant) -> Client:
    return signed_in(someone_with(Role.COMPILER, "801001"))


def chosen(client: Client, *rows: LibraryIndicator, of: str = "P1", **more: Any) -> Any:
    form = {"of": of, "pick": [row.pk for row in rows], "batch": str(uuid4()), **more}
    return client.post(CHOOSE, form, follow=True)


@pytest.mark.django_db
def test_what_is_chosen_becomes_a_row_that_waits_for_its_target(
    compiler: Client, accountant: Accountant
) -> None:
    page = text(chosen(compiler, an_entry()))
    assert "已加入1个指标。其中1行还缺指标值" in page
    [waiting] = PendingRow.objects.all()
    assert waiting.cells == {
        "of": "P1 P1",
        "dimension": "满意度指标",
        "aspect": "服务对象满意度指标",
        "name": "参训人员满意度",
        "comparison": "≥",
        "measure": "%",
        "explanation": "满意人数占比",
        "scoring": "达到得满分",
    }
    accountant.type("indicators", f"p{waiting.pk}", target="90")
    [indicator] = Indicator.objects.all()
    assert (indicator.name, indicator.target, indicator.comparison) == (
        "参训人员满意度",
        "90",
        Comparison.AT_LEAST,
    )


@pytest.mark.django_db
def test_one_that_needs_no_number_is_whole_at_once(compiler: Client) -> None:
    told = an_entry("履职保障程度", comparison=Comparison.QUALITATIVE, measure="")
    assert "已加入1个指标" in text(chosen(compiler, told, of="whole"))
    [indicator] = Indicator.objects.all()
    assert indicator.overall_goal is not None


@pytest.mark.django_db
def test_an_indicator_that_the_goal_has_is_not_added_twice(compiler: Client) -> None:
    told = an_entry("履职保障程度", comparison=Comparison.QUALITATIVE, measure="")
    chosen(compiler, told)
    assert "该目标已有“履职保障程度”" in text(chosen(compiler, told))
    chosen(compiler, told, of="whole")
    assert Indicator.objects.count() == 2


@pytest.mark.django_db
def test_the_form_sent_twice_adds_once(compiler: Client) -> None:
    told, batch = an_entry(), str(uuid4())
    for _ in range(2):
        assert chosen(compiler, told, batch=batch).status_code == 200
    assert PendingRow.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"of": "P9"}, "请选择指标属于哪个目标"),
        ({"pick": []}, "请至少勾选一个指标"),
        ({"pick": ["x"]}, "请至少勾选一个指标"),
        ({"batch": "1"}, "请求无法识别"),
    ],
)
def test_a_wrong_choice_is_told_and_nothing_added(
    compiler: Client, wrong: dict[str, Any], reason: str
) -> None:
    answer = chosen(compiler, an_entry(), **wrong)
    assert answer.status_code == 422
    assert reason in text(answer)
    assert not PendingRow.objects.exists()


@pytest.mark.django_db
def test_what_is_no_longer_offered_cannot_be_chosen(compiler: Client) -> None:
    retired = an_entry(active=False)
    assert "参训人员满意度" not in text(compiler.get(CHOOSE))
    chosen(compiler, retired)
    assert not PendingRow.objects.exists()


@pytest.mark.django_db
def test_after_submission_the_library_is_read_only(
    compiler: Client, accountant: Accountant
) -> None:
    told = an_entry()
    accountant.budget.state = State.SUBMITTED
    accountant.budget.save(update_fields=["state"])
    assert "加入本表" not in text(compiler.get(CHOOSE))
    assert chosen(compiler, told).status_code == 409


@pytest.mark.django_db
def test_the_sheet_leads_to_the_library(compiler: Client) -> None:
    page = text(compiler.get("/entry/801001/2030/indicators/"))
    assert f'action="{CHOOSE}"' in page
    assert compiler.get("/entry/801/2030/indicators/library/").status_code == 404


# ---- keeping it ----

FORM = {
    "area": "通用",
    "dimension": "output",
    "aspect": "quantity",
    "name": "完成任务数量",
    "comparison": "at_least",
    "measure": "项",
    "explanation": "完成的项数",
    "scoring": "达到得满分",
    "active": "on",
}


@pytest.fixture
def keeper() -> Client:
    return signed_in(someone_with(Role.PERFORMANCE_REVIEWER, username="jixiao"))


@pytest.mark.django_db
def test_the_performance_division_adds_changes_and_retires(keeper: Client) -> None:
    assert keeper.post("/indicators/new/", FORM).status_code == 302
    [kept] = LibraryIndicator.objects.all()
    assert kept.changed_by is not None
    assert (kept.name, kept.dimension, kept.comparison) == (
        "完成任务数量",
        Dimension.OUTPUT,
        Comparison.AT_LEAST,
    )
    retired = {**FORM, "name": "完成重点任务数量", "active": ""}
    keeper.post(f"/indicators/{kept.pk}/", retired)
    kept.refresh_from_db()
    assert (kept.name, kept.active) == ("完成重点任务数量", False)
    assert "不再选用" in text(keeper.get("/indicators/?q=重点"))
    assert "完成重点任务数量" not in text(keeper.get("/indicators/?q=培训"))


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"name": ""}, {"dimension": "outcome"}, {"area": ""}])
def test_an_indicator_that_lacks_something_is_shown_again(
    keeper: Client, wrong: dict[str, str]
) -> None:
    answer = keeper.post("/indicators/new/", {**FORM, **wrong})
    assert answer.status_code == 422
    assert 'class="error"' in text(answer)
    assert not LibraryIndicator.objects.exists()


@pytest.mark.django_db
def test_the_same_indicator_is_kept_once(keeper: Client) -> None:
    keeper.post("/indicators/new/", FORM)
    answer = keeper.post("/indicators/new/", FORM)
    assert answer.status_code == 422
    assert "已有同一领域的这个指标" in text(answer)
