"""``manage.py loadsample``: transcribed departments into the database, and their first releases."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from budget.book import BudgetBook, UnknownCode, UnknownUnit
from budget.codes import MalformedCode
from budget.disclosure import compose
from budget.document import Disclosure
from budget.edition import EDITIONS
from budget.imports.code_lists import UnknownListYear, latest_year
from budget.imports.records import MalformedRecord, json_content, json_records
from budget.imports.sample_files import Sample, read_sample
from budget.imports.storing import OtherYear, store
from budget.judging import settings_in_force
from budget.load import read_book, read_remarks
from budget.management import base
from budget.management.drafts import has_budget, open_after, store_draft
from budget.models import DepartmentBudget, Release, Snapshot
from budget.registry import UnknownDeclaration, discover
from budget.release import freeze, publish, same_content
from budget.remarks import MissingRemark, Remark
from budget.render.errors import RenderError
from budget.render.registry import Format
from budget.tables.coverage import MoneyWithoutPlace
from budget.terms import Origin, Scope, State

ORIGINS = {origin.value: origin for origin in Origin}


class CodesNotLoaded(LookupError):
    """The database names other codes, or names codes otherwise, than the sample's lists."""


class Command(base.Command):
    """Loads samples, one transaction each."""

    help = (
        "载入随系统提供的转录样例（部门预算公开），形成快照，并为部门及其单位各发布一次。"
        "可重复执行：内容没有变化时不再发布。请先执行 loadcodes。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        fixtures = Path(settings.BASE_DIR) / "fixtures"
        parser.add_argument(
            "--dir",
            metavar="目录",
            type=Path,
            help="一个样例的目录；不写则载入随系统提供的转录样例",
        )
        parser.add_argument(
            "--invented",
            action="store_true",
            help="同时载入随系统提供的虚构部门（用于展示其他版式）",
        )
        parser.add_argument(
            "--drafts",
            action="store_true",
            help="改为把虚构部门载入为编制中的草稿，并开设其下一年度的空白预算；已有的不改动",
        )
        parser.add_argument(
            "--codes",
            metavar="目录",
            type=Path,
            default=fixtures / "codes",
            help="按年度分子目录存放科目表的目录",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them and print what was published."""
        discover(settings.PACKAGES)
        if options["drafts"]:
            for directory in _supplied(Origin.INVENTED):
                self._load(directory, options["codes"], load_invented_draft)
            return
        if options["dir"]:
            self._load(options["dir"], options["codes"], load_sample)
            return
        wanted = (Origin.TRANSCRIBED, Origin.INVENTED)[: 1 + options["invented"]]
        for directory in _supplied(*wanted):
            self._load(directory, options["codes"], load_sample)

    def _load(self, directory: Path, codes: Path, load: Callable[[Path, Path], list[str]]) -> None:
        try:
            done = load(directory, codes)
        except REFUSALS as error:
            message = f"{directory.name}：{error}。没有载入。"
            raise CommandError(message, returncode=base.REFUSED) from error
        for said in done:
            self.stdout.write(said)


REFUSALS = (
    CodesNotLoaded,
    MalformedCode,
    MalformedRecord,
    MissingRemark,
    MoneyWithoutPlace,
    OtherYear,
    RenderError,
    UnknownCode,
    UnknownDeclaration,
    UnknownListYear,
    UnknownUnit,
)


def load_sample(directory: Path, codes: Path, formats: Iterable[Format] | None = None) -> list[str]:
    """Load one sample in one transaction and return, in Chinese, what was done.

    Raises what is in REFUSALS; nothing is stored then.
    """
    discover(settings.PACKAGES)
    discover(settings.PACKAGES, ("sample_files", "storing"))
    sample, remarks = _read(directory, codes)
    edition = EDITIONS[sample.head.edition]
    with transaction.atomic():
        budget = store(
            sample.book,
            remarks,
            edition=edition.code,
            codes_on=date.fromisoformat(sample.head.codes_on),
        )
        book, said = read_book(budget), read_remarks(budget)
        _check_names(sample.book, book)
        snapshot = freeze(book, said, edition.code, settings_in_force(budget, edition))
        DepartmentBudget.objects.filter(pk=budget.pk).update(state=State.PUBLISHED)
        documents = [compose(book, said, edition)]
        for unit in book.budget_units:
            seen = compose(book.seen_by(unit.code), said.seen_by(unit.code), edition)
            documents.append(seen)
        return [
            _released(snapshot, document, _origin(sample, document), formats)
            for document in documents
        ]


def load_invented_draft(directory: Path, codes: Path) -> list[str]:
    """Load an invented department as a draft and open its next year; return, in Chinese, what
    was done.

    Raises what is in REFUSALS; nothing is stored then.
    """
    discover(settings.PACKAGES)
    discover(settings.PACKAGES, ("sample_files", "storing"))
    sample, remarks = _read(directory, codes)
    if has_budget(sample):
        return [f"{sample.book.department.code} {sample.head.year}年 已经有预算，没有改动"]
    with transaction.atomic():
        budget = store_draft(sample, remarks)
        _check_names(sample.book, read_book(budget))
        after = open_after(budget)
    name = budget.department.name
    return [f"{budget}：{name}，编制中", f"{after}：{name}，空白，可以沿用上年"]


def _origin(sample: Sample, document: Disclosure) -> Origin:
    """Return where a document comes from: what was transcribed is the department's own.

    The units' documents are made here from the same lines; nobody published them.
    """
    origin = ORIGINS[sample.head.origin]
    if origin is Origin.TRANSCRIBED and document.scope is Scope.UNIT:
        return Origin.COMPILED
    return origin


def _supplied(*origins: Origin) -> Iterator[Path]:
    """Yield the directories of the samples that came about in one of these ways."""
    folder = Path(settings.BASE_DIR) / "fixtures" / "sample"
    for directory in sorted(each for each in folder.iterdir() if each.is_dir()):
        if json_content(directory / "department.json")["origin"] in origins:
            yield directory


def _read(directory: Path, codes: Path) -> tuple[Sample, tuple[Remark, ...]]:
    """Return a sample and its remarks as they were written, department and units apart."""
    if not directory.is_dir():
        raise MalformedRecord("没有这个样例目录")
    head = json_content(directory / "department.json")
    year = head.get("year") if isinstance(head, dict) else None
    if not isinstance(year, int):
        raise MalformedRecord("department.json：缺少 year")
    # Codes hold until a later list ends them, so the latest list up to the year is its list.
    sample = read_sample(directory, codes / str(latest_year(codes, until=year)))
    if sample.head.origin not in ORIGINS:
        raise MalformedRecord(f"department.json origin：“{sample.head.origin}”不是有效的值")
    return sample, json_records(directory / "remarks.json", Remark)


def _check_names(given: BudgetBook, stored: BudgetBook) -> None:
    if given.catalogue == stored.catalogue:
        return
    named = (*given.catalogue.function.items(), *given.catalogue.economic.items())
    found = {*stored.catalogue.function.items(), *stored.catalogue.economic.items()}
    missing = [f"{code} {name}" for code, name in named if (code, name) not in found]
    raise CodesNotLoaded(
        f"数据库中的科目表与样例所用的不同（{'、'.join(missing[:5])} 等），请先执行 loadcodes"
    )


def _released(
    snapshot: Snapshot,
    document: Disclosure,
    origin: Origin,
    formats: Iterable[Format] | None,
) -> str:
    """Publish a document unless its latest release shows it already."""
    own = Release.objects.filter(
        scope=document.scope, code=document.code, year=document.year
    ).order_by("-number")
    latest = own.first()
    if latest is not None and same_content(latest, document):
        return f"{latest} 内容没有变化，未再发布"
    number = 1 if latest is None else latest.number + 1
    release = publish(
        snapshot, document, number=number, origin=origin, replaces=latest, formats=formats
    )
    return f"{release}：{document.title}（{release.files.count()} 个文件）"
