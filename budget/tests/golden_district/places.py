"""The three formats in which the invented departments are shown, and the documents of each."""

from __future__ import annotations

from functools import cache
from typing import Final

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure, Paragraph, Table
from budget.edition import EDITIONS
from budget.imports.sample_files import Sample, read_sample
from budget.remarks import Remarks
from budget.tests.golden_district.adding import FIXTURES, Body
from budget.tests.golden_district.sheets import Style
from budget.tests.samples import CODES, declared

FIVE_UNITS: Final = "501-2026"
ONE_UNIT: Final = "502-2026"
BODIES: Final = (
    Body(FIVE_UNITS),
    *(Body(FIVE_UNITS, f"50100{number}") for number in range(1, 6)),
    Body(ONE_UNIT),
    Body(ONE_UNIT, "502001"),
)
"""Both departments and each of their units that has a budget."""

DISTRICT: Final = "shanghai-district-2026"
NATIONAL: Final = "national-2016"
CITY: Final = "changsha-2023"
EDITION_CODES: Final = (DISTRICT, NATIONAL, CITY)

TAIL_NOTE: Final = "注：本表以元编制、以万元列示，因四舍五入，部分合计数与分项之和存在尾差。"

DISTRICT_TABLES: Final = {
    **dict.fromkeys(
        (
            "accounts-by-function",
            "accounts-by-function-of-unit",
            "revenue-by-source",
            "spending-by-nature",
            "appropriation-accounts",
            "general-public-spending",
            "government-fund-spending",
            "state-capital-spending",
            "general-public-basic-by-section",
        ),
        Style("元", repeated=True, total_last=True),
    ),
    "three-publics-and-agency-costs": Style("万元"),
}
EIGHT_TABLES: Final = (
    "summary",
    "revenue",
    "spending",
    "appropriation-summary",
    "general-public-spending",
    "general-public-basic",
    "three-publics",
    "government-fund-spending",
)
NATIONAL_STYLE: Final = Style(
    "万元",
    other_revenue="其他收入（含附属单位上缴收入）",
    categories=(
        *("201", "202", "203", "204", "205", "206", "207", "208", "210", "211", "212", "213"),
        *("214", "215", "216", "217", "219", "220", "221", "222", "229"),
    ),
)
CITY_STYLE: Final = Style(
    "万元",
    other_revenue="其它收入",
    categories=(
        *("201", "202", "204", "205", "206", "207", "208", "209", "210", "211", "212", "213"),
        *("214", "215", "216", "217", "219", "220", "221", "222", "224", "229"),
    ),
    summary_totals=("本 年 收 入 合 计", "本 年 支 出 合 计", "收 入 总 计", "支 出 总 计"),
    appropriation_totals=("收 入 总 计", "支 出 总 计"),
)
ZEROS: Final = Style("万元", zeros=True)
STYLES: Final[dict[str, dict[str, Style]]] = {
    DISTRICT: DISTRICT_TABLES,
    NATIONAL: dict.fromkeys(EIGHT_TABLES, NATIONAL_STYLE),
    CITY: {**dict.fromkeys(EIGHT_TABLES, CITY_STYLE), "government-fund-spending": ZEROS},
}
"""How each place prints each of its budget tables."""


@cache
def invented(folder: str) -> Sample:
    """Return an invented department as the system reads it."""
    declared()
    return read_sample(FIXTURES / "sample" / folder, CODES)


def seen(body: Body) -> tuple[BudgetBook, Remarks]:
    """Return the book and the remarks of whom a document speaks for."""
    book, remarks = invented(body.folder).book, invented(body.folder).remarks
    if body.unit is None:
        return book, remarks
    return book.seen_by(body.unit), remarks.seen_by(body.unit)


@cache
def document(body: Body, edition: str) -> Disclosure:
    """Return a body's document in an edition."""
    return compose(*seen(body), EDITIONS[edition])


def rows(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return what the cells of a table's body show."""
    return tuple(tuple(cell.text for cell in row.cells) for row in table.rows)


def says(disclosure: Disclosure, code: str) -> str:
    """Return what a paragraph says, its parts one to a line; blank where it is not there."""
    return "\n".join(
        "".join(run if isinstance(run, str) else run.text for run in block.text)
        for section in disclosure.sections
        for block in section.blocks
        if isinstance(block, Paragraph) and block.key.partition(".")[0] == code
    )
