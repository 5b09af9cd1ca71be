"""``python -m budget.tests.step_worker``: takes steps as a web process does, as its input tells.

Each line of the input is a JSON object: what to do, by whom, after how many seconds; each line of
the output says what came of it. "naively" stands for the mistake that the races look for: what is
asked first is written later, without a lock in between.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from typing import Any

import django


def main() -> None:
    """Do what each line asks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budget.config.settings")
    django.setup()
    logging.disable()  # what is said goes to the reader of the output
    # Only now can models be imported: this module is a program of its own.
    from budget.tests.racing import done

    for line in sys.stdin:
        told: dict[str, Any] = json.loads(line)
        time.sleep(told.get("after", 0))
        print(json.dumps(done(told), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
