"""Rows from outside: a pasted block and an entry workbook, from the request to the page."""

from __future__ import annotations

import io
import json
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from bench.desk import AT, desk
from bench.registry import Result, measures
from budget.sheets.spec import SHEETS
from budget.tests.filling import Accountant
from budget.workbook.layout import HEAD
from budget.workbook.writing import workbook

FIELDS = ("2010301", "30101", "{}.05", "人员经费", "一般公共预算拨款", "")
PASTED, UPLOADED = 1_000, 5_000


class NotShown(AssertionError):
    """The page does not tell what it should."""


@measures("incoming")
def incoming(rounds: int) -> Iterator[Result]:
    """Measure both previews; what they show is looked at, nothing is saved."""
    accountant, client = desk()
    body = json.dumps({"row": "new:1", "field": "function", "unit": "yuan", "text": _block(PASTED)})
    pasted = _middle(lambda: _paste(client, body), rounds)
    what = f"{PASTED:,} × {len(FIELDS)} pasted, previewed at the server"
    yield Result(what, f"{pasted:.2f} s", pasted, (1.5, 1), " s")
    content = _filled(accountant, UPLOADED)
    uploaded = _middle(lambda: _upload(client, content), min(rounds, 3))
    what = f"entry workbook of {UPLOADED:,} new rows, {len(content) / 1e6:.1f} MB, previewed"
    yield Result(what, f"{uploaded:.2f} s", uploaded, (8, 5), " s")


def _block(rows: int) -> str:
    lines = ("\t".join(FIELDS).format(number) for number in range(1, rows + 1))
    return "\r\n".join(lines)


def _paste(client: Client, body: str) -> None:
    _look(
        client.post(f"{AT}basic/paste/", body, content_type="application/json", secure=True), PASTED
    )


def _upload(client: Client, content: bytes) -> None:
    file = SimpleUploadedFile("填报.xlsx", content)
    _look(client.post(f"{AT}workbook/", {"file": file}, secure=True), UPLOADED)


def _look(answer: Any, rows: int) -> None:
    if f"确认保存（新增{rows}行）" not in answer.content.decode():
        raise NotShown(f"{answer.status_code}: {answer.content.decode()[:300]}")


def _filled(accountant: Accountant, rows: int) -> bytes:
    """Return the workbook with so many lines of basic spending typed into it."""
    book = load_workbook(io.BytesIO(workbook(accountant.part)))
    page = book[SHEETS["basic"].title]
    for number in range(1, rows + 1):
        for column, text in enumerate(FIELDS, start=2):
            page.cell(HEAD + number, column).value = text.format(number) or None
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _middle(act: Callable[[], None], rounds: int) -> float:
    act()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)
