"""``manage.py checkbudget 157 2023``: what the rules say of a stored budget."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from budget.book import UnknownUnit
from budget.judging import Judged, judge
from budget.load import UnknownDepartment, UnknownYear
from budget.management import base
from budget.management.existing import what_there_is
from budget.registry import UnknownDeclaration, discover
from budget.render.errors import RenderError
from budget.render.findings import json, text
from budget.render.findings.files import report_files
from budget.render.findings.view import view
from budget.render.registry import Files
from budget.render.writing import UnusableFolder, write_all
from budget.rules.settings import UnreadableSetting
from budget.terms import Severity

ERRORS_FOUND = 1
"""Exit code where the document has errors, or a stored setting cannot be read."""
NOT_KNOWN = 2
"""Exit code where a code, year or edition does not exist."""


class Command(base.Command):
    """Checks one document; changes nothing."""

    help = "核对部门或单位的预算：列出错误、需说明、提示和未核对的规则。有错误时退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument(
            "code", metavar="编码", help="部门编码（如 157）或单位编码（如 157001）"
        )
        parser.add_argument("year", metavar="年度", help="预算年度，如 2023")
        parser.add_argument("--edition", metavar="版式", help="版式代码；不写则用该年度的版式")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")
        parser.add_argument(
            "--out", metavar="目录", type=Path, help="把核对报告（网页和 XLSX）写到哪个目录"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        discover(settings.PACKAGES)
        judged = self._judged(options)
        set_by = judged.settings.set_by
        told = view(judged.report, judged.document, judged.answers, set_by=set_by)
        if options["out"]:
            _write(report_files(told, judged.document), options["out"])
        self.stdout.write(json.text(told) if options["json"] else "\n".join(text.lines(told)))
        if judged.report.of(Severity.ERROR):
            raise SystemExit(ERRORS_FOUND)

    def _judged(self, options: dict[str, Any]) -> Judged:
        try:
            return judge(options["code"], _year(options["year"]), options["edition"])
        except (UnknownDepartment, UnknownUnit, UnknownYear) as error:
            message = f"{error}；{what_there_is(error, options['code'])}"
            raise CommandError(message, returncode=NOT_KNOWN) from error
        except UnknownDeclaration as error:
            raise CommandError(str(error), returncode=NOT_KNOWN) from error
        except UnreadableSetting as error:
            raise CommandError(f"无法核对：{error}", returncode=ERRORS_FOUND) from error


def _write(files: Files, folder: Path) -> None:
    try:
        write_all(files, folder)
    except (RenderError, UnusableFolder) as error:
        raise CommandError(str(error), returncode=NOT_KNOWN) from error


def _year(words: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) == 4):
        raise UnknownYear(f"“{words}”不是4位数字的年度")
    return int(words)
