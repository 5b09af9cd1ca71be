"""The sheet under the hands: keys, mouse, clipboard and a Chinese input method, in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from budget.tests.sheet_page import SheetPage, three_rows
from budget.tests.sheet_server import SheetServer

pytestmark = pytest.mark.browser


@pytest.fixture
def sheet(page: Page) -> Iterator[SheetPage]:
    """A sheet of three stored rows, open."""
    server = SheetServer(three_rows())
    server.start()
    yield SheetPage(page, server).open()
    server.stop()


# ---- moving ----


@pytest.mark.daily
def test_typing_replaces_a_selected_cell_and_enter_moves_down(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("1234.5")
    sheet.press("Enter")
    assert sheet.text(1, "basic") == "1,234.50"
    assert sheet.at() == (2, "basic")
    sheet.press("Shift+Enter")
    assert sheet.at() == (1, "basic")


@pytest.mark.daily
def test_tab_moves_right_and_enter_goes_to_where_the_row_was_begun(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("11")
    sheet.press("Tab")
    assert sheet.at() == (1, "project")
    sheet.type("22")
    sheet.press("Enter")
    assert sheet.at() == (2, "basic")
    assert (sheet.text(1, "basic"), sheet.text(1, "project")) == ("11.00", "22.00")


def test_tab_goes_on_to_the_next_row_and_back(sheet: SheetPage) -> None:
    sheet.cell(1, "project").click()
    sheet.press("Tab")
    assert sheet.at() == (2, "function")
    sheet.press("Shift+Tab")
    assert sheet.at() == (1, "project")


def test_tab_past_the_last_cell_leaves_the_sheet(sheet: SheetPage) -> None:
    sheet.cell(4, "project").click()
    sheet.press("Tab")
    assert sheet.page.evaluate("!document.activeElement.closest('table')")


def test_arrows_move_and_stop_at_the_edges(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.press("ArrowDown", "ArrowRight")
    assert sheet.at() == (2, "project")
    sheet.press("ArrowUp", "ArrowUp", "ArrowUp")
    assert sheet.at() == (1, "project")
    sheet.press("ArrowLeft")
    assert sheet.at() == (1, "basic")


def test_arrows_pass_choices_and_ticks_without_changing_them(sheet: SheetPage) -> None:
    sheet.cell(1, "name").click()
    sheet.press("ArrowRight", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowDown")
    assert sheet.at() == (2, "carried")
    assert sheet.column("source") == ["一般公共预算拨款"] * 3
    sheet.press("Space")
    assert sheet.column("carried") == [False, True, False]


def test_arrows_while_typing_confirm_and_move(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("7")
    sheet.press("ArrowDown")
    assert (sheet.text(1, "basic"), sheet.at()) == ("7.00", (2, "basic"))


def test_home_end_and_pages_jump(sheet: SheetPage) -> None:
    sheet.cell(2, "name").click()
    sheet.press("End")
    assert sheet.at() == (2, "project")
    sheet.press("Home")
    assert sheet.at() == (2, "function")
    sheet.press("Control+End")
    assert sheet.at() == (4, "project")
    sheet.press("Control+Home")
    assert sheet.at() == (1, "function")
    sheet.press("PageDown")
    assert sheet.at() == (4, "function")
    sheet.press("PageUp")
    assert sheet.at() == (1, "function")
    sheet.press("Control+ArrowDown")
    assert sheet.at() == (4, "function")


# ---- editing ----


def test_f2_puts_the_caret_at_the_end_and_arrows_stay_in_the_cell(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.press("F2", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    sheet.type("5")
    assert sheet.at() == (1, "basic")
    sheet.press("Enter")
    assert sheet.text(1, "basic") == "1,005.00"


def test_separators_do_not_stand_in_the_way_of_editing(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("1234567")
    sheet.press("Enter", "ArrowUp", "F2")
    assert sheet.text(1, "basic") == "1234567.00"
    sheet.press("Escape")
    assert sheet.text(1, "basic") == "1,234,567.00"


def test_a_double_click_edits_where_the_caret_is_put(sheet: SheetPage) -> None:
    sheet.cell(1, "name").dblclick()
    sheet.press("End")
    sheet.type("等")
    sheet.press("ArrowLeft")
    assert sheet.at() == (1, "name")
    assert sheet.text(1, "name") == "办公费等"


def test_a_second_click_on_the_selected_cell_still_replaces_it(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.page.wait_for_timeout(700)
    sheet.cell(1, "basic").click()
    sheet.type("7")
    sheet.press("Enter")
    assert sheet.text(1, "basic") == "7.00"


def test_escape_gives_up_what_was_typed(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("999")
    assert sheet.total("basic") == "1,499.00"
    sheet.press("Escape")
    assert sheet.text(1, "basic") == "100.00"
    assert sheet.total("basic") == "600.00"
    sheet.state("saved")
    assert sheet.sent == []


def test_alt_enter_breaks_a_line_and_enter_confirms(sheet: SheetPage) -> None:
    sheet.cell(1, "name").click()
    sheet.type("一")
    sheet.press("Alt+Enter")
    sheet.type("二")
    sheet.press("Enter")
    assert sheet.text(1, "name") == "一\n二"
    assert sheet.at() == (2, "name")


def test_delete_clears_the_cell_and_the_block(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.press("Delete")
    assert sheet.text(1, "basic") == ""
    sheet.select((2, "basic"), (3, "project"))
    sheet.press("Delete")
    assert sheet.column("basic") == ["", "", ""]
    assert sheet.column("project") == ["10.00", "", ""]
    sheet.press("Control+z")
    assert sheet.column("basic") == ["", "200.00", "300.00"]


def test_a_choice_without_a_blank_cannot_be_cleared_and_that_is_said(sheet: SheetPage) -> None:
    sheet.cell(1, "name").click()
    sheet.press("ArrowRight", "Delete")
    assert sheet.text(1, "source") == "一般公共预算拨款"
    assert "1 格不能清空" in sheet.page.locator(".entry-note").inner_text()


def test_fill_down_copies_the_first_row_of_the_block(sheet: SheetPage) -> None:
    sheet.select((1, "source"), (3, "basic"))
    sheet.press("Control+d")
    assert sheet.column("basic") == ["100.00", "100.00", "100.00"]
    sheet.cell(2, "name").click()
    sheet.press("Control+d")
    assert sheet.column("name") == ["办公费", "办公费", "水费"]


@pytest.mark.daily
def test_undo_and_redo_go_step_by_step(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("1")
    sheet.press("Enter")
    sheet.type("2")
    sheet.press("Enter", "Control+z")
    assert sheet.column("basic") == ["1.00", "200.00", "300.00"]
    sheet.press("Control+z")
    assert sheet.column("basic") == ["100.00", "200.00", "300.00"]
    sheet.press("Control+y", "Control+Shift+z")
    assert sheet.column("basic") == ["1.00", "2.00", "300.00"]
    sheet.state("saved")
    assert [row["basic"] for row in sheet.server.rows.values()] == ["1.00", "2.00", "300.00"]


# ---- rows ----


def test_typing_in_the_last_row_adds_another(sheet: SheetPage) -> None:
    sheet.cell(4, "name").click()
    sheet.type("电")
    expect(sheet.page.locator("tbody tr[data-row]")).to_have_count(5)
    label = sheet.cell(5, "name").get_attribute("aria-label")
    assert label == "第5行 事项"
    assert sheet.page.locator("tbody th").last.inner_text() == "5"


def test_a_row_is_deleted_with_its_button_and_comes_back(sheet: SheetPage) -> None:
    sheet.cell(2, "project").click()
    sheet.press("ArrowRight")
    assert sheet.at() == (2, "delete-row")
    sheet.press("ArrowLeft", "ArrowRight", "Enter")
    assert sheet.column("name") == ["办公费", "水费"]
    assert sheet.total("basic") == "400.00"
    assert sheet.page.locator("tbody th").all_inner_texts() == ["1", "2", "3"]
    sheet.state("saved")
    assert sorted(sheet.server.rows) == ["1", "3"]
    sheet.press("Control+z")
    assert sheet.column("name") == ["办公费", "印刷费", "水费"]
    assert sheet.cell(2, "name").get_attribute("aria-label") == "第2行 事项"
    sheet.state("saved")
    assert sorted(row["basic"] for row in sheet.server.rows.values()) == [
        "100.00",
        "200.00",
        "300.00",
    ]


# ---- selecting, copying, pasting ----


def test_shift_and_arrows_select_and_copy_a_block_for_excel(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.press("Shift+ArrowDown", "Shift+ArrowRight")
    assert sheet.page.locator("td.selected").count() == 4
    assert sheet.copied() == "100.00\t10.00\r\n200.00\t20.00"


def test_the_mouse_selects_a_block(sheet: SheetPage) -> None:
    first, last = sheet.cell(1, "basic").bounding_box(), sheet.cell(3, "project").bounding_box()
    assert first
    assert last
    sheet.page.mouse.move(first["x"] + 5, first["y"] + 5)
    sheet.page.mouse.down()
    sheet.page.mouse.move(last["x"] + 5, last["y"] + 5, steps=8)
    sheet.page.mouse.up()
    assert sheet.page.locator("td.selected").count() == 6


def test_a_block_is_cut(sheet: SheetPage) -> None:
    sheet.select((1, "basic"), (2, "basic"))
    assert sheet.copied("cut") == "100.00\r\n200.00"
    assert sheet.column("basic") == ["", "", "300.00"]


@pytest.mark.daily
def test_a_row_of_cells_from_excel_goes_straight_in_and_out_in_one_step(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.paste("1,561.09\t656.38\r\n")
    assert (sheet.text(1, "basic"), sheet.text(1, "project")) == ("1,561.09", "656.38")
    sheet.press("Control+z")
    assert (sheet.text(1, "basic"), sheet.text(1, "project")) == ("100.00", "10.00")


def test_cells_beyond_the_sheet_are_told(sheet: SheetPage) -> None:
    sheet.cell(1, "project").click()
    sheet.paste("1\t2\t3")
    assert sheet.text(1, "project") == "1.00"
    assert "2 格超出表格" in sheet.page.locator(".entry-note").inner_text()


def test_one_text_fills_the_selected_block(sheet: SheetPage) -> None:
    sheet.select((1, "basic"), (3, "basic"))
    sheet.paste("5")
    assert sheet.column("basic") == ["5.00", "5.00", "5.00"]


def test_pasted_words_choose_and_tick(sheet: SheetPage) -> None:
    sheet.cell(1, "source").focus()
    sheet.paste("事业收入\t√\t12万")
    assert sheet.text(1, "source") == "事业收入"
    assert sheet.cell(1, "carried").is_checked()
    assert sheet.text(1, "basic") == "120,000.00"


def test_select_all_selects_the_sheet(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.press("Control+a")
    assert sheet.copied().startswith("2010301\t办公费\t一般公共预算拨款\t\t100.00\t10.00\r\n")


# ---- totals ----


@pytest.mark.daily
def test_totals_follow_every_key_exactly(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("0.1")
    assert sheet.total("basic") == "500.10"
    sheet.press("Enter")
    sheet.type("9999999999999.")
    sheet.press("Enter")
    assert sheet.total("basic") == "10,000,000,000,299.10"


def test_what_cannot_be_read_counts_as_nothing(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("12,34")
    assert sheet.total("basic") == "500.00"


# ---- an input method ----


def composing(page: Page, *steps: str) -> None:
    """Compose a text as a pinyin input method does, and commit its last step."""
    session = page.context.new_cdp_session(page)
    for step in steps[:-1]:
        session.send(
            "Input.imeSetComposition",
            {"text": step, "selectionStart": len(step), "selectionEnd": len(step)},
        )
    session.send("Input.insertText", {"text": steps[-1]})


@pytest.mark.daily
def test_the_focus_is_on_a_control_so_that_an_input_method_has_its_first_key(
    sheet: SheetPage,
) -> None:
    sheet.cell(1, "name").click()
    sheet.press("ArrowDown")
    assert sheet.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    composing(sheet.page, "b", "ban", "bangong", "办公用品")
    assert sheet.text(2, "name") == "办公用品"
    sheet.press("Enter")
    assert sheet.at() == (3, "name")
    sheet.state("saved")
    assert sheet.server.rows["2"]["name"] == "办公用品"


def test_keys_of_the_input_method_are_left_to_it(sheet: SheetPage) -> None:
    sheet.cell(1, "name").click()
    session = sheet.page.context.new_cdp_session(sheet.page)
    session.send(
        "Input.imeSetComposition", {"text": "shui", "selectionStart": 4, "selectionEnd": 4}
    )
    # Enter and arrows choose among candidates: Chromium tells them with key code 229.
    for key in ("Enter", "ArrowDown", "Tab", "Escape"):
        sheet.page.evaluate(
            "(key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
            " {key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))",
            key,
        )
    assert sheet.at() == (1, "name")
    session.send("Input.insertText", {"text": "水电"})
    assert sheet.text(1, "name") == "水电"


def test_an_amount_typed_with_full_width_signs_is_read(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    composing(sheet.page, "１，５６１．０９")
    sheet.press("Enter")
    assert sheet.text(1, "basic") == "1,561.09"
