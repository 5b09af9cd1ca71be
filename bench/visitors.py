"""The people of a busy day, as locust plays them: who they are is told by the file CROWD names.

Readers look at what is published, accountants type cells and look at their draft, reviewers open
their desk, a budget, what the rules find in it and what changed. Everybody reads 3 to 7 seconds
between two clicks.
"""

from __future__ import annotations

import json
import os
import random
import re
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

from locust import HttpUser, between, task

CROWD = json.loads(Path(os.environ["CROWD"]).read_text(encoding="utf-8"))
ACCOUNTANTS, REVIEWERS = cycle(CROWD["accountants"]), cycle(CROWD["reviewers"])
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TABLES = ("summary", "general-public-spending", "general-public-basic", "three-publics")
WORDS = ("三公经费", "教育局", "政府采购", "培训费", "驻京办", "绩效目标")


class Visitor(HttpUser):
    """Somebody who comes, reads and clicks."""

    abstract = True
    wait_time = between(3, 7)

    def look(self, path: str, name: str) -> str:
        """Ask for a page; anything but 200 counts as an error."""
        with self.client.get(path, name=name, catch_response=True) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code}")
            return answer.text or ""


class Reader(Visitor):
    """One of the public."""

    fixed_count = 60

    @task(2)
    def home(self) -> None:
        """The list of departments."""
        self.look("/", "公众 首页")

    @task(4)
    def document(self) -> None:
        """One department's disclosure."""
        self.look(self.somewhere(), "公众 公开文件")

    @task(4)
    def table(self) -> None:
        """One of its tables."""
        self.look(f"{self.somewhere()}{random.choice(TABLES)}/", "公众 表")

    @task(2)
    def search(self) -> None:
        """Words, looked for in everything."""
        self.look(f"/search/?q={random.choice(WORDS)}", "公众 检索")

    def somewhere(self) -> str:
        """Return where one of the documents is."""
        return str(random.choice(CROWD["pages"]))


class SignedIn(Visitor):
    """Somebody with a session and a piece of work."""

    abstract = True

    def begin(self, mine: dict[str, Any]) -> None:
        """Bring the session."""
        self.mine, self.at = mine, mine["at"]
        self.client.cookies.set("session", mine["session"])


class Accountant(SignedIn):
    """Fills in a department's budget, one cell after the other."""

    fixed_count = 25

    def on_start(self) -> None:
        """Sit down in front of the sheet."""
        self.begin(next(ACCOUNTANTS))
        self.rows = dict(self.mine["rows"])
        self.number = 0
        self.sheet()

    @task(2)
    def sheet(self) -> None:
        """The sheet of basic spending."""
        page = self.look(f"{self.at}basic/", "会计 填报表")
        found = TOKEN.search(page)
        self.token = found[1] if found else ""

    @task(8)
    def cell(self) -> None:
        """An amount, typed over the one before."""
        row = random.choice(list(self.rows))
        self.number += 1
        now = f"{1_000 + self.number}.00"
        change = {"row": row, "field": "amount", "was": self.rows[row], "now": now}
        with self.client.post(
            f"{self.at}basic/save",
            name="会计 保存一格",
            json={"batch": str(uuid4()), "unit": "yuan", "changes": [change]},
            headers={"X-CSRFToken": self.token, "X-Requested-With": "XMLHttpRequest"},
            catch_response=True,
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code}")
            elif answer.json()["cells"][0]["outcome"] not in ("saved", "same"):
                answer.failure(answer.text)
            else:
                self.rows[row] = f"{1_000 + self.number:,}.00"

    @task(1)
    def draft(self) -> None:
        """The draft of the document."""
        self.look(f"{self.at}preview/", "会计 草稿")


class Reviewer(SignedIn):
    """Reviews in the bureau."""

    fixed_count = 15

    def on_start(self) -> None:
        """Come to the desk."""
        self.begin(next(REVIEWERS))

    @task(3)
    def desk(self) -> None:
        """What waits for him."""
        self.look("/flow/", "审核 待我办理")

    @task(3)
    def budget(self) -> None:
        """One budget: where it stands, what can be done."""
        self.look(f"/flow/{self.at}", "审核 一个预算")

    @task(2)
    def findings(self) -> None:
        """What the rules find in it."""
        self.look(f"/entry/{self.at}preview/?show=findings", "审核 核对结果")

    @task(2)
    def changes(self) -> None:
        """What changed in it since it was last sent, and since last year."""
        self.look(f"/review/{self.at}", "审核 变化")
