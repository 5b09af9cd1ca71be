"""The making of a release's files: held by one at a time, tried three times, never half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from budget.disclosure import compose
from budget.document import Disclosure, Table
from budget.edition import EDITIONS
from budget.jobs import attempting, holding, making, queueing
from budget.models import Release, ReleaseFile, ReleaseJob
from budget.release import complete, files, freeze, issue
from budget.render.registry import Files, Format
from budget.terms import JobState, Origin
from budget.tests.samples import sample, sample_book
from budget.tests.sharing import Shared, shared
from budget.tests.shelved import a_release

pytestmark = pytest.mark.django_db
EDITION = "changsha-2023"


def stated(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    return {f"{disclosure.file_stem}.txt": disclosure.title.encode()}


def failing(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    raise RuntimeError("no ink")


TEXT = Format("txt", "文本", "text/plain", stated)
FAILING = Format("bad", "坏的", "text/plain", failing)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.MEDIA_ROOT = tmp_path / "releases"
    monkeypatch.setattr(files, "registered", lambda: (TEXT,))
    return tmp_path / "releases"


def an_issued_release() -> Release:
    remarks = sample().remarks
    snapshot = freeze(sample_book(), remarks, EDITION)
    document = compose(sample_book(), remarks, EDITIONS[EDITION])
    return issue(snapshot, document, number=1, origin=Origin.COMPILED)


def a_job(**told: Any) -> ReleaseJob:
    job = ReleaseJob.objects.create(release=an_issued_release())
    ReleaseJob.objects.filter(pk=job.pk).update(**told)
    return job


def now(job: ReleaseJob) -> ReleaseJob:
    job.refresh_from_db()
    return job


def test_a_job_is_held_by_one_at_a_time() -> None:
    job = a_job()
    assert holding.due() == [job.pk]
    assert holding.take(job.pk)
    assert not holding.take(job.pk)
    assert holding.due() == []
    assert now(job).attempts == 1


def test_a_job_whose_holder_is_silent_is_taken_up_by_the_next() -> None:
    job = a_job()
    holding.take(job.pk)
    silent = timezone.now() - timedelta(seconds=1)
    ReleaseJob.objects.update(held_until=silent)
    assert holding.due() == [job.pk]
    holding.hold(job.pk)  # he was only slow
    assert holding.due() == []
    ReleaseJob.objects.update(held_until=silent)
    assert holding.take(job.pk)
    assert now(job).attempts == 2


def test_after_three_attempts_a_job_has_failed_and_says_why() -> None:
    job = a_job()
    for attempt in (1, 2, 3):
        assert holding.take(job.pk)
        holding.give_back(job.pk, "字体缺失")
        assert now(job).state is (JobState.WAITING if attempt < 3 else JobState.FAILED)
    assert job.message == "字体缺失"
    assert not holding.take(job.pk)
    assert holding.due() == []
    assert queueing.try_again(job)
    assert (now(job).state, job.attempts, job.message) == (JobState.WAITING, 0, "")
    assert not queueing.try_again(job)


def test_a_job_broken_off_for_the_third_time_has_failed() -> None:
    silent = timezone.now() - timedelta(seconds=1)
    job = a_job(state=JobState.RUNNING, attempts=3, held_until=silent)
    assert holding.due() == []
    assert (now(job).state, job.message) == (JobState.FAILED, "制作进程中断")


def test_files_are_made_once_and_a_second_run_finds_them(folder: Path) -> None:
    job = a_job()
    holding.take(job.pk)
    assert making.make(job.pk) == ""
    assert (now(job).state, job.progress, job.formats) == (JobState.DONE, 1, 1)
    [file] = ReleaseFile.objects.all()
    written = (folder / file.path).read_bytes()
    assert not complete(job.release)
    assert making.make(job.pk) == ""
    assert ReleaseFile.objects.count() == 1
    assert (folder / file.path).read_bytes() == written
    assert [each.name for each in folder.iterdir()] == [job.release.folder]


def test_what_a_killed_attempt_left_behind_is_cleared_away(folder: Path) -> None:
    job = a_job()
    left = folder / f".draft-{job.release.folder}-x1"
    left.mkdir(parents=True)
    (left / "half.txt").write_text("半")
    whole_but_unrecorded = folder / job.release.folder
    whole_but_unrecorded.mkdir()
    (whole_but_unrecorded / "old.txt").write_text("旧")
    holding.take(job.pk)
    assert making.make(job.pk) == ""
    assert [each.name for each in folder.iterdir()] == [job.release.folder]
    assert [each.name for each in whole_but_unrecorded.iterdir()] == ["157-2023.txt"]


def test_a_format_that_fails_leaves_nothing_and_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "registered", lambda: (TEXT, FAILING))
    job = a_job()
    holding.take(job.pk)
    assert making.make(job.pk) == making.UNEXPECTED
    assert not ReleaseFile.objects.exists()
    assert not folder.exists() or not list(folder.iterdir())


def test_other_fonts_than_those_of_the_issuing_make_no_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = a_job()
    holding.take(job.pk)
    monkeypatch.setattr(files, "fonts_digest", lambda: "f" * 64)
    why = making.make(job.pk)
    assert "请系统管理员换回签发时的字体" in why
    assert "现在的是 ffffffffffff）" in why


def test_a_child_that_says_why_it_failed_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    job = a_job()
    told = [sys.executable, "-c", "print('缺少字体'); raise SystemExit(1)"]
    monkeypatch.setattr(attempting, "command", lambda job: told)
    attempting.attempt_all()
    assert (now(job).state, job.attempts, job.message) == (JobState.FAILED, 3, "缺少字体")


def test_a_child_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    job = a_job(attempts=2)
    monkeypatch.setattr(attempting, "command", lambda job: [sys.executable, "-c", ENDLESS])
    monkeypatch.setattr(attempting, "LONGEST", 0.5)
    monkeypatch.setattr(attempting, "EVERY", 0.1)
    attempting.attempt_all()
    assert (now(job).state, job.message) == (JobState.FAILED, attempting.TOO_LONG)


ENDLESS = "import time; time.sleep(60)"


# ---- processes of their own


class Site:
    """The tests' database with a folder for files, as processes of their own see them."""

    def __init__(self, base: Shared, folder: Path) -> None:
        self.base, self.folder = base, folder

    def worker(self) -> subprocess.Popen[bytes]:
        """Start what the site starts on commit; it leads a group, children included."""
        return self._started("makefiles")

    def queue_worker(self) -> subprocess.Popen[bytes]:
        """Start the worker of PostgreSQL's queue, which does not end by itself."""
        return self._started("procrastinate", "worker", "--queues", "files", "--concurrency", "1")

    def run(self, *words: str) -> str:
        """Run a command to its end, and return what it said."""
        said, _ = self._started(*words).communicate(timeout=120)
        return said.decode()

    def _started(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "django", *words],
            cwd=site.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "budget.config.settings",
                "DATABASE_URL": self.base.url,
                "MEDIA_ROOT": str(self.folder),
                "DEBUG": "1",
                "SECRET_KEY": site.SECRET_KEY,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def state(self) -> str:
        [state] = self.base.column("SELECT state FROM budget_releasejob")
        return str(state)

    def half_there(self) -> list[str]:
        """Return what is offered without being whole: rows without their very bytes."""
        names = self.base.column("SELECT name FROM budget_releasefile ORDER BY id")
        sizes = self.base.column("SELECT size FROM budget_releasefile ORDER BY id")
        found = {each.name: each.stat().st_size for each in self.folder.glob("157-*/*")}
        return [name for name, size in zip(names, sizes, strict=True) if found.get(name) != size]


@contextmanager
def a_site(tmp_path: Path) -> Iterator[Site]:
    a_job()
    transaction.commit() if not transaction.get_autocommit() else None
    yield Site(shared(tmp_path), tmp_path / "made")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_worker_started_beside_the_site_makes_every_format(tmp_path: Path) -> None:
    with a_site(tmp_path) as there:
        begun = time.monotonic()
        worker = there.worker()
        said, _ = worker.communicate(timeout=60)
        assert there.state() == "done", said.decode()
        formats = set(there.base.column("SELECT format FROM budget_releasefile"))
        assert formats == {"pdf", "xlsx", "csv", "json", "html"}
        assert there.half_there() == []
        print(f"{time.monotonic() - begun:.1f} s from the start of the worker")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_any_moment_leaves_nothing_half_and_the_next_ends_it(
    tmp_path: Path,
) -> None:
    """Twenty times: kill the worker and its child, look, and let the next one end the job."""
    chance = random.Random(20)
    with a_site(tmp_path) as there:
        slowest = 0.0
        for number in range(20):
            _anew(there)
            worker = there.worker()
            _kill(worker, after=chance.uniform(0.2, 5.0), child_alone=number % 2 == 0)
            assert there.half_there() == []
            killed = time.monotonic()
            while there.state() not in ("done", "failed"):
                there.worker().communicate(timeout=60)
                time.sleep(0.2)
            slowest = max(slowest, time.monotonic() - killed)
            assert there.state() == "done"
            assert there.half_there() == []
        print(f"slowest end after a kill: {slowest:.1f} s")
        assert slowest < 60


def _kill(worker: subprocess.Popen[bytes], after: float, *, child_alone: bool) -> None:
    """Kill a worker with its child, or the child alone, which the worker then must notice."""
    time.sleep(after)
    if child_alone:
        subprocess.run(["pkill", "-KILL", "-P", str(worker.pid)], check=False)
    else:
        with suppress(ProcessLookupError):  # it was done before
            os.killpg(worker.pid, signal.SIGKILL)
    worker.communicate(timeout=60)


QUEUED_ANEW = (
    "; from budget.jobs.queueing import enqueue;"
    " connection.cursor().execute('DELETE FROM procrastinate_events');"
    " connection.cursor().execute('DELETE FROM procrastinate_jobs');"
    " enqueue(Release.objects.get())"
)
"""The rest of the python of ``_anew`` where there is a queue: what the killed left is no help."""


def _anew(there: Site, then: str = "") -> None:
    """Let the job be as if nothing had been made: through the site's own code in a process."""
    told = (
        "from budget.models import *; from budget.models.append_only import *;"
        " from django.db import connection; unguard(connection);"
        " connection.cursor().execute('DELETE FROM budget_releasefile'); guard(connection);"
        " ReleaseJob.objects.update(state='waiting', attempts=0, progress=0, held_until=None)"
    ) + then
    done = there.base.started("-m", "django", "shell", "--no-imports", "-c", told)
    out, _ = done.communicate(timeout=60)
    assert done.returncode == 0, out.decode()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no queue")
def test_the_queue_s_worker_makes_what_was_committed_and_nothing_else(tmp_path: Path) -> None:
    release = an_issued_release()
    with suppress(_Undone), transaction.atomic():
        queueing.enqueue(release)
        raise _Undone
    assert not ReleaseJob.objects.exists()
    with transaction.atomic():
        [job] = queueing.enqueue(release)
        queueing.enqueue(release)  # a second click
    there = Site(shared(tmp_path), tmp_path / "made")
    begun = time.monotonic()
    said = there.run("procrastinate", "worker", "--one-shot", "--queues", "files")
    assert now(job).state is JobState.DONE, said
    assert (job.attempts, there.half_there()) == (1, [])
    print(f"{time.monotonic() - begun:.1f} s from the start of the worker")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no queue")
def test_the_queue_s_worker_killed_at_any_moment_leaves_nothing_half_and_the_next_ends_it(
    tmp_path: Path,
) -> None:
    """Twenty times: kill the worker of the queue, and let the next one find out by itself."""
    chance = random.Random(20)
    with a_site(tmp_path) as there:
        slowest = 0.0
        for _ in range(20):
            _anew(there, QUEUED_ANEW)
            _kill(there.queue_worker(), after=chance.uniform(0.5, 8.0), child_alone=False)
            assert there.half_there() == []
            killed = time.monotonic()
            after = there.queue_worker()
            while there.state() not in ("done", "failed") and time.monotonic() - killed < 60:
                time.sleep(0.2)
            slowest = max(slowest, time.monotonic() - killed)
            _kill(after, after=0, child_alone=False)
            assert there.state() == "done"
            assert there.half_there() == []
        print(f"slowest end after a kill: {slowest:.1f} s")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no queue")
def test_a_job_whose_entry_in_the_queue_was_lost_is_found_by_its_lease(tmp_path: Path) -> None:
    silent = timezone.now() - timedelta(seconds=1)
    job = a_job(state=JobState.RUNNING, attempts=1, held_until=silent)
    assert queueing.take_up_again() == 1
    there = Site(shared(tmp_path), tmp_path / "made")
    said = there.run("procrastinate", "worker", "--one-shot", "--queues", "files")
    assert now(job).state is JobState.DONE, said
    assert job.attempts == 2


class _Undone(Exception):
    """The transaction is rolled back."""


class Lasting:
    """A process that has been started and never ends."""

    started = 0

    def __init__(self, *_: Any, **__: Any) -> None:
        Lasting.started += 1

    def poll(self) -> None:
        return None


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL has a queue")
def test_a_process_is_started_for_each_commit_though_another_is_at_work(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """One that is at work may have looked for the last time; who only looks waits for it."""
    settings.START_JOBS = True
    monkeypatch.setattr(queueing, "_STARTED", [])
    monkeypatch.setattr(queueing, "subprocess", SimpleNamespace(Popen=Lasting, DEVNULL=None))
    monkeypatch.setattr(Lasting, "started", 0)
    one, two, three = (a_release(number=number) for number in (1, 2, 3))
    for releases, started in (((one, two), 1), ((three,), 2)):
        with django_capture_on_commit_callbacks(execute=True):
            queueing.enqueue(*releases)
        assert Lasting.started == started
    with django_capture_on_commit_callbacks(execute=True):
        assert queueing.take_up_again() == 3
    assert Lasting.started == 2
