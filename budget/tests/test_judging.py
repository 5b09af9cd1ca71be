"""A stored budget before the rules: as without a database, with what the bureau set."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from budget.edition import EDITIONS
from budget.judging import judge, settings_in_force
from budget.load import UnknownYear
from budget.load.judging import read_answers, read_settings
from budget.models import Answer, BudgetUnit, DepartmentBudget, RuleSetting, SpendingLine
from budget.registry import UnknownDeclaration
from budget.rules.checking import check
from budget.rules.printed import Subject, exactness
from budget.rules.settings import UnreadableSetting
from budget.terms import Severity
from budget.tests.samples import sample, sample_disclosure, sample_edition
from budget.tests.storing_samples import stored_sample

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def budget(db: None) -> DepartmentBudget:
    return stored_sample()


def set_(name: str, value: str) -> RuleSetting:
    return RuleSetting.objects.create(year_id=2023, name=name, value=value)


@pytest.mark.usefixtures("budget")
class TestJudging:
    """The same verdict as on the same values without a database."""

    def test_the_stored_sample_is_judged_as_the_sample_itself(self) -> None:
        document, edition = sample_disclosure(), sample_edition()
        subject = Subject(
            document,
            edition,
            exactness(document, edition),
            book=sample().book,
            remarks=sample().remarks,
        )
        judged = judge("157", 2023)
        assert judged.document == document
        assert judged.report == check(subject)

    def test_a_unit_s_document_is_judged_as_its_own(self) -> None:
        assert judge("157001", 2023).document == sample_disclosure("157001")

    def test_another_edition_can_be_asked_for(self) -> None:
        assert judge("157", 2023, "national-2016").document.edition == "national-2016"

    def test_an_edition_that_there_is_not_is_refused(self) -> None:
        with pytest.raises(UnknownDeclaration, match="nowhere"):
            judge("157", 2023, "nowhere")

    def test_a_year_without_a_budget_is_refused(self) -> None:
        with pytest.raises(UnknownYear):
            judge("157", 2022)

    def test_a_rule_that_the_bureau_switched_off_is_not_run(self) -> None:
        set_("BAL001", "off")
        report = judge("157", 2023).report
        codes = {rule.code for rule in report.passed}
        codes |= {each.rule.code for each in report.found}
        codes |= {each.rule.code for each in report.unchecked}
        assert "BAL001" not in codes
        assert "BAL002" in codes
        assert [rule.code for rule in report.off] == ["BAL001"]

    def test_who_set_a_rule_and_when_is_known_of_the_verdict(self, django_user_model: Any) -> None:
        setting = set_("BAL001", "off")
        setting.set_by = django_user_model.objects.create(username="bureau")
        setting.save()
        said = judge("157", 2023).settings.set_by["BAL001"]
        assert (said.by, said.at) == ("bureau", setting.set_at)

    def test_settings_of_another_year_do_not_count(self, budget: DepartmentBudget) -> None:
        later = type(budget.year).objects.create(
            year=2024, edition="changsha-2023", codes_on="2024-01-01"
        )
        RuleSetting.objects.create(year=later, name="BAL001", value="off")
        assert read_settings(2023).severities == {}
        assert read_settings(2024).severities == {"BAL001": Severity.OFF}

    def test_the_settings_in_force_can_be_frozen(self, budget: DepartmentBudget) -> None:
        set_("BAL001", "warning")
        set_("other_share", "12.5")
        frozen = settings_in_force(budget, EDITIONS["changsha-2023"])
        assert frozen["severity.BAL001"] == "warning"
        assert frozen["severity.BAL002"] == "error"
        assert frozen["threshold.other_share"] == "12.5"

    def test_judging_asks_the_database_as_often_however_many_lines(
        self, django_assert_max_num_queries: Any
    ) -> None:
        assert SpendingLine.objects.count() > 20
        with django_assert_max_num_queries(40):
            judge("157", 2023)


class TestAnswers:
    """What is written stays with its version and its unit."""

    def test_answers_are_read_for_department_and_unit_apart(self, budget: DepartmentBudget) -> None:
        unit = BudgetUnit.objects.get(code="157001")
        Answer.objects.create(budget=budget, rule="PLA001", reason=" 全部门 ")
        Answer.objects.create(budget=budget, unit=unit, rule="PLA001", reason="本单位")
        assert [each.reason for each in read_answers(budget)] == ["全部门"]
        assert [each.reason for each in read_answers(budget, "157001")] == ["本单位"]
        assert [each.reason for each in judge("157", 2023).answers] == ["全部门"]

    def test_another_version_has_no_answers(self, budget: DepartmentBudget) -> None:
        Answer.objects.create(budget=budget, rule="PLA001", reason="已核实")
        later = DepartmentBudget.objects.create(
            department=budget.department, year=budget.year, version=2
        )
        assert read_answers(later) == ()


class TestForms:
    """What the administrators' pages accept, refuse and record."""

    @pytest.mark.parametrize(
        ("name", "value"), [("BAL001", "off"), ("BAL001", "notice"), ("other_share", "12.5")]
    )
    def test_a_severity_or_a_number_is_a_setting(
        self, budget: DepartmentBudget, name: str, value: str
    ) -> None:
        RuleSetting(year=budget.year, name=name, value=value).full_clean()

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("BAL001", "fatal", "“fatal”不是规则的等级"),
            ("BAL001", "25", "“25”不是规则的等级"),
            ("XYZ999", "off", "没有编号为 XYZ999 的规则"),
            ("other_share", "off", "“off”不是数字"),
            ("other share", "1", "规则应设为等级，限值应设为数字"),
            ("other_shares", "1", "没有名为“other_shares”的限值"),
            ("other_share", "-1", "应在0—100%之间，不能设为-1"),
            ("other_share", "101", "应在0—100%之间，不能设为101"),
            ("trade_union_low", "3.5", "下限”（3.5%）不能高于“工会经费占工资的比重的上限”（3%）"),
        ],
    )
    def test_anything_else_is_refused_in_words(
        self, budget: DepartmentBudget, name: str, value: str, said: str
    ) -> None:
        with pytest.raises(ValidationError, match=said):
            RuleSetting(year=budget.year, name=name, value=value).full_clean()

    def test_ends_of_a_band_are_held_against_each_other_as_they_are_set(
        self, budget: DepartmentBudget
    ) -> None:
        set_("trade_union_high", "5")
        low = RuleSetting(year=budget.year, name="trade_union_low", value="3.5")
        low.full_clean()
        low.save()
        low.full_clean()
        high = RuleSetting.objects.get(name="trade_union_high")
        high.value = "3"
        with pytest.raises(ValidationError, match="不能高于"):
            high.full_clean()

    @pytest.mark.parametrize(("name", "value"), [("XYZ999", "off"), ("gone", "1")])
    def test_a_stored_setting_of_nothing_is_refused_when_it_is_read(
        self, budget: DepartmentBudget, name: str, value: str
    ) -> None:
        set_(name, value)
        with pytest.raises(UnreadableSetting, match=name):
            read_settings(budget.year_id)

    def test_the_database_refuses_a_negative_threshold(self, budget: DepartmentBudget) -> None:
        with pytest.raises(IntegrityError):
            set_("other_share", "-1")

    def test_a_year_has_an_edition_that_there_is(self, budget: DepartmentBudget) -> None:
        budget.year.edition = "nowhere"
        with pytest.raises(ValidationError, match="没有名为“nowhere”的版式；现有：changsha-2023"):
            budget.year.full_clean()

    @pytest.mark.parametrize(
        ("rule", "reason", "said"),
        [("BAL001", "  ", "请写明理由"), ("XYZ999", "已核实", "没有编号为 XYZ999 的规则")],
    )
    def test_an_answer_names_a_rule_and_gives_a_reason(
        self, budget: DepartmentBudget, rule: str, reason: str, said: str
    ) -> None:
        with pytest.raises(ValidationError, match=said):
            Answer(budget=budget, rule=rule, reason=reason).full_clean()

    def test_who_set_a_rule_is_recorded(
        self, budget: DepartmentBudget, client: Client, django_user_model: Any
    ) -> None:
        person = django_user_model.objects.create(username="bureau", is_staff=True)
        type(person).objects.filter(pk=person.pk).update(is_superuser=True)
        client.force_login(type(person).objects.get(pk=person.pk))
        said = client.post(
            reverse("admin:budget_rulesetting_add"),
            {"year": budget.year_id, "name": "BAL001", "severity": "notice"},
        )
        assert said.status_code == 302
        setting = RuleSetting.objects.get()
        assert setting.set_by == person
        assert setting.set_at is not None
