"""Reading a workbook of unknown origin in a process of its own, with little memory and time."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Final

import budget
from budget.imports.xlsx.limits import MOST_BYTES
from budget.imports.xlsx.passing import Cells, from_json
from budget.imports.xlsx.refusal import UnreadableWorkbook

LOG: Final = logging.getLogger("budget.imports")
ROOT: Final = Path(budget.__file__).resolve().parents[1]
MOST_SECONDS: Final = 20
"""By the clock, where others keep the processors busy: nobody's good file is refused for that. The
process itself stops after four seconds of the processor's time, on a quiet machine the sooner."""
TOO_SLOW: Final = "文件过于复杂，没有在限定的时间内读完，请删去无关内容后重试"
TOO_LARGE: Final = "文件超过10兆字节，请删去无关内容后重试"


def read_cells(content: bytes, name: str = "") -> Cells:
    """Return the sheets of a workbook. Raises UnreadableWorkbook whatever is wrong with it."""
    if len(content) > MOST_BYTES:
        raise UnreadableWorkbook(TOO_LARGE)
    command = [sys.executable, "-m", "budget.imports.xlsx.child", Path(name).suffix]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            cwd=ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableWorkbook(TOO_SLOW) from error
    if done.stderr:
        LOG.warning("reading a workbook: %s", done.stderr.decode(errors="replace")[-2000:])
    if done.returncode or not done.stdout:
        raise UnreadableWorkbook(TOO_SLOW)
    told = json.loads(done.stdout)
    if "refusal" in told:
        raise UnreadableWorkbook(told["refusal"])
    return from_json(told)
