"""The pages for people inside: who sees them, what they show, where their links land."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from budget.models import Answer, DepartmentBudget, RuleSetting, SpendingLine
from budget.terms import Nature, Source
from budget.tests.storing_samples import stored_sample

pytestmark = pytest.mark.django_db
PAGE = "/findings/157/2023/"
PAGES = (PAGE, f"{PAGE}draft/", f"{PAGE}report.html", f"{PAGE}report.xlsx")


@pytest.fixture
def budget(db: None) -> DepartmentBudget:
    return stored_sample()


@pytest.fixture
def staff(client: Client, django_user_model: Any) -> Client:
    client.force_login(django_user_model.objects.create(username="bureau", is_staff=True))
    return client


@pytest.mark.usefixtures("budget")
class TestAccess:
    """Staff see drafts; nobody else does, but on a developer's machine."""

    @pytest.mark.parametrize("page", PAGES)
    def test_staff_may_see(self, staff: Client, page: str) -> None:
        answer = staff.get(page)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]

    @pytest.mark.parametrize("page", PAGES)
    def test_who_is_not_logged_in_is_asked_to(self, client: Client, page: str) -> None:
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/admin/login/?next={page}"

    @pytest.mark.parametrize("page", PAGES)
    def test_who_is_no_staff_is_refused(
        self, client: Client, django_user_model: Any, page: str
    ) -> None:
        client.force_login(django_user_model.objects.create(username="visitor"))
        assert client.get(page).status_code == 403

    def test_a_developer_sees_without_logging_in(self, client: Client, settings: Any) -> None:
        settings.DEBUG = True
        assert client.get(PAGE).status_code == 200

    @pytest.mark.parametrize("page", PAGES)
    def test_nothing_can_be_sent(self, staff: Client, page: str) -> None:
        assert staff.post(page).status_code == 405


@pytest.mark.usefixtures("budget")
class TestFindings:
    """What is found, with links to the very cell."""

    def test_findings_stand_by_severity(self, staff: Client) -> None:
        page = staff.get(PAGE).content.decode()
        places = [page.index(f'id="severity-{each}"') for each in ("error", "warning", "notice")]
        assert places == sorted(places)
        assert 'id="not-checked"' in page

    def test_every_link_lands_on_an_id_of_the_draft(self, staff: Client) -> None:
        page = staff.get(PAGE).content.decode()
        links = re.findall(r'href="/findings/157/2023/draft/#([^"]+)"', page)
        assert links
        ids = re.findall(r' id="([^"]+)"', staff.get(f"{PAGE}draft/").content.decode())
        assert set(links) <= set(ids)
        assert len(ids) == len(set(ids))

    def test_an_answer_is_shown(self, staff: Client, budget: DepartmentBudget) -> None:
        page = staff.get(PAGE).content.decode()
        [code] = re.findall(r'<li id="finding-1">\s*<h3>[^<]*<small>([A-Z]{3}[0-9]{3})', page)
        Answer.objects.create(budget=budget, rule=code, reason="已经核实 <无误>")
        assert "已经核实 &lt;无误&gt;" in staff.get(PAGE).content.decode()

    def test_a_unit_has_a_page_of_its_own(self, staff: Client) -> None:
        assert staff.get("/findings/157001/2023/").status_code == 200

    def test_a_report_is_sent_as_a_file(self, staff: Client) -> None:
        answer = staff.get(f"{PAGE}report.xlsx")
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
    def test_what_there_is_not_is_not_found(self, staff: Client, page: str) -> None:
        assert staff.get(page).status_code == 404

    def test_a_budget_that_no_edition_could_publish_is_shown_with_what_it_lacks(
        self, staff: Client, budget: DepartmentBudget
    ) -> None:
        type(budget.year).objects.update(edition="shanghai-district-2026")
        line = SpendingLine.objects.filter(nature=Nature.BASIC).order_by("id")[0]
        SpendingLine.objects.filter(pk=line.pk).update(
            nature=Nature.BUSINESS, source=Source.BUSINESS, allotment=None, upkeep=None
        )
        assert "没有可以列示" in staff.get(PAGE).content.decode()
        assert staff.get(f"{PAGE}draft/").status_code == 200
        for form in ("html", "xlsx"):
            assert staff.get(f"{PAGE}report.{form}").status_code == 200

    def test_what_is_still_to_be_written_is_marked_in_the_draft(
        self, staff: Client, budget: DepartmentBudget
    ) -> None:
        budget.remarks.filter(key="revenue_change").delete()
        page = staff.get(f"{PAGE}draft/").content.decode()
        assert '<mark class="gap" id="revenue-budget/revenue_change">' in page
        assert "【待填：收入增减原因】" in page

    def test_a_setting_of_no_rule_is_told(self, staff: Client, budget: DepartmentBudget) -> None:
        RuleSetting.objects.create(year=budget.year, name="XYZ999", value="off")
        answer = staff.get(PAGE)
        assert answer.status_code == 409
        assert "没有编号为 XYZ999 的规则" in answer.content.decode()
