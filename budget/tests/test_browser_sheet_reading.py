"""The pure modules of the sheet, run in Chromium: typed amounts, clipboard text, undo."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from budget.money import LARGEST
from budget.tests.sheet_server import SheetServer
from budget.tests.spelled import SPELLINGS, Spelling

pytestmark = pytest.mark.browser

READ: Final = {"amount": "readAmount", "count": "readCount", "weight": "readScore"}
UNITS: Final = {"元": "yuan", "万元": "wan", "": "yuan"}
HUNDREDTHS: Final = frozenset({"amount", "weight"})


@pytest.fixture
def modules(page: Page) -> Iterator[Page]:
    """A page that may import the modules."""
    server = SheetServer({})
    server.start()
    page.goto(f"{server.url}elsewhere/")
    yield page
    server.stop()


def run(page: Page, module: str, body: str, given: object = None) -> Any:
    """Return what an expression over a module's exports ``m`` and ``given`` gives."""
    script = f"async (given) => {{ const m = await import('/static/js/{module}'); {body} }}"
    return page.evaluate(script, given)


def expected(spelling: Spelling) -> str | None:
    """Return what the browser reads in a spelling, as a whole number; None for nothing."""
    if not spelling.value:
        return None
    value = Decimal(spelling.value)
    return str(int(value * 100 if spelling.kind in HUNDREDTHS else value))


@pytest.mark.daily
def test_the_browser_reads_every_spelling_of_the_table_as_the_server_does(modules: Page) -> None:
    cases = [each for each in SPELLINGS if each.kind in READ]
    given = [[READ[each.kind], each.typed, UNITS[each.unit]] for each in cases]
    found = run(
        modules,
        "money.js",
        "return given.map(([read, text, unit]) => { const value = m[read](text, unit);"
        " return value === undefined ? 'refused' : value === null ? null : String(value) })",
        given,
    )
    wrong = [
        (each.typed, value)
        for each, value in zip(cases, found, strict=True)
        if value != ("refused" if each.reason else expected(each))
    ]
    assert wrong == []
    assert len(cases) > 180


def test_the_browser_shows_amounts_as_the_server_does(modules: Page) -> None:
    given = ["0", "1", "-1200", "156110", "1561094999", "12000000", str(int(LARGEST * 100))]
    shown = run(
        modules,
        "money.js",
        "return given.map((fen) => ['yuan', 'wan'].map((unit) => m.showAmount(BigInt(fen), unit)))",
        given,
    )
    assert shown == [
        ["0.00", "0.00"],
        ["0.01", "0.000001"],
        ["-12.00", "-0.0012"],
        ["1,561.10", "0.15611"],
        ["15,610,949.99", "1,561.094999"],
        ["120,000.00", "12.00"],
        ["9,999,999,999,999.99", "999,999,999.999999"],
    ]


def test_what_the_browser_shows_it_reads_back(modules: Page) -> None:
    given = [str(number * 7_919 * 104_729 - 10**14) for number in range(2_000)]
    wrong = run(
        modules,
        "money.js",
        "return given.filter((fen) => ['yuan', 'wan'].some((unit) =>"
        " m.readAmount(m.showAmount(BigInt(fen), unit), unit) !== BigInt(fen)))",
        given,
    )
    assert wrong == []


def test_an_amount_is_shown_in_another_unit_and_an_unreadable_one_as_it_is(modules: Page) -> None:
    shown = run(
        modules,
        "money.js",
        "return [m.inUnit('12,345.60', 'yuan', 'wan'), m.inUnit('1.23456', 'wan', 'yuan'),"
        " m.inUnit('约12', 'yuan', 'wan'), m.inUnit('', 'yuan', 'wan')]",
    )
    assert shown == ["1.23456", "12,345.60", "约12", ""]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("1,561.09\t656.38\r\n", [["1,561.09", "656.38"]]),
        ('"第一行\r\n第二行"\tb\r\n', [["第一行\n第二行", "b"]]),
        ('"说""好""的"\tb', [['说"好"的', "b"]]),
        ('"没有收尾\tb\r\nc', [['"没有收尾', "b"], ["c"]]),
        ('5"管\tb', [['5"管', "b"]]),
        ("a\t\r\n\r\nb", [["a", ""], [""], ["b"]]),
        ("\t\t", [["", "", ""]]),
        ("a\t", [["a", ""]]),
        ("", []),
    ],
)
def test_the_clipboard_of_excel_and_wps_is_taken_apart(
    modules: Page, text: str, rows: list[list[str]]
) -> None:
    assert run(modules, "tsv.js", "return m.parse(given)", text) == rows


def test_a_copied_block_is_pasted_as_it_was(modules: Page) -> None:
    block = [["a\tb", '"', "一\n二"], ["", "1,561.09", " "]]
    assert run(modules, "tsv.js", "return m.parse(m.write(given))", block) == block


def test_steps_are_taken_back_and_done_again_and_a_new_one_ends_the_redoing(modules: Page) -> None:
    body = """
        const undo = new m.Undo();
        const cell = {row: 'new:a', field: 'x'};
        const typed = (before, after) => undo.record({cells: [{...cell, before, after}]});
        const told = ({row, before, after}) => [row, before, after];
        const text = (step) => step ? step.cells.map(told) : null;
        typed('', '1');
        typed('1', '2');
        undo.rename('new:a', '57');
        const seen = [text(undo.back()), text(undo.back()), text(undo.back())];
        seen.push(text(undo.forward()));
        typed('1', '3');
        return [...seen, text(undo.forward())];
    """
    assert run(modules, "undo.js", body) == [
        [["57", "2", "1"]],
        [["57", "1", ""]],
        None,
        [["57", "", "1"]],
        None,
    ]


def test_keys_of_rows_are_uuids_and_never_the_same(modules: Page) -> None:
    keys = run(modules, "grid.js", "return Array.from({length: 500}, () => m.uuid())")
    assert len(set(keys)) == 500
    pattern = "/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/"
    assert modules.evaluate(f"keys => keys.every((key) => {pattern}.test(key))", keys)
