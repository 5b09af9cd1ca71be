"""Nothing typed is lost: autosave, conflicts, dead servers, closed windows, expired sessions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from budget.tests.sheet_page import SheetPage, stored, three_rows
from budget.tests.sheet_server import SheetServer

pytestmark = pytest.mark.browser


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


def typed(sheet: SheetPage, row: int, field: str, text: str) -> None:
    """Type a text into a cell and confirm it."""
    sheet.cell(row, field).click()
    sheet.type(text)
    sheet.press("Enter")


def said(sheet: SheetPage) -> str:
    """Return what the line of state says."""
    return sheet.page.locator(".entry-state").inner_text()


# ---- saving by itself ----


@pytest.mark.daily
def test_a_cell_is_saved_by_itself_and_shown_as_the_server_has_it(sheet: SheetPage) -> None:
    typed(sheet, 1, "basic", "12万")
    assert said(sheet).startswith(("未保存：1 处", "保存中"))
    sheet.state("saved")
    [post] = sheet.server.posts
    assert post["unit"] == "yuan"
    assert post["changes"] == [{"row": "1", "field": "basic", "was": "100.00", "now": "120,000.00"}]
    assert sheet.text(1, "basic") == "120,000.00"
    assert stored(sheet.server, "basic")[0] == "120,000.00"


def test_what_is_still_being_typed_is_not_sent(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("12")
    sheet.page.wait_for_timeout(1_200)
    assert sheet.server.posts == []
    assert said(sheet) == "未保存：1 处"


def test_changes_made_quickly_go_out_together(sheet: SheetPage) -> None:
    for row in (1, 2, 3):
        typed(sheet, row, "basic", str(row))
    sheet.state("saved")
    [post] = sheet.server.posts
    assert [change["row"] for change in post["changes"]] == ["1", "2", "3"]


def test_only_one_request_is_under_way_and_the_next_one_knows_what_was_saved(
    sheet: SheetPage,
) -> None:
    sheet.server.slow = 1.5
    typed(sheet, 1, "basic", "1")
    sheet.state("saving")
    typed(sheet, 1, "basic", "2")
    typed(sheet, 1, "basic", "3")
    sheet.state("saved")
    assert [(change["was"], change["now"]) for change in sheet.sent] == [
        ("100.00", "1.00"),
        ("1.00", "3.00"),
    ]
    assert stored(sheet.server, "basic")[0] == "3.00"
    assert sheet.text(1, "basic") == "3.00"


def test_an_answer_never_overwrites_what_is_being_typed(sheet: SheetPage) -> None:
    sheet.server.slow = 1.0
    typed(sheet, 1, "basic", "1")
    sheet.state("saving")
    sheet.cell(1, "basic").click()
    sheet.type("77")
    sheet.page.wait_for_timeout(1_500)
    assert sheet.text(1, "basic") == "77"
    sheet.press("Enter")
    sheet.state("saved")
    assert stored(sheet.server, "basic")[0] == "77.00"


def test_typing_back_what_was_stored_sends_nothing(sheet: SheetPage) -> None:
    typed(sheet, 1, "basic", "1")
    typed(sheet, 1, "basic", "100")
    sheet.state("saved")
    assert sheet.server.posts == []


def test_the_servers_totals_win(sheet: SheetPage) -> None:
    sheet.server.rows["9"] = {**sheet.server.rows["1"], "basic": "1,000.00"}
    typed(sheet, 1, "basic", "1")
    assert sheet.total("basic") == "501.00"
    sheet.state("saved")
    assert sheet.total("basic") == "1,501.00"


def test_the_button_saves_at_once(sheet: SheetPage) -> None:
    sheet.cell(1, "basic").click()
    sheet.type("5")
    sheet.page.get_by_role("button", name="保存").click()
    sheet.state("saved")
    assert stored(sheet.server, "basic")[0] == "5.00"


# ---- new rows ----


@pytest.mark.daily
def test_a_new_row_gets_its_key_and_is_sent_under_it_from_then_on(sheet: SheetPage) -> None:
    typed(sheet, 4, "name", "电费")
    sheet.state("saved")
    assert sheet.sent[0]["row"].startswith("new:")
    typed(sheet, 4, "basic", "40")
    sheet.state("saved")
    assert sheet.sent[-1]["row"] == "4"
    assert sheet.server.rows["4"] == {
        "function": "",
        "name": "电费",
        "source": "一般公共预算拨款",
        "carried": "",
        "basic": "40.00",
        "project": "",
    }


def test_a_new_row_that_is_typed_on_while_it_is_saved_stays_one_row(sheet: SheetPage) -> None:
    sheet.server.slow = 1.0
    typed(sheet, 4, "name", "电费")
    sheet.state("saving")
    typed(sheet, 4, "basic", "40")
    sheet.state("saved")
    assert len(sheet.server.rows) == 4
    assert sheet.server.rows["4"]["basic"] == "40.00"


def test_a_new_row_that_is_deleted_unsent_never_reaches_the_server(sheet: SheetPage) -> None:
    sheet.cell(4, "name").click()
    sheet.type("误")
    sheet.press("Tab", "Tab", "Tab", "Tab", "ArrowRight", "Enter")
    sheet.page.wait_for_timeout(1_200)
    assert sheet.server.posts == []


def test_a_row_that_may_not_be_deleted_comes_back_and_says_why(sheet: SheetPage) -> None:
    sheet.server.removable = False
    sheet.cell(1, "project").click()
    sheet.press("ArrowRight", "Enter")
    assert sheet.column("name") == ["印刷费", "水费"]
    expect(sheet.message(1, "function")).to_have_text("项目下还有支出，不能删除")
    assert sheet.column("name") == ["办公费", "印刷费", "水费"]
    assert sheet.total("basic") == "600.00"


# ---- refused and disputed cells ----


@pytest.mark.daily
def test_a_refused_text_stays_with_its_reason_until_it_is_put_right(sheet: SheetPage) -> None:
    typed(sheet, 1, "basic", "十二万")
    expect(sheet.message(1, "basic")).to_have_text(
        "“十二万”不是金额：请用阿拉伯数字，如 120000 或 12万"
    )
    assert sheet.text(1, "basic") == "十二万"
    assert sheet.cell(1, "basic").get_attribute("aria-invalid") == "true"
    described = sheet.cell(1, "basic").get_attribute("aria-describedby")
    assert described == sheet.message(1, "basic").get_attribute("id")
    assert said(sheet) == "未保存：1 处填写有误"
    sent = len(sheet.server.posts)
    sheet.page.wait_for_timeout(1_200)
    assert len(sheet.server.posts) == sent
    typed(sheet, 1, "basic", "12万")
    sheet.state("saved")
    expect(sheet.message(1, "basic")).to_have_count(0)
    assert sheet.cell(1, "basic").get_attribute("aria-invalid") is None


@pytest.mark.daily
def test_two_people_on_one_cell_see_both_values_and_one_decides(sheet: SheetPage) -> None:
    sheet.server.rows["1"]["basic"] = "555.00"
    typed(sheet, 1, "basic", "777")
    sheet.state("conflict")
    message = sheet.message(1, "basic")
    assert "李会计填的 555.00" in message.inner_text()
    assert "您填的 777.00" in message.inner_text()
    assert stored(sheet.server, "basic")[0] == "555.00"
    message.get_by_role("button", name="用我的").click()
    sheet.state("saved")
    assert stored(sheet.server, "basic")[0] == "777.00"
    assert sheet.sent[-1] == {"row": "1", "field": "basic", "was": "555.00", "now": "777.00"}


def test_the_other_value_is_taken_with_the_keyboard_alone(sheet: SheetPage) -> None:
    sheet.server.rows["1"]["basic"] = "555.00"
    typed(sheet, 1, "basic", "777")
    sheet.state("conflict")
    sheet.press("ArrowUp", "Tab", "Tab", "Enter")
    sheet.state("saved")
    assert sheet.text(1, "basic") == "555.00"
    assert sheet.total("basic") == "1,055.00"
    assert stored(sheet.server, "basic")[0] == "555.00"
    assert sheet.at() == (1, "basic")


def test_people_on_neighbouring_cells_do_not_notice_each_other(sheet: SheetPage) -> None:
    sheet.server.rows["1"]["project"] = "1.00"
    typed(sheet, 1, "basic", "777")
    sheet.state("saved")
    assert sheet.server.rows["1"]["basic"] == "777.00"
    assert sheet.server.rows["1"]["project"] == "1.00"


def test_a_change_to_a_row_that_somebody_deleted_is_told(sheet: SheetPage) -> None:
    del sheet.server.rows["2"]
    typed(sheet, 2, "basic", "777")
    expect(sheet.message(2, "basic")).to_have_text("这一行已被他人删除")
    assert said(sheet) == "未保存：1 处填写有误"


def test_a_cell_that_the_server_does_not_answer_for_is_not_saved(sheet: SheetPage) -> None:
    sheet.server.instead = [(200, {"cells": [], "rows": {}, "totals": {}, "revision": 2})]
    typed(sheet, 1, "basic", "777")
    expect(sheet.message(1, "basic")).to_contain_text("没有答复")
    assert said(sheet) == "未保存：1 处填写有误"


# ---- trouble ----


def test_a_dead_server_is_told_and_all_is_saved_when_it_is_back(sheet: SheetPage) -> None:
    sheet.server.dead = True
    typed(sheet, 1, "basic", "1")
    sheet.state("offline")
    assert said(sheet).startswith("离线：1 处。连不上服务器，已存在本机")
    typed(sheet, 2, "basic", "2")
    sheet.server.dead = False
    sheet.page.get_by_role("button", name="再试一次").click()
    sheet.state("saved")
    assert stored(sheet.server, "basic") == ["1.00", "2.00", "300.00"]


def test_work_goes_on_offline_and_is_saved_by_itself_afterwards(sheet: SheetPage) -> None:
    sheet.page.context.set_offline(True)
    for row in (1, 2, 3):
        typed(sheet, row, "basic", str(row))
    sheet.state("offline")
    sheet.page.context.set_offline(False)
    sheet.state("saved")
    assert stored(sheet.server, "basic") == ["1.00", "2.00", "3.00"]


def test_a_batch_whose_answer_was_lost_is_sent_again_as_the_same_batch(sheet: SheetPage) -> None:
    sheet.server.forget_answers = 1
    typed(sheet, 4, "name", "电费")
    sheet.state("saved")
    first, again = sheet.server.posts
    assert first == again
    assert len(sheet.server.rows) == 4


@pytest.mark.parametrize(
    "status", [500, *(pytest.param(each, marks=pytest.mark.long) for each in (502, 503))]
)
@pytest.mark.daily
def test_an_error_of_the_server_is_tried_again(sheet: SheetPage, status: int) -> None:
    sheet.server.instead = [(status, "<h1>Server Error</h1>")]
    typed(sheet, 1, "basic", "1")
    sheet.state("offline")
    sheet.state("saved")
    assert stored(sheet.server, "basic")[0] == "1.00"


@pytest.mark.daily
def test_an_expired_session_keeps_everything_until_one_signs_in_again(sheet: SheetPage) -> None:
    sheet.server.instead = [(401, {"message": "登录已过期，请重新登录"})]
    typed(sheet, 1, "basic", "1")
    expect(sheet.page.locator(".entry-state")).to_contain_text("登录")
    assert "登录已过期" in said(sheet)
    sheet.state("saved")
    assert stored(sheet.server, "basic")[0] == "1.00"


def test_a_new_token_is_fetched_after_signing_in_again(sheet: SheetPage) -> None:
    form = sheet.page.locator("form.entry-form")
    form.locator("[name=csrfmiddlewaretoken]").evaluate("field => { field.value = 'old' }")
    typed(sheet, 1, "basic", "1")
    sheet.state("saved")
    assert stored(sheet.server, "basic")[0] == "1.00"


def test_what_one_person_typed_is_not_saved_by_another_who_signed_in(sheet: SheetPage) -> None:
    sheet.server.user = "8"
    typed(sheet, 1, "basic", "1")
    expect(sheet.page.locator(".entry-state")).to_contain_text("权限")
    assert "没有权限保存到这里" in said(sheet)
    assert sheet.server.posts == []
    assert sheet.text(1, "basic") == "1.00"


@pytest.mark.parametrize("status", [409, 422])
def test_a_batch_that_may_not_be_saved_says_why_and_keeps_its_texts(
    sheet: SheetPage, status: int
) -> None:
    answer: dict[str, Any] = {"message": "预算已上报，不能修改", "state": "submitted"}
    sheet.server.instead = [(status, answer)]
    typed(sheet, 1, "basic", "1")
    expect(sheet.page.locator(".entry-state")).to_contain_text("上报")
    assert said(sheet).startswith("未保存：1 处。预算已上报，不能修改")
    sheet.page.get_by_role("button", name="再试一次").click()
    sheet.state("saved")
    first, second = sheet.server.posts
    assert first["batch"] != second["batch"]
    assert first["changes"] == second["changes"]


# ---- closed windows ----


@pytest.mark.daily
def test_a_window_closed_with_unsaved_cells_gives_them_back(sheet: SheetPage) -> None:
    sheet.page.context.set_offline(True)
    typed(sheet, 1, "basic", "12万")
    typed(sheet, 4, "name", "电费")
    sheet.state("offline")
    sheet.cell(2, "basic").click()
    sheet.type("88")
    context = sheet.page.context
    sheet.close()
    context.set_offline(False)
    again = SheetPage(context.new_page(), sheet.server).open()
    expect(again.page.locator(".entry-note")).to_contain_text("已恢复")
    again.state("saved")
    assert stored(sheet.server, "basic") == ["120,000.00", "88.00", "300.00", ""]
    assert stored(sheet.server, "name")[3] == "电费"
    assert again.column("name") == ["办公费", "印刷费", "水费", "电费"]
    again.page.reload()
    again.page.wait_for_selector("form[data-ready]")
    assert again.page.evaluate("localStorage.length") == 0


def test_a_window_that_died_without_a_word_gives_its_cells_back_a_little_later(
    sheet: SheetPage,
) -> None:
    sheet.page.context.set_offline(True)
    typed(sheet, 1, "basic", "5")
    sheet.state("offline")
    context = sheet.page.context
    sheet.page.close()
    context.set_offline(False)
    again = SheetPage(context.new_page(), sheet.server).open()
    expect(again.cell(1, "basic")).to_have_value("5.00", timeout=20_000)
    again.state("saved")
    assert stored(sheet.server, "basic")[0] == "5.00"


def test_a_batch_that_was_under_way_is_not_done_twice_by_the_next_window(sheet: SheetPage) -> None:
    # Chromium itself sends a request again whose connection broke: each answer is lost.
    sheet.server.forget_answers = 99
    typed(sheet, 4, "name", "电费")
    sheet.state("offline")
    context = sheet.page.context
    sheet.close()
    sheet.server.forget_answers = 0
    again = SheetPage(context.new_page(), sheet.server).open()
    expect(again.page.locator(".entry-note")).to_contain_text("已恢复")
    again.state("saved")
    assert len({post["batch"] for post in sheet.server.posts}) == 1
    assert stored(sheet.server, "name") == ["办公费", "印刷费", "水费", "电费"]
    assert again.column("name") == ["办公费", "印刷费", "水费", "电费"]


def test_what_was_left_meets_what_somebody_else_saved_meanwhile(sheet: SheetPage) -> None:
    sheet.server.dead = True
    typed(sheet, 1, "basic", "777")
    sheet.state("offline")
    context = sheet.page.context
    sheet.close()
    sheet.server.rows["1"]["basic"] = "555.00"
    sheet.server.dead = False
    again = SheetPage(context.new_page(), sheet.server).open()
    again.state("conflict")
    assert "您填的 777.00" in again.message(1, "basic").inner_text()
    assert stored(sheet.server, "basic")[0] == "555.00"


def test_what_was_left_in_yuan_is_restored_on_a_page_in_wan(sheet: SheetPage) -> None:
    sheet.server.dead = True
    typed(sheet, 1, "basic", "12万")
    sheet.state("offline")
    context = sheet.page.context
    sheet.close()
    sheet.server.unit = "wan"
    for row in sheet.server.rows.values():
        row["basic"], row["project"] = "0.01", "0.001"
    sheet.server.dead = False
    again = SheetPage(context.new_page(), sheet.server).open()
    expect(again.cell(1, "basic")).to_have_value("12.00")


def test_a_refused_text_survives_the_window_too(sheet: SheetPage) -> None:
    typed(sheet, 1, "basic", "约12")
    expect(sheet.message(1, "basic")).to_be_visible()
    context = sheet.page.context
    sheet.close()
    again = SheetPage(context.new_page(), sheet.server).open()
    expect(again.message(1, "basic")).to_contain_text("不是金额")
    assert again.text(1, "basic") == "约12"


def test_two_windows_of_one_person_do_not_lose_each_others_cells(sheet: SheetPage) -> None:
    other = sheet.another()
    sheet.page.context.set_offline(True)
    typed(sheet, 1, "basic", "1")
    typed(other, 2, "basic", "2")
    other.state("offline")
    sheet.page.context.set_offline(False)
    sheet.state("saved")
    other.state("saved")
    assert stored(sheet.server, "basic") == ["1.00", "2.00", "300.00"]


def test_another_person_at_the_same_computer_does_not_inherit(sheet: SheetPage) -> None:
    sheet.server.dead = True
    typed(sheet, 1, "basic", "1")
    sheet.state("offline")
    context = sheet.page.context
    sheet.close()
    sheet.server.user = "8"
    sheet.server.dead = False
    again = SheetPage(context.new_page(), sheet.server).open()
    again.page.wait_for_timeout(1_200)
    assert again.text(1, "basic") == "100.00"
    assert sheet.server.posts == []


def accepted(dialog: Dialog, asked: list[str]) -> None:
    """Note what the browser asks, and agree."""
    asked.append(dialog.type)
    dialog.accept()


def test_leaving_with_unsaved_cells_is_asked_about(sheet: SheetPage) -> None:
    asked: list[str] = []
    sheet.page.on("dialog", lambda dialog: accepted(dialog, asked))
    sheet.server.dead = True
    typed(sheet, 1, "basic", "1")
    sheet.page.evaluate("location.href = '/elsewhere'")
    sheet.page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_leaving_with_everything_saved_is_not_asked_about(sheet: SheetPage) -> None:
    asked: list[str] = []
    sheet.page.on("dialog", lambda dialog: accepted(dialog, asked))
    typed(sheet, 1, "basic", "1")
    sheet.state("saved")
    sheet.page.get_by_role("link", name="别处").click()
    sheet.page.wait_for_url("**/elsewhere")
    assert asked == []
