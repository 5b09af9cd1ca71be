"""Setting many letters in a child process: each within a time, a fresh process after some."""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from threading import Timer
from types import TracebackType
from typing import Final

from django.conf import settings

from budget.papers.approval import Letter
from budget.papers.child import received, send

MOST_SECONDS: Final = 60
"""For one letter, by the clock."""
LETTERS_PER_CHILD: Final = 20
"""After so many a child ends, because memory comes apart."""
BROKEN_OFF: Final = f"打印超过{MOST_SECONDS}秒或超出内存限制，已停止"


class NotPrinted(Exception):
    """A letter was not set; the message says why in Chinese."""


class Printer:
    """Sets letters one after another; as a context it leaves no process behind."""

    def __init__(self) -> None:
        self.child: subprocess.Popen[bytes] | None = None
        self.left = 0

    def __enter__(self) -> Printer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def printed(self, letter: Letter) -> bytes:
        """Return a letter as a PDF. Raises NotPrinted."""
        child = self._ready()
        assert child.stdin is not None
        assert child.stdout is not None
        watch = Timer(MOST_SECONDS, child.kill)
        watch.start()
        try:
            send(child.stdin, True, pickle.dumps(letter))  # type: ignore[arg-type]
            answer = received(child.stdout)  # type: ignore[arg-type]
        except BrokenPipeError:
            answer = None
        finally:
            watch.cancel()
        if answer is None:
            self._end()
            raise NotPrinted(BROKEN_OFF)
        good, content = answer
        if not good:
            raise NotPrinted(content.decode())
        return content

    def _ready(self) -> subprocess.Popen[bytes]:
        if self.child is not None and not self.left:
            self._end()
        if self.child is None:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "budget.papers.child"],
                cwd=settings.BASE_DIR,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            self.left = LETTERS_PER_CHILD
        self.left -= 1
        return self.child

    def _end(self) -> None:
        if self.child is None:
            return
        child, self.child = self.child, None
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what the child did not take any more
                    pipe.close()
