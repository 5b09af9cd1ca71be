"""The administrators' forms for rules: what may be chosen, what is refused, who did it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budget.judging import judge
from budget.models import Answer, BudgetUnit, DepartmentBudget, RuleChange, RuleSetting
from budget.tests.storing_samples import stored_sample

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

SETTING = "/admin/budget/rulesetting/add/"
ANSWER = "/admin/budget/answer/add/"


@pytest.fixture
def budget(db: None) -> DepartmentBudget:
    return stored_sample()


@pytest.fixture
def bureau(budget: DepartmentBudget, client: Client, django_user_model: Any) -> Client:
    person = django_user_model.objects.create(username="bureau", is_staff=True, is_superuser=True)
    client.force_login(person)
    return client


def sent(client: Client, page: str, **fields: object) -> str:
    """Send a form and return the page that comes back, "" where it was taken."""
    answer = client.post(page, fields)
    return "" if answer.status_code == 302 else answer.content.decode()


class TestSettings:
    """规则设定."""

    def test_rules_severities_and_thresholds_are_chosen_from_lists(self, bureau: Client) -> None:
        page = bureau.get(SETTING).content.decode()
        assert '<option value="BAL001">BAL001 收入总计等于支出总计</option>' in page
        assert "（0—100%，默认20%）</option>" in page
        assert '<option value="goal_points">绩效指标分值合计' in page
        assert '<option value="warning">需说明</option>' in page

    def test_a_severity_is_taken_for_a_rule(self, bureau: Client) -> None:
        assert sent(bureau, SETTING, year=2023, name="BAL001", severity="off") == ""
        [setting] = RuleSetting.objects.all()
        assert (setting.name, setting.value) == ("BAL001", "off")
        assert setting.set_by is not None
        assert setting.set_by.username == "bureau"

    def test_each_setting_leaves_its_line(self, bureau: Client) -> None:
        sent(bureau, SETTING, year=2023, name="BAL001", severity="off")
        setting = RuleSetting.objects.get()
        page = f"/admin/budget/rulesetting/{setting.pk}/"
        sent(bureau, f"{page}change/", year=2023, name="BAL001", severity="notice")
        sent(bureau, f"{page}delete/", post="yes")
        assert not RuleSetting.objects.exists()
        lines = RuleChange.objects.order_by("pk").values_list("before", "after")
        assert list(lines) == [("", "off"), ("off", "notice"), ("notice", "")]

    def test_a_number_is_taken_for_a_threshold(self, bureau: Client) -> None:
        assert sent(bureau, SETTING, year=2023, name="other_share", number="12.5") == ""
        assert RuleSetting.objects.get().value == "12.5"

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"name": "BAL001"}, "请填写“等级（规则）”。"),
            ({"name": "other_share"}, "请填写“数字（限值）”。"),
            (
                {"name": "other_share", "severity": "off"},
                "所选的项应填“数字（限值）”，此处应为空。",
            ),
            ({"name": "BAL001", "number": "5", "severity": "off"}, "所选的项应填“等级（规则）”"),
            ({"name": "other_share", "number": "-5"}, "应在0—100%之间，不能设为-5"),
            ({"name": "other_share", "number": "many"}, "“many”不是数字，不能作限值"),
            ({"name": "nothing", "number": "5"}, "选择一个有效的选项"),
            ({"name": "", "number": "5"}, "字段是必填项"),
        ],
    )
    def test_anything_else_is_refused_in_words(
        self, bureau: Client, fields: dict[str, str], said: str
    ) -> None:
        assert said in sent(bureau, SETTING, year=2023, **fields)
        assert not RuleSetting.objects.exists()

    def test_the_same_cannot_be_set_twice_in_a_year(self, bureau: Client) -> None:
        sent(bureau, SETTING, year=2023, name="BAL001", severity="off")
        page = sent(bureau, SETTING, year=2023, name="BAL001", severity="error")
        assert "本年度已经有这一项的设定。" in page

    @pytest.mark.parametrize(
        ("name", "value", "field", "changed"),
        [("BAL001", "off", "severity", "notice"), ("other_share", "15", "number", "18")],
    )
    def test_what_is_set_is_shown_and_can_be_changed(
        self, bureau: Client, name: str, value: str, field: str, changed: str
    ) -> None:
        setting = RuleSetting.objects.create(year_id=2023, name=name, value=value)
        page = reverse("admin:budget_rulesetting_change", args=(setting.pk,))
        assert bureau.get(page).context["adminform"].form[field].initial == value
        assert sent(bureau, page, year=2023, name=name, **{field: changed}) == ""
        setting.refresh_from_db()
        assert setting.value == changed

    def test_the_list_tells_in_chinese(self, bureau: Client) -> None:
        RuleSetting.objects.create(year_id=2023, name="BAL001", value="off")
        RuleSetting.objects.create(year_id=2023, name="other_share", value="15.50")
        page = bureau.get(reverse("admin:budget_rulesetting_changelist")).content.decode()
        assert "BAL001 收入总计等于支出总计" in page
        assert "停用" in page
        assert "15.5%" in page


class TestAnswers:
    """规则说明."""

    def answering(self, budget: DepartmentBudget, **fields: object) -> dict[str, object]:
        return {"budget": budget.pk, "rule": "PLA001", "reason": "已核实", **fields}

    def test_rules_are_chosen_from_a_list(self, bureau: Client) -> None:
        page = bureau.get(ANSWER).content.decode()
        assert '<option value="BAL001">BAL001 收入总计等于支出总计</option>' in page

    @pytest.mark.parametrize(
        "place",
        ["", "summary/appropriation/revenue", "revenue-budget", "spending/title", "spending"],
    )
    def test_a_place_of_the_document_is_taken(
        self, budget: DepartmentBudget, bureau: Client, place: str
    ) -> None:
        assert sent(bureau, ANSWER, **self.answering(budget, address=place)) == ""
        assert Answer.objects.get().address == place

    @pytest.mark.parametrize("place", ["nowhere", "summary/nothing/revenue", "收入总表"])
    def test_a_place_that_there_is_not_is_refused(
        self, budget: DepartmentBudget, bureau: Client, place: str
    ) -> None:
        page = sent(bureau, ANSWER, **self.answering(budget, address=place))
        assert f"文件中没有“{place}”这个位置" in page
        assert not Answer.objects.exists()

    @pytest.mark.long
    def test_every_place_of_a_finding_can_be_answered(
        self, budget: DepartmentBudget, bureau: Client
    ) -> None:
        places = {each.finding.where[0] for each in judge("157", 2023).report.found}
        assert places
        for place in places:
            assert sent(bureau, ANSWER, **self.answering(budget, address=place)) == "", place

    def test_a_unit_s_place_is_one_of_its_own_document(
        self, budget: DepartmentBudget, bureau: Client
    ) -> None:
        unit = BudgetUnit.objects.get(code="157001").pk
        fields = self.answering(budget, unit=unit, address="summary/appropriation/revenue")
        assert sent(bureau, ANSWER, **fields) == ""
        page = sent(bureau, ANSWER, **{**fields, "address": "nowhere"})
        assert "文件中没有“nowhere”这个位置" in page

    def test_where_no_document_can_be_formed_no_place_is_answered(
        self, budget: DepartmentBudget, bureau: Client
    ) -> None:
        RuleSetting.objects.create(year_id=2023, name="XYZ999", value="off")
        page = sent(bureau, ANSWER, **self.answering(budget, address="spending"))
        assert "文件还不能形成，不能说明某一处：没有编号为 XYZ999 的规则" in page


class TestYears:
    """预算年度."""

    def test_the_edition_is_chosen_from_those_there_are(self, bureau: Client) -> None:
        page = bureau.get(reverse("admin:budget_budgetyear_add")).content.decode()
        assert '<option value="changsha-2023">' in page
        assert '<option value="national-2016">' in page

    def test_an_edition_that_there_is_not_is_refused(self, bureau: Client) -> None:
        fields = {"year": 2024, "edition": "nowhere", "codes_on": "2024-01-01"}
        assert "nowhere" in sent(bureau, reverse("admin:budget_budgetyear_add"), **fields)
