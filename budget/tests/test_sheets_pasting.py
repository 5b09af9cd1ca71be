"""A block from Excel or WPS: shown first, matched, judged, written in one batch, taken back."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budget.models import Account, Batch, Edit, PendingRow, Project, SpendingLine
from budget.money import WAN
from budget.sheets.offers import BadOffer, Moved, unsigned
from budget.sheets.pasting import NothingPasted
from budget.sheets.plans import Verdict
from budget.sheets.tabular import parse
from budget.sheets.undoing import NotUndoable, undo, undoable
from budget.terms import BatchKind
from budget.tests.filling import Accountant, an_accountant
from budget.tests.pasting import (
    confirmed,
    offered,
    paste,
    preview,
    reasons,
    rows,
    verdicts,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

NEW, CHANGED, SAME = Verdict.NEW, Verdict.CHANGED, Verdict.SAME
REJECTED, CONFLICT = Verdict.REJECTED, Verdict.CONFLICT
LINE = {"function": "2010301", "economic": "30101", "amount": "5"}


def amounts() -> list[Decimal]:
    return list(SpendingLine.objects.order_by("sequence").values_list("amount", flat=True))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\t\r\n\tb", [["a", ""], ["", "b"]]),
        ('"x\ty"\t"1""2"\n', [["x\ty", '1"2']]),
        ('"two\r\nlines"\tz', [["two\nlines", "z"]]),
        ('"never closed\tb\r\nc', [['"never closed', "b"], ["c"]]),
        ('6" pipe\tb', [['6" pipe', "b"]]),
        ("\r\n\r\na", [[""], [""], ["a"]]),
    ],
)
def test_a_block_is_read_as_excel_writes_it(text: str, cells: list[list[str]]) -> None:
    assert parse(text) == cells


def test_nothing_is_saved_before_confirming() -> None:
    accountant = an_accountant()
    shown = preview(accountant, "basic", "2010301|30101|1,561.09", "2010302|办公费|12万")
    assert verdicts(shown) == [NEW, NEW]
    assert not SpendingLine.objects.exists()
    assert not PendingRow.objects.exists()
    assert not Edit.objects.exists()


def test_a_confirmed_block_is_one_batch() -> None:
    accountant = an_accountant()
    paste(accountant, "basic", "2010301|30101|1,561.09", "2010302|办公费|12万")
    assert amounts() == [Decimal("1561.09"), Decimal(120000)]
    batch = Batch.objects.get()
    assert batch.kind is BatchKind.PASTED
    assert batch.by == accountant.user
    assert batch.revision == 1


def test_a_head_line_says_which_columns_there_are() -> None:
    accountant = an_accountant()
    head = "金额（万元）|说明|经济科目 *|功能科目"
    shown = preview(accountant, "basic", head, "1.5|甲|30201|2010301")
    assert shown.sheets[0].notes == ("没有读取的栏目：说明",)
    confirmed(accountant, offered(accountant, shown))
    line = SpendingLine.objects.get()
    assert (line.amount, line.economic, line.function) == (Decimal(15000), "30201", "2010301")


def test_the_unit_chosen_holds_for_what_is_pasted() -> None:
    accountant = an_accountant()
    accountant.money = WAN
    paste(accountant, "basic", "2010301|30101|1.5")
    assert amounts() == [Decimal(15000)]


def test_an_amount_that_is_too_large_in_its_unit_is_not_read_in_another() -> None:
    accountant = an_accountant()
    accountant.money = WAN
    [row] = rows(preview(accountant, "basic", "2010301|30101|1000000000"))
    assert "超出可填的范围" in reasons(row)["amount"]
    key = accountant.new("basic", **{**LINE, "amount": "1000000000"})
    assert key.startswith("p")
    assert PendingRow.objects.get().cells["amount"] == "1000000000万元"


def test_rows_are_matched_by_what_identifies_them_in_any_spelling() -> None:
    accountant = an_accountant()
    accountant.new("basic", **LINE)
    accountant.new("basic", **{**LINE, "economic": "30201", "amount": "6"})
    block = ("行政运行|302-01|7", "201-03-01|基本工资|5", "2010302|30101|8")
    shown = preview(accountant, "basic", *block)
    assert verdicts(shown) == [CHANGED, SAME, NEW]
    [changed] = rows(shown)[0].cells
    assert (changed.field, changed.before, changed.after) == ("amount", "6.00", "7")
    assert rows(shown)[0].incoming.by == "按功能科目、经济科目对应"
    confirmed(accountant, offered(accountant, shown))
    assert amounts() == [Decimal(5), Decimal(7), Decimal(8)]


def test_projects_are_matched_by_code_and_then_by_name() -> None:
    accountant = an_accountant()
    accountant.new("projects", code="P1", name="老旧小区改造")
    accountant.new("projects", code="P2", name="信息化")
    shown = preview(accountant, "projects", "P1|老旧小区改造（二期）", "P9|信息化", "P3|新项目")
    assert [row.incoming.by for row in rows(shown)] == ["按项目编码对应", "按项目名称对应", ""]
    assert verdicts(shown) == [CHANGED, CHANGED, NEW]


def test_a_name_that_occurs_twice_recognises_nothing() -> None:
    accountant = an_accountant()
    accountant.new("projects", code="P1", name="信息化")
    accountant.new("projects", code="P2", name="信息化")
    shown = preview(accountant, "projects", "P9|信息化")
    assert verdicts(shown) == [NEW]


def test_equal_rows_are_matched_in_their_order_and_it_is_said() -> None:
    accountant = an_accountant()
    accountant.new("basic", **LINE)
    accountant.new("basic", **{**LINE, "amount": "6"})
    shown = preview(accountant, "basic", "2010301|30101|5", "2010301|30101|9", "2010301|30101|1")
    assert verdicts(shown) == [SAME, CHANGED, NEW]
    assert rows(shown)[1].incoming.by == "按功能科目、经济科目对应（2行相同，按次序对应）"


def test_rows_that_the_block_lacks_stay_and_are_counted() -> None:
    accountant = an_accountant()
    accountant.new("basic", **LINE)
    accountant.new("basic", **{**LINE, "economic": "30201"})
    accountant.new("basic", function="2010301", amount="3")
    shown = preview(accountant, "basic", "2010301|30101|9")
    assert shown.sheets[0].left == 2
    confirmed(accountant, offered(accountant, shown))
    assert SpendingLine.objects.count() == 2
    assert PendingRow.objects.count() == 1


def test_a_row_with_one_bad_cell_is_rejected_whole_and_says_why() -> None:
    accountant = an_accountant()
    accountant.new("basic", **LINE)
    shown = preview(accountant, "basic", "2010301|30101|十二万", "20103|30201|1", "2010302|30101|")
    assert verdicts(shown) == [REJECTED, REJECTED, REJECTED]
    told = [reasons(row) for row in rows(shown)]
    assert "阿拉伯数字" in told[0]["amount"]
    assert "之下还有明细科目" in told[1]["function"]
    assert told[2] == {"amount": "请填写金额"}
    confirmed(accountant, offered(accountant, shown))
    assert amounts() == [Decimal(5)]
    assert not PendingRow.objects.exists()


def test_good_rows_beside_rejected_ones_are_taken() -> None:
    accountant = an_accountant()
    paste(accountant, "basic", "2010301|30101|1", "2010301|30102|=1+1", "2010301|30201|3")
    assert amounts() == [Decimal(1), Decimal(3)]


def test_what_is_wrong_with_a_row_as_a_whole_rejects_it() -> None:
    accountant = an_accountant()
    shown = preview(accountant, "revenue", "事业收入|是|5", "一般公共预算拨款||6", "事业收入|是|7")
    assert verdicts(shown) == [NEW, REJECTED, REJECTED]
    assert "不在此填报" in reasons(rows(shown)[1])["source"]
    assert "已有一行" in reasons(rows(shown)[2])["source"]


def test_amounts_alone_go_into_the_rows_from_the_cell_down() -> None:
    accountant = an_accountant()
    keys = [accountant.new("basic", **{**LINE, "amount": str(each)}) for each in (1, 2, 3)]
    shown = preview(accountant, "basic", "8", "9", row=keys[1], field="amount")
    assert [row.key for row in rows(shown)] == keys[1:]
    assert {row.incoming.by for row in rows(shown)} == {"按所在行对应"}
    confirmed(accountant, offered(accountant, shown))
    assert amounts() == [Decimal(1), Decimal(8), Decimal(9)]


def test_amounts_beyond_the_last_row_have_no_row_to_go_to() -> None:
    accountant = an_accountant()
    key = accountant.new("basic", **LINE)
    shown = preview(accountant, "basic", "8", "9", row=key, field="amount")
    assert verdicts(shown) == [CHANGED, REJECTED]
    assert {"function": "请填写功能科目", "economic": "请填写经济科目"}.items() <= (
        reasons(rows(shown)[1]).items()
    )


def test_a_pending_row_is_completed_by_what_is_pasted_into_it() -> None:
    accountant = an_accountant()
    key = accountant.new("basic", function="2010301", economic="30101")
    shown = preview(accountant, "basic", "2010301|30101|4")
    assert verdicts(shown) == [CHANGED]
    assert rows(shown)[0].key == key
    confirmed(accountant, offered(accountant, shown))
    assert amounts() == [Decimal(4)]
    assert not PendingRow.objects.exists()


def test_blanks_of_merged_cells_take_what_stands_above_and_it_is_said() -> None:
    accountant = an_accountant()
    shown = preview(accountant, "basic", "2010301|30101|1", "|30102|2", "|30201|")
    assert verdicts(shown) == [NEW, NEW, REJECTED]
    assert rows(shown)[1].incoming.remarks == ("“功能科目”空白，按合并单元格沿用上一行",)
    assert rows(shown)[1].texts["function"] == "2010301"


def test_blank_lines_are_no_rows_and_places_are_those_of_the_block() -> None:
    shown = preview(an_accountant(), "basic", "2010301|30101|1", " | |", "2010301|30102|2")
    assert [row.incoming.place for row in rows(shown)] == ["第1行", "第3行"]


def test_cells_beyond_the_table_are_told() -> None:
    line = "2010301|30101|1|人员经费|一般公共预算拨款|||x|y"
    [row] = rows(preview(an_accountant(), "basic", line))
    # a department of one unit has no column 取得自: two cells are beyond the seventh
    assert row.incoming.remarks == ("有2格超出表的右边，没有读取",)


@pytest.mark.parametrize(
    ("text", "why"), [(("", ""), "空的"), (("1|2",) * 5001, "一次最多粘贴5,000行")]
)
def test_what_is_no_block_is_refused(text: tuple[str, ...], why: str) -> None:
    with pytest.raises(NothingPasted, match=why):
        preview(an_accountant(), "basic", *text)


def test_a_head_that_names_a_column_twice_is_refused() -> None:
    with pytest.raises(NothingPasted, match="金额"):
        preview(an_accountant(), "basic", "功能科目|金额|金额（万元）", "2010301|1|2")


class TestConfirming:
    def test_sending_it_twice_has_one_effect_and_one_answer(self) -> None:
        accountant = an_accountant()
        carried = offered(accountant, preview(accountant, "basic", "2010301|30101|1"))
        first = confirmed(accountant, carried)
        assert confirmed(accountant, carried) == first
        assert amounts() == [Decimal(1)]

    def test_the_same_block_again_changes_nothing(self) -> None:
        accountant = an_accountant()
        paste(accountant, "basic", "2010301|30101|1")
        shown = preview(accountant, "basic", "2010301|30101|1")
        assert verdicts(shown) == [SAME]
        assert confirmed(accountant, offered(accountant, shown)) == []
        assert Batch.objects.count() == 1

    def test_what_somebody_else_changed_meanwhile_is_shown_before_anything_is_done(self) -> None:
        accountant = an_accountant()
        key = accountant.new("basic", **LINE)
        carried = offered(accountant, preview(accountant, "basic", "2010301|30101|9"))
        other = Accountant(accountant.budget, accountant.unit)
        Account.objects.create(user=other.user, name="王会计")
        other.type("basic", key, amount=("5", "6"))
        with pytest.raises(Moved) as moved:
            confirmed(accountant, carried)
        assert amounts() == [Decimal(6)]
        assert verdicts(moved.value.plan) == [CONFLICT]
        [cell] = rows(moved.value.plan)[0].cells
        assert (cell.was, cell.before, cell.after, cell.message) == ("5.00", "6.00", "9", "王会计")

    def test_a_conflict_is_decided_by_who_is_asked(self) -> None:
        accountant = an_accountant()
        key = accountant.new("basic", **LINE)
        block = ("2010301|30101|9", "2010301|30201|1")
        carried = offered(accountant, preview(accountant, "basic", *block))
        Accountant(accountant.budget, accountant.unit).type("basic", key, amount=("5", "6"))
        with pytest.raises(Moved) as moved:
            confirmed(accountant, carried)
        again = offered(accountant, moved.value.plan)
        confirmed(accountant, again, mine=[("basic", key, "amount")])
        assert amounts() == [Decimal(9), Decimal(1)]

    def test_without_a_decision_the_other_one_s_text_stays(self) -> None:
        accountant = an_accountant()
        key = accountant.new("basic", **LINE)
        block = ("2010301|30101|9", "2010301|30201|1")
        carried = offered(accountant, preview(accountant, "basic", *block))
        Accountant(accountant.budget, accountant.unit).type("basic", key, amount=("5", "6"))
        with pytest.raises(Moved) as moved:
            confirmed(accountant, carried)
        confirmed(accountant, offered(accountant, moved.value.plan))
        assert amounts() == [Decimal(6), Decimal(1)]

    def test_edits_elsewhere_do_not_hinder_it(self) -> None:
        accountant = an_accountant()
        accountant.new("basic", **LINE)
        carried = offered(accountant, preview(accountant, "basic", "2010301|30101|9"))
        accountant.new("events", kind="会议", name="年会", attendance="3", basic="1", project="0")
        accountant.new("basic", function="2010302", economic="30101", amount="2")
        confirmed(accountant, carried)
        assert amounts() == [Decimal(9), Decimal(2)]

    def test_an_offer_is_for_one_person_and_one_part(self) -> None:
        accountant = an_accountant()
        carried = offered(accountant, preview(accountant, "basic", "2010301|30101|1"))
        other = Accountant(accountant.budget, accountant.unit)
        with pytest.raises(BadOffer):
            confirmed(other, carried)
        with pytest.raises(BadOffer):
            unsigned(carried[:-1] + "x", accountant.part, accountant.user.pk)


class TestUndoing:
    def undone(self, accountant: Accountant) -> list[str]:
        batch = Batch.objects.order_by("revision").last()
        assert batch is not None
        answers = undo(batch, accountant.part, accountant.act())
        return [cell.message for answer in answers for cell in answer.cells if cell.message]

    def test_one_step_takes_all_of_it_back(self) -> None:
        accountant = an_accountant()
        accountant.new("basic", **LINE)
        paste(accountant, "basic", "2010301|30101|9", "2010302|30201|1", "2010302|30101|1")
        assert self.undone(accountant) == []
        assert amounts() == [Decimal(5)]
        last = Batch.objects.order_by("revision").last()
        assert last is not None
        assert last.kind is BatchKind.UNDO

    def test_a_pending_row_that_became_whole_waits_again(self) -> None:
        accountant = an_accountant()
        accountant.new("basic", function="2010301", economic="30101")
        paste(accountant, "basic", "2010301|30101|4")
        self.undone(accountant)
        assert not SpendingLine.objects.exists()
        cells = PendingRow.objects.get().cells
        assert (cells["function"], cells["economic"]) == ("2010301", "30101")
        assert "amount" not in cells

    def test_what_was_changed_since_stays_and_is_told(self) -> None:
        accountant = an_accountant()
        key = accountant.new("basic", **LINE)
        paste(accountant, "basic", "2010301|30101|9", "2010302|30201|1")
        batch = Batch.objects.order_by("revision").last()
        accountant.type("basic", key, amount=("9", "7"))
        made = str(SpendingLine.objects.get(economic="30201").pk)
        accountant.type("basic", made, allotment=("", "经费拨款"))
        assert batch is not None
        answers = undo(batch, accountant.part, accountant.act())
        told = [cell for answer in answers for cell in answer.cells]
        assert {cell.row for cell in told if cell.outcome.value == "conflict"} == {key, made}
        assert amounts() == [Decimal(7), Decimal(1)]

    def test_it_is_taken_back_once(self) -> None:
        accountant = an_accountant()
        paste(accountant, "basic", "2010301|30101|9")
        [batch] = undoable(accountant.part)
        act = accountant.act()
        undo(batch, accountant.part, act)
        assert undoable(accountant.part) == []
        with pytest.raises(NotUndoable, match="已经撤销"):
            undo(batch, accountant.part, accountant.act())
        undo(batch, accountant.part, act)
        assert not SpendingLine.objects.exists()

    def test_what_was_typed_is_taken_back_in_the_browser_instead(self) -> None:
        accountant = an_accountant()
        accountant.new("basic", **LINE)
        with pytest.raises(NotUndoable, match="录入"):
            undo(Batch.objects.get(), accountant.part, accountant.act())

    def test_new_projects_go_after_the_money_that_stands_on_them(self) -> None:
        accountant = an_accountant()
        paste(accountant, "projects", "P1|一", "P2|二")
        paste(accountant, "project-lines", "P1|2010302|30201|7")
        first, second = Batch.objects.order_by("revision")
        answers = undo(first, accountant.part, accountant.act())
        said = [cell.message for answer in answers for cell in answer.cells if cell.message]
        assert len(said) == 1
        assert "还有1笔支出" in said[0]
        assert [each.code for each in Project.objects.all()] == ["P1"]
        undo(second, accountant.part, accountant.act())
        assert not SpendingLine.objects.exists()


@pytest.mark.parametrize(
    ("sheet", "line"),
    [
        ("basic", "2010301|30101|{}"),
        ("projects", "P{}|项目"),
        ("events", "会议|会{}||3|1|0"),
        ("indicators", "部门整体支出|产出指标|数量指标|指标{}|=|5"),
    ],
)
def test_a_preview_asks_the_database_as_often_for_many_rows_as_for_few(
    sheet: str, line: str
) -> None:
    accountant = an_accountant()
    asked = []
    for count in (3, 30):
        with CaptureQueriesContext(connection) as captured:
            shown = preview(accountant, sheet, *(line.format(number) for number in range(count)))
        assert verdicts(shown) == [NEW] * count
        asked.append(len(captured))
    assert asked[0] == asked[1]
