"""The whole site in one archive: proven before it is trusted, put back all or not at all."""

from __future__ import annotations

import io
import json
import os
import random
import resource
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from budget.audit.recording import record
from budget.backup import archive, facts, making, restoring, verifying
from budget.backup.errors import BackupError, BadArchive, NotMade, NotRestored, ToolFailed
from budget.backup.files import kept_files
from budget.backup.postgres import Postgres, Server
from budget.backup.sqlite import Sqlite
from budget.models import Attachment
from budget.terms import AttachmentKind
from budget.tests.people import a_person
from budget.tests.sharing import Shared, killed, shared
from budget.tests.shelved import a_file, a_release
from budget.tests.stored import a_budget, a_line, a_unit

Pytest = pytest.MonkeyPatch
SCAN = "批复扫描件"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: Pytest, settings: Any) -> Path:
    """Keep files in folders of this test alone, here and in processes that it starts."""
    for name in ("MEDIA_ROOT", "INSIDE_ROOT", "BACKUP_ROOT"):
        setattr(settings, name, tmp_path / name.lower())
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    return tmp_path


# ---- the drill


def a_small_site() -> str:
    """Store 100.00 and 0.05 yuan, a release with a file, a file inside; return its digest."""
    unit = a_unit(is_head=True)
    budget = a_budget(unit)
    a_line(budget, unit, sequence=1, amount="100.00")
    a_line(budget, unit, sequence=2, amount="0.05")
    release = a_release()
    a_file(release, "pdf", b"%PDF the document")
    row = Attachment(
        budget=budget, unit=unit, kind=AttachmentKind.APPROVAL, name="a.pdf",
        content_type="application/pdf", size=5, digest="0" * 64, added_by=a_person(),
    )  # fmt: skip
    row.file.save("a.pdf", ContentFile(SCAN.encode()))
    with transaction.atomic():
        record("budget.publish", by=None, subject="157/2023")
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now())
    return release.digest


@pytest.mark.django_db(transaction=True)
def test_a_restored_site_has_every_row_amount_file_and_digest_again(folders: Path) -> None:
    digest = a_small_site()
    drill = shared(folders).started("-m", "budget.tests.restore_drill", folders / "kept")
    said, _ = drill.communicate(timeout=120)
    connection.close()  # on PostgreSQL its tables are others now
    assert drill.returncode == 0, said.decode()
    told = json.loads(said.splitlines()[-1])
    before, spoiled, refused, restored = told["held"]
    # 100.00 + 0.05 yuan = 10,005 分 in two lines; then 999.99 in one.
    assert (before["lines"], before["fen"]) == (2, 10_005)
    assert (spoiled["lines"], spoiled["fen"]) == (1, 99_999)
    assert "部门" in told["refused"]
    assert "--replace" in told["refused"]
    assert refused == spoiled
    assert (restored["lines"], restored["fen"]) == (2, 10_005)
    assert restored["releases"] == before["releases"] == [digest]
    assert restored["files"] == before["files"]
    assert sorted(restored["files"].values()) == ["%PDF the document", SCAN]
    # Nobody is signed in by a session of old; what was done stands behind the entries of then.
    assert (before["sessions"], restored["sessions"]) == (1, 0)
    assert restored["acts"] == ["budget.publish", "site.restore"]
    assert restored["chain"]
    assert told["untried"] == ""
    assert [name[:7] for name in told["left"]] == ["budget-"]


# ---- archives of a tiny database, without a site


@pytest.fixture
def tiny(db: None, folders: Path, monkeypatch: Pytest) -> Path:
    """A database of one table as the site, with a file that belongs to a release."""
    file = folders / "site.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        database.executemany("INSERT INTO thing (name) VALUES (?)", [("甲",), ("乙",), ("丙",)])
        database.commit()
    (folders / "media_root" / "157").mkdir(parents=True)
    (folders / "media_root" / "157" / "a.csv").write_text("一,二\n" * 50)
    for module in (making, restoring):
        monkeypatch.setattr(module, "own", lambda: Sqlite(file))
    return file


def names(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [name for (name,) in database.execute("SELECT name FROM thing ORDER BY id")]


@pytest.mark.one_engine
def test_no_byte_of_a_backup_changes_unseen(tiny: Path, folders: Path) -> None:
    made = making.back_up(folders / "kept").path
    whole = made.read_bytes()
    draws = random.Random(20261126)
    places = {*draws.sample(range(len(whole)), 96), 0, 1, len(whole) - 1, len(whole) - 2}
    spoiled = folders / "spoiled.tar"
    for place in places:
        spoiled.write_bytes(
            whole[:place] + bytes([whole[place] ^ (1 << draws.randrange(8))]) + whole[place + 1 :]
        )
        with pytest.raises(BadArchive):
            verifying.verify(spoiled)
    for length in (0, 511, 5_000, len(whole) - 100, len(whole) - 1):
        spoiled.write_bytes(whole[:length])
        with pytest.raises(BadArchive):
            verifying.verify(spoiled)
    assert verifying.verify(made).manifest.facts.rows == {"thing": 3}


@pytest.mark.one_engine
def test_a_backup_that_was_written_anew_is_held_against_its_database(
    tiny: Path, folders: Path
) -> None:
    engine = Sqlite(tiny)
    dump, forged = folders / engine.file, folders / "forged.tar"
    with engine.dumped(dump) as state:
        figures = facts.read(state.ask, state.tables)
    with closing(sqlite3.connect(dump)) as database:
        database.execute("DELETE FROM thing WHERE name = '乙'")
        database.commit()
    archive.write(forged, at="", engine="sqlite", database=dump, files={}, facts=figures)
    with pytest.raises(BadArchive, match="thing 的行数应为3，实为2"):
        verifying.verify(forged)


@pytest.mark.one_engine
@pytest.mark.parametrize("name", ["inside/../../evil", "/inside/evil", "elsewhere/evil", "inside"])
def test_nothing_of_a_backup_gets_outside_the_folders_of_the_site(
    tiny: Path, folders: Path, name: str
) -> None:
    content = folders / "content"
    content.write_text("x")
    dump = folders / Sqlite.file
    with Sqlite(tiny).dumped(dump) as state:
        figures = facts.read(state.ask, state.tables)
    hostile = folders / "hostile.tar"
    archive.write(
        hostile, at="", engine="sqlite", database=dump, files={name: content}, facts=figures
    )
    with pytest.raises(BadArchive, match="不该有"):
        restoring.restore(hostile, replace=True)


@pytest.mark.one_engine
def test_a_link_in_a_backup_is_refused(folders: Path) -> None:
    linked = folders / "linked.tar"
    with tarfile.open(linked, "w") as tar:
        link = tarfile.TarInfo("inside/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
        empty = facts.Facts((), {}, {}, {}, (0, ""), ()).plain()
        parts = {"inside/link": {"size": 0, "sha256": "0" * 64}}
        told = {"format": 1, "at": "", "engine": "sqlite", "database": "inside/link"}
        text = json.dumps({**told, "facts": empty, "parts": parts}).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    with pytest.raises(BadArchive, match="不该有"):
        verifying.verify(linked)


@pytest.mark.one_engine
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no tar", b"\0" * 20_000])
def test_other_files_are_no_backups(folders: Path, content: bytes) -> None:
    other = folders / "other.tar"
    other.write_bytes(content)
    with pytest.raises(BadArchive):
        verifying.verify(other)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.one_engine
def test_a_full_disk_leaves_no_backup_and_says_so(tiny: Path, folders: Path) -> None:
    with files_of_at_most(9_000), pytest.raises(NotMade, match=r"写不了|导出失败"):
        making.back_up(folders / "kept")
    assert list((folders / "kept").iterdir()) == []


@pytest.mark.one_engine
def test_a_full_disk_while_restoring_leaves_the_site_as_it_was(tiny: Path, folders: Path) -> None:
    made = making.back_up(folders / "kept").path
    with closing(sqlite3.connect(tiny)) as database:
        database.execute("UPDATE thing SET name = '丁'")
        database.commit()
    (folders / "media_root" / "157" / "a.csv").unlink()
    with files_of_at_most(100), pytest.raises((BackupError, OSError)):
        restoring.restore(made, replace=True)
    assert names(tiny) == ["丁", "丁", "丁"]
    assert kept_files() == {}
    assert list((folders / "media_root").glob(".restoring-*")) == []


@pytest.mark.one_engine
def test_a_file_that_the_database_names_must_be_in_the_backup(tiny: Path, folders: Path) -> None:
    with closing(sqlite3.connect(tiny)) as database:
        database.execute("CREATE TABLE budget_releasefile (name TEXT, digest TEXT)")
        database.execute("INSERT INTO budget_releasefile VALUES ('157.pdf', 'f00')")
        database.commit()
    with pytest.raises(NotMade, match=r"缺少发布文件“157\.pdf”"):
        making.back_up(folders / "kept")
    assert list((folders / "kept").iterdir()) == []


@pytest.mark.one_engine
def test_a_backup_of_a_newer_program_is_refused(tiny: Path, folders: Path) -> None:
    with closing(sqlite3.connect(tiny)) as database:
        database.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        database.execute("INSERT INTO django_migrations VALUES ('budget', '9999_tomorrow')")
        database.commit()
    made = making.back_up(folders / "kept").path
    with pytest.raises(NotRestored, match="9999_tomorrow"):
        restoring.restore(made, replace=True)


@pytest.mark.one_engine
def test_a_backup_of_the_other_engine_is_refused(
    tiny: Path, folders: Path, monkeypatch: Pytest
) -> None:
    made = making.back_up(folders / "kept").path
    monkeypatch.setattr(restoring, "own", lambda: Postgres(Server("budget")))
    with pytest.raises(NotRestored, match=r"sqlite.*postgresql"):
        restoring.restore(made)


@pytest.mark.one_engine
def test_drafts_of_releases_are_left_out(tiny: Path, folders: Path) -> None:
    draft = folders / "media_root" / ".draft-1"
    draft.mkdir()
    (draft / "half.pdf").write_text("half")
    parts = making.back_up(folders / "kept").verified.manifest.parts
    assert sorted(parts) == ["database.sqlite3", "releases/157/a.csv"]


@pytest.mark.one_engine
def test_only_the_newest_backups_are_kept(tiny: Path, folders: Path) -> None:
    made = [making.back_up(folders / "kept").path for _ in range(3)]
    assert making.forget_older(folders / "kept", 2) == [made[0]]
    assert sorted((folders / "kept").iterdir()) == made[1:]


@pytest.mark.one_engine
def test_nobody_else_on_the_machine_reads_a_backup(tiny: Path, folders: Path) -> None:
    assert making.back_up(folders / "kept").path.stat().st_mode & 0o077 == 0


@pytest.mark.one_engine
def test_without_the_programs_of_postgresql_a_sentence_says_what_to_install(
    folders: Path, monkeypatch: Pytest
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolFailed, match=r"没有 pg_restore.*postgresql-client"):
        Postgres(Server("budget")).put(folders / "database.dump")


@pytest.mark.one_engine
def test_a_password_of_the_database_stands_in_no_list_of_processes() -> None:
    server = Server("budget", "site", "Geheim-1")
    assert "Geheim-1" not in repr(server)
    assert server.environment()["PGPASSWORD"] == "Geheim-1"
    assert os.environ.get("PGPASSWORD") is None


# ---- killed while restoring


def spoiled(base: Shared) -> None:
    """Leave one line of 999.99, and no file."""
    sql = "UPDATE budget_spendingline SET amount = 99999 WHERE sequence = 2"
    if base.file is None:
        with connection.cursor() as cursor:
            cursor.execute(sql)
        return
    with closing(sqlite3.connect(base.file, timeout=20)) as database:
        database.create_function("REGEXP", 2, lambda shape, text: True)
        database.execute(sql)
        database.commit()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_site_whose_restoring_is_killed_is_the_old_one_or_the_new(folders: Path) -> None:
    a_small_site()
    base = shared(folders)
    said, _ = base.started("manage.py", "backup", "--to", folders / "kept").communicate()
    [kept] = (folders / "kept").glob("budget-*.tar")
    files = kept_files()
    draws, seen = random.Random(20261126), set()
    for _ in range(20):
        spoiled(base)
        restoring_now = base.started("manage.py", "restore", "--replace", kept)
        killed(restoring_now, after=draws.uniform(0.8, 2.6))
        connection.close()
        [amount] = base.column("SELECT amount FROM budget_spendingline WHERE sequence = 2")
        assert amount in {5, 99_999}, said.decode()
        assert base.is_sound()
        assert kept_files() == files
        seen.add(int(amount))
    print("seen:", seen)
    assert seen == {5, 99_999}, "no kill came before, or none after, the switch: choose other times"
