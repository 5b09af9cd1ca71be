"""The commands exportbudget and importbudget."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from budget.models import Batch, DepartmentBudget, Edit, Grant, SpendingLine
from budget.roles import Role
from budget.terms import BatchKind, State
from budget.tests.entry_workbooks import downloaded, edited, planned, put
from budget.tests.filling import Accountant, an_accountant

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

LINE = {"function": "2010301", "economic": "30101"}


@pytest.fixture
def accountant() -> Accountant:
    found = an_accountant()
    Grant.objects.create(user=found.user, role=Role.COMPILER, unit=found.unit)
    found.new("basic", **LINE, amount="5")
    return found


def saved(folder: Path, content: bytes) -> Path:
    file = folder / "填报.xlsx"
    file.write_bytes(content)
    return file


def run(*words: object) -> tuple[str, int]:
    """Run a command; return what it printed and its exit code."""
    out = io.StringIO()
    try:
        call_command(*map(str, words), stdout=out, stderr=out)
    except SystemExit as exit:
        return out.getvalue(), int(str(exit.code))
    except CommandError as error:
        return str(error), error.returncode
    return out.getvalue(), 0


def amounts() -> list[Decimal]:
    return list(SpendingLine.objects.order_by("pk").values_list("amount", flat=True))


class TestExporting:
    def test_a_unit_has_one_file(self, accountant: Accountant, tmp_path: Path) -> None:
        told, code = run("exportbudget", "801001", "2030", "--out", tmp_path)
        [file] = tmp_path.iterdir()
        assert (code, told.strip()) == (0, str(file))
        assert file.name == "801001 单位801001 2030年预算填报（已填）.xlsx"
        assert not planned(accountant, file.read_bytes()).does_anything

    def test_a_department_has_its_own_and_one_for_each_unit(
        self, accountant: Accountant, tmp_path: Path
    ) -> None:
        run("exportbudget", "801", "2030", "--empty", "--out", tmp_path)
        names = {file.name for file in tmp_path.iterdir()}
        assert names == {
            "801 测试局 2030年预算填报（空表）.xlsx",
            "801001 单位801001 2030年预算填报（空表）.xlsx",
        }

    @pytest.mark.parametrize(
        ("code", "year", "words"),
        [("999", "2030", "没有编码为 999 的部门"), ("801001", "2029", "没有2029年的预算")],
    )
    def test_what_is_not_there_is_named(
        self, accountant: Accountant, code: str, year: str, words: str
    ) -> None:
        told, returncode = run("exportbudget", code, year)
        assert returncode == 2
        assert words in told


class TestImporting:
    def test_without_commit_it_is_only_told(self, accountant: Accountant, tmp_path: Path) -> None:
        file = saved(tmp_path, edited(downloaded(accountant), put("basic", 1, amount=7)))
        told, code = run("importbudget", file)
        assert code == 0
        assert "改动  第4行  金额 5.00 → 7.00" in told
        assert amounts() == [Decimal(5)]

    def test_with_commit_it_is_done(self, accountant: Accountant, tmp_path: Path) -> None:
        file = saved(tmp_path, edited(downloaded(accountant), put("basic", 1, amount=7)))
        told, code = run("importbudget", file, "--commit", "--user", accountant.user.username)
        assert (code, "已写入" in told) == (0, True)
        assert amounts() == [Decimal(7)]
        batch = Batch.objects.latest("revision")
        assert (batch.kind, batch.by) == (BatchKind.WORKBOOK, accountant.user)

    def test_a_rejected_row_is_told_and_nothing_is_done(
        self, accountant: Accountant, tmp_path: Path
    ) -> None:
        content = edited(
            downloaded(accountant),
            put("basic", 1, amount=7),
            put("basic", 2, function="2010301", economic="30201", amount="十二"),
        )
        file = saved(tmp_path, content)
        told, code = run("importbudget", file, "--commit", "--user", accountant.user.username)
        assert code == 1
        assert "不能导入  第5行  金额 “十二”不是金额" in told
        assert amounts() == [Decimal(5)]

    def test_a_conflict_is_told_and_nothing_is_done(
        self, accountant: Accountant, tmp_path: Path
    ) -> None:
        file = saved(tmp_path, edited(downloaded(accountant), put("basic", 1, amount=7)))
        key = str(SpendingLine.objects.get().pk)
        accountant.type("basic", key, amount=("5", "6"))
        told, code = run("importbudget", file, "--commit", "--user", accountant.user.username)
        assert code == 1
        assert "金额 现为 6.00" in told
        assert amounts() == [Decimal(6)]

    def test_what_is_no_workbook_is_refused(self, accountant: Accountant, tmp_path: Path) -> None:
        told, code = run("importbudget", saved(tmp_path, b"a,b\n"))
        assert (code, "文本（如 CSV）" in told) == (2, True)
        told, code = run("importbudget", tmp_path / "nothing.xlsx")
        assert (code, "没有这个文件或目录" in told) == (2, True)

    def test_somebody_must_stand_for_it(self, accountant: Accountant, tmp_path: Path) -> None:
        file = saved(tmp_path, edited(downloaded(accountant), put("basic", 1, amount=7)))
        assert run("importbudget", file, "--commit")[1] == 2
        assert run("importbudget", file, "--commit", "--user", "nobody")[1] == 2
        other = Accountant(accountant.budget, accountant.unit)
        told, code = run("importbudget", file, "--commit", "--user", other.user.username)
        assert (code, "没有这个预算" in told) == (2, True)
        assert amounts() == [Decimal(5)]

    def test_nor_in_another_state(self, accountant: Accountant, tmp_path: Path) -> None:
        file = saved(tmp_path, edited(downloaded(accountant), put("basic", 1, amount=7)))
        DepartmentBudget.objects.update(state=State.SUBMITTED)
        told, code = run("importbudget", file, "--commit", "--user", accountant.user.username)
        assert (code, "不能“导入文件”" in told) == (2, True)
        assert amounts() == [Decimal(5)]

    def test_a_budget_that_is_not_here_is_named(
        self, accountant: Accountant, tmp_path: Path
    ) -> None:
        file = saved(tmp_path, downloaded(accountant))
        Edit.objects.all().delete()
        Batch.objects.all().delete()
        DepartmentBudget.objects.all().delete()
        told, code = run("importbudget", file)
        assert (code, told) == (2, "没有“801001 单位801001 2030年”这一预算")
