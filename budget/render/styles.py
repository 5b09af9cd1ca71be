"""The project's own style sheets, as text to be put into files."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders

from budget.render.errors import RenderError


class MissingStyle(RenderError):
    """A style sheet of the project is not where it should be."""


def style_text(name: str) -> str:
    """Return a style sheet by its name under static/. Raises MissingStyle."""
    found = finders.find(name)
    if found is None:
        raise MissingStyle(f"找不到样式文件 {name}，安装不完整。")
    return Path(found).read_text(encoding="utf-8")
