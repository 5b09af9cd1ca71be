"""Hostile and broken files: refused in Chinese in five seconds, or read as what they are."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from budget.imports.xlsx import child, limited
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.sheets.plans import Verdict
from budget.tests.entry_workbooks import downloaded, planned, refusal, told
from budget.tests.filling import Accountant, an_accountant
from budget.tests.hostile_workbooks import HOSTILE, with_rows

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]

HARMLESS = {
    *("odd_places", "numbers_without_end", "text_that_is_not_there", "deep_nesting"),
    "many_texts",
}
"""Kinds that may be read: what is wrong with them stays in one cell, or is nothing."""
PATIENCE = 30
"""Seconds: five are promised to people; tests share two cores with others."""


@pytest.fixture
def accountant() -> Accountant:
    return an_accountant()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_costs_little_and_changes_nothing(accountant: Accountant, kind: str) -> None:
    content = HOSTILE[kind](downloaded(accountant))
    begun = time.perf_counter()
    try:
        shown = planned(accountant, content, "填报.xlsx")
    except UnreadableWorkbook as error:
        said = str(error)
        assert any("\u4e00" <= each <= "\u9fff" for each in said)
        assert "Traceback" not in said
    else:
        assert kind in HARMLESS
        assert not shown.does_anything
    assert time.perf_counter() - begun < PATIENCE


@pytest.mark.parametrize(
    ("too_much", "ends"),
    [
        ("bytearray(child.MOST_MEMORY)", "MemoryError"),
        ("open(sys.argv[1], 'wb', 0).write(b'x')", "File too large"),
        ("[each for each in iter(int, 1) if each]", ""),
    ],
    ids=["memory", "files", "time"],
)
def test_the_process_that_reads_is_held_to_its_limits(
    too_much: str, ends: str, tmp_path: Path
) -> None:
    program = f"import sys; from budget.imports.xlsx import child; child.be_limited(); {too_much}"
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a")], capture_output=True, timeout=PATIENCE
    )
    assert done.returncode != 0
    assert ends in done.stderr.decode()
    assert time.perf_counter() - begun < PATIENCE


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("spaces", "解压后超过100兆字节"),
        ("many_merges", "合并单元格过多"),
        ("overlapping_merges", "合并单元格过多"),
        ("far_cell", "工作表“基本支出”XFD1048576 超出可读取的范围"),
        ("outer_entity", "DOCTYPE"),
        ("same_part_twice", "重名"),
        ("many_parts", "部件过多"),
        ("encrypted", "已加密"),
        ("garbled", "已损坏"),
    ],
)
def test_it_is_said_what_is_wrong(accountant: Accountant, kind: str, words: str) -> None:
    assert words in refusal(accountant, HOSTILE[kind](downloaded(accountant)))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("<c r='D9'><f>1+1</f></c>", "D9 是没有计算结果的公式"),
        ("<c r='D9'><f>1+1</f><v></v></c>", "D9 是没有计算结果的公式"),
        ("<c r='D9' t='e'><v>#REF!</v></c>", "D9 是错误值 #REF!"),
        ("<c r='D9' t='e'><f>A1</f><v>#DIV/0!</v></c>", "D9 是错误值 #DIV/0!"),
        ("<c r='D9' t='b'><v>1</v></c>", "D9 是逻辑值"),
        ("<c r='D9' t='b'><v>0</v></c>", "D9 是逻辑值"),
        ("<c r='D9'><v>1e309</v></c>", "D9 的数字“1e309”超出可读取的范围"),
        ("<c r='D9'><v>NaN</v></c>", "D9 的数字“NaN”超出可读取的范围"),
        ("<c r='D9'><v>x</v></c>", "D9 的数字“x”无法识别"),
        ("<c r='D9'><v>12.345</v></c>", "D9 “12.345”不是整分"),
        ("<c r='D9'><v>99999999999999</v></c>", "超出可填的范围"),
        ("<c r='D9' t='s'><v>1000000000</v></c>", "D9 已损坏"),
        ("<c r='B9'><v>2010301</v></c><c r='D9' t='str'><f>x</f><v>=1+1</v></c>", "这里不计算公式"),
    ],
)
def test_a_cell_that_is_no_amount_is_named_and_never_zero(
    accountant: Accountant, cell: str, words: str
) -> None:
    row = f"<row r='9'>{cell}</row>".encode()
    [row_plan] = told(planned(accountant, with_rows(downloaded(accountant), row)))["basic"]
    assert row_plan.verdict is Verdict.REJECTED
    said = row_plan.by_field["amount"].message
    assert words in said


def test_a_formula_counts_by_its_stored_result(accountant: Accountant) -> None:
    cells = "<c r='B9'><v>2010301</v></c><c r='C9'><v>30101</v></c><c r='D9'><f>1</f><v>7.5</v></c>"
    row = f"<row r='9'>{cells}</row>".encode()
    [row_plan] = told(planned(accountant, with_rows(downloaded(accountant), row)))["basic"]
    assert (row_plan.verdict, row_plan.texts["amount"]) == (Verdict.NEW, "7.50")


def test_noise_behind_fifteen_digits_is_no_amount(accountant: Accountant) -> None:
    """0.1 + 0.2 in a spreadsheet is stored as 0.30000000000000004 and is 0.3 there too."""
    cells = "<c r='B9'><v>2010301</v></c><c r='C9'><v>30101</v></c>"
    noise = "<c r='D9'><v>0.30000000000000004</v></c>"
    row = f"<row r='9'>{cells}{noise}</row>".encode()
    [row_plan] = told(planned(accountant, with_rows(downloaded(accountant), row)))["basic"]
    assert row_plan.texts["amount"] == "0.30"


def test_an_error_on_a_page_that_is_not_ours_does_not_matter(accountant: Accountant) -> None:
    row = b"<row r='9'><c r='Z9' t='e'><v>#REF!</v></c></row>"
    shown = planned(accountant, with_rows(downloaded(accountant), row))
    assert told(shown) == {}


def test_a_reader_that_does_not_come_back_is_stopped(
    accountant: Accountant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited, "MOST_SECONDS", 0.001)
    assert "没有在限定的时间内读完" in refusal(accountant, downloaded(accountant))


def test_a_file_of_more_than_ten_megabytes_is_not_even_begun(accountant: Accountant) -> None:
    assert "超过10兆字节" in refusal(accountant, bytes(10 * 2**20 + 1))


def test_an_error_that_nobody_thought_of_is_one_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(child, "cells_of", fail)
    assert child.answer(b"x") == {"refusal": child.UNREADABLE}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "文件是空的"),
        ("编码,名称\r\n201,一般公共服务\r\n".encode("gb18030"), "a.csv", "文本（如 CSV）"),
        ("\ufeff编码\t名称\r\n".encode("utf-16-le"), "a.txt", "文本（如 CSV）"),
        (b"<html><table></table></html>", "a.xls", "网页或 XML"),
        (b"%PDF-1.7\n", "a.pdf", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "a.xls", "旧的 .xls 格式"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "a.ET", "WPS 表格旧格式（.et）"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "打开密码",
        ),
        (bytes(range(256)) * 4, "a.xlsx", "不是 XLSX 工作簿，或已损坏"),
    ],
)
def test_other_files_are_called_by_their_names(
    accountant: Accountant, content: bytes, name: str, words: str
) -> None:
    assert words in refusal(accountant, content, name)
