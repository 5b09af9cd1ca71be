"""What a conversion lost of the sample: marked in the document and in its workbook, not judged."""

from __future__ import annotations

import io
from collections import Counter

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from budget.canonical import disclosure_content, read_disclosure
from budget.document import Disclosure, Loss
from budget.render.findings.view import view
from budget.rules.checking import Report, check
from budget.tests.judging import a_subject
from budget.tests.samples import sample, sample_book, sample_disclosure
from budget.tests.workbooks import changed, read, report_on, report_on_tables, xlsx_of

GOALS, GOALS_IN_YUAN = "9 项目支出绩效目标表", "9(元) 项目支出绩效目标表"
OVERALL = "10 部门整体支出绩效目标表"


def losses(document: Disclosure) -> list[tuple[str, str, Loss]]:
    """Return, in order, the tables and columns in which something was lost, and what."""
    return [
        (table.code, cell.key, cell.loss)
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if cell.loss is not Loss.NONE and not cell.is_covered
    ]


def told(report: Report, document: Disclosure) -> Counter[tuple[str, str]]:
    return Counter((item.code, item.statement) for item in view(report, document).items)


def test_the_sample_marks_25_texts_and_two_projects() -> None:
    found = losses(sample_disclosure())
    # fixtures: 10 fields of 4 indicators of projects, 15 of 8 of the overall goal; rows are
    # missing of the first and the second project.
    assert Counter(loss for _, _, loss in found) == {Loss.TEXT: 25, Loss.ROWS: 2}
    assert [place for *place, loss in found if loss is Loss.ROWS] == [["project-goals", "name"]] * 2


def test_a_frozen_document_keeps_them() -> None:
    document = sample_disclosure()
    assert losses(read_disclosure(disclosure_content(document))) == losses(document)


def test_a_document_without_losses_is_frozen_without_a_word_of_them() -> None:
    assert b'"loss"' in disclosure_content(sample_disclosure())
    whole = read(without_comments(xlsx_of(sample_disclosure()))).document
    assert b'"loss"' not in disclosure_content(whole)


def without_comments(content: bytes) -> bytes:
    def clear(book: Workbook) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if getattr(cell, "comment", None):
                        cell.comment = None

    return changed(clear, content)


def test_readers_of_the_workbook_see_them_as_comments_in_both_copies() -> None:
    book = load_workbook(io.BytesIO(xlsx_of(sample_disclosure())))
    for name in (GOALS, GOALS_IN_YUAN):
        comment = book[name]["B15"].comment
        assert comment is not None
        assert comment.text == "转换说明：其下有的行在转换中缺失，未作核对。"
    comment = book[OVERALL]["O6"].comment
    assert comment is not None
    assert comment.text == "转换说明：此格文字在转换中残缺，未作核对。"


def test_the_workbook_is_read_back_with_them() -> None:
    content = xlsx_of(sample_disclosure())
    assert losses(read(content).document) == losses(sample_disclosure())


def test_the_samples_workbook_checks_as_its_tables_and_as_the_sample() -> None:
    found = read(xlsx_of(sample_disclosure()))
    from_file = told(report_on(found), found.document)
    assert from_file == told(report_on_tables(sample_disclosure()), sample_disclosure())

    subject = a_subject(sample_book(), document=sample_disclosure(), remarks=sample().remarks)
    from_book = told(check(subject), subject.document)
    assert on_goals(from_file) == on_goals(from_book)
    # The cut projects are not said to lack what was lost of them.
    assert not {code for code, _ in from_file} & {"PRF001", "PRF006"}


def on_goals(found: Counter[tuple[str, str]]) -> dict[tuple[str, str], int]:
    return {each: count for each, count in found.items() if each[0].startswith("PRF")}


def test_what_is_restored_is_judged_once_its_comment_is_gone() -> None:
    found = read(without_comments(changed(lambda book: None)))
    assert losses(found.document) == []
    assert {"PRF001", "PRF006"} <= {each.rule.code for each in report_on(found).found}


def test_a_comment_of_somebody_else_is_no_loss() -> None:
    def comment(book: Workbook) -> None:
        book[GOALS]["B15"].comment = Comment("请核对", "张某")

    found = read(changed(comment))
    assert Counter(loss for _, _, loss in losses(found.document)) == {Loss.TEXT: 25, Loss.ROWS: 1}
