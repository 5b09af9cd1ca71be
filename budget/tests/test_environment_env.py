"""The environment is read once, typed, and refused when it makes no sense."""

from pathlib import Path

import pytest

from budget.config.env import (
    BadEnvironment,
    database,
    dotenv,
    environment,
    flag,
    folder,
    secret_key,
    words,
)

BASE = Path("/srv/site")


def test_comments_and_blank_lines_of_the_file_say_nothing() -> None:
    assert dotenv("# a note\n\nDEBUG=1\n") == {"DEBUG": "1"}


def test_quotes_around_a_value_and_blanks_around_a_name_are_taken_off() -> None:
    assert dotenv(' SECRET_KEY = "a=b" \n') == {"SECRET_KEY": "a=b"}


@pytest.mark.parametrize("line", ["DEBUG", "export DEBUG=1", "=1"])
def test_a_line_of_another_form_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(BadEnvironment, match="第 2 行"):
        dotenv(f"# first\n{line}\n")


def test_the_process_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DEBUG=1\nPORT=9\n", encoding="utf-8")
    assert environment(tmp_path, {"DEBUG": "0"}) == {"DEBUG": "0", "PORT": "9"}


def test_without_a_file_the_process_speaks_alone(tmp_path: Path) -> None:
    assert environment(tmp_path, {"DEBUG": "0"}) == {"DEBUG": "0"}


@pytest.mark.parametrize(
    ("word", "meaning"), [("1", True), ("On", True), ("0", False), ("", False)]
)
def test_a_flag_understands_the_usual_words(word: str, meaning: bool) -> None:
    assert flag({"DEBUG": word}, "DEBUG") is meaning


def test_a_flag_that_is_not_set_is_off() -> None:
    assert flag({}, "DEBUG") is False


def test_another_word_for_a_flag_is_refused() -> None:
    with pytest.raises(BadEnvironment, match="DEBUG 只能是 1 或 0"):
        flag({"DEBUG": "maybe"}, "DEBUG")


def test_a_list_drops_blanks_and_falls_back_to_its_default() -> None:
    assert words({"HOSTS": " a , ,b"}, "HOSTS") == ["a", "b"]
    assert words({}, "HOSTS", "localhost") == ["localhost"]


@pytest.mark.parametrize("env", [{}, {"SECRET_KEY": "  "}])
def test_there_is_no_default_key(env: dict[str, str]) -> None:
    with pytest.raises(BadEnvironment, match="SECRET_KEY"):
        secret_key(env)


def test_a_relative_folder_is_refused() -> None:
    with pytest.raises(BadEnvironment, match="绝对路径"):
        folder({"MEDIA_ROOT": "var"}, "MEDIA_ROOT", BASE)
    assert folder({"MEDIA_ROOT": ""}, "MEDIA_ROOT", BASE) == BASE


def test_without_an_address_the_database_is_a_file_beside_manage_py() -> None:
    settings = database({}, BASE)
    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == "/srv/site/db.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:///a/b.sqlite3", "/srv/site/a/b.sqlite3"), ("sqlite:////data/b", "/data/b")],
)
def test_a_sqlite_address_is_relative_or_absolute(url: str, name: str) -> None:
    assert database({"DATABASE_URL": url}, BASE)["NAME"] == name


def test_a_postgres_address_is_taken_apart() -> None:
    settings = database({"DATABASE_URL": "postgres://li:p%40ss@db.local:5433/budget"}, BASE)
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["USER"], settings["PASSWORD"]) == ("li", "p@ss")
    assert (settings["HOST"], settings["PORT"]) == ("db.local", "5433")
    assert settings["NAME"] == "budget"


def test_a_postgres_address_may_name_a_socket() -> None:
    settings = database({"DATABASE_URL": "postgres://li@/budget?host=/run/pg"}, BASE)
    assert (settings["HOST"], settings["PORT"], settings["USER"]) == ("/run/pg", "", "li")


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://h/budget", "只支持"),
        ("db.sqlite3", "只支持"),
        ("sqlite://db.sqlite3", "sqlite:///"),
        ("sqlite:///", "sqlite:///"),
        ("postgres://li@h", "没有数据库名"),
        ("postgres://li@h:port/budget", "端口"),
        ("postgres://li@h:70000/budget", "端口"),
        ("postgres://li@h/budget?sslmode=require", "sslmode"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused(url: str, complaint: str) -> None:
    with pytest.raises(BadEnvironment, match=complaint):
        database({"DATABASE_URL": url}, BASE)


# ---- secrets in files of their own


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("geheim\n")
    env = environment(tmp_path, {"SECRET_KEY_FILE": str(tmp_path / "key")})
    assert secret_key(env) == "geheim"


def test_a_secret_of_the_process_in_either_way_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SECRET_KEY=filed\n")
    (tmp_path / "key").write_text("geheim")
    assert environment(tmp_path, {"SECRET_KEY_FILE": str(tmp_path / "key")})["SECRET_KEY"] == (
        "geheim"
    )
    (tmp_path / ".env").write_text("SECRET_KEY_FILE=/nowhere\n")
    assert environment(tmp_path, {"SECRET_KEY": "told"})["SECRET_KEY"] == "told"


@pytest.mark.parametrize("content", [None, "", " \n", "two\nlines\n"])
def test_a_file_without_one_secret_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "key").write_text(content)
    with pytest.raises(BadEnvironment, match="SECRET_KEY_FILE"):
        environment(tmp_path, {"SECRET_KEY_FILE": str(tmp_path / "key")})


def test_a_secret_told_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("geheim")
    with pytest.raises(BadEnvironment, match="只能设置一个"):
        environment(tmp_path, {"SECRET_KEY": "x", "SECRET_KEY_FILE": str(tmp_path / "key")})


def test_the_password_of_the_database_may_stand_apart_from_its_address() -> None:
    told = {"DATABASE_URL": "postgres://li@db/budget", "DATABASE_PASSWORD": "p@ss:w/rd%"}
    assert database(told, BASE)["PASSWORD"] == "p@ss:w/rd%"
    with pytest.raises(BadEnvironment, match="一处"):
        database({**told, "DATABASE_URL": "postgres://li:x@db/budget"}, BASE)
