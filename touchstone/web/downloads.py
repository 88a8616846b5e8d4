"""下载: how does a kept or freshly made file leave, under a name people can read?"""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import Http404, HttpResponse

from touchstone.files.queries import content, of_case
from touchstone.kernel.law import Refusal
from touchstone.print.press import CannotPrint

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = {"application/pdf", "image/jpeg", "image/png"}


def send(body: bytes, media: str, name: str, *, inline: bool = False) -> HttpResponse:
    """This function will send bytes as a file; PDFs and pictures may open in the page."""
    response = HttpResponse(body, content_type=media)
    how = "inline" if inline and media in _SHOWN else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def send_printed(press: Callable[[], bytes], name: str) -> HttpResponse:
    """This function will print a document and send it as PDF. :raises Refusal: for one that must not be printed as it is."""
    try:
        return send(press(), "application/pdf", name, inline=True)
    except CannotPrint as fault:
        raise Refusal(fault.sentence, None, "请联系平台运行人员。") from fault


def send_attachment(attachment: "Attachment") -> HttpResponse:
    """This function will send a kept file; the caller has checked who may see its case."""
    return send(content(attachment), attachment.media, attachment.name, inline=True)


def send_from_case(case: str, number: str) -> HttpResponse:
    """This function will send the file with this number under a case; the caller has checked who may see the case. :raises Http404:"""
    kept = of_case(case).filter(number=number).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)
