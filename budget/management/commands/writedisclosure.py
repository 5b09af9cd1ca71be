"""``manage.py writedisclosure 157 2023``: a budget's document as files."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from budget.book import UnknownCode, UnknownUnit
from budget.disclosure import compose
from budget.document import Disclosure, Table
from budget.edition import EDITIONS
from budget.load import (
    UnknownDepartment,
    UnknownYear,
    find_budget,
    is_unit_code,
    one_moment,
    read_book,
    read_remarks,
)
from budget.management import base
from budget.management.existing import what_there_is
from budget.registry import UnknownDeclaration, discover
from budget.remarks import MissingRemark
from budget.render.errors import RenderError
from budget.render.registry import FORMATS, Files
from budget.render.writing import UnusableFolder, write_all
from budget.tables.coverage import MoneyWithoutPlace

NOT_KNOWN = 2
"""Exit code where a code, year, edition, format or table does not exist."""


class UnknownTable(LookupError):
    """The document has no such table. The message lists those that it has."""


class Command(base.Command):
    """Writes the files of one document, all of them or none."""

    help = "写出部门或单位的预算公开文件：网页、PDF、XLSX、CSV、JSON。全部写成才落盘。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument(
            "code", metavar="编码", help="部门编码（如 157）或单位编码（如 157001）"
        )
        parser.add_argument("year", metavar="年度", help="预算年度，如 2023")
        parser.add_argument("--edition", metavar="版式", help="版式代码；不写则用该年度的版式")
        parser.add_argument(
            "--format", metavar="格式", help="逗号分隔的格式，如 pdf,xlsx；不写则全部"
        )
        parser.add_argument("--table", metavar="表", help="只写一张表：表的代码或表号")
        parser.add_argument(
            "--out", metavar="目录", default=".", help="写到哪个目录；不写则当前目录"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files and print their paths."""
        discover(settings.PACKAGES)
        try:
            paths = write_all(_files(options), Path(options["out"]))
        except (UnknownDepartment, UnknownUnit, UnknownYear) as error:
            message = f"{error}；{what_there_is(error, options['code'])}"
            raise CommandError(message, returncode=NOT_KNOWN) from error
        except (UnknownDeclaration, UnknownTable) as error:
            raise CommandError(str(error), returncode=NOT_KNOWN) from error
        except (
            MissingRemark,
            MoneyWithoutPlace,
            RenderError,
            UnknownCode,
            UnusableFolder,
        ) as error:
            raise CommandError(str(error)) from error
        for path in paths:
            self.stdout.write(str(path))


def _files(options: dict[str, Any]) -> Files:
    """Return the files asked for. Raises what the command turns into messages."""
    formats = [FORMATS[code] for code in _formats(options["format"])]
    disclosure = _disclosure(options["code"], _year(options["year"]), options["edition"])
    tables = _tables(disclosure, options["table"])
    files: dict[str, bytes] = {}
    for one in formats:
        files.update(one.render(disclosure, tables))
    return files


def _formats(asked: str | None) -> Iterable[str]:
    """Return the format codes asked for, each once; all when none is named."""
    if asked is None:
        return FORMATS
    return dict.fromkeys(code.strip() for code in asked.split(","))


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise UnknownYear(f"“{text}”不是4位数字的年度")
    return int(text)


def _disclosure(code: str, year: int, edition: str | None) -> Disclosure:
    """Return the document, all of it as of one moment. Raises what `handle` knows."""
    with one_moment():
        budget = find_budget(code, year)
        book, remarks = read_book(budget), read_remarks(budget)
    if is_unit_code(code):
        book, remarks = book.seen_by(code), remarks.seen_by(code)
    return compose(book, remarks, EDITIONS[edition or budget.year.edition])


def _tables(disclosure: Disclosure, asked: str | None) -> tuple[Table, ...] | None:
    """Return the one table asked for by code or number, None for the whole document."""
    if asked is None:
        return None
    for table in disclosure.tables:
        if asked in (table.code, str(table.number)):
            return (table,)
    known = "、".join(f"{table.number} {table.code}" for table in disclosure.tables)
    raise UnknownTable(f"没有名为 {asked!r} 的表；现有：{known}")
