"""The compose file starts a database, its migrations and the site, in that order."""

from typing import Any

import pytest
import yaml
from django.conf import settings

Service = dict[str, Any]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The parsed docker-compose.yml."""
    text = (settings.BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8")
    parsed = yaml.safe_load(text)
    assert isinstance(parsed, dict)
    return parsed


def test_there_are_three_services(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"db", "migrate", "web"}


@pytest.mark.parametrize("name", ["db", "web"])
def test_what_keeps_running_says_whether_it_is_well(compose: dict[str, Any], name: str) -> None:
    check = compose["services"][name]["healthcheck"]
    assert check["test"]
    assert {"interval", "timeout", "retries"} <= set(check)


def test_the_migrations_run_once_and_only_on_a_database_that_is_well(
    compose: dict[str, Any],
) -> None:
    migrate = compose["services"]["migrate"]
    assert migrate["restart"] == "no"
    assert "manage.py migrate" in migrate["command"]
    assert migrate["depends_on"]["db"]["condition"] == "service_healthy"


def test_the_site_waits_for_the_migrations(compose: dict[str, Any]) -> None:
    waits = compose["services"]["web"]["depends_on"]
    assert waits["migrate"]["condition"] == "service_completed_successfully"


def test_data_and_releases_live_in_named_volumes(compose: dict[str, Any]) -> None:
    mounted = {
        name: service["volumes"][0].split(":")
        for name, service in compose["services"].items()
        if "volumes" in service
    }
    assert {name: volume for name, (volume, _) in mounted.items()} == {
        "db": "database",
        "web": "releases",
    }
    assert set(compose["volumes"]) == {"database", "releases"}
    assert mounted["web"][1] == compose["services"]["web"]["environment"]["MEDIA_ROOT"]


def test_no_secret_stands_in_the_file(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
            assert service["environment"].get(name, "${").startswith("${")


def test_the_image_holds_what_pdf_needs() -> None:
    dockerfile = (settings.BASE_DIR / "Dockerfile").read_text(encoding="utf-8")
    for package in ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"):
        assert package in dockerfile
    assert "python -m scripts.fonts build" in dockerfile
    assert "--require-hashes -r requirements.lock" in dockerfile
    assert "USER site" in dockerfile
