"""The schema is true: what it promises of every answer holds, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache as stored
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings, strategies
from jsonschema import Draft202012Validator
from schemathesis import Config, GenerationMode

from budget.api.schema import schema
from budget.document import Disclosure, Figure, Paragraph
from budget.tests.samples import sample_disclosure
from budget.tests.shelved import a_document, a_file, a_release
from budget.tests.stored import a_function, a_year
from budget.tests.withdrawing import seal, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

ROOT = Path(__file__).resolve().parents[2]
FEW = 4
"""Cases of each operation and kind: 13 × 2 × 4 = 104."""
MANY = 60
"""13 × 2 × 60 = 1,560."""
SOME = {
    "code": ("157", "205", "301"),
    "year": (2023, 2022),
    "version": ("latest", "v1", "v2", "v9"),
    "table": ("summary", "nothing"),
    "row": ("total", "r1"),
    "column": ("code", "total"),
    "paragraph": ("revenue-budget", "mandate.1"),
    "key": ("revenue_total", "nothing"),
}
"""Names that there are, and some that there are not, in any combination."""


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keep the application's own requests from closing the connection that the test holds."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def _shelf(_one_connection: None, settings: Any) -> None:
    """Put on the shelf the sample, a corrected document, a withdrawn and a sealed one."""
    settings.API_PER_MINUTE = 0
    stored.clear()
    a_year(2023)
    a_function("201", "一般公共服务支出")
    a_file(a_release(sample_disclosure()), "pdf", b"%PDF-")
    a_release(a_document(code="205", year=2022))
    a_release(a_document(code="205", year=2022, name="改后"), number=2)
    withdraw(a_release(a_document(code="301")))
    seal(a_release(a_document(code="301", year=2022)))


@cache
def described() -> Any:
    """Return the schema as the tool reads it, over our own application."""
    # The tool does not know that 410 is a good answer to a good question.
    accepted = ["2xx", "3xx", "404", "410"]
    config = Config.from_dict(
        {"checks": {"positive_data_acceptance": {"expected-statuses": accepted}}}
    )
    application = get_wsgi_application()
    return schemathesis.openapi.from_wsgi("/api/v1/schema", app=application, config=config)


def run(cases: int, mode: GenerationMode) -> dict[int, int]:
    """Ask every address so many times; return how often which status came back.

    Each answer is held against the schema: no 5xx, no status, type or object that is not there.
    """
    statuses: dict[int, int] = {}
    for found in described().get_all_operations():
        for status, times in _asked(found.ok(), cases, mode).items():
            statuses[status] = statuses.get(status, 0) + times
    return statuses


def _asked(operation: Any, cases: int, mode: GenerationMode) -> dict[int, int]:
    statuses: dict[int, int] = {}

    @settings(
        max_examples=cases,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(data=strategies.data())
    def ask(data: Any) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if mode is GenerationMode.POSITIVE:
            data.draw(strategies.sampled_from((_leave, _name_some, _name_one)))(case, data)
        answer = case.call_and_validate()
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1

    ask()
    return statuses


def _leave(case: Any, data: Any) -> None:
    """Leave a case as it was made up."""


def _name_some(case: Any, data: Any) -> None:
    """Let a case ask for something that may be there."""
    for name in case.path_parameters or ():
        case.path_parameters[name] = data.draw(strategies.sampled_from(SOME[name]))


def _name_one(case: Any, data: Any) -> None:
    """Let a case ask for something of the sample that is there, where it names anything."""
    document = sample_disclosure()
    cells = [address for table in document.tables for address in table.cells]
    told = figures(document)
    table, row, column = data.draw(strategies.sampled_from(cells)).split("/")
    paragraph, key = data.draw(strategies.sampled_from(told)).split("/")
    there = {"code": "157", "year": 2023, "version": "v1", "table": table, "row": row}
    there |= {"column": column, "paragraph": paragraph, "key": key}
    for name in case.path_parameters or ():
        case.path_parameters[name] = there[name]
    if "year" in (case.query or {}):
        case.query["year"] = 2023


def figures(document: Disclosure) -> list[str]:
    """Return the addresses of the figures in a document's sentences."""
    return [
        run.address
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for run in block.text
        if isinstance(run, Figure)
    ]


@pytest.mark.usefixtures("_shelf")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_asked_the_answer_is_one_of_the_schema(mode: GenerationMode) -> None:
    statuses = run(FEW, mode)
    assert max(statuses) < 500


@pytest.mark.long
@pytest.mark.usefixtures("_shelf")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_at_length_too(mode: GenerationMode) -> None:
    statuses = run(MANY, mode)
    print(f"{mode.value}: {sum(statuses.values())} cases, {dict(sorted(statuses.items()))}")
    assert max(statuses) < 500
    assert sum(statuses.values()) >= 13 * MANY
    if mode is GenerationMode.POSITIVE:
        assert {200, 404, 410} <= set(statuses)


# ---- nothing that the schema does not name


def closed(shape: Any) -> Any:
    """Return a schema that lets no object have a key which it does not name."""
    if isinstance(shape, list):
        return [closed(each) for each in shape]
    if not isinstance(shape, dict):
        return shape
    inside = {key: closed(value) for key, value in shape.items()}
    return {**inside, "additionalProperties": False} if "properties" in shape else inside


def shape_of(operation: str) -> Draft202012Validator:
    """Return what checks the answers of an operation."""
    [get] = [
        path["get"]
        for path in schema()["paths"].values()
        if path["get"]["operationId"] == operation
    ]
    answer = get["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator(closed({**answer, "components": schema()["components"]}))


@pytest.mark.usefixtures("_shelf")
@pytest.mark.parametrize(
    ("operation", "address"),
    [
        ("departments", "departments"),
        ("releases", "releases"),
        ("codes", "codes?year=2023&scheme=function"),
        ("versions", "releases/205/2022/versions"),
        ("versions", "releases/301/2023/versions"),
        ("release", "releases/157/2023/latest"),
        ("tables", "releases/157/2023/latest/tables"),
        ("table", "releases/157/2023/latest/tables/project-goals"),
        ("cell", "releases/157/2023/latest/cells/summary/basic_spending/spending"),
        ("paragraphs", "releases/157/2023/latest/paragraphs"),
        ("paragraph", "releases/157/2023/latest/paragraphs/revenue-budget"),
        ("figures", "releases/157/2023/latest/figures"),
        ("figure", "releases/157/2023/latest/figures/revenue-budget/revenue_total"),
        ("charts", "releases/157/2023/latest/charts"),
    ],
)
def test_an_answer_has_the_keys_of_its_shape_and_no_others(
    client: Client, operation: str, address: str
) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200
    shape_of(operation).validate(response.json())


def test_the_schema_is_sound_and_comes_from_the_program_alone(client: Client) -> None:
    response = client.get("/api/v1/schema")
    assert response.json() == schema()
    assert response.json()["openapi"] == "3.1.0"
    tag = response.headers["ETag"]
    assert client.get("/api/v1/schema", headers={"If-None-Match": tag}).status_code == 304
    for shape in schema()["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


# ---- the descriptions for people


def test_the_page_describes_every_address_and_every_key(client: Client) -> None:
    shown = client.get("/api/v1/docs/").content.decode()
    for path, told in schema()["paths"].items():
        assert f"<code>GET {path}</code>" in shown
        assert f'id="{told["get"]["operationId"]}"' in shown
    for shape in schema()["components"]["schemas"].values():
        for key in shape["properties"]:
            assert f"<code>{key}</code>" in shown
    assert "<script" not in shown
    assert "style=" not in shown


def test_the_guide_names_every_address() -> None:
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path in schema()["paths"]:
        assert f"`{path}`" in guide
