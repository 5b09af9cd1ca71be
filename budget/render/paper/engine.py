"""WeasyPrint with the project's style, fonts and refusals: one HTML string to laid-out pages."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from budget.render.paper.anchors import anchored
from budget.render.paper.errors import MissingFonts
from budget.render.paper.fetcher import Refusing
from budget.render.paper.painting import painted_once
from budget.render.paper.source import Source
from budget.render.styles import style_text

STYLE = "css/print.css"


@dataclass(frozen=True)
class Engine:
    """What all documents of a process share; ``digest`` is that of the style."""

    style: CSS
    fonts: FontConfiguration
    fetcher: Refusing
    digest: str

    def laid_out(self, html: str) -> Document:
        """Return the pages of one HTML document. Raises BadText."""
        source = Source(html, self.fetcher)
        document = source.render(font_config=self.fonts, stylesheets=[self.style])
        return painted_once(anchored(document))

    def key(self, html: str) -> str:
        """Return what the layout of an HTML document depends on, as a digest."""
        return hashlib.sha256(f"{self.digest}\n{html}".encode()).hexdigest()


@cache
def engine() -> Engine:
    """Return the engine of this process. Raises MissingFonts, MissingStyle."""
    check_fonts()
    text = style_text(STYLE)
    fonts = FontConfiguration()
    fetcher = Refusing()
    return Engine(
        style=CSS(string=text, font_config=fonts, url_fetcher=fetcher),
        fonts=fonts,
        fetcher=fetcher,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def check_fonts() -> None:
    """Raise MissingFonts where fontconfig would silently take whatever the machine has."""
    file = os.environ.get("FONTCONFIG_FILE", "")
    if not file or not Path(file).is_file():
        raise MissingFonts(f"找不到字体配置文件 {file or '（未设置）'}，请先执行 make fonts。")


def written(documents: list[Document], **options: Any) -> bytes:
    """Return all pages as one PDF, with the metadata of the first document."""
    first, *_ = documents
    pages = [page for document in documents for page in document.pages]
    pdf: bytes = first.copy(pages).write_pdf(**options)
    return pdf
