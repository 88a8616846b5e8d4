"""业务地址: where does a person of this office open the case with this public number?"""

import re

from django.urls import NoReverseMatch, reverse

from touchstone.accounts.actor import Actor
from touchstone.web.navigation import audience_of

_PAGES = {
    "SQ": "corps_application",
    "DW": "corps_member",
    "PQ": "dispatch_request",
    "PX": "corps_course",
    "BA": "filing",
    "KS": "candidate",
    "BS": "report",
    "JH": "plan",
    "DA": "archive",
    "SD": "pilot",
    "GS": "notice",
    "XH": "association_move",
    "XM": "project",
    "ZJ": "call",
    "YZ": "call_application",
    "ZQ": "end_request",
    "ZZ": "termination",
    "ZX": "ending_run",
    "ST": "question",
    "SJ": "paper",
    "MX": "blueprint",
    "TK": "bank",
    "XK": "licence",
    "WJ": "violation",
    "PP": "appointment_round",
    "PR": "appointment",
    "TW": "inquiry",
    "TZ": "guidance_notice",
    "ZF": "guidance_visit",
    "ZL": "guidance_paper",
    "JG": "structure",
    "JD": "structure_import_run",
}

_CERTIFICATE = re.compile(r"[YS]\d{12}")


def case_url(case: str, actor: Actor) -> str:
    """This function will give the page of a case in the actor's own pages, or an empty string where there is none."""
    page = "certificate" if _CERTIFICATE.match(case) else _PAGES.get(case[:2])
    if page is None:
        return ""
    audiences = (audience_of(actor), "public")
    for audience in audiences:
        try:
            return reverse(f"{audience}:{page}", args=[case])
        except NoReverseMatch:
            continue
    return ""
