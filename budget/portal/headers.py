"""The HTTP headers of a file that somebody downloads."""

from urllib.parse import quote


def attachment(name: str, fallback: str) -> str:
    """Return a Content-Disposition (RFC 6266) with a Chinese file name and one in ASCII.

    ``fallback`` is for programs that do not know ``filename*``: plain ASCII, without quotes.

    >>> attachment("预算.pdf", "157-2023.pdf")
    'attachment; filename="157-2023.pdf"; filename*=UTF-8\\'\\'%E9%A2%84%E7%AE%97.pdf'
    """
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"
