"""The compose file: a database, its migrations, the site and its worker, in that order, and safe.

No engine runs here: the file is parsed, and what it names is held against the program.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from procrastinate import cli

from budget.config import env

Service = dict[str, Any]
OURS = ("migrate", "web", "worker", "backup")
OF_THE_QUEUE = {"procrastinate"}
"""Commands that are there on PostgreSQL alone."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The parsed docker-compose.yml."""
    text = (settings.BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8")
    parsed = yaml.safe_load(text)
    assert isinstance(parsed, dict)
    return parsed


@pytest.fixture(scope="module")
def dockerfile() -> str:
    """The text of the Dockerfile."""
    return (settings.BASE_DIR / "Dockerfile").read_text(encoding="utf-8")


def test_the_services_are_those(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"db", *OURS}
    assert compose["services"]["backup"]["profiles"] == ["backup"]


@pytest.mark.parametrize("name", ["db", "web", "worker"])
def test_what_keeps_running_says_whether_it_is_well(compose: dict[str, Any], name: str) -> None:
    check = compose["services"][name]["healthcheck"]
    assert check["test"]
    assert {"interval", "timeout", "retries"} <= set(check)
    assert compose["services"][name]["restart"] == "unless-stopped"


def test_the_health_of_the_site_is_asked_at_an_address_that_is_there(
    compose: dict[str, Any],
) -> None:
    [program] = [word for word in compose["services"]["web"]["healthcheck"]["test"] if "\n" in word]
    compile(program, "healthcheck", "exec")
    assert '"/readyz"' in program
    # The name under which it is asked for must be among those that the site answers to.
    assert compose["services"]["web"]["environment"]["ALLOWED_HOSTS"].endswith(",127.0.0.1")
    assert '"127.0.0.1"' in program


def test_the_migrations_run_once_and_only_on_a_database_that_is_well(
    compose: dict[str, Any],
) -> None:
    migrate = compose["services"]["migrate"]
    assert migrate["restart"] == "no"
    assert "manage.py migrate" in migrate["command"]
    assert migrate["depends_on"]["db"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", ["web", "worker"])
def test_site_and_worker_wait_for_the_migrations(compose: dict[str, Any], name: str) -> None:
    waits = compose["services"][name]["depends_on"]
    assert waits["migrate"]["condition"] == "service_completed_successfully"


def mounted(service: Service) -> dict[str, tuple[str, str]]:
    """Return place → volume and how it is mounted."""
    split = [f"{volume}:rw".split(":") for volume in service["volumes"]]
    return {place: (volume, how) for volume, place, how, *_ in split}


def test_data_and_files_live_in_named_volumes_where_the_site_looks_for_them(
    compose: dict[str, Any], dockerfile: str
) -> None:
    services = compose["services"]
    told = services["web"]["environment"]
    assert set(compose["volumes"]) == {"database", "releases", "inside", "backups"}
    for name in ("web", "worker", "migrate"):
        places = {place: volume for place, (volume, _) in mounted(services[name]).items()}
        assert places == {told["MEDIA_ROOT"]: "releases", told["INSIDE_ROOT"]: "inside"}
    backup = mounted(services["backup"])
    assert backup[told["BACKUP_ROOT"]] == ("backups", "rw")
    assert {backup[told[name]][1] for name in ("MEDIA_ROOT", "INSIDE_ROOT")} == {"ro"}
    for name in ("MEDIA_ROOT", "INSIDE_ROOT", "BACKUP_ROOT"):
        assert told[name].removeprefix("/app/") in dockerfile  # made there, the site's own


def test_secrets_come_from_files_and_none_has_a_default(compose: dict[str, Any]) -> None:
    assert {name: each["file"] for name, each in compose["secrets"].items()} == {
        "secret_key": "./secrets/secret_key",
        "database_password": "./secrets/database_password",
    }
    for name, service in compose["services"].items():
        told = service["environment"]
        secret = {each for each in told if re.search("PASSWORD(?!_DAYS)|SECRET|KEY|TOKEN", each)}
        assert secret, name
        for each in secret:
            assert each.endswith("_FILE"), each
            file = told[each]
            assert file.removeprefix("/run/secrets/") in service["secrets"]
        assert (
            "@db" not in told.get("DATABASE_URL", "")
            or ":" not in (told["DATABASE_URL"].partition("//")[2].partition("@")[0])
        )
        assert not any(word in told for word in ("POSTGRES_HOST_AUTH_METHOD", "DEBUG", "DEMO"))


@pytest.mark.parametrize("name", OURS)
def test_the_site_may_do_nothing_that_it_need_not(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert [each.partition(":")[0] for each in service["tmpfs"]] == [
        "/tmp",
        "/app/build/fonts/cache",
    ]
    assert "privileged" not in service
    assert "user" not in service  # the image's own, who is not root


def test_only_the_site_can_be_reached_from_outside(compose: dict[str, Any]) -> None:
    assert [name for name, each in compose["services"].items() if "ports" in each] == ["web"]


def commands(compose: dict[str, Any]) -> list[str]:
    """Return each command of manage.py that a service runs or is checked by."""
    said: list[str] = []
    for service in compose["services"].values():
        said.append(service.get("command", ""))
        said.append(" ".join(service.get("healthcheck", {}).get("test", ())))
    return [name for text in said for name in re.findall(r"manage\.py (\w+)", text)]


def test_every_command_that_is_named_is_there(compose: dict[str, Any]) -> None:
    named = commands(compose)
    assert {"migrate", "loadcodes", "procrastinate", "backup"} <= set(named)
    assert set(named) - OF_THE_QUEUE <= set(get_commands())
    # As manage.py reads them where the site is on PostgreSQL.
    parser = ArgumentParser()
    cli.add_arguments(parser, include_app=False, include_schema=False)
    worker = compose["services"]["worker"]
    for words in (worker["command"].split()[3:], worker["healthcheck"]["test"][4:]):
        assert parser.parse_args(words).func


def test_gunicorn_takes_its_settings_from_the_program(compose: dict[str, Any]) -> None:
    words = shlex.split(compose["services"]["web"]["command"])
    assert words[:2] == ["gunicorn", "-c"]
    done = subprocess.run(
        [sys.executable, "-m", *words, "--check-config"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": "sqlite:///build/none.sqlite3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_image_holds_what_the_site_needs(dockerfile: str) -> None:
    for package in (
        "libpango-1.0-0",
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
        "postgresql-client-15",
    ):
        assert package in dockerfile
    assert "python -m scripts.fonts build" in dockerfile
    assert "--require-hashes -r requirements.lock" in dockerfile


def test_the_site_runs_as_a_user_without_a_root_of_its_own(dockerfile: str) -> None:
    last = dockerfile.rpartition("\nFROM ")[2]
    assert last.index("USER site") < last.index("CMD")
    assert "--uid 10001" in last


def test_no_secret_and_no_database_gets_into_the_image() -> None:
    left_out = (settings.BASE_DIR / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".env", "secrets", "var", "db.sqlite3*", ".git"} <= set(left_out)


# ---- the settings that the file makes


def production(compose: dict[str, Any], folder: Path) -> dict[str, str]:
    """Return the environment of the service web, its secrets in files of ours."""
    told: dict[str, str] = dict(compose["services"]["web"]["environment"])
    words = {"secret_key": "k" * 20 + "-0123456789-" + "q" * 40, "database_password": "p@ss:w/rd"}
    for name, word in words.items():
        (folder / name).write_text(f"{word}\n")
        (folder / name).chmod(stat.S_IRUSR)
    filled = {
        name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(each)).replace("/run/secrets", str(folder))
        for name, each in told.items()
    }
    return {**filled, "MEDIA_ROOT": str(folder), "INSIDE_ROOT": str(folder)}


def test_the_password_of_the_database_reaches_the_site(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    told = env.environment(tmp_path, production(compose, tmp_path))
    database = env.database(told, tmp_path)
    assert (database["USER"], database["PASSWORD"]) == ("budget", "p@ss:w/rd")
    assert (database["HOST"], database["NAME"], database["PORT"]) == ("db", "budget", "5432")
    assert env.secret_key(told).startswith("kkkk")


def test_django_finds_nothing_to_complain_of_in_production(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    bare = {name: each for name, each in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={**bare, **production(compose, tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout
