"""Windows of a browser: how wide they are, who is signed in there, what is wrong with a page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, ViewportSize

NARROW, WIDE = ViewportSize(width=360, height=740), ViewportSize(width=1440, height=900)
HEAR = (
    "window.broken = [];"
    "document.addEventListener('securitypolicyviolation',"
    " event => broken.push(`${event.violatedDirective} ${event.blockedURI}`))"
)
"""What keeps in the page how it broke the policy."""


def let_in(context: BrowserContext, client: Client, address: str) -> None:
    """Give a browser the session of somebody who is signed in."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def look_at(page: Page, site: str, paths: Iterable[str]) -> None:
    """Open each page narrow and wide: nothing sticks out, bars anybody, or is complained of."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", note)
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        for path in paths:
            answer = page.goto(site + path)
            assert answer
            assert answer.status == 200, path
            picture(page, path, size)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], (path, width)
            found = Axe().run(page).response["violations"]
            serious = [each["id"] for each in found if each["impact"] in ("serious", "critical")]
            assert serious == [], (path, serious)
    assert complaints == []


def picture(page: Page, path: str, size: ViewportSize) -> None:
    """Keep a picture in the folder that SCREENSHOTS names."""
    if folder := os.environ.get("SCREENSHOTS"):
        name = re.sub(r"\W+", "-", path).strip("-")
        file = Path(folder) / f"{name}-{size['width']}.png"
        page.screenshot(path=file, full_page=True)
