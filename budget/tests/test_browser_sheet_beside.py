"""What stands beside the cells: codes to choose from, pasted blocks, the draft; and manners."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from budget.tests.sheet_page import SheetPage, stored, three_rows
from budget.tests.sheet_server import SheetServer, texts

pytestmark = pytest.mark.browser

BLOCK = "2010301\t复印纸\t一般公共预算拨款\t\t1,561.09\t\r\n2010302\t维修\t事业收入\t\t88\t5\r\n"


@pytest.fixture
def server() -> Iterator[SheetServer]:
    """A server that stores three rows."""
    server = SheetServer(three_rows())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def sheet(page: Page, server: SheetServer) -> SheetPage:
    """A window on its sheet."""
    return SheetPage(page, server).open()


# ---- codes ----


def offered(sheet: SheetPage) -> list[str]:
    """Return the codes that the open list offers."""
    expect(sheet.page.locator("#entry-codes")).to_be_visible()
    return sheet.page.locator("#entry-codes [role=option] b").all_inner_texts()


def named(sheet: SheetPage, row: int) -> Locator:
    """Return the name beside a code."""
    return sheet.page.locator("tbody tr[data-row]").nth(row - 1).locator(".code-name")


def chosen(sheet: SheetPage) -> str:
    """Return the option that Enter would take, "" for none."""
    return "".join(sheet.page.locator("#entry-codes [aria-selected=true] b").all_inner_texts())


@pytest.mark.parametrize("typed", ["20103", "201-03", "201 03", "２０１０３"])
def test_codes_are_offered_by_number_in_any_spelling(sheet: SheetPage, typed: str) -> None:
    sheet.cell(4, "function").click()
    sheet.page.keyboard.insert_text(typed)
    assert offered(sheet) == ["20103", "2010301", "2010302"]
    assert chosen(sheet) == ""


@pytest.mark.daily
def test_codes_are_offered_by_part_of_a_name_with_what_stands_above(sheet: SheetPage) -> None:
    sheet.cell(4, "function").click()
    sheet.page.keyboard.insert_text("管理")
    assert offered(sheet) == ["2010302"]
    assert sheet.page.locator("#entry-codes small").inner_text() == (
        "一般公共服务支出 › 政府办公厅（室）及相关机构事务"
    )
    sheet.press("Enter")
    assert sheet.text(4, "function") == "2010302"
    expect(named(sheet, 4)).to_have_text("一般行政管理事务")
    assert sheet.at() == (5, "function")
    sheet.state("saved")
    assert stored(sheet.server, "function")[3] == "2010302"


def test_an_exact_number_is_chosen_and_tab_moves_on(sheet: SheetPage) -> None:
    sheet.cell(4, "function").click()
    sheet.type("2010301")
    assert offered(sheet) == ["2010301"]
    assert chosen(sheet) == "2010301"
    sheet.press("Tab")
    assert sheet.text(4, "function") == "2010301"
    assert sheet.at() == (4, "name")


def test_arrows_choose_in_the_list_and_pass_codes_that_hold_no_money(sheet: SheetPage) -> None:
    sheet.cell(4, "function").click()
    sheet.type("201")
    assert offered(sheet) == ["201", "20103", "2010301", "2010302"]
    sheet.press("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown")
    assert chosen(sheet) == "2010302"
    cell = sheet.cell(4, "function")
    assert cell.get_attribute("aria-expanded") == "true"
    active = sheet.page.locator(f"#{cell.get_attribute('aria-activedescendant')}")
    assert active.locator("b").inner_text() == "2010302"
    sheet.press("Enter")
    assert sheet.text(4, "function") == "2010302"


def test_alt_and_down_open_the_whole_list_and_escape_closes_it(sheet: SheetPage) -> None:
    sheet.cell(1, "function").click()
    sheet.press("Alt+ArrowDown")
    assert len(offered(sheet)) == 5
    sheet.press("Escape")
    expect(sheet.page.locator("#entry-codes")).to_be_hidden()
    assert sheet.text(1, "function") == "2010301"


def test_a_part_of_a_number_is_never_taken_for_a_code(sheet: SheetPage) -> None:
    sheet.cell(4, "function").click()
    sheet.type("20103")
    offered(sheet)
    sheet.press("Enter")
    assert sheet.text(4, "function") == "20103"


def test_a_code_is_chosen_with_the_mouse(sheet: SheetPage) -> None:
    sheet.cell(4, "function").click()
    sheet.type("208")
    offered(sheet)
    sheet.page.get_by_role("option", name="2080505").click()
    assert sheet.text(4, "function") == "2080505"


def test_a_code_outside_the_list_is_kept_with_the_name_that_one_gives_it(sheet: SheetPage) -> None:
    sheet.cell(4, "function").click()
    sheet.type("2010399")
    assert offered(sheet) == ["2010399"]
    assert "待预算科确认" in sheet.page.locator("#entry-codes").inner_text()
    sheet.press("ArrowDown", "Enter")
    dialog = sheet.page.get_by_role("dialog", name="清单外的科目")
    expect(dialog).to_contain_text("科目清单里没有 2010399")
    sheet.page.keyboard.insert_text("其他办公厅支出")
    sheet.press("Enter")
    expect(sheet.cell(4, "function")).to_have_value("2010399")
    sheet.state("saved")
    assert sheet.sent[-1]["now"] == "2010399 其他办公厅支出"
    expect(named(sheet, 4)).to_have_text("其他办公厅支出")


# ---- a block from Excel ----


@pytest.mark.daily
def test_a_block_is_shown_before_anything_is_saved(sheet: SheetPage) -> None:
    sheet.cell(4, "function").click()
    sheet.paste(BLOCK)
    dialog = sheet.page.get_by_role("dialog", name="粘贴预览")
    expect(dialog).to_contain_text("将新增 2 行")
    [asked] = sheet.server.pasted
    assert (asked["field"], asked["unit"], asked["text"]) == ("function", "yuan", BLOCK)
    assert asked["row"].startswith("new:")
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_be_hidden()
    assert len(sheet.server.rows) == 3
    assert sheet.at() == (4, "function")


def test_a_confirmed_block_is_in_the_sheet_and_one_step_takes_it_back(sheet: SheetPage) -> None:
    sheet.cell(4, "function").click()
    sheet.paste(BLOCK)
    sheet.page.get_by_role("button", name="确认粘贴").click()
    expect(sheet.page.locator("tbody tr[data-row]")).to_have_count(6)
    assert sheet.column("basic") == ["100.00", "200.00", "300.00", "1,561.09", "88.00"]
    assert sheet.total("basic") == "2,249.09"
    sheet.press("Control+z")
    assert sheet.column("basic") == ["100.00", "200.00", "300.00"]
    sheet.state("saved")
    assert sorted(sheet.server.rows) == ["1", "2", "3"]
    sheet.press("Control+y")
    assert sheet.column("basic") == ["100.00", "200.00", "300.00", "1,561.09", "88.00"]
    assert sheet.column("source")[4] == "事业收入"
    sheet.state("saved")
    assert stored(sheet.server, "basic") == ["100.00", "200.00", "300.00", "1,561.09", "88.00"]


def test_what_is_on_its_way_is_saved_before_a_block_is_compared(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("7")
    sheet.press("Enter")
    sheet.paste("1\r\n2\r\n")
    expect(sheet.page.get_by_role("dialog", name="粘贴预览")).to_be_visible()
    assert stored(sheet.server, "basic")[0] == "7.00"


def test_without_the_server_a_block_may_go_straight_in(sheet: SheetPage) -> None:
    sheet.server.dead = True
    sheet.cell(4, "function").click()
    sheet.paste(BLOCK)
    sheet.page.get_by_role("button", name="直接粘贴").click()
    assert sheet.column("basic") == ["100.00", "200.00", "300.00", "1,561.09", "88.00"]
    sheet.server.dead = False
    sheet.state("saved")
    assert stored(sheet.server, "source")[3:] == ["一般公共预算拨款", "事业收入"]


# ---- the draft ----


@pytest.mark.daily
def test_the_draft_follows_each_saved_cell_and_lights_up_what_changed(sheet: SheetPage) -> None:
    total = sheet.page.locator('[id="summary/total"]')
    expect(total).to_have_text("600.00")
    sheet.cell(1, "basic").click()
    sheet.type("150")
    sheet.press("Enter")
    expect(total).to_have_text("650.00")
    expect(total).to_have_class("changed")
    assert sheet.page.locator('[id="summary/rows"]').get_attribute("class") is None


def test_a_link_of_the_draft_goes_to_the_cell(sheet: SheetPage) -> None:
    sheet.page.get_by_role("link", name="第一行的金额").click()
    assert sheet.at() == (1, "basic")


def test_a_page_that_is_opened_at_a_cell_goes_there(page: Page, server: SheetServer) -> None:
    page.goto(f"{server.url}#row-2-project")
    page.wait_for_selector("form[data-ready]")
    assert SheetPage(page, server).at() == (2, "project")


def test_a_draft_that_cannot_be_renewed_says_so(sheet: SheetPage) -> None:
    pane = sheet.page.locator(".entry-preview")
    expect(pane).to_contain_text("合计")
    sheet.page.route("**/preview", lambda route: route.abort())
    sheet.cell(1, "basic").click()
    sheet.type("150")
    sheet.press("Enter")
    sheet.state("saved")
    expect(pane).to_have_attribute("data-stale", "")


# ---- manners ----


@pytest.mark.daily
def test_nothing_breaks_the_policy_and_nothing_fails(sheet: SheetPage, page: Page) -> None:
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " event => console.log(event.violatedDirective))"
    )
    sheet.open()
    sheet.cell(1, "basic").click()
    sheet.type("十二")
    sheet.press("Enter")
    expect(sheet.message(1, "basic")).to_be_visible()
    sheet.cell(4, "function").click()
    sheet.type("201")
    sheet.press("ArrowDown", "Enter", "F2", "Escape", "Control+z")
    sheet.cell(4, "function").click()
    sheet.paste(BLOCK)
    sheet.page.get_by_role("button", name="确认粘贴").click()
    expect(sheet.page.locator("tbody tr[data-row]")).to_have_count(6)
    assert said == []


@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_in_a_sheet_with_all_its_states(
    browser: Browser, server: SheetServer, width: int
) -> None:
    # axe itself is a script in the page, which the policy rightly keeps out.
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    sheet = SheetPage(context.new_page(), server).open()
    server.rows["2"]["basic"] = "5.00"
    for row, text in ((1, "约12"), (2, "7")):
        sheet.cell(row, "basic").click()
        sheet.type(text)
        sheet.press("Enter")
    sheet.state("conflict")
    expect(sheet.message(1, "basic")).to_be_visible()
    sheet.cell(4, "function").click()
    sheet.type("201")
    offered(sheet)
    found = Axe().run(sheet.page).response["violations"]
    context.close()
    assert [(each["id"], each["impact"], len(each["nodes"])) for each in found] == []


def test_on_a_narrow_screen_the_sheet_scrolls_in_its_frame_with_its_numbers_in_sight(
    sheet: SheetPage,
) -> None:
    sheet.page.set_viewport_size({"width": 360, "height": 740})
    assert sheet.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    sheet.cell(1, "project").click()
    frame, number = sheet.page.locator(".entry-frame"), sheet.page.locator("tbody th").first
    assert frame.evaluate("frame => frame.scrollLeft") > 100
    left = "element => Math.round(element.getBoundingClientRect().left)"
    assert number.evaluate(left) == frame.evaluate(left)


def test_a_long_sheet_keeps_its_heads_and_totals_in_sight(page: Page, server: SheetServer) -> None:
    server.rows = {str(key): texts(name=f"事项{key}", basic="1.00") for key in range(1, 101)}
    sheet = SheetPage(page, server).open()
    sheet.cell(1, "basic").click()
    sheet.press("Control+End")
    frame = page.locator(".entry-frame").bounding_box()
    head, foot = (
        page.locator("thead th").first.bounding_box(),
        page.locator("tfoot th").bounding_box(),
    )
    cell = sheet.cell(101, "project").bounding_box()
    assert frame
    assert head
    assert foot
    assert cell
    assert abs(head["y"] - frame["y"]) <= 2
    assert abs(foot["y"] + foot["height"] - frame["y"] - frame["height"]) <= 2
    assert cell["y"] + cell["height"] <= foot["y"] + 1


@pytest.mark.long
def test_a_thousand_rows_are_pasted_and_taken_back_in_one_step(
    page: Page, server: SheetServer
) -> None:
    server.rows = {}
    sheet = SheetPage(page, server).open()
    block = "\r\n".join(
        f"2010301\t事项{row}\t一般公共预算拨款\t\t{row},000.10\t1" for row in range(1, 1_001)
    )
    sheet.server.dead = True
    sheet.cell(1, "function").click()
    before = time.perf_counter()
    sheet.paste(block)
    page.get_by_role("button", name="直接粘贴").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(1_001)
    took = time.perf_counter() - before
    print(f"1,000 × 6 cells pasted in {took:.2f} s")
    assert sheet.total("project") == "1,000.00"
    # Two seconds on an idle machine; a machine that is busy with other tests may need more.
    assert took < 10
    sheet.press("Control+z")
    expect(page.locator("tbody tr[data-row]")).to_have_count(1)
