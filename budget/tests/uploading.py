"""The administrators' pages as a person uses them: upload, look at the preview, confirm."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

Table = Sequence[Sequence[Any]]
FORMATS = {"xlsx": "0", "csv": "1"}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def page(model: type[models.Model], action: str) -> str:
    """Return the address of an administrators' page of a model."""
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{action}")


def as_xlsx(rows: Table) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def as_csv(rows: Table) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def uploaded(client: Client, model: type[models.Model], content: bytes, form: str = "xlsx") -> str:
    """Upload a file and return the page that answers."""
    file = SimpleUploadedFile(f"rows.{form}", content)
    answer = client.post(
        page(model, "import"), {"format": FORMATS[form], "resource": "0", "import_file": file}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def confirmed(client: Client, model: type[models.Model], preview: str) -> str:
    """Confirm a preview and return the page that follows."""
    fields = {name: value for name, value in HIDDEN.findall(preview) if name != "resource"}
    answer = client.post(page(model, "process_import"), {**fields, "resource": "0"}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def faults(shown: str) -> list[str]:
    """Return the faults that a page lists."""
    return re.findall(r"<li>((?:第|文件|XLSX|单元格|“)[^<]*)</li>", shown)
