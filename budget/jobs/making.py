"""Making one release's files, in the process that does nothing else: within memory and time."""

from __future__ import annotations

import logging
import resource
import signal
from functools import partial
from typing import Final

from budget.jobs.holding import finish, told
from budget.models import Release
from budget.release import DamagedContent, OtherFonts, complete
from budget.render.errors import RenderError

LOG = logging.getLogger("budget.jobs")
MOST_MEMORY: Final = 2 * 2**30  # of addresses; a document of 16 pages takes about 0.3 GB of memory
MOST_SECONDS: Final = 120
TOO_MUCH: Final = "内容过多，制作时超出内存限制"
UNEXPECTED: Final = "程序出错，已记入日志，请联系系统管理员"


def be_limited() -> None:
    """Take from this process, for good, all but some memory and time."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(MOST_SECONDS)


def make(job: int) -> str:
    """Make the files of a job's release, and return "", or in Chinese why they are not made.

    Whatever goes wrong is told here once, because nobody else hears this process.
    """
    release = Release.objects.get(job__pk=job)
    try:
        complete(release, told=partial(told, job))
    except (DamagedContent, OtherFonts, RenderError) as error:
        return str(error)
    except MemoryError:
        return TOO_MUCH
    except Exception:
        LOG.exception("job %s", job)
        return UNEXPECTED
    finish(job)
    return ""
