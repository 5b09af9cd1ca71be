"""The command: what it says of a stored budget, and with which exit code."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from budget.models import Answer, DepartmentBudget, SpendingLine
from budget.rules.finding import Finding, Side
from budget.rules.registry import RULES, Rule
from budget.terms import Nature, Needs, Severity, Source
from budget.tests.storing_samples import stored_sample

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
PLACE = "summary/revenue_total/revenue"


@pytest.fixture
def budget(db: None) -> DepartmentBudget:
    return stored_sample()


@pytest.fixture
def only_rule(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let one invented rule be all that there is; its severity is given."""

    def declare(severity: Severity) -> None:
        found = Finding((PLACE,), Side("收入总计", "50.00", "万元"), Side("支出总计", "40.00"))
        rule = Rule(
            "TST001",
            severity,
            "甲等于乙",
            "先看甲。",
            "依据",
            "例",
            Needs.DOCUMENT,
            lambda _: [found],
        )
        monkeypatch.setattr(RULES, "_items", {rule.code: rule})

    return declare


def said(*arguments: str) -> tuple[str, int]:
    """Run the command and return what it printed and its exit code."""
    printed = StringIO()
    try:
        call_command("checkbudget", *arguments, stdout=printed)
    except SystemExit as ended:
        return printed.getvalue(), int(str(ended.code))
    return printed.getvalue(), 0


@pytest.mark.usefixtures("budget")
class TestReports:
    """What is printed, as text and as JSON."""

    def test_notices_and_warnings_do_not_fail(self, only_rule: Any) -> None:
        for severity, label in ((Severity.WARNING, "需说明"), (Severity.NOTICE, "提示")):
            only_rule(severity)
            text, code = said("157", "2023")
            assert f"{label} 1" in text
            assert f"【{label}】\n1. TST001 甲等于乙" in text
            assert code == 0

    def test_an_error_fails_with_one(self, only_rule: Any) -> None:
        only_rule(Severity.ERROR)
        text, code = said("157", "2023")
        assert code == 1
        assert "错误 1，需说明 0，提示 0；通过 0 条规则，未核对 0 条" in text
        assert "   收入总计：50.00万元；支出总计：40.00\n" in text
        assert "   位置：部门收支总表“收入总计”收入/本年预算\n" in text
        assert "   办法：先看甲。" in text

    def test_json_holds_the_same(self, only_rule: Any) -> None:
        only_rule(Severity.ERROR)
        text, code = said("157", "2023", "--json")
        told = json.loads(text)
        assert code == 1
        assert told["counts"] == {
            "error": 1,
            "warning": 0,
            "notice": 0,
            "passed": 0,
            "not_checked": 0,
            "off": 0,
        }
        [finding] = told["findings"]
        assert finding["rule"] == "TST001"
        assert finding["where"] == [
            {"address": PLACE, "name": "部门收支总表“收入总计”收入/本年预算"}
        ]

    def test_an_answer_is_told(self, only_rule: Any, budget: DepartmentBudget) -> None:
        only_rule(Severity.WARNING)
        Answer.objects.create(budget=budget, rule="TST001", reason="已经核实")
        assert "   已说明：已经核实" in said("157", "2023")[0]

    def test_a_code_that_no_list_has_is_a_finding(self, budget: DepartmentBudget) -> None:
        line = SpendingLine.objects.filter(budget=budget, nature=Nature.PROJECT).first()
        assert line is not None
        SpendingLine.objects.filter(pk=line.pk).update(function="2019998")
        text, code = said("157", "2023")
        assert code == 1
        assert text.count("CLS002") == 1
        assert "201-99-98" in text
        assert "2023年科目表中没有该科目" in text

    def test_reports_are_written_where_asked_for(self, only_rule: Any, tmp_path: Path) -> None:
        only_rule(Severity.NOTICE)
        _, code = said("157", "2023", "--out", str(tmp_path))
        assert code == 0
        names = sorted(file.name for file in tmp_path.iterdir())
        assert names == ["157-2023-findings.html", "157-2023-findings.xlsx"]
        assert "甲等于乙" in (tmp_path / names[0]).read_text(encoding="utf-8")

    def test_another_edition_is_checked_where_asked_for(self) -> None:
        assert "（版式 national-2016）" in said("157", "2023", "--edition", "national-2016")[0]


@pytest.mark.usefixtures("budget")
class TestRefusals:
    """What is wrong with what was asked for."""

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("999", "2023"), "没有编码为 999 的部门；现有部门：157"),
            (("157999", "2023"), "没有编码为 157999 的预算单位；现有单位：157001"),
            (("157", "2022"), "部门 157 没有2022年的预算；现有年度：2023"),
            (("157", "今年"), "“今年”不是4位数字的年度"),
            (("甲", "2023"), "“甲”不是部门编码"),
            (("157", "2023", "--edition", "nowhere"), "nowhere"),
        ],
    )
    def test_what_there_is_not_is_refused_with_two(
        self, arguments: tuple[str, ...], words: str
    ) -> None:
        with pytest.raises(CommandError, match=words) as refused:
            call_command("checkbudget", *arguments)
        assert refused.value.returncode == 2

    def test_money_that_no_table_can_show_is_found_and_told_with_one(self) -> None:
        lines = SpendingLine.objects.filter(nature=Nature.BASIC)
        lines.filter(pk=lines.order_by("id")[0].pk).update(
            nature=Nature.BUSINESS, source=Source.BUSINESS, allotment=None, upkeep=None
        )
        told = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command(
                "checkbudget", "157", "2023", "--edition", "shanghai-district-2026", stdout=told
            )
        assert ended.value.code == 1
        assert "每笔资金都有可以列示的栏目" in told.getvalue()
        assert "没有可以列示" in told.getvalue()

    def test_a_folder_that_cannot_be_written_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(CommandError) as refused:
            call_command("checkbudget", "157", "2023", "--out", str(tmp_path / "file"))
        assert refused.value.returncode == 2

    def test_checking_changes_nothing(self) -> None:
        before = list(SpendingLine.objects.order_by("id").values())
        said("157", "2023")
        assert list(SpendingLine.objects.order_by("id").values()) == before
