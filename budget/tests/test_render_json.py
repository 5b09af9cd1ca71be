"""JSON files against their schema, and field by field."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from budget.document import Disclosure, Table
from budget.render.json import render
from budget.tests.printed import (
    a_printed_document,
    a_printed_table,
    a_section,
    amount,
    code,
    word,
)

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "disclosure.schema.json"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def a_table() -> Table:
    return a_printed_table(
        (code(""), word("合计"), amount("1,561.09")),
        (code("201"), word("一般公共服务支出", rowspan=2), amount("")),
        (code("202"), word("一般公共服务支出", rowspan=0), amount("-0.50")),
    )


def a_document() -> Disclosure:
    return a_printed_document(a_table(), sections=(a_section(),))


def source(document: Disclosure, tables: tuple[Table, ...] | None = None) -> bytes:
    [content] = render(document, tables).values()
    return content


def data(document: Disclosure, tables: tuple[Table, ...] | None = None) -> Any:
    return json.loads(source(document, tables))


def test_the_file_is_named_after_code_and_year() -> None:
    assert list(render(a_document())) == ["157-2023.json"]


def test_the_document_keeps_the_schema(validator: Draft202012Validator) -> None:
    validator.validate(data(a_document()))


def test_one_table_alone_keeps_the_schema_and_has_no_sentences(
    validator: Draft202012Validator,
) -> None:
    document = a_document()
    alone = data(document, document.tables)
    validator.validate(alone)
    assert (alone["extent"], [part["sections"] for part in alone["parts"]]) == ("tables", [[], []])
    assert alone["parts"][1]["tables"] == data(document)["parts"][1]["tables"]
    assert list(render(document, document.tables)) == ["157-2023-03-spending.json"]


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("year",), "2023"),
        (("scope",), "city"),
        (("parts", 1, "tables", 0, "rows", 0, "cells", 2, "number"), 1561.09),
        (("parts", 1, "tables", 0, "rows", 0, "cells", 2, "number"), "1,561.09"),
        (("parts", 1, "tables", 0, "rows", 0, "kind"), "row"),
        (("parts", 0, "sections", 0, "blocks", 0, "type"), "picture"),
        (("extent",), "tables"),
        (("ledger",), []),
    ],
)
def test_the_schema_refuses_what_is_not_a_disclosure(
    validator: Draft202012Validator, path: tuple[str | int, ...], wrong: object
) -> None:
    broken = data(a_document())
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = wrong
    with pytest.raises(ValidationError):
        validator.validate(broken)


def test_a_table_of_another_document_is_refused() -> None:
    with pytest.raises(KeyError, match="other"):
        source(a_document(), (a_printed_table(code="other"),))


def test_a_cell_has_address_text_number_and_unit() -> None:
    cell = data(a_document())["parts"][1]["tables"][0]["rows"][0]["cells"][2]
    assert cell == {
        "address": "spending/r1/total",
        "key": "total",
        "kind": "amount",
        "text": "1,561.09",
        "number": "1561.09",
        "unit": "万元",
        "rowspan": 1,
        "colspan": 1,
    }


def test_a_blank_amount_has_neither_number_nor_unit() -> None:
    cell = data(a_document())["parts"][1]["tables"][0]["rows"][1]["cells"][2]
    assert (cell["text"], cell["number"], cell["unit"]) == ("", None, "")


def test_a_covered_place_is_there_and_says_so() -> None:
    cell = data(a_document())["parts"][1]["tables"][0]["rows"][2]["cells"][1]
    assert (cell["text"], cell["rowspan"]) == ("一般公共服务支出", 0)


def test_a_sentence_is_words_and_figures_with_addresses() -> None:
    [paragraph, _] = data(a_document())["parts"][0]["sections"][0]["blocks"]
    assert paragraph["lead"] == "（一）收入预算："
    assert paragraph["runs"] == [
        "收入",
        {
            "address": "revenue-budget/revenue_total",
            "key": "revenue_total",
            "kind": "amount",
            "text": "1,561.09",
            "number": "1561.09",
            "unit": "万元",
        },
        "万元。",
    ]


def test_a_chart_is_data_without_its_picture() -> None:
    [_, chart] = data(a_document())["parts"][0]["sections"][0]["blocks"]
    assert chart["slices"][0] == {
        "key": "a",
        "label": "甲",
        "text": "3.00",
        "number": "3.00",
        "share_text": "75.00%",
        "share": "75.00",
    }
    assert b"<svg" not in source(a_document())


def test_a_huge_and_a_tiny_number_are_spelled_without_exponent() -> None:
    table = a_printed_table(
        (code("1"), word("甲"), amount("9,999,999,999,999.99")),
        (code("2"), word("乙"), amount("0.00000001")),
    )
    cells = [
        row["cells"][2] for row in data(a_printed_document(table))["parts"][1]["tables"][0]["rows"]
    ]
    assert [cell["number"] for cell in cells] == ["9999999999999.99", "0.00000001"]
    assert Decimal(cells[0]["number"]) == Decimal("9999999999999.99")


def test_chinese_is_written_as_such_and_the_bytes_are_stable() -> None:
    assert "一般公共服务支出".encode() in source(a_document())
    assert source(a_document()) == source(a_document())
    assert source(a_document()).endswith(b"}\n")
