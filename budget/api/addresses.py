"""How a version is spelled in an address: the one that holds now, or a given one."""

from __future__ import annotations

from django.urls import register_converter

LATEST = "latest"
SPELLING = "latest|v[1-9][0-9]{0,3}"


class VersionConverter:
    """``latest`` or ``v2``: the number of a release, None for the one that holds now."""

    regex = SPELLING

    def to_python(self, value: str) -> int | None:
        """Return the number."""
        return None if value == LATEST else int(value[1:])

    def to_url(self, value: int | None) -> str:
        """Return the spelling of a number."""
        return LATEST if value is None else f"v{value}"


register_converter(VersionConverter, "version")
