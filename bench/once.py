"""A process that does one thing once: ``python -m bench.once out.pdf``.

It says its peak memory, in bytes, on standard output. The peak is that of its own address space:
what getrusage says of a child includes the parent that started it.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import django

from bench.documents import sample_disclosure
from budget.render.registry import FORMATS

STATUS = Path("/proc/self/status")


def peak_memory() -> int:
    """Return the largest resident size of this process so far, in bytes."""
    if STATUS.is_file():
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(target: str) -> None:
    """Write the sample's PDF."""
    django.setup()
    disclosure = sample_disclosure()
    [content] = FORMATS["pdf"].render(disclosure).values()
    Path(target).write_bytes(content)
    print(peak_memory())


if __name__ == "__main__":
    main(sys.argv[1])
