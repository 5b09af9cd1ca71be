"""What no XML can hold, and so neither a workbook nor a Word file."""

from __future__ import annotations

import re
from typing import Final

FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line end, halves of surrogate pairs, and what is no character."""
