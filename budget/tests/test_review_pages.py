"""The pages for people inside: who sees them, what they show, where their links land."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from budget.models import Answer, DepartmentBudget, RuleSetting, SpendingLine
from budget.roles import Role
from budget.terms import Nature, Source
from budget.tests.people import a_person, signed_in, someone_with
from budget.tests.storing_samples import stored_sample

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
PAGE = "/findings/157/2023/"
PAGES = (PAGE, f"{PAGE}draft/", f"{PAGE}report.html", f"{PAGE}report.xlsx")


@pytest.fixture
def budget(db: None) -> DepartmentBudget:
    return stored_sample()


@pytest.fixture
def finance(budget: DepartmentBudget) -> Client:
    return signed_in(someone_with(Role.DEPARTMENT_FINANCE, "157"))


@pytest.mark.usefixtures("budget")
class TestAccess:
    """Whoever checks the budget now sees its draft; nobody else does."""

    @pytest.mark.parametrize("page", PAGES)
    def test_who_makes_the_budget_may_see(self, finance: Client, page: str) -> None:
        answer = finance.get(page)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]

    @pytest.mark.parametrize("page", PAGES)
    def test_who_is_not_signed_in_is_asked_to(self, client: Client, page: str) -> None:
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/account/login/?next={page}"

    @pytest.mark.parametrize("page", PAGES)
    def test_for_who_has_no_role_there_it_is_not_there(self, page: str) -> None:
        assert signed_in(a_person("visitor")).get(page).status_code == 404

    def test_a_developer_must_sign_in_too(self, client: Client, settings: Any) -> None:
        settings.DEBUG = True
        assert client.get(PAGE).status_code == 302

    @pytest.mark.parametrize("page", PAGES)
    def test_nothing_can_be_sent(self, finance: Client, page: str) -> None:
        assert finance.post(page).status_code == 405


@pytest.mark.usefixtures("budget")
class TestFindings:
    """What is found, with links to the very cell."""

    def test_findings_stand_by_severity(self, finance: Client) -> None:
        page = finance.get(PAGE).content.decode()
        places = [page.index(f'id="severity-{each}"') for each in ("error", "warning", "notice")]
        assert places == sorted(places)
        assert 'id="not-checked"' in page

    def test_every_link_lands_on_an_id_of_the_draft(self, finance: Client) -> None:
        page = finance.get(PAGE).content.decode()
        links = re.findall(r'href="/findings/157/2023/draft/#([^"]+)"', page)
        assert links
        ids = re.findall(r' id="([^"]+)"', finance.get(f"{PAGE}draft/").content.decode())
        assert set(links) <= set(ids)
        assert len(ids) == len(set(ids))

    def test_an_answer_is_shown(self, finance: Client, budget: DepartmentBudget) -> None:
        page = finance.get(PAGE).content.decode()
        [code] = re.findall(r'<li id="finding-1">\s*<h3>[^<]*<small>([A-Z]{3}[0-9]{3})', page)
        Answer.objects.create(budget=budget, rule=code, reason="已经核实 <无误>")
        assert "已经核实 &lt;无误&gt;" in finance.get(PAGE).content.decode()

    def test_a_unit_has_a_page_of_its_own(self, finance: Client) -> None:
        assert finance.get("/findings/157001/2023/").status_code == 200

    def test_a_report_is_sent_as_a_file(self, finance: Client) -> None:
        answer = finance.get(f"{PAGE}report.xlsx")
        assert answer.headers["Content-Disposition"] == (
            'attachment; filename="157-2023-findings.xlsx"'
        )
        assert answer.content.startswith(b"PK")

    @pytest.mark.parametrize(
        "page",
        [
            "/findings/999/2023/",
            "/findings/157999/2023/",
            "/findings/157/1999/",
            "/findings/abc/2023/draft/",
            f"{PAGE}report.pdf",
        ],
    )
    def test_what_there_is_not_is_not_found(self, finance: Client, page: str) -> None:
        assert finance.get(page).status_code == 404

    def test_a_budget_that_no_edition_could_publish_is_shown_with_what_it_lacks(
        self, finance: Client, budget: DepartmentBudget
    ) -> None:
        type(budget.year).objects.update(edition="shanghai-district-2026")
        line = SpendingLine.objects.filter(nature=Nature.BASIC).order_by("id")[0]
        SpendingLine.objects.filter(pk=line.pk).update(
            nature=Nature.BUSINESS, source=Source.BUSINESS, allotment=None, upkeep=None
        )
        assert "没有可以列示" in finance.get(PAGE).content.decode()
        assert finance.get(f"{PAGE}draft/").status_code == 200
        for form in ("html", "xlsx"):
            assert finance.get(f"{PAGE}report.{form}").status_code == 200

    def test_what_is_still_to_be_written_is_marked_in_the_draft(
        self, finance: Client, budget: DepartmentBudget
    ) -> None:
        budget.remarks.filter(key="revenue_change").delete()
        page = finance.get(f"{PAGE}draft/").content.decode()
        assert '<mark class="gap" id="revenue-budget/revenue_change">' in page
        assert "【待填：收入增减原因】" in page

    def test_a_setting_of_no_rule_is_told(self, finance: Client, budget: DepartmentBudget) -> None:
        RuleSetting.objects.create(year=budget.year, name="XYZ999", value="off")
        answer = finance.get(PAGE)
        assert answer.status_code == 409
        assert "没有编号为 XYZ999 的规则" in answer.content.decode()
