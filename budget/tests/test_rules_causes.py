"""One cause, one finding: the figure that is wrong is named, or the sum where nobody can know."""

from __future__ import annotations

from functools import reduce

import pytest

from budget.document import CellKind, Disclosure
from budget.edition import EDITIONS
from budget.imports.sample_files import read_sample
from budget.rules.checking import Found, check
from budget.rules.finding import Fix
from budget.terms import Severity
from budget.tests.altering import multiplied, resaid, retyped, with_table
from budget.tests.books import a_book, basic
from budget.tests.cases_of_books import CODES
from budget.tests.judging import a_subject
from budget.tests.samples import CODES as CODE_LISTS
from budget.tests.samples import FIXTURES, declared, sample_disclosure
from budget.tests.workbooks import Change, changed, put, read, report_on

BASIC = "general-public-basic"


def told(document: Disclosure, clean: Disclosure | None = None) -> list[Found]:
    """Return what is told of a document and not of the one that it was made from."""
    known = {_identity(each) for each in check(a_subject(clean or sample_disclosure())).found}
    return [each for each in check(a_subject(document)).found if _identity(each) not in known]


def told_of_workbook(*changes: Change) -> list[Found]:
    """Return what is told of the sample's workbook after changes, and not without them."""

    def change(book: object) -> None:
        for each in changes:
            each(book)  # type: ignore[arg-type]

    clean = {_identity(each) for each in report_on(read(changed(lambda book: None))).found}
    found = report_on(read(changed(change))).found
    return [each for each in found if _identity(each) not in clean]


def without(sheet: int, row: int) -> Change:
    """Return the change that takes a row out of a sheet."""
    return lambda book: book.worksheets[sheet - 1].delete_rows(row)


def _identity(found: Found) -> tuple[str, str, str]:
    finding = found.finding
    right = finding.right.address if finding.right else ""
    return (found.rule.code, finding.left.address or finding.left.text, right)


def invented(edition: str = "changsha-2023") -> Disclosure:
    """Return the document of an invented department of several units and funds."""
    declared()
    sample = read_sample(FIXTURES / "sample" / "501-2026", CODE_LISTS)
    return a_subject(sample.book, EDITIONS[edition], remarks=sample.remarks).document


def exchanged(document: Disclosure, table: str, first: str, second: str) -> Disclosure:
    """Return a document in which two rows of a table have each other's amounts."""
    other = {first: second, second: first}
    cells = document.tables_by_code[table].cells
    for address, cell in cells.items():
        _, row, column = address.split("/")
        if row in other and cell.kind is CellKind.AMOUNT:
            document = retyped(document, address, cells[f"{table}/{other[row]}/{column}"].text)
    return document


def typed(document: Disclosure, **cells: str) -> Disclosure:
    """Return a document with cells of the table of spending typed anew: row and column."""
    places = {f"spending/{key.replace('__', '/')[1:]}": text for key, text in cells.items()}
    return reduce(lambda made, each: retyped(made, *each), places.items(), document)


class TestSumsOfRows:
    """合计 and the rows below it: 301 is 536.96, 30101 基本工资 76.93, 30309 奖励金 0.14."""

    def test_a_row_that_was_taken_out_is_told_of_the_sum(self) -> None:
        [sums, share] = told_of_workbook(without(6, 7))
        finding = sums.finding
        assert sums.rule.code == "FOT002"
        assert finding.where[0] == f"{BASIC}/301/total"
        assert f"{BASIC}/301/personnel" in finding.where
        assert finding.left.text == "536.96"
        # 536.96 − 76.93
        assert finding.right is not None
        assert (finding.right.text, finding.difference) == ("460.03", "76.93")
        assert finding.advice == "合计与其下各行之和不符：合计或其下某一行有误，或缺少一行"
        assert finding.fix is None
        # 36.75 / (61.51 + 127.91) = 19.40 %: the share of what is left of wages is still told.
        assert (share.rule.code, share.severity) == ("PLA004", Severity.NOTICE)

    def test_a_row_that_was_changed_throughout_is_told_of_the_sum(self) -> None:
        [found] = told_of_workbook(put(6, "C36", 1.14), put(6, "D36", 1.14))
        assert found.finding.where[0] == f"{BASIC}/303/total"
        assert found.finding.difference == "1.00"
        assert found.finding.advice.endswith("或多出一行")
        assert found.finding.fix is None

    def test_a_row_of_which_one_cell_was_changed_is_named(self) -> None:
        [found] = told(retyped(sample_disclosure(), f"{BASIC}/30309/total", "1.14"))
        assert found.finding.fix == Fix(f"{BASIC}/30309/total", "0.14")

    def test_a_row_that_alone_can_be_too_much_is_named(self) -> None:
        # 769,300 for 76.93: any other row would have to be less than nothing.
        [found] = told_of_workbook(put(6, "C7", 769300), put(6, "D7", 769300))
        assert found.finding.where[:2] == (f"{BASIC}/30101/total", f"{BASIC}/30101/personnel")

    def test_a_row_that_also_exceeds_its_limit_is_named(self) -> None:
        # “三公” has 9.00 for running vehicles, their basic spending alone cannot be 19.00.
        [found] = told_of_workbook(put(6, "C31", 19), put(6, "E31", 19))
        assert found.finding.where[0] == f"{BASIC}/30231/total"
        assert found.also == ("TPB001",)

    def test_a_class_that_was_changed_throughout_is_named(self) -> None:
        # Its own rows and the 合计 say 536.96.
        [found] = told_of_workbook(put(6, "C6", 546.96), put(6, "D6", 546.96))
        assert found.finding.where[0] == f"{BASIC}/301/total"

    def test_a_missing_row_that_another_table_has_is_told(self) -> None:
        [found] = told_of_workbook(without(3, 10))
        assert found.finding.where[0] == "spending/20103/total"
        assert found.finding.advice == (
            "可能缺少一行：部门收入总表“一般行政管理事务”合计为904.71万元，与差额相同"
        )


class TestRows:
    """行政运行 656.38, all of it basic; 一般行政管理事务 904.71, all of it for projects."""

    def test_a_row_that_other_tables_state_otherwise_is_one_finding(self) -> None:
        document = typed(sample_disclosure(), _2010301__total="666.38", _2010301__basic="666.38")
        [found] = told(document)
        assert set(found.finding.where[:2]) == {"spending/2010301/total", "spending/2010301/basic"}

    def test_an_amount_in_the_wrong_column_is_one_finding(self) -> None:
        document = typed(sample_disclosure(), _2010301__basic="", _2010301__project="656.38")
        [found] = told(document)
        assert {"spending/2010301/basic", "spending/2010301/project"} <= set(found.finding.where)

    def test_two_rows_exchanged_are_one_finding_that_says_so(self) -> None:
        document = typed(
            sample_disclosure(),
            _2010301__total="904.71",
            _2010301__basic="",
            _2010301__project="904.71",
            _2010302__total="656.38",
            _2010302__basic="656.38",
            _2010302__project="",
        )
        [found] = told(document)
        assert {"spending/2010301/total", "spending/2010302/total"} <= set(found.finding.where)
        assert found.finding.advice.endswith("是否互换")
        assert found.finding.fix is None


class TestOneTableAgainstOthers:
    """A department of five units: 2070101 has 907.08, 2080502 3.47, 2080505 186.25."""

    def test_a_row_carried_through_one_table_is_one_finding_that_names_it(self) -> None:
        document = typed(
            invented(),
            _2070101__total="917.08",
            _20701__total="1,871.61",
            _207__total="2,204.10",
            _total__total="3,164.72",
        )
        columns = typed(
            document, _2070101__basic="917.08", _20701__basic="1,369.11", _207__basic="1,563.39"
        )
        [found] = told(retyped(columns, "spending/total/basic", "2,184.74"), invented())
        assert found.finding.where[0] == "spending/2070101/total"
        # 917.08 − 907.08
        assert found.finding.difference == "10.00"
        assert {found.rule.code, *found.also} == {"AGR001", "AGR002", "BAL003"}

    @pytest.mark.parametrize(
        ("edition", "table", "first", "second"),
        [
            ("changsha-2023", "spending", "2080502", "2080505"),
            ("changsha-2023", "general-public-spending", "2101101", "2101102"),
            ("national-2016", "spending", "2210201", "2210203"),
            ("shanghai-district-2026", "spending-by-nature", "2210201", "2210203"),
            ("shanghai-district-2026", "revenue-by-source", "2080505", "2080506"),
            ("shanghai-district-2026", "revenue-by-source", "2070101", "2070104"),
        ],
    )
    def test_two_rows_exchanged_in_one_table_are_one_finding(
        self, edition: str, table: str, first: str, second: str
    ) -> None:
        clean = invented(edition)
        document = exchanged(clean, table, first, second)
        [found] = told(document, clean)
        rows = {address.rpartition("/")[0] for address in found.finding.where}
        assert rows & {f"{table}/{first}", f"{table}/{second}"}

    def test_three_publics_that_text_and_basic_spending_contradict_are_one_finding(self) -> None:
        document = sample_disclosure()
        for column, text in (("vehicle_running", "8.00"), ("vehicles", "8.00"), ("total", "9.66")):
            for row in ("157001", "total"):
                document = retyped(document, f"three-publics/{row}/{column}", text)
        [found] = told(document)
        assert {found.rule.code, *found.also} >= {"AGR002", "TPB001"}

    def test_what_should_stand_is_not_taken_from_a_rounded_figure(self) -> None:
        clean = invented("shanghai-district-2026")
        [found] = told(exchanged(clean, "revenue-by-source", "2080505", "2080506"), clean)
        assert found.finding.fix is None


class TestNamedCauses:
    """What has a name wins over the sums that it breaks."""

    def test_money_on_a_section_with_items_below_is_one_finding(self) -> None:
        book = a_book(basic("1.00"), basic("2.00", function="20103"), catalogue=CODES)
        errors = [each for each in check(a_subject(book)).found if each.severity is Severity.ERROR]
        sums = [each for each in errors if each.rule.code != "CLS002"]
        [found] = [each for each in errors if each.rule.code == "CLS002"]
        assert [each.rule.code for each in sums if "FOT002" in (each.rule.code, *each.also)] == []
        assert "FOT002" in found.also
        assert found.finding.fix is None

    def test_a_negative_amount_is_told_as_such(self) -> None:
        [found] = told(retyped(sample_disclosure(), "spending/2010302/project", "-904.71"))
        assert found.rule.code == "PLA001"
        assert found.finding.fix == Fix("spending/2010302/project", "904.71")


FILLED = (
    "summary",
    "revenue",
    "spending",
    "appropriation-summary",
    "general-public-spending",
    "general-public-basic",
    "three-publics",
    "government-fund-spending",
    "project-goals",
    "overall-goals",
)


class TestWholeTables:
    """A table in another unit, or a multiple of what all others state."""

    @pytest.mark.parametrize(
        ("table", "factor", "told_so"),
        [(table, "10000", "10,000 倍") for table in FILLED]
        # Of the economic classification only the total stands elsewhere: it may as well be one
        # row that was changed with all its sums.
        + [(table, "1.5", "1.5 倍") for table in FILLED if table != BASIC],
    )
    def test_a_table_that_is_a_multiple_is_one_error(
        self, table: str, factor: str, told_so: str
    ) -> None:
        clean = invented()
        found = [
            each
            for each in told(multiplied(clean, table, factor), clean)
            if each.severity is Severity.ERROR
        ]
        assert [each.rule.code for each in found] == ["AGR003"]
        assert found[0].finding.where[0] == f"{table}/unit"
        assert found[0].finding.remark == f"整张表都是其他各处的{told_so}"

    @pytest.mark.parametrize(
        "table",
        [
            *("accounts-by-function", "revenue-by-source", "spending-by-nature"),
            *("appropriation-accounts", "general-public-spending"),
        ],
    )
    def test_a_table_rounded_to_another_unit_is_one_error(self, table: str) -> None:
        # 31,547,178.71 元 typed as 3,154.72: what was rounded away is no second error.
        clean = invented("shanghai-district-2026")
        found = told(multiplied(clean, table, "0.0001"), clean)
        assert [each.rule.code for each in found] == ["AGR003"]
        assert found[0].finding.where[0] == f"{table}/unit"
        assert found[0].finding.remark == "整张表都是其他各处的1/10,000"

    def test_what_else_is_wrong_in_it_is_still_named(self) -> None:
        document = multiplied(sample_disclosure(), "spending", "10000")
        found = told(retyped(document, "spending/2010301/basic", "6,663,800.00"))
        assert [each.rule.code for each in found] == ["FOT001", "AGR003"] or [
            each.rule.code for each in found
        ] == ["AGR003", "FOT001"]
        assert {each.finding.where[0] for each in found} == {
            "spending/unit",
            "spending/2010301/basic",
        }

    def test_one_amount_of_a_table_is_no_table(self) -> None:
        [found] = told(retyped(sample_disclosure(), f"{BASIC}/total/total", "6,563,800.00"))
        assert found.finding.fix == Fix(f"{BASIC}/total/total", "656.38")

    def test_a_head_in_another_unit_is_one_finding(self) -> None:
        document = with_table(sample_disclosure(), "spending", unit="元", unit_exponent=0)
        [found] = told(document)
        assert (found.rule.code, found.also) == ("HED001", ("AGR003",))


class TestDirections:
    """A flipped word, and what else follows from it."""

    @pytest.mark.parametrize(
        "place",
        [
            "revenue-budget/revenue_total",
            "spending-budget/spending_total",
            "agency-operating-costs/agency_operating_costs",
        ],
    )
    def test_a_flipped_word_is_one_finding(self, place: str) -> None:
        [found] = told(resaid(sample_disclosure(), f"{place}.direction", "减少"))
        assert found.rule.code == "CHG001"
        assert found.finding.fix == Fix(f"{place}.direction", "增加")

    def test_a_change_that_the_other_side_states_right_is_mended(self) -> None:
        place = "revenue-budget/revenue_total.change"
        [found] = told(resaid(sample_disclosure(), place, "126.77"))
        assert found.finding.where[0] == place
        assert found.finding.fix == Fix(place, "162.77")
        assert found.also == ("CHG006",)

    def test_amount_or_rate_is_not_guessed_where_neither_is_told_twice(self) -> None:
        place = "agency-operating-costs/agency_operating_costs"
        [found] = told(resaid(sample_disclosure(), f"{place}.percent", "11.64"))
        assert found.finding.where[0] == f"{place}.percent"
        assert found.finding.fix is None
