"""What a browser may do with our pages, said in a header of every answer.

Everything that a page needs comes from our own host: no script and no style in the page itself, no
frame around it, no form that leaves it. An offline intranet loses nothing by it, and a text that
somebody smuggled into a document can neither run nor call home.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
"""The content security policy. ``default-src`` also rules over style, script, font and image."""


class ContentSecurityPolicy:
    """Middleware that adds the policy to whatever answers, pages of errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, the policy in the header."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
