"""``manage.py checkworkbook FILE.xlsx``: what the rules say of tables that others made."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from budget.edition import EDITIONS, Edition
from budget.imports.workbook import UnreadableWorkbook, WorkbookRead, read_workbook
from budget.imports.workbook.categories import category_names
from budget.imports.xlsx.limits import MOST_BYTES
from budget.management import base
from budget.registry import UnknownDeclaration, discover
from budget.render.errors import RenderError
from budget.render.findings import json, text
from budget.render.findings.files import report_files
from budget.render.findings.view import view
from budget.render.registry import Files
from budget.render.writing import UnusableFolder, why, write_all
from budget.rules.checking import check
from budget.rules.printed import Subject
from budget.rules.settings import Settings
from budget.terms import Severity

ERRORS_FOUND = 1


class Command(base.Command):
    """Checks the tables of a workbook; asks no database."""

    help = (
        "核对一份预算公开表的 XLSX 工作簿（本系统导出的，或按同一版式手工编制的）。"
        "只核对表，不核对文字；有错误时退出码为 1，文件读不懂时为 2。"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", metavar="文件", type=Path, help="XLSX 工作簿")
        parser.add_argument("--edition", metavar="版式", help="版式代码；不写则取最相符的版式")
        parser.add_argument("--year", metavar="年度", type=base.year, help="表名没有写年度时的年度")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")
        parser.add_argument(
            "--out", metavar="目录", type=Path, help="把核对报告（网页和 XLSX）写到哪个目录"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        discover(settings.PACKAGES)
        discover(settings.PACKAGES, ("workbooks",))
        read = _read(options)
        report = check(Subject(read.document, read.edition, is_exact=False, copies=read.copies))
        told = view(
            report,
            read.document,
            spots=read.spots,
            copies=read.copies,
            set_by=Settings().in_force(read.edition).set_by,
        )
        if options["out"]:
            _write(report_files(told, read.document), options["out"])
        self.stdout.write(json.text(told) if options["json"] else "\n".join(text.lines(told)))
        if report.of(Severity.ERROR):
            raise SystemExit(ERRORS_FOUND)


def _read(options: dict[str, Any]) -> WorkbookRead:
    names = partial(category_names, Path(settings.BASE_DIR) / "fixtures" / "codes")
    file: Path = options["file"]
    try:
        content = _content(file)
        return read_workbook(content, _editions(options["edition"]), names, options["year"])
    except UnreadableWorkbook as error:
        raise CommandError(f"{file.name}：{error}", returncode=base.REFUSED) from error
    except UnknownDeclaration as error:
        raise CommandError(str(error), returncode=base.REFUSED) from error


def _write(files: Files, folder: Path) -> None:
    try:
        write_all(files, folder)
    except (RenderError, UnusableFolder) as error:
        raise CommandError(str(error), returncode=base.REFUSED) from error


def _content(file: Path) -> bytes:
    """Return a file's bytes, one more than may be at most. Raises UnreadableWorkbook."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableWorkbook(f"不能读取文件：{why(error)}") from error


def _editions(asked: str | None) -> list[Edition]:
    return [EDITIONS[asked]] if asked else list(EDITIONS.values())
