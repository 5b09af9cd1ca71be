"""The queue on PostgreSQL. Imported only there, where procrastinate's app is installed."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from budget.jobs.attempting import attempt, has_ended
from budget.jobs.queueing import take_up_again

QUEUE = "files"


class Unfinished(RuntimeError):
    """A job has attempts left; the queue calls again."""


@app.task(name="make_files", queue=QUEUE, retry=3)
def make_files(job: int) -> None:
    """Attempt a job until it has ended."""
    attempt(job)
    if not has_ended(job):
        raise Unfinished(str(job))


@app.periodic(cron="* * * * * */15")
@app.task(name="take_up_stalled", queue=QUEUE, queueing_lock="take_up_stalled", pass_context=False)
def take_up_stalled(timestamp: int) -> None:
    """Find jobs whose worker has died, and begin them anew."""
    take_up_again()


def defer(job: int) -> None:
    """Put a job into the queue, in the caller's transaction, unless it stands there already."""
    try:
        with transaction.atomic():
            make_files.configure(queueing_lock=f"release-job-{job}").defer(job=job)
    except AlreadyEnqueued:
        return
