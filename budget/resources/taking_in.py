"""Taking a table in from a file: read, shown row by row, confirmed as it was shown.

Nothing is kept between showing and confirming: the page carries what was read, signed, and the
digest of what it would do. What is confirmed is done in one transaction, and only where it still
comes to the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any, Final

import tablib
from django.contrib.auth.models import User
from django.core import signing
from django.db import connection, models, transaction
from import_export.results import Result

from budget.audit.recording import record
from budget.resources.formats import FORMATS, MOST_BYTES, UnreadableTable
from budget.resources.rows import FIRST_ROW, Rows
from budget.terms import Term

SALT: Final = "budget.resources.taking_in"
LONGEST: Final = 2_000_000
"""Characters of a signed offer: a form of 2.5 megabytes is the most that Django takes."""


class BadOffer(ValueError):
    """What should be confirmed is no offer of ours, or one for something else."""

    def __init__(self) -> None:
        super().__init__("核对的内容已失效，请重新上传")


class Outcome(Term):
    """What becomes of a row."""

    NEW = "new", "新增"
    CHANGED = "update", "更新"
    SAME = "skip", "未变化"


OUTCOMES: Final = {each.value: each for each in Outcome}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is rejected: its number in the file (0: the whole file), the column, the reason."""

    row: int
    column: str
    words: str

    @property
    def place(self) -> str:
        """Where it is, as people read it."""
        return " ".join(filter(None, (f"第{self.row}行" if self.row else "", self.column)))


@dataclass(frozen=True, slots=True)
class RowShown:
    """What becomes of a row of the file: cells with the old value where it changes, as HTML."""

    row: int
    outcome: Outcome
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What a file would do: headings, rows and faults in the order of the file."""

    headings: tuple[str, ...]
    rows: tuple[RowShown, ...]
    faults: tuple[Fault, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have an outcome."""
        return sum(each.outcome is outcome for each in self.rows)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The outcomes and how many rows have them, the rejected ones last."""
        rejected = len({fault.row for fault in self.faults})
        return (*((each.label, self.count(each)) for each in Outcome), ("不能导入", rejected))

    @property
    def moving(self) -> tuple[RowShown, ...]:
        """The rows that do something."""
        return tuple(each for each in self.rows if each.outcome is not Outcome.SAME)

    @property
    def is_possible(self) -> bool:
        """Whether it can be confirmed: without faults, and there is something to do."""
        return not self.faults and bool(self.moving)

    @property
    def digest(self) -> str:
        """SHA-256 of all that it would do."""
        told = [[asdict(each) for each in self.rows], [asdict(each) for each in self.faults]]
        return digest_of(told)


class Moved(Exception):
    """What is stored has changed since the preview; ``preview`` is what it comes to now."""

    def __init__(self, preview: Any) -> None:
        self.preview = preview
        super().__init__("核对之后数据又有变化，尚未导入；请按现在的情况重新确认")


def read(name: str, content: bytes) -> tablib.Dataset:
    """Return the rows of a file by the ending of its name. Raises UnreadableTable."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise UnreadableTable("请上传 .xlsx 或 .csv 文件")
    if len(content) > MOST_BYTES:
        raise UnreadableTable("文件超过10兆字节，请分成几份导入")
    dataset: tablib.Dataset = FORMATS[ending]().create_dataset(content)
    return dataset


def preview(kind: type[Rows], dataset: tablib.Dataset) -> Preview:
    """Return what a file would do, without doing it."""
    return _shown(_imported(kind, dataset, dry_run=True))


def take_in(kind: type[Rows], dataset: tablib.Dataset, digest: str, by: User) -> Preview:
    """Do what a preview with this digest showed, all of it, and return it. Raises Moved."""
    model = kind._meta.model
    with transaction.atomic():
        alone(model)
        now = preview(kind, dataset)
        if now.digest != digest or not now.is_possible:
            raise Moved(now)
        done = _shown(_imported(kind, dataset, dry_run=False))
        if done.digest != digest:
            transaction.set_rollback(True)
            raise Moved(done)
        counts = {outcome.value: done.count(outcome) for outcome in Outcome}
        record("table.take_in", by=by, subject=model._meta.model_name, detail=counts)
    return done


def alone(model: type[models.Model]) -> None:
    """Let nobody else write a table until the transaction ends; reading goes on.

    On SQLite a transaction is alone in writing anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def _imported(kind: type[Rows], dataset: tablib.Dataset, *, dry_run: bool) -> Result:
    return kind().import_data(
        dataset, dry_run=dry_run, raise_errors=False, rollback_on_validation_errors=True
    )


def _shown(result: Result) -> Preview:
    rows = tuple(
        RowShown(number, OUTCOMES[row.import_type], tuple(row.diff or ()))
        for number, row in enumerate(result.rows, start=FIRST_ROW)
        if row.import_type in OUTCOMES
    )
    return Preview(tuple(result.diff_headers or ()), rows, tuple(_faults(result)))


def _faults(result: Result) -> Iterator[Fault]:
    """Yield what is wrong. Raises what is an error of the program."""
    for each in result.base_errors:
        if not isinstance(each.error, ValueError):
            raise each.error
        yield Fault(0, "", str(each.error))
    for _, errors in result.row_errors():
        raise errors[0].error
    for row in result.invalid_rows:
        number = row.number + FIRST_ROW - 1
        for column, words in row.field_specific_errors.items():
            yield from (Fault(number, column, each) for each in words)
        yield from (Fault(number, "", each) for each in row.non_field_specific_errors)


# ---- carried by the page ------------------------------------------------------------------------


def signed(subject: str, by: int, digest: str, dataset: tablib.Dataset) -> str:
    """Return a dataset and a digest as a page carries them. Raises UnreadableTable."""
    told = {
        "subject": subject,
        "by": by,
        "digest": digest,
        "heads": dataset.headers,
        "rows": [[_plain(value) for value in row] for row in dataset],
    }
    text = signing.dumps(told, salt=SALT, compress=True)
    if len(text) > LONGEST:
        raise UnreadableTable("文件中的内容太多，请分成几份导入")
    return text


def unsigned(text: str, subject: str, by: int) -> tuple[str, tablib.Dataset]:
    """Return digest and dataset that a page sent back. Raises BadOffer."""
    try:
        told = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise BadOffer from error
    if (told["subject"], told["by"]) != (subject, by):
        raise BadOffer
    return told["digest"], table(told["heads"], told["rows"])


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> tablib.Dataset:
    """Return rows under headings."""
    return tablib.Dataset(*(list(row) for row in rows), headers=list(heads))


def _plain(value: Any) -> Any:
    """Return a cell's value as JSON keeps it; reading it again gives the same."""
    if isinstance(value, (datetime, date)):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def digest_of(told: Any) -> str:
    """Return the SHA-256 of what JSON can say."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def written(kind: type[Rows], queryset: Any, ending: str) -> tuple[bytes, str]:
    """Return a file of some rows, and its media type."""
    form = FORMATS[ending]()
    return form.export_data(kind().export(queryset)), form.get_content_type()


def headings(kind: type[Rows]) -> Mapping[str, str]:
    """Return the headings of a table's columns by their names."""
    return {name: field.column_name for name, field in kind().fields.items()}
