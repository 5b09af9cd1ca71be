"""The entry workbook: what is in it, and what comes back from Excel, WPS and LibreOffice."""

from __future__ import annotations

import io
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from budget.models import Account, PendingRow, Project, SpendingLine
from budget.sheets.plans import Verdict
from budget.sheets.spec import SHEETS, sheets_of
from budget.sheets.undoing import undo, undoable
from budget.terms import BatchKind, Scope
from budget.tests.entry_workbooks import (
    column,
    downloaded,
    edited,
    imported,
    of_sheet,
    page,
    planned,
    put,
    refusal,
    saved_by_libreoffice,
    told,
)
from budget.tests.filling import Accountant, an_accountant
from budget.tests.pasting import reasons
from budget.workbook.layout import BASE, HEAD, STAMP

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]

NEW, CHANGED, SAME = Verdict.NEW, Verdict.CHANGED, Verdict.SAME
REJECTED, CONFLICT, REMOVED = Verdict.REJECTED, Verdict.CONFLICT, Verdict.REMOVED


@pytest.fixture
def filled() -> Accountant:
    """An accountant with something in every kind of sheet."""
    accountant = an_accountant()
    accountant.new("basic", function="2010301", economic="30101", amount="1,561.09")
    accountant.new("basic", function="2010301", economic="30201", amount="12.34")
    accountant.new("basic", function="2010302", amount="12,34")
    accountant.new("projects", code="P1", name="=HYPERLINK(1)", starts_on="2030-1-5")
    accountant.new("project-lines", project="P1", function="2010302", amount="-7.00")
    accountant.new(
        "events", kind="会议", name="年会_x0041_\n第二行", attendance="3", basic="1", project="0"
    )
    accountant.type("about", "1", authorised_staff="30", offices="办公室、联络处")
    return accountant


def amounts() -> list[Decimal]:
    return list(SpendingLine.objects.order_by("pk").values_list("amount", flat=True))


def opened(accountant: Accountant, **kind: bool) -> Workbook:
    return load_workbook(io.BytesIO(downloaded(accountant, **kind)))


class TestWhatIsInIt:
    def test_a_page_for_each_sheet_in_order_then_codes_then_hidden_pages(
        self, filled: Accountant
    ) -> None:
        book = opened(filled)
        shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
        sheets = [spec.title for spec in sheets_of(Scope.UNIT)]
        assert shown == [*sheets, "功能科目表", "经济科目表"]
        hidden = {sheet.title for sheet in book if sheet.sheet_state == "hidden"}
        assert hidden == {STAMP, BASE, "可选项"}

    def test_heads_say_what_must_be_there_and_what_belongs_in_it(self, filled: Accountant) -> None:
        basic = page(opened(filled), "basic")
        heads = [cell.value for cell in basic[HEAD]]
        assert heads[:5] == ["行标识", "功能科目*", "经济科目*", "金额（元）*", "人员/公用*"]
        assert heads[-1] == "删除"
        comment = basic.cell(HEAD, 2).comment
        assert comment is not None
        assert comment.text == "按编码或名称选，填到项；必填。"
        assert basic.column_dimensions["A"].hidden
        assert basic.freeze_panes == f"C{HEAD + 1}"

    def test_amounts_are_numbers_and_codes_are_texts_with_their_names(
        self, filled: Accountant
    ) -> None:
        basic = page(opened(filled), "basic")
        amount = basic.cell(HEAD + 1, column(basic, "金额"))
        assert (amount.value, amount.number_format) == (1561.09, "#,##0.00")
        code = basic.cell(HEAD + 1, column(basic, "功能科目"))
        assert (code.value, code.number_format, code.data_type) == ("2010301 行政运行", "@", "s")

    def test_a_row_that_is_not_whole_stands_there_as_it_was_typed(self, filled: Accountant) -> None:
        basic = page(opened(filled), "basic")
        assert str(basic.cell(HEAD + 3, 1).value).startswith("p")
        assert basic.cell(HEAD + 3, column(basic, "金额")).value == "12,34"

    def test_no_text_becomes_a_formula(self, filled: Accountant) -> None:
        for sheet in opened(filled):
            for row in sheet.iter_rows():
                assert all(cell.data_type != "f" for cell in row)

    def test_what_can_be_chosen_is_offered(self, filled: Accountant) -> None:
        book = opened(filled)
        basic = page(book, "basic")
        letter = get_column_letter(column(basic, "功能科目"))
        [rule] = [
            each for each in basic.data_validations.dataValidation if letter in str(each.sqref)[:1]
        ]
        name, _, cells = rule.formula1.partition("!")
        assert name == "'可选项'"
        first, last = cells.replace("$", "").split(":")
        offered = [cell.value for [cell] in book["可选项"][first:last]]
        assert offered == [
            "2010301 行政运行",
            "2010302 一般行政管理事务",
            "2080505 机关事业单位基本养老保险缴费支出",
        ]
        assert not rule.showErrorMessage

    def test_codes_stand_there_with_what_they_are_under(self, filled: Accountant) -> None:
        codes = opened(filled)["功能科目表"]
        rows = [[cell.value for cell in row] for row in codes.iter_rows(min_row=2, max_row=4)]
        above = "一般公共服务支出 › 政府办公厅（室）及相关机构事务"
        assert rows[0] == ["201", "一般公共服务支出", "类", None, "有下级"]
        assert rows[2] == ["2010301", "　　行政运行", "项", above, "可填"]

    def test_an_empty_one_has_no_rows_but_those_that_are_always_there(
        self, filled: Accountant
    ) -> None:
        book = opened(filled, empty=True)
        assert page(book, "basic").cell(HEAD + 1, 1).value is None
        about = page(book, "about")
        assert about.cell(HEAD + 1, 1).value == "1"
        assert about.cell(HEAD + 1, column(about, "编制人数")).value is None


class TestUntouched:
    def test_it_makes_no_difference(self, filled: Accountant) -> None:
        shown = planned(filled, downloaded(filled))
        assert told(shown) == {}
        assert shown.notes == ()
        assert of_sheet(shown, "basic").same == 3

    def test_nor_after_openpyxl_saved_it(self, filled: Accountant) -> None:
        assert told(planned(filled, edited(downloaded(filled)))) == {}

    @pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
    def test_nor_after_libreoffice_saved_it(self, filled: Accountant, tmp_path: Path) -> None:
        content = saved_by_libreoffice(downloaded(filled), tmp_path)
        shown = planned(filled, content)
        assert told(shown) == {}
        assert of_sheet(shown, "basic").same == 3

    @pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
    def test_changes_survive_libreoffice(self, filled: Accountant, tmp_path: Path) -> None:
        content = edited(downloaded(filled), put("basic", 2, amount="１２万"))
        [row] = told(planned(filled, saved_by_libreoffice(content, tmp_path)))["basic"]
        assert [(cell.field, cell.before, cell.after) for cell in row.cells] == [
            ("amount", "12.34", "１２万")
        ]

    def test_an_empty_one_sent_back_changes_nothing(self, filled: Accountant) -> None:
        assert told(planned(filled, downloaded(filled, empty=True))) == {}


class TestHabits:
    """What people do to a workbook without meaning anything by it."""

    def test_blanks_around_texts_and_numbers_as_texts(self, filled: Accountant) -> None:
        content = edited(
            downloaded(filled),
            put(
                "basic", 1, function="  2010301 ", amount=" 1,561.09 ", source=" 一般公共预算拨款　"
            ),
            put("events", 1, attendance="3 ", basic="１", project=0.0),
        )
        assert told(planned(filled, content)) == {}

    def test_blank_rows_and_columns_in_between(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            basic = page(book, "basic")
            basic.insert_rows(HEAD + 2, 3)
            basic.insert_cols(3)

        assert told(planned(filled, edited(downloaded(filled), change))) == {}

    def test_sheets_and_columns_in_another_order(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            book.move_sheet("基本支出", offset=8)
            basic = page(book, "basic")
            for row in basic.iter_rows(min_row=HEAD):
                values = [cell.value for cell in row]
                for cell, value in zip(row, reversed(values), strict=True):
                    cell.value = value

        assert told(planned(filled, edited(downloaded(filled), change))) == {}

    def test_rows_in_another_order_keep_their_keys(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            basic = page(book, "basic")
            basic.move_range(f"A{HEAD + 1}:K{HEAD + 1}", rows=9)
            put("basic", 10, amount=9)(book)

        [row] = told(planned(filled, edited(downloaded(filled), change)))["basic"]
        assert [(cell.field, cell.before) for cell in row.cells] == [("amount", "1,561.09")]
        assert row.incoming.place == f"第{HEAD + 10}行"

    def test_a_lost_column_of_keys_is_made_up_for(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            page(book, "basic").delete_cols(1)

        content = edited(downloaded(filled), change, put("basic", 2, amount=9))
        [row] = told(planned(filled, content))["basic"]
        assert (row.verdict, row.incoming.by) == (
            CHANGED,
            "按功能科目、经济科目、资金来源、上年结转对应",
        )

    def test_a_copied_row_is_a_new_one(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            basic = page(book, "basic")
            for number, cell in enumerate(basic[HEAD + 1], start=1):
                basic.cell(HEAD + 4, number).value = cell.value

        content = edited(downloaded(filled), change, put("basic", 4, amount=5))
        [row] = told(planned(filled, content))["basic"]
        assert row.verdict is NEW

    def test_a_deleted_sheet_is_left_alone_and_it_is_said(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            del book["基本支出"]
            book.create_sheet("草稿")["A1"] = "随手记的"

        shown = planned(filled, edited(downloaded(filled), change))
        assert told(shown) == {}
        assert shown.notes == (
            "文件中没有工作表：基本支出；这些表保持不变",
            "没有读取的工作表：草稿",
        )

    def test_a_deleted_or_cleared_row_stays_and_it_is_said(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            page(book, "basic").delete_rows(HEAD + 1)

        shown = planned(filled, edited(downloaded(filled), change))
        assert told(shown) == {}
        assert of_sheet(shown, "basic").left == 1
        cleared = dict.fromkeys(("function", "economic", "amount", "upkeep", "source"))
        shown = planned(filled, edited(downloaded(filled), put("basic", 1, **cleared)))
        assert told(shown) == {}
        assert of_sheet(shown, "basic").left == 1

    def test_a_column_of_one_s_own_is_not_read_and_it_is_said(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            basic = page(book, "basic")
            basic.cell(HEAD, 20).value = "备忘"
            basic.cell(HEAD + 1, 20).value = "问财务科"
            basic.cell(HEAD + 1, 22).value = 5

        shown = planned(filled, edited(downloaded(filled), change))
        assert told(shown) == {}
        assert of_sheet(shown, "basic").notes == ("没有读取的栏目：备忘、V列",)

    def test_hidden_rows_and_filters_hide_nothing_from_us(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            basic = page(book, "basic")
            basic.row_dimensions[HEAD + 1].hidden = True
            basic.column_dimensions["D"].hidden = True
            basic.auto_filter.ref = f"A{HEAD}:J{HEAD + 3}"
            basic.protection.enable()

        content = edited(downloaded(filled), put("basic", 1, amount=9), change)
        [row] = told(planned(filled, content))["basic"]
        assert row.verdict is CHANGED

    def test_merged_names_belong_to_all_their_rows(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            basic = page(book, "basic")
            put("basic", 4, function="2010302", economic="30101", amount=1)(book)
            put("basic", 5, economic="30201", amount=2)(book)
            at = get_column_letter(column(basic, "功能科目"))
            basic.merge_cells(f"{at}{HEAD + 4}:{at}{HEAD + 5}")

        rows = told(planned(filled, edited(downloaded(filled), change)))["basic"]
        assert [row.verdict for row in rows] == [NEW, NEW]
        assert [row.texts["function"] for row in rows] == ["2010302", "2010302"]

    def test_a_merged_amount_belongs_to_nobody_and_is_named(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            basic = page(book, "basic")
            at = get_column_letter(column(basic, "金额"))
            basic.merge_cells(f"{at}{HEAD + 1}:{at}{HEAD + 2}")

        rows = told(planned(filled, edited(downloaded(filled), change)))["basic"]
        assert [row.verdict for row in rows] == [REJECTED, REJECTED]
        assert reasons(rows[1])["amount"].startswith(f"D{HEAD + 2} 在合并单元格中")

    def test_a_cell_merged_with_its_neighbour_is_named(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            page(book, "basic").merge_cells(f"B{HEAD + 1}:C{HEAD + 1}")

        [row] = told(planned(filled, edited(downloaded(filled), change)))["basic"]
        assert reasons(row)["economic"].startswith(f"C{HEAD + 1} 与左边的格合并")


class TestChanges:
    def test_rows_are_added_changed_and_removed_in_one_batch(self, filled: Accountant) -> None:
        content = edited(
            downloaded(filled),
            put("basic", 1, amount=Decimal("9.99")),
            put("basic", 2, remove="是"),
            put("basic", 4, function="行政运行", economic=30102, amount="12万"),
            put("about", 1, actual_staff=28),
        )
        shown = planned(filled, content)
        assert [row.verdict for row in told(shown)["basic"]] == [CHANGED, REMOVED, NEW]
        imported(filled, content)
        assert amounts() == [Decimal("9.99"), Decimal("-7.00"), Decimal(120000)]
        assert filled.budget.unit_budgets.get().actual_staff == 28
        [batch] = undoable(filled.part)
        assert batch.kind is BatchKind.WORKBOOK
        undo(batch, filled.part, filled.act())
        assert sorted(amounts()) == [Decimal("-7.00"), Decimal("12.34"), Decimal("1561.09")]

    def test_a_new_project_and_its_money_come_together(self, filled: Accountant) -> None:
        content = edited(
            downloaded(filled),
            put("projects", 2, code="P9", name="信息化"),
            put("project-lines", 2, project="P9", function="2010302", amount=5),
        )
        imported(filled, content)
        assert SpendingLine.objects.get(project__code="P9").amount == Decimal(5)

    def test_money_of_a_project_that_is_rejected_is_rejected_too(self, filled: Accountant) -> None:
        content = edited(
            downloaded(filled),
            put("projects", 2, code="项目九", name="信息化"),
            put("project-lines", 2, project="P9", function="2010302", amount=5),
        )
        shown = told(planned(filled, content))
        assert "字母或数字" in reasons(shown["projects"][0])["code"]
        assert reasons(shown["project-lines"][0])["project"] == "没有名为“P9”的项目"

    def test_a_fixed_row_that_is_not_there_yet_says_what_to_do(self, filled: Accountant) -> None:
        content = edited(downloaded(filled), put("project-texts", 2, code="P9", overview="概述"))
        [row] = told(planned(filled, content))["project-texts"]
        assert "先导入项目" in reasons(row)[""]

    def test_what_is_only_shown_cannot_be_changed(self, filled: Accountant) -> None:
        content = edited(downloaded(filled), put("project-texts", 1, name="改名"))
        [row] = told(planned(filled, content))["project-texts"]
        assert reasons(row) == {"name": "这一栏不在这张表中填写"}

    def test_a_pending_row_can_be_completed(self, filled: Accountant) -> None:
        imported(filled, edited(downloaded(filled), put("basic", 3, economic="30101", amount=8)))
        assert Decimal(8) in amounts()
        assert not PendingRow.objects.exists()

    def test_a_mark_of_removal_is_是_and_nothing_else(self, filled: Accountant) -> None:
        [row] = told(planned(filled, edited(downloaded(filled), put("basic", 1, remove="x"))))[
            "basic"
        ]
        assert reasons(row) == {"": "“删除”栏只能填“是”或留空，现为“x”"}

    def test_a_cleared_cell_is_cleared(self, filled: Accountant) -> None:
        imported(filled, edited(downloaded(filled), put("about", 1, authorised_staff=None)))
        assert filled.budget.unit_budgets.get().authorised_staff is None

    def test_a_day_may_be_a_date_of_the_spreadsheet(self, filled: Accountant) -> None:
        day = date(2030, 12, 31)
        imported(filled, edited(downloaded(filled), put("projects", 1, ends_on=day)))
        assert Project.objects.get().ends_on == day

    def test_days_of_the_other_system_are_the_same_days(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            book.epoch = CALENDAR_MAC_1904

        day = date(2030, 12, 31)
        content = edited(downloaded(filled), change, put("projects", 1, ends_on=day))
        imported(filled, content)
        assert Project.objects.get().ends_on == day


class TestConflicts:
    """What was entered on the web since the workbook was downloaded is newer."""

    def changed_meanwhile(self, filled: Accountant, **cells: tuple[str, str]) -> str:
        key = str(SpendingLine.objects.order_by("pk")[0].pk)
        other = Accountant(filled.budget, filled.unit)
        Account.objects.create(user=other.user, name="王会计")
        other.type("basic", key, **cells)
        return key

    def test_the_same_cell_shows_both_and_stays(self, filled: Accountant) -> None:
        content = edited(downloaded(filled), put("basic", 1, amount=9))
        self.changed_meanwhile(filled, amount=("1561.09", "5"))
        [row] = told(planned(filled, content))["basic"]
        [cell] = row.cells
        assert (cell.verdict, cell.was, cell.before, cell.after, cell.message) == (
            CONFLICT,
            "1,561.09",
            "5.00",
            "9.00",
            "王会计",
        )
        imported(filled, content)
        assert amounts()[0] == Decimal(5)

    def test_who_is_asked_may_want_his_own(self, filled: Accountant) -> None:
        content = edited(downloaded(filled), put("basic", 1, amount=9))
        key = self.changed_meanwhile(filled, amount=("1561.09", "5"))
        imported(filled, content, mine=[("basic", key, "amount")])
        assert amounts()[0] == Decimal(9)

    def test_different_cells_of_a_row_merge(self, filled: Accountant) -> None:
        content = edited(downloaded(filled), put("basic", 1, amount=9))
        self.changed_meanwhile(filled, allotment=("", "经费拨款"))
        imported(filled, content)
        line = SpendingLine.objects.order_by("pk")[0]
        assert (line.amount, line.allotment) == (Decimal(9), "regular_appropriation")

    def test_newer_edits_of_untouched_rows_stay(self, filled: Accountant) -> None:
        content = edited(downloaded(filled), put("basic", 2, amount=9))
        self.changed_meanwhile(filled, amount=("1561.09", "5"))
        imported(filled, content)
        assert amounts()[:2] == [Decimal(5), Decimal(9)]

    def test_a_row_that_is_gone_can_be_brought_back(self, filled: Accountant) -> None:
        content = edited(downloaded(filled), put("basic", 1, amount=9))
        filled.remove("basic", str(SpendingLine.objects.order_by("pk")[0].pk))
        [row] = told(planned(filled, content))["basic"]
        assert row.cells[0].message == "这一行已在网页上删除"
        imported(filled, content)
        assert Decimal(9) not in amounts()
        imported(filled, content, mine=[("basic", row.key, "")])
        assert Decimal(9) in amounts()

    def test_a_row_that_somebody_changed_is_not_removed_unasked(self, filled: Accountant) -> None:
        content = edited(downloaded(filled), put("basic", 1, remove="是"))
        key = self.changed_meanwhile(filled, amount=("1561.09", "5"))
        [row] = told(planned(filled, content))["basic"]
        assert row.cells[0].message == "要删除的这一行，金额已在网页上改动"
        imported(filled, content)
        assert Decimal(5) in amounts()
        imported(filled, content, mine=[("basic", key, "")])
        assert Decimal(5) not in amounts()

    def test_the_same_thing_added_on_both_sides_is_asked_about(self, filled: Accountant) -> None:
        content = edited(
            downloaded(filled),
            put("events", 2, kind="培训", name="班", attendance=9, basic=1, project=0),
        )
        filled.new("events", kind="培训", name="班", attendance="8", basic="1", project="0")
        [row] = told(planned(filled, content))["events"]
        assert [(cell.field, cell.verdict) for cell in row.cells] == [("attendance", CONFLICT)]


class TestOtherFiles:
    def test_the_workbook_of_another_unit_or_year_is_named(self, filled: Accountant) -> None:
        def other(book: Workbook) -> None:
            rows = {row[0].value: row[1] for row in book[STAMP].iter_rows()}
            rows["part"].value, rows["name"].value = "801002", "另一单位"

        assert refusal(filled, edited(downloaded(filled), other)) == (
            "这是“801002 另一单位 2030年”的填报工作簿，不是“801001 单位801001 2030年”现在这一版的"
        )

    @pytest.mark.parametrize("title", [STAMP, BASE])
    def test_without_its_hidden_pages_it_is_none_of_ours(
        self, filled: Accountant, title: str
    ) -> None:
        def change(book: Workbook) -> None:
            del book[title]

        assert "不是从本系统下载的填报工作簿" in refusal(filled, edited(downloaded(filled), change))

    def test_one_of_another_format_is_to_be_downloaded_again(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            [at] = [row[1] for row in book[STAMP].iter_rows() if row[0].value == "format"]
            at.value = "budget-entry-workbook/0"

        assert "请重新下载" in refusal(filled, edited(downloaded(filled), change))

    def test_a_sheet_without_a_head_is_named(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            page(book, "basic").delete_rows(HEAD)

        assert "工作表“基本支出”没有表头" in refusal(filled, edited(downloaded(filled), change))

    def test_a_head_that_stands_there_twice_is_named(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            page(book, "basic").cell(HEAD, 15).value = "金额"

        assert "重复的栏目：金额" in refusal(filled, edited(downloaded(filled), change))

    def test_two_pages_of_one_name_are_named(self, filled: Accountant) -> None:
        def change(book: Workbook) -> None:
            book.create_sheet("基本支出 ")

        assert "有两张名为“基本支出”的工作表" in refusal(filled, edited(downloaded(filled), change))


def test_every_sheet_s_title_fits_a_page() -> None:
    titles = [spec.title for spec in SHEETS.values()]
    assert len(set(titles)) == len(titles)
    for title in titles:
        assert len(title) <= 31
        assert not set("[]:*?/\\'") & set(title)
