"""What the interface answers is what the files and pages say: every cell and figure, by address."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.test import Client

from budget.document import Disclosure, Part, Table
from budget.render import html, json
from budget.tests.extracting import (
    Texts,
    cells_of_csv,
    cells_of_json,
    cells_of_xlsx,
    read_html,
)
from budget.tests.shelved import a_release
from budget.tests.test_formats_agree import DOCUMENTS, cells_as_printed

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture(params=["by hand", "the sample", "another edition"])
def document(request: pytest.FixtureRequest) -> Disclosure:
    return DOCUMENTS[request.param]()


@pytest.fixture
def base(document: Disclosure) -> str:
    """The address of the document's release."""
    a_release(document)
    return f"/api/v1/releases/{document.code}/{document.year}/latest"


def alone(document: Disclosure, table: Table) -> Disclosure:
    """Return a document of one table."""
    return replace(document, parts=(Part("tables", "", "", tables=(table,)),))


def test_every_cell_is_the_same_string_in_every_format_of_the_interface(
    client: Client, document: Disclosure, base: str
) -> None:
    expected = cells_as_printed(document)
    files: dict[str, bytes] = {}
    told: dict[str, tuple[str, str | None]] = {}
    printed: Texts = {}
    for table in document.tables:
        address = f"{base}/tables/{table.code}"
        told |= {
            cell["address"]: (cell["text"], cell["number"])
            for row in client.get(address).json()["table"]["rows"]
            for cell in row["cells"]
            if cell["address"] and cell["rowspan"] and cell["colspan"]
        }
        files[f"{table.code}.csv"] = client.get(f"{address}?format=csv").content
        workbook = client.get(f"{address}?format=xlsx").content
        printed |= cells_of_xlsx(workbook, alone(document, table))[0]
    [page] = html.render(document).values()
    [data] = json.render(document).values()
    assert {address: text for address, (text, _) in told.items()} == expected
    assert cells_of_csv(files, document) == expected
    assert printed == expected
    assert read_html(page).texts == cells_of_json(data) == expected
    numbers = {address: number for address, (_, number) in told.items() if number is not None}
    assert numbers
    for address, number in numbers.items():
        assert expected[address].replace(",", "") == number


def test_a_cell_asked_for_by_its_address_is_the_one_that_is_printed(
    client: Client, document: Disclosure, base: str
) -> None:
    expected = cells_as_printed(document)
    for address in list(expected)[::60]:
        told = client.get(f"{base}/cells/{address}").json()
        assert (told["address"], told["text"]) == (address, expected[address])


def test_every_figure_of_the_narrative_is_the_same_string_on_the_page_and_in_csv(
    client: Client, document: Disclosure, base: str
) -> None:
    [page] = html.render(document).values()
    told = client.get(f"{base}/figures").json()["results"]
    rows = csv.DictReader(
        io.StringIO(client.get(f"{base}/figures?format=csv").content.decode("utf-8-sig"))
    )
    expected = read_html(page).figures
    assert expected
    assert [each["text"] for each in told] == expected
    assert [row["所印文字"] for row in rows] == expected
    for each in told[::20]:
        assert client.get(each["url"]).json() == each


def test_every_sentence_is_the_one_of_the_json_file(
    client: Client, document: Disclosure, base: str
) -> None:
    told = client.get(f"{base}/paragraphs").json()["results"]
    expected = [
        (block["key"], block["runs"])
        for part in json.as_object(document)["parts"]
        for section in part["sections"]
        for block in section["blocks"]
        if block["type"] == "paragraph"
    ]
    assert [(each["key"], each["runs"]) for each in told] == expected
