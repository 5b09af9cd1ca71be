"""A guide in Markdown as a page: headings that can be linked to, pictures, a list of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

PICTURES = "images/guide/"
"""Where guides keep their pictures, seen from docs/; the site serves them under the same words."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the second level, with those of the third below it; ``id`` is its address."""

    id: str
    title: str
    below: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: its title, its contents, its text as HTML without the title."""

    title: str
    contents: tuple[Heading, ...]
    html: SafeString


def accountants() -> Guide:
    """Return the guide for accountants."""
    return _read(settings.BASE_DIR / "docs" / "guide-accountant.md")


def reviewers() -> Guide:
    """Return the guide for heads, for departments' finance and for the bureau."""
    return _read(settings.BASE_DIR / "docs" / "guide-review.md")


def publishers() -> Guide:
    """Return the guide for those who publish, correct and withdraw."""
    return _read(settings.BASE_DIR / "docs" / "guide-publishing.md")


def administrators() -> Guide:
    """Return the guide for 三员."""
    return _read(settings.BASE_DIR / "docs" / "guide-administrators.md")


def operations() -> Guide:
    """Return the guide for those who install, back up and upgrade the site."""
    return _read(settings.BASE_DIR / "docs" / "guide-operations.md")


@cache
def _read(path: Path) -> Guide:
    return guide(path.read_text(encoding="utf-8"))


def guide(text: str) -> Guide:
    """Return a guide from its Markdown, which begins with its title. HTML in it stays text."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    opening, title, closing, *rest = markdown.parse(text)
    if (opening.tag, closing.tag) != ("h1", "h1"):
        raise ValueError("a guide begins with its title, a heading of the first level")
    for token in rest:
        _point(token)
    contents = tuple(_contents(rest))
    html = markdown.renderer.render(rest, markdown.options, {})
    # The text is a file of the program, and HTML in it is not let through.
    return Guide(title.content, contents, mark_safe(html))


def anchor(title: str) -> str:
    """Return the address of a heading within its page: its words without blanks."""
    return "".join(title.split())


def _point(token: Token) -> None:
    """Let the pictures of a paragraph be found on the site, and be loaded when they come up."""
    for child in token.children or ():
        source = child.attrGet("src")
        if child.type == "image" and isinstance(source, str) and source.startswith(PICTURES):
            child.attrSet("src", static(source.removeprefix("images/")))
            child.attrSet("loading", "lazy")


def _contents(tokens: list[Token]) -> Iterator[Heading]:
    """Give headings their addresses, and yield those of the second level with those below."""
    found: list[tuple[str, str]] = []
    for token, words in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(words.content))
            found.append((token.tag, words.content))
    for at, (tag, title) in enumerate(found):
        if tag == "h2":
            yield Heading(anchor(title), title, tuple(_below(found[at + 1 :])))


def _below(following: list[tuple[str, str]]) -> Iterator[Heading]:
    for tag, title in following:
        if tag == "h2":
            return
        if tag == "h3":
            yield Heading(anchor(title), title)
