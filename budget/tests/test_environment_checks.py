"""A machine on which documents would not print as published is told so at start."""

from pathlib import Path

from django.core.checks import registry

from budget.checks import fonts_are_there, pango_is_there, subsetter_is_there


def ids(messages: object) -> list[str | None]:
    """Return the ids of some messages."""
    assert isinstance(messages, list)
    return [message.id for message in messages]


def test_a_machine_with_everything_is_told_nothing(tmp_path: Path) -> None:
    conf = tmp_path / "fonts.conf"
    conf.touch()
    assert pango_is_there(finder=lambda name: True) == []
    assert subsetter_is_there(finder=lambda name: True) == []
    assert fonts_are_there(file=str(conf)) == []


def test_one_spelling_of_a_library_is_enough() -> None:
    assert pango_is_there(finder=lambda name: name.endswith(".dylib")) == []


def test_missing_pango_is_said_with_what_to_install() -> None:
    [warning] = pango_is_there(finder=lambda name: False)
    assert warning.id == "budget.W001"
    assert "apt-get install libpango" in str(warning.hint)


def test_a_missing_subsetter_is_said() -> None:
    assert ids(subsetter_is_there(finder=lambda name: False)) == ["budget.W002"]


def test_a_missing_font_configuration_is_said_with_its_path(tmp_path: Path) -> None:
    [warning] = fonts_are_there(file=str(tmp_path / "none.conf"))
    assert warning.id == "budget.W003"
    assert "none.conf" in warning.msg
    assert ids(fonts_are_there(file="")) == ["budget.W003"]


def test_django_runs_all_three() -> None:
    checks: set[object] = set(registry.registry.get_checks())
    assert {pango_is_there, subsetter_is_there, fonts_are_there} <= checks
