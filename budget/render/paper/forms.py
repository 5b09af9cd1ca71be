"""Setting forms and letters: print.css and, for them alone, print-forms.css."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.template.loader import get_template
from weasyprint import CSS
from weasyprint.document import Document

from budget.document import Disclosure, Table
from budget.render.forms import Form
from budget.render.paper.book import ALONE, ONE_AT_A_TIME, TAGGED, Press
from budget.render.paper.cache import SectionCache
from budget.render.paper.collector import paused
from budget.render.paper.complaints import heard
from budget.render.paper.engine import Engine, engine, written
from budget.render.paper.finish import finisher
from budget.render.paper.marking import page_style
from budget.render.paper.sheets import Sheet, Sheets
from budget.render.paper.source import Source
from budget.render.styles import style_text

STYLE: Final = "css/print-forms.css"


def render_form(form: Form) -> bytes:
    """Return a form as a PDF. Raises RenderError."""
    return _written(form, None, ())


def render_letter(form: Form, disclosure: Disclosure, tables: tuple[Table, ...]) -> bytes:
    """Return a letter with tables behind it as a PDF; pages are counted through."""
    return _written(form, disclosure, tables)


def _written(form: Form, disclosure: Disclosure | None, tables: tuple[Table, ...]) -> bytes:
    machine = engine()
    with ONE_AT_A_TIME, paused(), heard(), machine.fetcher.watched():
        documents = [_set(machine, form)]
        if disclosure is not None:
            press = Press(machine, Sheets(disclosure, tables), SectionCache(0), recut=True)
            press.next_page += len(documents[0].pages)
            documents += press.alone()
        return written(documents, pdf_variant=TAGGED, finisher=finisher(ALONE))


def _set(machine: Engine, form: Form) -> Document:
    source = Source(page_of(form), machine.fetcher)
    return source.render(font_config=machine.fonts, stylesheets=[machine.style, _style(machine)])


@cache
def _style(machine: Engine) -> CSS:
    return CSS(string=style_text(STYLE), font_config=machine.fonts, url_fetcher=machine.fetcher)


def page_of(form: Form) -> str:
    """Return the page of a form before it is set."""
    sheet = Sheet(
        kind=form.kind,
        body=f"papers/{form.template}.html",
        title=form.title,
        author=form.author,
        keywords="",
        mark=page_style(form.marking),
    )
    return get_template("disclosure/sheet.html").render({"sheet": sheet, **form.shown})
