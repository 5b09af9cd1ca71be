"""What a document may ask for while it is set: data that it carries itself, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.urls import URLFetcher, URLFetcherResponse

from budget.render.paper.errors import BlockedAddress


class Refusing(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Answers data: addresses and remembers every other one; no request leaves the process."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what a data: address holds. Raises BlockedAddress for any other address."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        self.refused.append(url)
        raise BlockedAddress(refusal([url]))

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Raise BlockedAddress at the end of a document in which anything was refused.

        WeasyPrint itself would go on without it, some of it only when pages are painted.
        """
        self.refused.clear()
        yield
        if self.refused:
            raise BlockedAddress(refusal(self.refused))


def refusal(addresses: list[str]) -> str:
    """Return the sentence that names the addresses, each once."""
    named = "、".join(dict.fromkeys(addresses))
    return f"文档引用了外部地址 {named}，已拒绝读取。"
