"""Snapshots and releases: frozen once, read back whole, files made once."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure, Table
from budget.edition import EDITIONS
from budget.models import FrozenRow, Release, ReleaseFile, Snapshot
from budget.models.append_only import unguard
from budget.release import (
    DamagedContent,
    ForeignDocument,
    ReleaseExists,
    freeze,
    publish,
    read,
    same_content,
    thaw,
)
from budget.remarks import Remarks
from budget.render.registry import Files, Format
from budget.terms import Origin, Scope
from budget.tests.samples import sample, sample_book

pytestmark = pytest.mark.django_db

EDITION = "changsha-2023"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "releases"
    return tmp_path / "releases"


def remarks() -> Remarks:
    return sample().remarks


def document(book: BudgetBook | None = None) -> Disclosure:
    return compose(book or sample_book(), remarks(), EDITIONS[EDITION])


def a_snapshot() -> Snapshot:
    return freeze(sample_book(), remarks(), EDITION)


def stated(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    """Render a document as two small texts."""
    return {
        f"{disclosure.file_stem}.txt": disclosure.title.encode(),
        f"{disclosure.file_stem}-count.txt": str(len(disclosure.tables)).encode(),
    }


def failing(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    raise RuntimeError("no ink")


TEXT = Format("txt", "文本", "text/plain", stated)
FAILING = Format("bad", "坏的", "text/plain", failing)


def published(*, number: int = 1, formats: Iterable[Format] = (TEXT,), **values: Any) -> Release:
    stated = {"origin": Origin.TRANSCRIBED, **values}
    return publish(a_snapshot(), document(), number=number, formats=formats, **stated)


def test_a_snapshot_holds_its_inputs() -> None:
    inputs = thaw(a_snapshot())
    assert (inputs.book, inputs.remarks) == (sample_book(), remarks())
    assert (inputs.edition, inputs.settings) == (EDITION, {})


def test_the_same_inputs_have_one_snapshot() -> None:
    assert a_snapshot() == a_snapshot()
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize("what", ["book", "remarks", "edition", "settings"])
def test_other_inputs_have_another_snapshot(what: str) -> None:
    book = replace(sample_book(), year=2024) if what == "book" else sample_book()
    said = Remarks() if what == "remarks" else remarks()
    edition = "another" if what == "edition" else EDITION
    rules = {"BAL001": "warning"} if what == "settings" else {}
    assert freeze(book, said, edition, rules) != a_snapshot()


def test_a_release_reads_back_as_the_document_that_was_published() -> None:
    release = published()
    assert read(Release.objects.get()) == document()
    assert (release.scope, release.code, release.year, release.number) == (
        Scope.DEPARTMENT,
        "157",
        2023,
        1,
    )
    assert release.origin is Origin.TRANSCRIBED
    assert same_content(release, document())
    assert not same_content(release, replace(document(), title="另一个"))


def test_a_unit_s_document_is_released_from_the_department_s_snapshot() -> None:
    seen = compose(sample_book().seen_by("157001"), remarks().seen_by("157001"), EDITIONS[EDITION])
    release = publish(a_snapshot(), seen, number=1, origin=Origin.TRANSCRIBED, formats=())
    assert (release.scope, release.code) == (Scope.UNIT, "157001")
    assert published().snapshot == release.snapshot


def test_each_format_s_files_are_stored_with_size_and_digest(folder: Path) -> None:
    release = published()
    files = {file.name: file for file in release.files.all()}
    assert set(files) == {"157-2023.txt", "157-2023-count.txt"}
    counted = files["157-2023-count.txt"]
    assert (counted.format, counted.content_type, counted.size) == ("txt", "text/plain", 2)
    for file in files.values():
        content = (folder / file.path).read_bytes()
        assert file.digest == hashlib.sha256(content).hexdigest()
        assert file.size == len(content)
    assert (folder / counted.path).read_bytes() == b"10"


def test_nothing_but_the_release_s_folder_is_left(folder: Path) -> None:
    release = published()
    assert [path.name for path in folder.iterdir()] == [release.folder]


def test_no_two_releases_share_a_folder() -> None:
    first = published()
    assert published(number=2, replaces=first).folder != first.folder


def test_a_renderer_that_fails_leaves_no_release_and_no_file(folder: Path) -> None:
    with pytest.raises(RuntimeError, match="no ink"):
        published(formats=(TEXT, FAILING))
    assert not Release.objects.exists()
    assert not folder.exists() or not list(folder.iterdir())


def test_a_row_that_fails_leaves_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("no row")

    monkeypatch.setattr(ReleaseFile.objects, "bulk_create", refuse)
    with pytest.raises(RuntimeError, match="no row"):
        published()
    assert not Release.objects.exists()
    assert list(folder.iterdir()) == []


def test_what_a_rolled_back_release_left_behind_is_replaced(folder: Path) -> None:
    with transaction.atomic():
        left = published()
        (folder / left.folder / "strange.txt").write_bytes(b"x")
        transaction.set_rollback(True)
    assert not Release.objects.exists()
    release = published()
    assert {path.name for path in (folder / release.folder).iterdir()} == {
        file.name for file in release.files.all()
    }


def test_a_number_is_given_once(folder: Path) -> None:
    release = published()
    with pytest.raises(ReleaseExists, match="157 2023年的第1次发布已经存在"):
        published()
    assert (folder / release.folder / "157-2023.txt").is_file()


def test_a_correction_names_what_it_replaces() -> None:
    first = published()
    second = published(number=2, replaces=first)
    assert Release.objects.get(number=1).replaced_by == second
    with pytest.raises(ReleaseExists, match="已经更正过"):
        published(number=3, replaces=first)


def test_a_correction_of_another_document_is_refused() -> None:
    first = published()
    seen = compose(sample_book().seen_by("157001"), remarks().seen_by("157001"), EDITIONS[EDITION])
    with pytest.raises(ForeignDocument, match="不是同一文件的发布"):
        publish(a_snapshot(), seen, number=2, origin=Origin.COMPILED, replaces=first, formats=())


@pytest.mark.parametrize("change", [{"code": "158"}, {"year": 2024}, {"edition": "another"}])
def test_a_document_of_another_snapshot_is_refused(change: dict[str, Any]) -> None:
    other = replace(document(), **change)
    with pytest.raises(ForeignDocument):
        publish(a_snapshot(), other, number=1, origin=Origin.COMPILED, formats=())


def test_what_is_frozen_is_not_changed() -> None:
    release = published()
    for row in (release, release.snapshot, release.files.all()[0]):
        with pytest.raises(FrozenRow, match="不可修改或删除"):
            row.save()
        with pytest.raises(FrozenRow):
            row.delete()
    for rows in (Release.objects, Snapshot.objects.all(), ReleaseFile.objects.filter(size=2)):
        with pytest.raises(FrozenRow):
            rows.update(digest="0" * 64)
    with pytest.raises(FrozenRow):
        Release.objects.all().delete()
    with pytest.raises(FrozenRow):
        release.files.all().delete()
    with pytest.raises(FrozenRow):
        Release.objects.bulk_update([release], ["name"])
    assert Release.objects.get().name == document().name


@pytest.mark.parametrize("model", [Release, Snapshot])
def test_content_that_was_changed_behind_our_back_is_noticed(model: type[Any]) -> None:
    release = published()
    unguard(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET content = REPLACE(content, '1,561.09', '1,561.08')"
            if model is Release
            else f"UPDATE {model._meta.db_table} SET content = REPLACE(content, '2010301', '201')"
        )
    with pytest.raises(DamagedContent, match="已损坏"):
        read(Release.objects.get()) if model is Release else thaw(
            Snapshot.objects.get(pk=release.snapshot_id)
        )


def test_the_set_of_fonts_is_recorded(settings: Settings, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    assert published().fonts == ""
    listed = tmp_path / "build" / "fonts" / "fonts.json"
    listed.parent.mkdir(parents=True)
    listed.write_text('{"digest": "%s", "faces": []}' % ("a" * 64), encoding="utf-8")
    assert published(number=2).fonts == "a" * 64


def test_all_registered_formats_are_made_when_none_is_named() -> None:
    release = publish(a_snapshot(), document(), number=1, origin=Origin.COMPILED)
    assert {file.format for file in release.files.all()} == {"csv", "html", "json", "pdf", "xlsx"}
