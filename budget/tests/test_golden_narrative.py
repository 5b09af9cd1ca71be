"""Cover, contents, headings and sentences say what was published, figure by figure."""

from collections.abc import Iterator

import pytest

from budget.document import Figure, FigureKind, Paragraph
from budget.tests.expected import (
    ExpectedParagraph,
    expected_narrative,
    expected_paragraphs,
    tight,
)
from budget.tests.samples import sample_disclosure

EXPECTED = expected_narrative()


def paragraphs() -> Iterator[Paragraph]:
    for section in sample_disclosure().sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block


def spoken(paragraph: Paragraph) -> str:
    said = "".join(one if isinstance(one, str) else one.text for one in paragraph.text)
    return tight(paragraph.lead + said)


def test_the_narrative_says_exactly_what_was_published() -> None:
    printed = "".join(spoken(paragraph) for paragraph in paragraphs())
    assert printed == "".join(one.text for one in expected_paragraphs())


@pytest.mark.parametrize("expected", expected_paragraphs(), ids=lambda one: one.text[:12])
def test_every_figure_of_a_sentence_is_as_published(expected: ExpectedParagraph) -> None:
    [paragraph] = [one for one in paragraphs() if expected.text in spoken(one)]
    figures = [
        (one.kind.value, one.text.removesuffix("%").removesuffix(one.unit))
        for one in paragraph.text
        if isinstance(one, Figure)
    ]
    if not expected.figures:
        assert [kind for kind, _ in figures if kind != FigureKind.COUNT] == []
    else:
        assert figures == list(expected.figures)


def test_the_cover_is_as_published() -> None:
    assert [tight(line) for line in sample_disclosure().cover] == EXPECTED["cover"]


def test_contents_list_the_sections_as_published() -> None:
    listed = [one.contents_title for one in sample_disclosure().sections if one.level == 2]
    assert listed == EXPECTED["contents"]


def test_headings_are_as_published() -> None:
    assert [one.title for one in sample_disclosure().sections] == EXPECTED["headings"]


def test_the_parts_have_one_title_in_the_contents_and_another_above_the_text() -> None:
    heads = [[tight(part.contents_title), tight(part.title)] for part in sample_disclosure().parts]
    assert heads == [EXPECTED["narrative_heads"], EXPECTED["tables_heads"]]


def test_contents_heading_and_note_are_as_published() -> None:
    disclosure = sample_disclosure()
    assert tight(disclosure.contents_heading) == EXPECTED["contents_heading"]
    assert tight(disclosure.contents_note) == EXPECTED["contents_note"]


def test_charts_show_the_published_slices() -> None:
    shown = [
        {
            "title": chart.title,
            "slices": [
                [one.label, one.amount_text, one.share_text.removesuffix("%")]
                for one in chart.slices
            ],
        }
        for chart in sample_disclosure().charts
    ]
    assert shown == EXPECTED["charts"]


def test_the_unit_of_a_one_unit_department_prints_the_same_figures() -> None:
    department, unit = sample_disclosure(), sample_disclosure("157001")
    assert unit.code == "157001"
    for whole, own in zip(department.tables, unit.tables, strict=True):
        assert [[cell.text for cell in row.cells] for row in own.rows] == [
            [cell.text for cell in row.cells] for row in whole.rows
        ]
