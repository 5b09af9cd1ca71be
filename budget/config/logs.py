"""The log: one line of JSON for each thing that happened, for people and for programs.

A line says when, how serious, what, in which request and for which user by number; never a name, a
password, a token or what somebody typed. Nothing in a line can pretend to be another line.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

Event = MutableMapping[str, Any]

# What a terminal or a viewer of logs would act upon, and JSON leaves as it is.
ACTED_UPON: Final = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# PostgreSQL repeats the values of the row that it refuses.
VALUES: Final = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)


def without_values(_: Any, __: str, event: Event) -> Event:
    """Take out of messages and tracebacks what a database repeats of a row."""
    for name in ("event", "exception"):
        if isinstance(event.get(name), str):
            event[name] = VALUES.sub(r"\1: …", event[name])
    return event


class Line:
    """Writes an event as one line of JSON."""

    def __init__(self) -> None:
        self.json = structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)

    def __call__(self, logger: Any, name: str, event: Event) -> str:
        """Return the line; what might be acted upon is written as its number."""
        line = str(self.json(logger, name, event))
        return ACTED_UPON.sub(lambda found: f"\\u{ord(found.group()):04x}", line)


def formatter() -> dict[str, Any]:
    """Return the formatter of lines for ``logging.config.dictConfig``."""
    told = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%S.%f%z", utc=False, key="at"),
        structlog.processors.format_exc_info,
        without_values,
    )
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": told,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, Line()],
    }


def logging(lines: bool) -> dict[str, Any]:
    """Return Django's LOGGING: JSON lines, or plain text on a developer's machine.

    Requests are told of by ``budget.config.requests``, so Django's own warnings of them are not.
    """
    plain = {"format": "{levelname} {name}: {message}", "style": "{"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter() if lines else plain},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "budget": {"level": "INFO"},
            # Whoever prepares a demo by hand sees hundreds of acts, and can read them on /trail/.
            "budget.audit": {"level": "INFO" if lines else "WARNING"},
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"level": "ERROR"},
            # Names and addresses of who fails to sign in are kept in the database alone.
            "axes": {"level": "ERROR"},
        },
    }
