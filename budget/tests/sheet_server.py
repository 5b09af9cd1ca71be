"""A sheet's page and a server that keeps its rows, small enough to fail on purpose.

It keeps the contract of saving (docs/architecture.md, "The sheet in the browser") for one table, in
memory: so a test can say what the server does next, and see all that the browser sent.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final
from urllib.parse import parse_qs

from django.conf import settings

from budget.config.security import POLICY
from budget.money import WAN, YUAN, ZERO, total
from budget.spellings import Unreadable, amount, amount_text

Texts = dict[str, str]
Answer = tuple[int, dict[str, Any] | str]
FIELDS: Final = ("function", "name", "source", "carried", "basic", "project")
TITLES: Final = ("功能科目", "事项", "资金来源", "上年结转", "基本支出", "项目支出")
KINDS: Final = ("code", "text", "choice", "flag", "money", "money")
SOURCES: Final = ("一般公共预算拨款", "事业收入")
DEFAULTS: Final[Texts] = {field: SOURCES[0] if field == "source" else "" for field in FIELDS}
CODES: Final[tuple[tuple[str, str, list[str], bool], ...]] = (
    ("201", "一般公共服务支出", [], False),
    ("20103", "政府办公厅（室）及相关机构事务", ["一般公共服务支出"], False),
    ("2010301", "行政运行", ["一般公共服务支出", "政府办公厅（室）及相关机构事务"], True),
    ("2010302", "一般行政管理事务", ["一般公共服务支出", "政府办公厅（室）及相关机构事务"], True),
    ("2080505", "机关事业单位基本养老保险缴费支出", ["社会保障和就业支出"], True),
)
TYPES: Final = {".js": "text/javascript", ".css": "text/css"}


def texts(**cells: str) -> Texts:
    """Return a row's texts, the defaults where nothing is said."""
    return {**DEFAULTS, **cells}


@dataclass
class SheetServer:
    """The rows that are stored, what was asked, and what to answer instead of saving."""

    rows: dict[str, Texts]
    unit: str = "yuan"
    user: str = "7"
    posts: list[dict[str, Any]] = field(default_factory=list)
    pasted: list[dict[str, Any]] = field(default_factory=list)
    instead: list[Answer | None] = field(default_factory=list)
    dead: bool = False
    forget_answers: int = 0
    slow: float = 0.0
    answered: dict[str, Answer] = field(default_factory=dict)
    drafts: int = 0
    removable: bool = True
    lock: Lock = field(default_factory=Lock)

    # ---- running ----

    def start(self) -> None:
        """Listen on a free port."""
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        Thread(target=self._http.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._http.server_close()

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self._http.server_port}/entry/157001/2023/basic/"

    # ---- saving ----

    def save(self, body: dict[str, Any]) -> Answer:
        """Answer a batch; a batch that was answered before is answered the same."""
        with self.lock:
            self.posts.append(body)
            if self.instead and (answer := self.instead.pop(0)) is not None:
                return answer
            if body["batch"] not in self.answered:
                self.answered[body["batch"]] = 200, self._saved(body)
            return self.answered[body["batch"]]

    def _saved(self, body: dict[str, Any]) -> dict[str, Any]:
        keys: dict[str, str] = {}
        cells = [self._cell(change, keys, body["unit"]) for change in body["changes"]]
        unit = WAN if body["unit"] == "wan" else YUAN
        return {
            "cells": cells,
            "rows": keys,
            "totals": {name: amount_text(self.sum_of(name), unit) for name in ("basic", "project")},
            "revision": len(self.answered) + 1,
        }

    def sum_of(self, name: str) -> Decimal:
        """Return a column's total in yuan; amounts are kept as shown in the page's unit."""
        unit = WAN if self.unit == "wan" else YUAN
        return total(amount(row[name], unit) or ZERO for row in self.rows.values())

    def _cell(self, change: dict[str, Any], keys: dict[str, str], unit: str) -> dict[str, Any]:
        told = {"row": change["row"], "field": change.get("field", "")}
        if change.get("delete"):
            if not self.removable:
                return {**told, "outcome": "refused", "message": "项目下还有支出，不能删除"}
            self.rows.pop(keys.get(change["row"], change["row"]), None)
            return {**told, "outcome": "saved", "shown": ""}
        row = self._row(change["row"], keys)
        if row is None:
            return {**told, "outcome": "refused", "message": "这一行已被他人删除"}
        return {**told, **self._outcome(row, change, unit)}

    def _row(self, key: str, keys: dict[str, str]) -> Texts | None:
        if key.startswith("new:") and key not in keys:
            keys[key] = str(max(map(int, self.rows), default=0) + 1)
            self.rows[keys[key]] = dict(DEFAULTS)
        return self.rows.get(keys.get(key, key))

    def _outcome(self, row: Texts, change: dict[str, Any], unit: str) -> dict[str, Any]:
        name, stored = change["field"], row[change["field"]]
        try:
            now = self._read(name, change["now"], unit)
        except Unreadable as error:
            return {"outcome": "refused", "message": str(error)}
        if now == stored:
            return {"outcome": "same", "shown": stored}
        if stored not in (change["was"], DEFAULTS[name]):
            return {"outcome": "conflict", "shown": stored, "theirs": stored, "by": "李会计"}
        row[name] = now
        return {"outcome": "saved", "shown": now}

    def _read(self, name: str, text: str, unit: str) -> str:
        if name == "function":
            return text.strip().partition(" ")[0]
        if name not in ("basic", "project"):
            return text.strip()
        typed = WAN if unit == "wan" else YUAN
        return amount_text(amount(text, typed), typed)

    # ---- pages ----

    def page(self) -> str:
        """Return the page, as the sheets' template makes it."""
        body = "".join(
            _row(key, str(at), row) for at, (key, row) in enumerate(self.rows.items(), 1)
        )
        heads = "".join(
            f'<th scope="col" data-field="{name}" class="{kind}">{title}</th>'
            for name, title, kind in zip(FIELDS, TITLES, KINDS, strict=True)
        )
        totals = "".join(
            f"<td>{self._total(name) if kind == 'money' else ''}</td>"
            for name, kind in zip(FIELDS, KINDS, strict=True)
        )
        return PAGE.format(
            unit=self.unit,
            user=self.user,
            heads=heads,
            rows=body,
            blank=_row("new:1", str(len(self.rows) + 1), DEFAULTS),
            template=_row("new:{n}", "{n}", DEFAULTS),
            totals=totals,
        )

    def _total(self, name: str) -> str:
        unit = WAN if self.unit == "wan" else YUAN
        return f'<output data-total="{name}">{amount_text(self.sum_of(name), unit)}</output>'

    def draft(self) -> str:
        """Return the draft beside the sheet: one figure for the total, one for the number."""
        self.drafts += 1
        whole = self.sum_of("basic")
        first = next(iter(self.rows), "")
        return (
            f'<p>合计 <span id="summary/total">{whole}</span>，共 <span id="summary/rows">'
            f"{len(self.rows)}</span> 行</p>"
            f'<p><a href="/entry/157001/2023/basic/#row-{first}-basic">第一行的金额</a></p>'
        )

    def preview(self, body: dict[str, Any]) -> str:
        """Return what a pasted block would do."""
        self.pasted.append(body)
        lines = [line.split("\t") for line in body["text"].splitlines()]
        listed = "".join(f"<li>新增：{escape('，'.join(line))}</li>" for line in lines)
        return (
            f'<form method="post" action="/paste/confirm"><h2>将新增 {len(lines)} 行</h2>'
            f'<ul>{listed}</ul><input type="hidden" name="text" value="{escape(body["text"])}">'
            f'<input type="hidden" name="field" value="{body["field"]}">'
            '<button name="confirm" value="yes">确认粘贴</button>'
            '<button type="button" data-close>取消</button></form>'
        )

    def confirm(self, posted: dict[str, list[str]]) -> None:
        """Store a block that was previewed."""
        first = FIELDS.index(posted["field"][0])
        for line in posted["text"][0].splitlines():
            cells = dict(zip(FIELDS[first:], line.split("\t"), strict=False))
            key = str(max(map(int, self.rows), default=0) + 1)
            self.rows[key] = {
                **DEFAULTS,
                **{name: self._read(name, text, self.unit) for name, text in cells.items()},
            }


def _row(key: str, place: str, row: Texts) -> str:
    cells = "".join(
        f'<td class="{kind}">{_control(key, place, name, title, kind, row[name])}</td>'
        for name, title, kind in zip(FIELDS, TITLES, KINDS, strict=True)
    )
    return (
        f'<tr data-row="{key}"><th scope="row">{place}</th>{cells}<td class="entry-remove">'
        f'<label class="remove-row"><input type="checkbox" name="delete" value="{key}"'
        f' aria-label="保存时删除第{place}行"></label></td></tr>'
    )


def _control(key: str, place: str, name: str, title: str, kind: str, text: str) -> str:
    common = (
        f' class="cell" id="row-{key}-{name}" name="{key}:{name}" data-field="{name}"'
        f' data-kind="{kind}" data-was="{escape(text)}" aria-label="第{place}行 {title}"'
    )
    if kind == "choice":
        options = "".join(
            f"<option{' selected' if each == text else ''}>{each}</option>" for each in SOURCES
        )
        return f"<select{common}>{options}</select>"
    if kind == "flag":
        ticked = " checked" if text else ""
        return f'<input type="checkbox"{common} value="是"{ticked}>'
    if kind == "text":
        return f'<textarea{common} rows="1">{escape(text)}</textarea>'
    codes = ' data-codes="/codes.json"' if kind == "code" else ""
    named = f'<span class="code-name">{_name(text)}</span>' if kind == "code" else ""
    return f'<input{common}{codes} value="{escape(text)}" autocomplete="off">{named}'


def _name(code: str) -> str:
    return {code: name for code, name, _, _ in CODES}.get(code, "")


PAGE: Final = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>基本支出</title>
<link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/css/base.css">
<link rel="stylesheet" href="/static/css/entry.css">
<script type="module" src="/static/js/entry.js"></script></head><body><main class="frame">
<h1>基本支出</h1><a href="/elsewhere">别处</a>
<form class="entry-form" method="post" data-sheet="157001/2023/basic" data-save="save"
 data-unit="{unit}" data-revision="1" data-user="{user}" data-paste="/paste">
<input type="hidden" name="csrfmiddlewaretoken" value="token-of-{user}">
<div class="entry-bar">
<p class="entry-state" role="status" aria-live="polite" data-state="saved">已保存</p>
<p class="entry-note" role="status" aria-live="polite"></p>
<button class="primary" type="submit">保存</button></div>
<div class="entry-frame" tabindex="0" role="region" aria-label="基本支出">
<table class="entry-sheet"><thead><tr><th scope="col" class="entry-number">行</th>{heads}
<th scope="col" class="entry-remove"><span class="unseen">删除</span></th></tr></thead>
<tbody>{rows}{blank}</tbody>
<tfoot><tr><th scope="row">合计</th>{totals}<td></td></tr></tfoot></table></div>
<template class="row-template">{template}</template></form>
<section class="entry-preview" data-preview="/preview" aria-label="草案"></section>
</main></body></html>"""


def _handler(server: SheetServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer a page, a list or a file of ours."""
            path = self.path.partition("?")[0]
            if path.startswith("/static/"):
                file = Path(settings.BASE_DIR) / path.lstrip("/")
                self._send(200, file.read_bytes(), TYPES[file.suffix])
            elif server.dead:
                self.close_connection = True
            else:
                pages: dict[str, Callable[[], str]] = {"/preview": server.draft}
                if path == "/codes.json":
                    self._json(200, [_code(*each) for each in CODES])
                elif path.startswith("/entry/") or path in pages:
                    self._html(200, pages.get(path, server.page)())
                else:
                    self._html(200, "<!doctype html><title>别处</title><p>别处</p>")

        def do_POST(self) -> None:
            """Save a batch, show a block, store a block."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(server.slow)
            if server.dead:
                self.close_connection = True
            elif self.path.endswith("/save"):
                self._saved(json.loads(body))
            elif self.path == "/paste":
                self._html(200, server.preview(json.loads(body)))
            else:
                server.confirm(parse_qs(body.decode()))
                self._html(200, server.page())

        def _saved(self, asked: dict[str, Any]) -> None:
            if self.headers["X-CSRFToken"] != f"token-of-{server.user}":
                self._html(403, "CSRF")
                return
            status, answer = server.save(asked)
            if server.forget_answers:
                server.forget_answers -= 1
                self.close_connection = True
                return
            self._json(status, answer) if isinstance(answer, dict) else self._html(status, answer)

        def _json(self, status: int, answer: object) -> None:
            self._send(status, json.dumps(answer).encode(), "application/json")

        def _html(self, status: int, text: str) -> None:
            self._send(status, text.encode(), "text/html; charset=utf-8")

        def _send(self, status: int, body: bytes, content_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the tests look at what was asked."""

    return Handler


def _code(code: str, name: str, path: list[str], usable: bool) -> dict[str, Any]:
    return {"code": code, "name": name, "path": path, "usable": usable}
