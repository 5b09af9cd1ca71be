"""Many documents at once: in order, the same bytes, errors reported."""

from __future__ import annotations

import gc

import pytest

from budget.config.packages import PACKAGES
from budget.registry import discover
from budget.render.batch import render_many
from budget.render.paper.book import render_pdf
from budget.render.paper.collector import paused
from budget.render.paper.errors import MissingGlyph
from budget.tests.documents import a_disclosure, a_table

discover(PACKAGES)


def test_documents_come_in_order_with_the_bytes_of_single_ones() -> None:
    asked = [a_disclosure(year=year, tables=(a_table(),)) for year in (2021, 2022, 2023)]
    assert list(render_many(asked, workers=2)) == [render_pdf(each) for each in asked]


def test_nothing_asked_is_nothing_made() -> None:
    assert list(render_many([])) == []


def test_a_document_that_cannot_be_written_stops_the_batch_with_its_reason() -> None:
    good = a_disclosure(tables=(a_table(),))
    bad = a_disclosure(tables=(a_table(),), contents_note="注：𓂀")
    with pytest.raises(MissingGlyph, match="𓂀"):
        list(render_many([good, bad]))


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    with paused():
        assert not gc.isenabled()
        with paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
