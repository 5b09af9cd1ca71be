"""The draft beside the sheets: what it shows, where its links lead, and when it is sent again."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models import F
from django.test import Client

from budget.models import DepartmentBudget, Project, Remark, RuleSetting, SpendingLine
from budget.roles import Role
from budget.terms import Nature, Source
from budget.tests.people import signed_in, someone_with
from budget.tests.samples import sample_disclosure
from budget.tests.storing_samples import stored_sample
from performance.models import Indicator

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
PREVIEW = "/entry/157001/2023/preview/"
BEHIND = "/entry/157001/2023/behind/"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def budget(db: None) -> DepartmentBudget:
    return stored_sample()


@pytest.fixture
def accountant(budget: DepartmentBudget) -> Client:
    return signed_in(someone_with(Role.COMPILER, "157001"))


def shown(client: Client, what: str, preview: str = PREVIEW) -> str:
    answer = client.get(preview, {"show": what} if what else {}, headers=SCRIPT)
    assert answer.status_code == 200
    return answer.content.decode()


def behind(client: Client, address: str) -> str:
    answer = client.get(BEHIND, {"figure": address}, headers=SCRIPT)
    assert answer.status_code == 200
    return answer.content.decode()


def links(page: str, pattern: str) -> list[str]:
    return [unescape(each) for each in re.findall(rf'href="({pattern})"', page)]


def touched(budget: DepartmentBudget) -> None:
    """Count a write, as whoever writes does."""
    DepartmentBudget.objects.filter(pk=budget.pk).update(revision=F("revision") + 1)


# ---- what is shown


@pytest.mark.parametrize("table", [table.code for table in sample_disclosure("157001").tables])
def test_each_table_is_shown_as_it_will_be_printed(accountant: Client, table: str) -> None:
    page = shown(accountant, table)
    for cell in sample_disclosure("157001").tables_by_code[table].cells.values():
        if cell.text:
            assert f'id="{cell.address}"' in page


def test_a_figure_leads_to_what_is_behind_it(accountant: Client) -> None:
    page = shown(accountant, "spending")
    way = f"{BEHIND}?{urlencode({'figure': 'spending/total/total'})}"
    text = sample_disclosure("157001").cell("spending/total/total").text
    link = f'<a class="figure" id="spending/total/total" href="{way}">{text}</a>'
    assert link in page
    assert accountant.get(way).status_code == 200


def test_the_first_table_is_shown_to_who_asks_for_nothing(accountant: Client) -> None:
    assert 'id="table-summary"' in shown(accountant, "")


def test_the_text_has_its_figures_as_links(accountant: Client) -> None:
    page = shown(accountant, "text")
    assert 'id="revenue-budget/revenue_total" href="' in page
    assert "table-frame" not in page


def test_charts_are_shown_with_their_words(accountant: Client) -> None:
    page = shown(accountant, "charts")
    assert page.count("<svg") == 2


def test_without_a_script_it_is_a_page(accountant: Client) -> None:
    page = accountant.get(PREVIEW, {"show": "findings"}).content.decode()
    assert "<!doctype html>" in page
    assert 'class="entry-preview"' in page
    assert 'aria-current="page">核对' in page


def test_a_department_sees_the_draft_of_the_whole(budget: DepartmentBudget) -> None:
    finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, "157"))
    assert "部门名称" in shown(finance, "summary", "/entry/157/2023/preview/")


def test_what_there_is_not_is_not_found(accountant: Client) -> None:
    assert accountant.get(PREVIEW, {"show": "nothing"}).status_code == 404
    assert accountant.get(BEHIND, {"figure": "spending/total/nothing"}).status_code == 404
    assert accountant.get(BEHIND).status_code == 404


def test_what_comes_in_an_address_is_shown_as_text(accountant: Client) -> None:
    answer = accountant.get(BEHIND, {"figure": "<script>alert(1)</script>"})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.content.decode()


# ---- drafts that lack something


def test_missing_words_are_marked_and_a_finding_leads_to_the_sheet(
    accountant: Client, budget: DepartmentBudget
) -> None:
    project = Project.objects.get(budget=budget, code=_project(budget))
    Project.objects.filter(pk=project.pk).update(introduced=True, overview="")
    budget.year.edition = "shanghai-district-2026"
    budget.year.save()
    page = shown(accountant, "text")
    assert f'<mark class="gap" id="project-overview-{project.code}/' in page
    findings = shown(accountant, "findings")
    sheet = f"/entry/157001/2023/project-texts/#row-{project.pk}-overview"
    assert sheet in links(findings, '[^"]*project-texts[^"]*')


def _project(budget: DepartmentBudget) -> str:
    lines = SpendingLine.objects.filter(budget=budget, project__isnull=False)
    return str(lines.values_list("project__code", flat=True)[0])


def test_a_code_of_no_list_and_money_without_a_place_are_findings(
    accountant: Client, budget: DepartmentBudget
) -> None:
    budget.year.edition = "shanghai-district-2026"
    budget.year.save()
    line, other = SpendingLine.objects.filter(budget=budget, nature=Nature.BASIC).order_by("pk")[:2]
    SpendingLine.objects.filter(pk=other.pk).update(function="2019801")
    SpendingLine.objects.filter(pk=line.pk).update(
        nature=Nature.BUSINESS,
        source=Source.BUSINESS,
        allotment=None,
        upkeep=None,
    )
    page = shown(accountant, "findings")
    assert "每笔资金都有可以列示的栏目" in page
    assert "科目表中没有该科目" in page
    assert f"/entry/157001/2023/other-uses/#row-{line.pk}-amount" in page
    assert f"/entry/157001/2023/basic/#row-{other.pk}-amount" in page


def test_a_setting_of_no_rule_is_told(accountant: Client, budget: DepartmentBudget) -> None:
    RuleSetting.objects.create(year=budget.year, name="XYZ999", value="off")
    assert "没有编号为 XYZ999 的规则" in shown(accountant, "findings")


# ---- what is behind a figure


def test_the_lines_behind_a_cell_lead_to_where_each_was_typed(
    accountant: Client, budget: DepartmentBudget
) -> None:
    page = behind(accountant, "general-public-basic/30201/total")
    lines = SpendingLine.objects.filter(budget=budget, nature=Nature.BASIC, economic="30201")
    ways = {f"/entry/157001/2023/basic/#row-{line.pk}-amount" for line in lines}
    assert ways
    assert set(links(page, '[^"]*#row-[^"]*')) == ways
    assert "302-01 办公费" in page


def test_the_lines_are_added_up_in_yuan(accountant: Client) -> None:
    page = behind(accountant, "summary/spending_total/spending")
    # 1,561.09 in 万元, printed from exactly so many yuan: the sample's amounts are whole hundreds
    total = sample_disclosure("157001").cell("summary/spending_total/spending").value
    assert f">{total * 10000:,.2f}<" in page  # type: ignore[operator]


def test_a_score_leads_to_its_indicator(accountant: Client, budget: DepartmentBudget) -> None:
    table = sample_disclosure("157001").tables_by_code["overall-goals"]
    address = next(cell.address for cell in table.rows[0].cells if cell.key == "weight")
    row = Indicator.objects.filter(overall_goal__budget=budget).order_by("sequence")[0]
    way = f"/entry/157001/2023/indicators/#row-{row.pk}-weight"
    assert way in links(behind(accountant, address), '[^"]*#row-[^"]*')


def test_a_change_is_told_as_one_and_shows_last_year(accountant: Client) -> None:
    page = behind(accountant, "revenue-budget/revenue_total.change")
    assert "是本年与上年之差" in page
    assert "2022年预算 收入总计" in page


def test_the_way_back_leads_to_the_table(accountant: Client) -> None:
    page = behind(accountant, "spending/total/total")
    assert f"{PREVIEW}?show=spending#spending/total/total" in links(page, '[^"]*preview[^"]*')


# ---- sent again only where something changed


def etag(client: Client, what: str) -> str:
    return client.get(PREVIEW, {"show": what}, headers=SCRIPT).headers["ETag"]


@pytest.mark.parametrize("what", ["summary", "text", "charts", "findings"])
def test_an_unchanged_draft_is_not_sent_again(accountant: Client, what: str) -> None:
    etag(accountant, what)  # the form's token comes with the first page that has one
    known = {**SCRIPT, "If-None-Match": etag(accountant, what)}
    assert accountant.get(PREVIEW, {"show": what}, headers=known).status_code == 304


def test_a_write_a_setting_and_an_answer_change_the_etag(
    accountant: Client, budget: DepartmentBudget
) -> None:
    seen = [etag(accountant, "findings")]
    touched(budget)
    seen.append(etag(accountant, "findings"))
    RuleSetting.objects.create(year=budget.year, name="BAL001", value="notice")
    seen.append(etag(accountant, "findings"))
    budget.answers.create(rule="PLA001", reason="已核实")
    seen.append(etag(accountant, "findings"))
    assert len(set(seen)) == 4


def test_what_is_shown_and_to_whom_have_etags_of_their_own(accountant: Client) -> None:
    tags = {etag(accountant, what) for what in ("summary", "text")}
    tags.add(accountant.get(PREVIEW, {"show": "summary"}).headers["ETag"])
    assert len(tags) == 3


def test_the_draft_follows_what_is_written(accountant: Client, budget: DepartmentBudget) -> None:
    before = shown(accountant, "spending")
    line = SpendingLine.objects.filter(budget=budget)[0]
    SpendingLine.objects.filter(pk=line.pk).update(amount=line.amount + 10_000)
    touched(budget)
    assert shown(accountant, "spending") != before


def test_a_remark_that_is_taken_out_leaves_a_gap(
    accountant: Client, budget: DepartmentBudget
) -> None:
    Remark.objects.filter(budget=budget, key="revenue_change").delete()
    touched(budget)
    assert "【待填：收入增减原因】" in shown(accountant, "text")
    way = "/entry/157001/2023/texts/#row-revenue_change-text"
    assert way in links(shown(accountant, "findings"), '[^"]*#row-[^"]*')
    assert way in links(behind(accountant, "revenue-budget/revenue_change"), '[^"]*#row[^"]*')


@pytest.mark.parametrize("what", ["summary", "findings"])
def test_the_database_is_asked_as_often_however_many_lines(
    accountant: Client, budget: DepartmentBudget, django_assert_max_num_queries: Any, what: str
) -> None:
    with django_assert_max_num_queries(70) as few:
        shown(accountant, what)
    lines = SpendingLine.objects.filter(budget=budget, nature=Nature.BASIC)
    for number, line in enumerate(lines, start=1000):
        line.pk, line.sequence = None, number
        line.save()
    touched(budget)
    with django_assert_max_num_queries(len(few.captured_queries)):
        shown(accountant, what)
