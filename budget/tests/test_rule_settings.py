"""What a bureau sets for rules: three layers, frozen as texts, and answers to warnings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from budget.rules.answers import Answer, answer_to, unanswered
from budget.rules.checking import Found, Report
from budget.rules.finding import Finding, Side
from budget.rules.registry import RULES
from budget.rules.settings import SetBy, Settings, UnreadableSetting, thawed
from budget.rules.thresholds import THRESHOLDS
from budget.terms import Severity
from budget.tests.samples import declared, sample_edition

PLACE = "summary/revenue_total/revenue"


def a_warning(code: str = "BAL001", place: str = PLACE) -> Found:
    declared()
    return Found(RULES[code], Severity.WARNING, Finding((place,), Side("收入总计", "50.00")))


def a_report(*found: Found) -> Report:
    return Report(found, (), ())


class TestLayers:
    """The bureau over the edition over the rule."""

    def test_a_rule_that_nobody_set_has_its_own_severity(self) -> None:
        declared()
        assert Settings().in_force(sample_edition()).severities["BAL001"] is Severity.ERROR

    def test_the_edition_overrides_the_rule(self) -> None:
        declared()
        edition = replace(sample_edition(), severities={"BAL001": Severity.NOTICE})
        assert Settings().in_force(edition).severities["BAL001"] is Severity.NOTICE

    def test_the_bureau_overrides_the_edition(self) -> None:
        declared()
        edition = replace(
            sample_edition(),
            severities={"BAL001": Severity.NOTICE},
            thresholds={"other_share": Decimal(10), "large_change": Decimal(3)},
        )
        own = Settings({"BAL001": Severity.OFF}, {"other_share": Decimal(25)})
        in_force = own.in_force(edition)
        assert in_force.severities["BAL001"] is Severity.OFF
        assert in_force.thresholds["other_share"] == Decimal(25)
        assert in_force.thresholds["large_change"] == Decimal(3)
        assert in_force.thresholds["reason_length"] == Decimal(6)

    def test_the_set_in_force_names_every_rule(self) -> None:
        declared()
        in_force = Settings().in_force(sample_edition())
        assert set(in_force.severities) == set(RULES)
        assert set(in_force.thresholds) == set(THRESHOLDS)

    def test_who_set_what_is_known_of_edition_and_bureau(self) -> None:
        edition = replace(sample_edition(), severities={"BAL001": Severity.OFF})
        own = Settings({"BAL002": Severity.OFF}, set_by={"BAL002": SetBy("张三")})
        set_by = own.in_force(edition).set_by
        assert set_by == {"BAL001": SetBy("版式 changsha-2023"), "BAL002": SetBy("张三")}


class TestFreezing:
    """As texts in a snapshot, and back."""

    def test_settings_are_frozen_as_texts(self) -> None:
        settings = Settings({"BAL001": Severity.WARNING}, {"other_share": Decimal("25")})
        assert settings.frozen() == {
            "severity.BAL001": "warning",
            "threshold.other_share": "25",
        }

    def test_what_was_frozen_is_read_back(self) -> None:
        settings = Settings({"BAL001": Severity.OFF}, {"other_share": Decimal("0.5")})
        assert thawed(settings.frozen()) == settings

    @pytest.mark.parametrize(
        ("name", "text", "said"),
        [
            ("severity.BAL001", "fatal", "“fatal”不是规则的等级"),
            ("threshold.other_share", "many", "“many”不是数字"),
            ("threshold.other_share", "Infinity", "“Infinity”不是数字"),
            ("colour", "red", "“colour”不是规则的等级或限值"),
            ("severity.", "error", "“severity.”不是规则的等级或限值"),
        ],
    )
    def test_what_is_no_setting_is_refused(self, name: str, text: str, said: str) -> None:
        with pytest.raises(UnreadableSetting, match=said):
            thawed({name: text})


class TestAnswers:
    """Which findings a written reason answers."""

    def test_without_an_answer_a_warning_stays_open(self) -> None:
        found = a_warning()
        assert list(unanswered(a_report(found), ())) == [found]

    def test_a_general_answer_meets_all_findings_of_its_rule(self) -> None:
        found = [a_warning(), a_warning(place="spending/total/total")]
        answers = [Answer(rule="BAL001", reason="已核实")]
        assert list(unanswered(a_report(*found), answers)) == []

    def test_an_answer_to_another_rule_or_place_is_none(self) -> None:
        answers = [
            Answer(rule="BAL002", reason="已核实"),
            Answer(rule="BAL001", reason="已核实", address="spending/total/total"),
        ]
        assert answer_to(a_warning(), answers) is None

    def test_the_answer_to_the_very_place_comes_first(self) -> None:
        general = Answer(rule="BAL001", reason="总体说明")
        precise = Answer(rule="BAL001", reason="此处说明", address=PLACE)
        assert answer_to(a_warning(), [general, precise]) is precise

    def test_errors_want_no_reason(self) -> None:
        found = replace(a_warning(), severity=Severity.ERROR)
        assert list(unanswered(a_report(found), ())) == []
