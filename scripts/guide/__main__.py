"""python -m scripts.guide FOLDER [NAME...]: take the guide's pictures, or some of them, anew."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.guide.desk import COLLEAGUE, Room
from scripts.guide.pictures import PICTURES, Picture
from scripts.guide.site import demo_site

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main(folder: Path, names: list[str]) -> int:
    """Take the pictures; return 0, or 2 where there is no browser to take them with."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        print("guide: no Chromium on this machine (as root: apt-get install chromium)")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    with demo_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _take(Room(browser, site, folder), [each for each in PICTURES if each.name in names])
        browser.close()
    return 0


def _take(room: Room, pictures: list[Picture]) -> None:
    """Take each picture in windows of its own, so that none sees what another left."""
    visitor = room.desk()
    visitor.open("/account/login/")
    visitor.keep("sign-in")
    people = {who: room.sign_in(who) for who in {COLLEAGUE, *(each.who for each in pictures)}}
    for each in pictures:
        desk, beside = room.desk(people[each.who], each.size), room.desk(people[COLLEAGUE])
        each.take(desk, beside)
        beside.page.context.close()
        desk.keep(each.name)


if __name__ == "__main__":
    every = [each.name for each in PICTURES]
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:] or every))
