"""The document for circulation inside the house: marked drafts, and the published one plain."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.access.admitted import budget_of, person, unit_code
from budget.document import Disclosure
from budget.judging import draft_version
from budget.models import Release
from budget.papers.answers import told
from budget.papers.asked import printed_by
from budget.papers.limits import made_once
from budget.release import is_readable, read
from budget.render.registry import INSIDE_FORMATS, UNMARKED, InsideFormat, Marking


@never_cache
@require_safe
@told
def draft(request: HttpRequest, code: str, year: int, format: str) -> HttpResponse:
    """Send the draft in a format for inside, marked on every page; what it lacks shows in it."""
    if format not in INSIDE_FORMATS:
        raise Http404(f"没有名为 {format} 的格式；现有：{'、'.join(INSIDE_FORMATS)}")
    wanted = INSIDE_FORMATS[format]
    document = draft_version(budget_of(request), unit_code(request)).document
    marking = Marking(wanted.word, printed_by(request) if wanted.told else "")
    content = made_once(
        person(request).pk,
        f"{format}:{code}:{year}",
        repr(document),
        lambda: wanted.render(document, marking),
    )
    return sent(content, wanted, document, f"（{wanted.word}）")


@never_cache
@require_safe
@told
def published(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Send the published document as a Word file without a mark: the words of the release."""
    released = Release.objects.filter(issue__budget=budget_of(request), code=code)
    release = released.select_related("withdrawal", "seal").order_by("-number").first()
    if release is None or not is_readable(release):
        raise Http404("没有可以下载的已公开文件")
    wanted, document = INSIDE_FORMATS["docx"], read(release)
    kind = f"published:{code}:{year}"
    content = made_once(
        person(request).pk, kind, release.digest, lambda: wanted.render(document, UNMARKED)
    )
    return sent(content, wanted, document, f"-第{release.number}版")


def sent(content: bytes, format: InsideFormat, document: Disclosure, mark: str) -> HttpResponse:
    """Return a file as a download named after the document."""
    return file_answer(content, format.content_type, f"{document.title}{mark}.{format.code}")


def file_answer(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file as a download."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
