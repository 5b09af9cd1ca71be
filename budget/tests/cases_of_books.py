"""Cases of the rules that look behind the print: codes, units, registers, transfers, sources."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from budget.book import BudgetBook, Event, ProcurementItem
from budget.document import Disclosure
from budget.lines import RevenueEstimate
from budget.rules.printed import Subject
from budget.terms import (
    EventKind,
    Fund,
    Nature,
    ProcurementKind,
    Source,
    UnitType,
)
from budget.tests.altering import resaid, retyped, reworded, without_table
from budget.tests.books import (
    CATALOGUE,
    OFFICE,
    PROJECT,
    SCHOOL,
    a_book,
    basic,
    last_year,
    other_use,
    project,
    running,
    wan,
)
from budget.tests.cases_of_amounts import as_published
from budget.tests.judging import a_subject
from budget.tests.rule_cases import Make, amounts, waiting, words
from budget.tests.samples import sample, sample_disclosure

FUNDS = {
    code: Fund.GOVERNMENT_FUND if code.startswith("21208") else Fund.GENERAL_PUBLIC
    for code in CATALOGUE.function
}
DIVIDED = ("20103", "20306", "20502", "21208")
CODES = replace(CATALOGUE, funds=FUNDS, divided=DIVIDED)


def written(*lines: Any, **rest: Any) -> Make:
    """Return a book and the document that is made of it."""
    return lambda: a_subject(a_book(*lines, **rest))


def beside(book: BudgetBook, printed: BudgetBook) -> Subject:
    """Return a book beside the document of another."""
    return a_subject(book, document=a_subject(printed).document)


def beside_the_sample(document: Disclosure | None = None) -> Subject:
    """Return the sample's book beside a document."""
    return a_subject(
        sample().book, remarks=sample().remarks, document=document or sample_disclosure()
    )


# ---- codes

words(
    "CLS001",
    passes=written(
        basic("1.00"),
        project("2.00", function="2120804", source=Source.GOVERNMENT_FUND),
        catalogue=CODES,
    ),
    fails=written(project("2.00", function="2120804"), catalogue=CODES),
    missing=written(basic("1.00")),
)
words(
    "CLS002",
    passes=written(basic("1.00"), catalogue=CODES),
    fails=written(basic("1.00", function="20103"), catalogue=CODES),
    missing=written(basic("1.00")),
)
words(
    "CLS003",
    passes=written(basic("1.00")),
    fails=written(basic("1.00", economic="301")),
    missing=as_published,
)


def paid_by(kind: UnitType, economic: str) -> Make:
    """Return basic spending of a unit of some type on an economic code."""
    names = {**CATALOGUE.economic, "30107": "绩效工资", "30239": "其他交通费用"}
    unit = replace(OFFICE, type=kind)
    return written(
        basic("1.00", economic=economic),
        units=(unit,),
        catalogue=replace(CATALOGUE, economic=names),
    )


words(
    "ECO004",
    passes=paid_by(UnitType.PUBLIC_SERVICE_ONE, "30107"),
    fails=paid_by(UnitType.ADMINISTRATIVE, "30107"),
    missing=as_published,
)
words(
    "ECO005",
    passes=paid_by(UnitType.ADMINISTRATIVE, "30239"),
    fails=paid_by(UnitType.PUBLIC_SERVICE_ONE, "30239"),
    missing=as_published,
)
words(
    "ECO001",
    passes=written(basic("1.00"), running("1.00")),
    fails=written(running("1.00", economic="30101")),
    missing=written(project("1.00")),
)

# ---- units

UNITS = (OFFICE, SCHOOL)
words(
    "UNT001",
    passes=written(basic("1.00"), basic("2.00", unit=SCHOOL.code), units=UNITS),
    fails=lambda: a_subject(
        reworded(a_subject(a_book(basic("1.00"), units=UNITS)).document, "units", "共2个", "共3个")
    ),
    missing=lambda: beside(
        a_book(basic("1.00"), units=UNITS), a_book(basic("1.00"), units=(OFFICE,))
    ),
)
words(
    "UNT002",
    passes=written(basic("1.00"), units=(OFFICE, replace(SCHOOL, complete=False, merged=True))),
    fails=written(basic("1.00"), units=(OFFICE, replace(SCHOOL, complete=False))),
    missing=as_published,
)

# ---- procurement, 10.00 of project money


def buying(amount: str, **changes: Any) -> Make:
    """Return a project of 10.00 万元 out of which something is bought."""
    item = ProcurementItem(
        unit=OFFICE.code,
        sequence=1,
        kind=ProcurementKind.GOODS,
        name="设备",
        amount=wan(amount),
        project=PROJECT.code,
    )
    return written(project("10.00"), procurement=(replace(item, **changes),))


amounts(
    "PRO003",
    passes=buying("8.00"),
    fails=buying("80.00"),
    within=buying("10.00"),
    beyond=buying("10.000001"),
    missing=buying("8.00", project=None),
)

# ---- registers: 35 = 0 + 35, 2 and 0 in the sample

amounts(
    "REG001",
    passes=beside_the_sample,
    fails=lambda: beside_the_sample(resaid(sample_disclosure(), "general-expenses/meetings", "53")),
    within=lambda: a_subject(
        a_book(basic("1.00"), events=(_meeting(Decimal("350049.99")),))
    ),  # prints as 35 万元
    beyond=lambda: beside_the_sample(
        resaid(sample_disclosure(), "general-expenses/meetings", "35.01")
    ),
    missing=as_published,
)


def _meeting(cost: Decimal) -> Event:
    return Event(
        unit=OFFICE.code,
        sequence=1,
        kind=EventKind.MEETING,
        name="工作会",
        content="部署工作",
        attendance=20,
        basic=cost,
        project=Decimal(0),
    )


words(
    "REG002",
    passes=beside_the_sample,
    fails=lambda: beside_the_sample(resaid(sample_disclosure(), "assets/vehicles.stock", "4")),
    missing=as_published,
)

# ---- “三公”: 16,600.00 yuan print as 1.66 万元

amounts(
    "TPB003",
    passes=beside_the_sample,
    fails=lambda: beside_the_sample(
        retyped(sample_disclosure(), "three-publics/total/hospitality", "6.16")
    ),
    within=lambda: a_subject(a_book(running("1.004999", economic="30217"))),  # prints as 1.00 万元
    beyond=lambda: beside_the_sample(
        retyped(sample_disclosure(), "three-publics/total/hospitality", "1.67")
    ),
    missing=as_published,
)


def entertained(now: str, before: str) -> Make:
    """Return “三公” of this year beside those of last year."""
    return written(
        running(now, economic="30217"),
        prior=(last_year("three_publics", before), last_year("hospitality", before)),
    )


amounts(
    "TPB002",
    passes=entertained("1.00", "2.00"),
    fails=entertained("2.00", "1.00"),
    within=entertained("2.00", "2.00"),
    beyond=entertained("2.01", "2.00"),
    missing=written(basic("1.00")),
)

# ---- transfers and sources


def transfer(given: str, received: str) -> BudgetBook:
    """Return a grant of the office to the school as both enter it."""
    return a_book(
        other_use(given, Nature.GRANTS_TO_AFFILIATES, Source.OTHER, paid_to=SCHOOL.code),
        basic(
            received,
            unit=SCHOOL.code,
            source=Source.GRANTS_FROM_SUPERIOR,
            received_from=OFFICE.code,
        ),
        units=UNITS,
    )


amounts(
    "PRC001",
    passes=lambda: a_subject(transfer("20.00", "20.00")),
    fails=lambda: beside(transfer("20.00", "18.00"), transfer("20.00", "20.00")),
    within=lambda: a_subject(transfer("20.01", "20.01")),
    beyond=lambda: beside(transfer("20.00", "20.000001"), transfer("20.00", "20.00")),
    missing=lambda: a_subject(transfer("20.00", "20.00").seen_by(SCHOOL.code)),
)


def expecting(yuan: str) -> Make:
    """Return 1.00 万元 of spending out of a source that is expected to bring so many yuan."""
    expected = RevenueEstimate(unit=OFFICE.code, source=Source.GENERAL_PUBLIC, amount=Decimal(yuan))
    return written(basic("1.00"), estimates=(expected,))


amounts(
    "PRC002",
    passes=expecting("10000.00"),
    fails=expecting("1000.00"),
    within=expecting("10000"),
    beyond=expecting("10000.01"),
    missing=written(basic("1.00")),
)

# ---- carried over to next year


def keeping(earned: str, spent: str = "6.00") -> Make:
    """Return 1.00 kept for next year of 7.00 for one function, its income and uses typed anew."""

    def make() -> Subject:
        kept = other_use("1.00", Nature.CARRYOVER_OUT, Source.GENERAL_PUBLIC)
        document = a_subject(a_book(basic("6.00"), project("4.00"), kept)).document
        document = retyped(document, "revenue/2010301/total", earned)
        return a_subject(retyped(document, "spending/2010301/total", spent))

    return make


amounts(
    "BAL005",
    passes=keeping("7.00"),
    fails=keeping("7.00", "9.00"),
    within=lambda: replace(keeping("7.01")(), is_exact=False),
    beyond=keeping("7.01"),
    missing=lambda: a_subject(without_table(keeping("7.00")().document, "revenue")),
)

for number in range(3, 12):
    waiting(f"PRC{number:03}", missing=beside_the_sample)
