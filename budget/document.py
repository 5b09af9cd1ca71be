"""What a finished document consists of: values that are printed, and nothing that is not.

These are the types between making and rendering. A ``Disclosure`` holds every displayed text; its
numbers are the printed ones, in the printed unit, so that no file made from it can hold a figure
that the document does not show. Every figure has an address: table / row / column for a cell,
paragraph / figure for a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from budget.ledger import Where
from budget.lines import SPARSE, Line
from budget.tally import Tally
from budget.terms import Scope, Term


class CellKind(Term):
    """What a cell holds, which decides how it is set and typed."""

    HEAD = "head", "表头"
    MARK = "mark", "栏次"
    TEXT = "text", "文字"
    CODE = "code", "编码"
    AMOUNT = "amount", "金额"
    SCORE = "score", "分值"


class RowKind(Term):
    """What a row is in its table's hierarchy, which decides how it is set."""

    TOTAL = "total", "合计"
    CATEGORY = "category", "类"
    SECTION = "section", "款"
    ITEM = "item", "项"
    ENTRY = "entry", "明细"
    EMPTY = "empty", "空表"


class Loss(Term):
    """What a conversion lost of an older document, so that it cannot be judged.

    Its label is what files say of it, and how it is known again when they are read.
    """

    NONE = "none", ""
    TEXT = "text", "此格文字在转换中残缺，未作核对"
    ROWS = "rows", "其下有的行在转换中缺失，未作核对"


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a grid.

    ``value`` is the printed number in the table's unit (None where nothing is printed, even for
    an exact zero) or the text. A place covered by a merged cell has ``rowspan`` or ``colspan`` 0
    and keeps its value. ``address`` is empty in heads. ``questions`` are those that together the
    figure answers: provenance for people inside, and no part of the document. ``loss`` says what a
    conversion lost of an older document here.
    """

    key: str
    text: str
    kind: CellKind
    value: Decimal | str | None = None
    address: str = ""
    rowspan: int = 1
    colspan: int = 1
    questions: tuple[Where, ...] = field(default=(), compare=False, repr=False)
    loss: Loss = field(default=Loss.NONE, metadata=SPARSE)

    @property
    def is_covered(self) -> bool:
        """True where a merged cell reaches over this place."""
        return self.rowspan == 0 or self.colspan == 0


@dataclass(frozen=True, slots=True)
class Row:
    """One body row; ``key`` is semantic: a code, a unit, a project, an indicator, a term."""

    key: str
    kind: RowKind
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column: its key, its heading from the top group down, kind and relative width.

    ``names_rows`` says that words in it say what the row is, as a value or a remark does not; like
    the questions behind cells it is no part of the document.
    """

    key: str
    title: tuple[str, ...]
    kind: CellKind
    width: int
    names_rows: bool = field(default=True, compare=False, repr=False)


class FootingKind(Term):
    """Along what cells add up."""

    COLUMNS = "columns", "栏间"
    ROWS = "rows", "行间"


@dataclass(frozen=True, slots=True)
class Footing:
    """A statement that cells add up: the total's address and those of its items."""

    total: str
    items: tuple[str, ...]
    kind: FootingKind = FootingKind.ROWS


@dataclass(frozen=True)
class Table:
    """One table as printed. ``head`` and ``rows`` are dense grids of len(columns) places.

    ``contents_title`` is empty for a table that the contents do not list. ``subject`` is the line
    at the upper left (部门名称：…), ``unit`` the unit of its amounts. ``footings`` say how its
    cells add up; like the questions behind cells they are no part of the document.
    """

    code: str
    number: int
    contents_title: str
    title: str
    subject: str
    unit: str
    unit_exponent: int
    columns: tuple[Column, ...]
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[Row, ...]
    note: str
    is_empty: bool
    landscape: bool
    footings: tuple[Footing, ...] = field(default=(), compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the table is called where tables are listed."""
        return self.contents_title or self.title

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """The body cells by address."""
        return {cell.address: cell for row in self.rows for cell in row.cells if cell.address}


class FigureKind(Term):
    """What a figure in a sentence is."""

    AMOUNT = "amount", "金额"
    PERCENT = "percent", "百分比"
    COUNT = "count", "数量"
    DIRECTION = "direction", "增减"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure as printed in a sentence: ``text`` shows it, ``value`` is the printed number.

    ``key`` says which measure, with .change, .percent, .share or .direction where it is not the
    measure itself. ``address`` is paragraph/key. ``questions`` are those that an amount answers,
    as for a cell; ``tally`` is that of a register, where one states the amount or number.
    """

    key: str
    text: str
    kind: FigureKind
    value: Decimal | None = None
    unit: str = ""
    address: str = ""
    questions: tuple[Where, ...] = field(default=(), compare=False, repr=False)
    tally: Tally | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that a draft still lacks: the key of the remark, and what people call it.

    Only a draft holds gaps; whatever leaves the house refuses them (require_finished).
    """

    key: str
    label: str
    address: str = ""

    @property
    def text(self) -> str:
        """What stands in the place of the words."""
        return f"【待填：{self.label}】"

    @property
    def is_remark(self) -> bool:
        """False for what a project says of itself (project.code.field)."""
        return not self.key.startswith("project.")


Run = str | Figure | Gap
Text = tuple[Run, ...]


class LackKind(Term):
    """What a draft can lack."""

    WORDS = "words", "待填写的文字"
    CODE = "code", "待确认的科目"
    PLACE = "place", "没有栏目可列的资金"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that keeps a draft from being a document: what, told in Chinese, and where.

    ``lines`` are those of money that the table at ``address`` has no column for.
    """

    kind: LackKind
    told: str
    address: str
    lines: tuple[Line, ...] = ()


class UnfinishedDocument(ValueError):
    """A draft that lacks something is about to be frozen, published or exported."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One share of a chart: label, amount as printed, percentage as printed."""

    key: str
    label: str
    amount: Decimal
    amount_text: str
    share: Decimal
    share_text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data and as the picture that screen and paper both show."""

    code: str
    title: str
    unit: str
    slices: tuple[Slice, ...]
    description: str
    svg: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``lead`` is its run-in heading such as （一）收入预算：, often empty."""

    key: str
    lead: str
    text: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (level 2 or 3) with what stands under it.

    Without a title its text follows the part's own heading; without a ``contents_title`` it is not
    listed in the contents.
    """

    key: str
    level: int
    title: str
    contents_title: str
    blocks: tuple[Paragraph | Chart, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document: its heading, then sections, then tables; either may be missing.

    ``contents_title`` is the heading's wording in the contents; the part and what stands in it
    are listed there where they have one.
    """

    key: str
    contents_title: str
    title: str
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Disclosure:
    """A whole document as displayed.

    ``lacks`` says what a draft lacks to be one; it is empty in all that is published, and no part
    of what is frozen.
    """

    edition: str
    scope: Scope
    code: str
    name: str
    year: int
    title: str
    cover: tuple[str, ...]
    contents_heading: str
    contents_note: str
    parts: tuple[Part, ...]
    lacks: tuple[Lack, ...] = field(default=(), compare=False, repr=False)

    @property
    def file_stem(self) -> str:
        """What the names of its files begin with, in ASCII."""
        return f"{self.code}-{self.year}"

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections of all parts in printed order."""
        return tuple(section for part in self.parts for section in part.sections)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of all parts in printed order, which is that of their numbers."""
        return tuple(table for part in self.parts for table in part.tables)

    @cached_property
    def tables_by_code(self) -> Mapping[str, Table]:
        """The tables by code."""
        return {table.code: table for table in self.tables}

    def cell(self, address: str) -> Cell:
        """Return the body cell at table/row/column. Raises KeyError."""
        return self.tables_by_code[address.split("/", 1)[0]].cells[address]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts in their order."""
        return tuple(
            block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Chart)
        )

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps in its text in printed order; only a draft has any."""
        return tuple(
            run
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Paragraph)
            for run in block.text
            if isinstance(run, Gap)
        )


def require_finished(document: Disclosure) -> None:
    """Refuse a draft that lacks something. Raises UnfinishedDocument."""
    told = [lack.told for lack in document.lacks] or [gap.text for gap in document.gaps]
    if told:
        more = f"等{len(told)}处" if len(told) > 1 else ""
        raise UnfinishedDocument(f"文件还没有编完，不能冻结、发布或导出：{told[0]}{more}")
