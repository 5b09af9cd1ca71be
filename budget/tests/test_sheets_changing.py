"""What becomes of what people type: kept, merged, refused or waiting; never lost, never doubled."""

from decimal import Decimal
from uuid import uuid4

import pytest

from budget.models import (
    Account,
    Batch,
    DepartmentBudget,
    Edit,
    PendingRow,
    Project,
    ProposedCode,
    RevenueLine,
    SpendingLine,
)
from budget.money import WAN
from budget.sheets.changes import Change, Malformed, Outcome
from budget.sheets.changing import ReusedBatch
from budget.terms import Nature, Source, State, Upkeep
from budget.tests.filling import an_accountant

pytestmark = pytest.mark.django_db

LINE = {"function": "2010301", "economic": "30101", "amount": "1,561.09"}


def test_a_whole_row_becomes_a_line_of_the_ledger() -> None:
    key = an_accountant().new("basic", **LINE)
    line = SpendingLine.objects.get()
    assert key == str(line.pk)
    assert (line.function, line.economic, line.amount) == ("2010301", "30101", Decimal("1561.09"))
    assert (line.nature, line.upkeep) == (Nature.BASIC, Upkeep.PERSONNEL)
    assert (line.source, line.carried_over, line.sequence) == (Source.GENERAL_PUBLIC, False, 1)


def test_a_row_that_lacks_a_cell_waits_and_counts_nowhere() -> None:
    accountant = an_accountant()
    key = accountant.new("basic", function="2010301", amount="12")
    assert key.startswith("p")
    assert not SpendingLine.objects.exists()
    answer = accountant.type("basic", key, economic="30201")
    assert answer.rows == {key: str(SpendingLine.objects.get().pk)}
    assert SpendingLine.objects.get().upkeep is Upkeep.OPERATING
    assert not PendingRow.objects.exists()


def test_what_was_filled_in_is_told_so_that_it_can_be_changed_without_a_reload() -> None:
    accountant = an_accountant()
    answer = accountant.type("basic", "new:1", **LINE)
    [upkeep] = [cell for cell in answer.cells if cell.field == "upkeep"]
    # 30101 is under 301 工资福利支出: personnel
    assert (upkeep.outcome, upkeep.shown) == (Outcome.SAME, Upkeep.PERSONNEL.label)
    key = answer.rows["new:1"]
    accountant.type("basic", key, upkeep=(upkeep.shown, Upkeep.OPERATING.label))
    assert SpendingLine.objects.get().upkeep is Upkeep.OPERATING


def test_what_cannot_be_read_is_kept_as_typed_and_says_why() -> None:
    accountant = an_accountant()
    answer = accountant.type("basic", "new:1", **{**LINE, "amount": "十二万"})
    [amount] = [cell for cell in answer.cells if cell.field == "amount"]
    assert amount.outcome is Outcome.SAVED
    assert "阿拉伯数字" in amount.message
    assert PendingRow.objects.get().cells["amount"] == "十二万"


def test_a_cell_is_changed_where_the_person_saw_what_is_stored() -> None:
    accountant = an_accountant()
    key = accountant.new("basic", **LINE)
    answer = accountant.type("basic", key, amount=("1561.09", "２，０００"))
    assert [cell.outcome for cell in answer.cells] == [Outcome.SAVED]
    assert answer.cells[0].shown == "2,000.00"
    assert answer.totals == {"amount": "2,000.00"}
    assert SpendingLine.objects.get().amount == Decimal(2000)


def test_edits_of_two_people_to_different_cells_merge() -> None:
    one = an_accountant()
    key = one.new("basic", **LINE)
    other = type(one)(one.budget, one.unit)
    one.type("basic", key, amount=("1561.09", "5"))
    other.type("basic", key, economic=("30101", "30201"))
    line = SpendingLine.objects.get()
    assert (line.amount, line.economic) == (Decimal(5), "30201")


def test_the_same_cell_shows_both_values_and_who() -> None:
    one = an_accountant()
    key = one.new("basic", **LINE)
    Account.objects.create(user=one.user, name="王会计")
    other = type(one)(one.budget, one.unit)
    one.type("basic", key, amount=("1561.09", "5"))
    answer = other.type("basic", key, amount=("1561.09", "6"))
    [cell] = answer.cells
    assert (cell.outcome, cell.theirs, cell.by) == (Outcome.CONFLICT, "5.00", "王会计")
    assert SpendingLine.objects.get().amount == Decimal(5)
    assert other.type("basic", key, amount=(cell.theirs, "6")).cells[0].outcome is Outcome.SAVED


def test_the_same_new_value_is_no_conflict() -> None:
    one = an_accountant()
    key = one.new("basic", **LINE)
    one.type("basic", key, amount=("1561.09", "5"))
    answer = one.type("basic", key, amount=("1561.09", "5.00"))
    assert answer.cells[0].outcome is Outcome.SAME


def test_a_stored_cell_refuses_what_it_cannot_read_and_keeps_its_value() -> None:
    accountant = an_accountant()
    key = accountant.new("basic", **LINE)
    answer = accountant.type("basic", key, amount=("1561.09", "12,34"), economic=("30101", "30201"))
    outcomes = {cell.field: cell.outcome for cell in answer.cells}
    assert outcomes == {"amount": Outcome.REFUSED, "economic": Outcome.SAVED}
    line = SpendingLine.objects.get()
    assert (line.amount, line.economic) == (Decimal("1561.09"), "30201")


def test_a_cell_that_must_be_there_cannot_be_blanked() -> None:
    accountant = an_accountant()
    key = accountant.new("basic", **LINE)
    [cell] = accountant.type("basic", key, amount=("1561.09", "")).cells
    assert cell.outcome is Outcome.REFUSED
    assert "请填写金额" in cell.message


def test_the_same_batch_has_one_effect_and_one_answer() -> None:
    accountant, batch = an_accountant(), uuid4()
    changes = [Change("new:1", name, "", text) for name, text in LINE.items()]
    first = accountant.ask("basic", *changes, batch=batch)
    again = accountant.ask("basic", *changes, batch=batch)
    assert first == again
    assert SpendingLine.objects.count() == 1
    with pytest.raises(ReusedBatch):
        accountant.ask("basic", *changes[:2], batch=batch)


def test_each_cell_is_an_edit_with_both_texts_and_its_person() -> None:
    accountant = an_accountant()
    key = accountant.new("basic", **LINE)
    accountant.type("basic", key, amount=("1561.09", "5"))
    last = Edit.objects.order_by("pk").last()
    assert last is not None
    assert (last.row, last.field, last.before, last.after) == (key, "amount", "1,561.09", "5.00")
    assert last.batch.by == accountant.user
    assert Batch.objects.count() == 2
    assert DepartmentBudget.objects.get().revision == 2


def test_nothing_changed_counts_nothing_on() -> None:
    accountant = an_accountant()
    key = accountant.new("basic", **LINE)
    accountant.type("basic", key, amount=("1561.09", "1561.09"))
    assert DepartmentBudget.objects.get().revision == 1
    assert Batch.objects.count() == 1


def test_the_first_edit_of_an_opened_budget_makes_it_a_draft() -> None:
    accountant = an_accountant(state=State.OPEN)
    accountant.new("basic", **LINE)
    assert DepartmentBudget.objects.get().state is State.DRAFT


def test_amounts_are_typed_and_shown_in_the_unit_chosen() -> None:
    accountant = an_accountant()
    accountant.money = WAN
    key = accountant.new("basic", **{**LINE, "amount": "1.5"})
    assert SpendingLine.objects.get().amount == Decimal(15000)
    answer = accountant.type("basic", key, amount=("1.50", "0.123456"))
    assert SpendingLine.objects.get().amount == Decimal("1234.56")
    assert answer.cells[0].shown == "0.123456"


def test_a_unit_written_behind_an_amount_goes_before_the_sheet_s_and_is_told() -> None:
    accountant = an_accountant()
    answer = accountant.type("basic", "new:1", **{**LINE, "amount": "12万"})
    [cell] = [cell for cell in answer.cells if cell.field == "amount"]
    assert cell.shown == "120,000.00"
    assert cell.message == "按所写单位读作 12 万元"
    assert SpendingLine.objects.get().amount == Decimal(120000)


def test_a_pending_amount_means_the_same_in_another_unit() -> None:
    accountant = an_accountant()
    accountant.money = WAN
    key = accountant.new("basic", function="2010301", amount="1.5")
    assert PendingRow.objects.get().cells["amount"] == "15,000.00"
    accountant.type("basic", key, economic="30101")
    assert SpendingLine.objects.get().amount == Decimal(15000)


def test_a_removed_row_is_gone_unless_somebody_changed_it() -> None:
    one = an_accountant()
    key = one.new("basic", **LINE)
    one.type("basic", key, amount=("1561.09", "5"))
    [cell] = one.remove("basic", key, amount="1561.09").cells
    assert cell.outcome is Outcome.CONFLICT
    [cell] = one.remove("basic", key, amount="5").cells
    assert cell.outcome is Outcome.SAVED
    assert not SpendingLine.objects.exists()


def test_a_change_of_a_row_that_is_gone_says_so() -> None:
    accountant = an_accountant()
    key = accountant.new("basic", **LINE)
    accountant.remove("basic", key)
    [cell] = accountant.type("basic", key, amount=("1561.09", "5")).cells
    assert cell.outcome is Outcome.REFUSED
    assert "已被他人删除" in cell.message


def test_a_code_is_found_by_number_in_any_spelling_and_by_name() -> None:
    accountant = an_accountant()
    accountant.new("basic", **{**LINE, "function": "201-03-02"})
    accountant.new("basic", **{**LINE, "function": "行政运行", "economic": "办公费"})
    accountant.new("basic", **{**LINE, "function": "2080505 机关事业单位基本养老保险缴费支出"})
    found = SpendingLine.objects.values_list("function", "economic")
    assert set(found) == {("2010302", "30101"), ("2010301", "30201"), ("2080505", "30101")}


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("20103", "之下还有明细科目"),
        ("2010399", "待预算科确认"),
        ("999", "不能列金额"),
        ("9990101 甲", "上级科目"),
        ("办公室", "没有这个名称"),
    ],
)
def test_a_code_that_will_not_do_says_why(typed: str, why: str) -> None:
    answer = an_accountant().type("basic", "new:1", **{**LINE, "function": typed})
    [cell] = [cell for cell in answer.cells if cell.field == "function"]
    assert why in cell.message
    assert not SpendingLine.objects.exists()


def test_a_code_that_the_list_lacks_is_proposed_with_its_name() -> None:
    accountant = an_accountant()
    accountant.new("basic", **{**LINE, "function": "2010399 其他政府事务支出"})
    proposed = ProposedCode.objects.get()
    assert (proposed.code, proposed.name) == ("2010399", "其他政府事务支出")
    assert proposed.proposed_by == accountant.user
    accountant.new("basic", **{**LINE, "function": "2010399"})
    assert SpendingLine.objects.count() == 2


def test_appropriated_income_is_never_typed() -> None:
    accountant = an_accountant()
    answer = accountant.type("revenue", "new:1", source="一般公共预算拨款", amount="5")
    assert any("不在此填报" in cell.message for cell in answer.cells)
    accountant.new("revenue", source="一般公共预算拨款", carried_over="是", amount="5")
    accountant.new("revenue", source="事业收入", amount="6")
    assert RevenueLine.objects.count() == 2


def test_what_stands_once_stands_once() -> None:
    accountant = an_accountant()
    accountant.new("revenue", source="事业收入", amount="6")
    answer = accountant.type("revenue", "new:1", source="事业收入", amount="7")
    assert any("已有一行" in cell.message for cell in answer.cells)
    assert RevenueLine.objects.get().amount == Decimal(6)


def test_a_project_with_money_stays() -> None:
    accountant = an_accountant()
    accountant.new("projects", code="P1", name="项目一")
    accountant.new(
        "project-lines", project="项目一", function="2010302", amount="7", economic="30201"
    )
    [cell] = accountant.remove("projects", str(Project.objects.get().pk)).cells
    assert cell.outcome is Outcome.REFUSED
    assert "还有1笔支出" in cell.message
    line = SpendingLine.objects.get()
    assert line.project == Project.objects.get()


def test_a_form_has_one_row() -> None:
    accountant = an_accountant()
    answer = accountant.type("about", "1", authorised_staff="30", offices="办公室、联络处")
    assert all(cell.outcome is Outcome.SAVED for cell in answer.cells)
    part = accountant.budget.unit_budgets.get()
    assert (part.authorised_staff, part.offices) == (30, ["办公室", "联络处"])
    with pytest.raises(Malformed):
        accountant.type("about", "new:1", authorised_staff="1")


def test_a_column_that_is_not_there_is_a_malformed_request() -> None:
    with pytest.raises(Malformed):
        an_accountant().type("basic", "new:1", nature="项目支出")


def test_nobody_writes_whom_the_guard_stops() -> None:
    accountant = an_accountant()

    def stop(budget: DepartmentBudget) -> None:
        raise PermissionError("stopped")

    accountant.guard = stop
    with pytest.raises(PermissionError):
        accountant.new("basic", **LINE)
    assert not Edit.objects.exists()
