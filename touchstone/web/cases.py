"""业务地址: where does a person of this office open the case with this public number?"""

import re
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from touchstone.accounts.actor import Actor
from touchstone.web.navigation import audience_of

if TYPE_CHECKING:
    from touchstone.tasks.models import Task

_PAGES = {
    "SQ": "corps_application",
    "DW": "corps_member",
    "PQ": "dispatch_request",
    "PH": "assistance",
    "PX": "corps_course",
    "BA": "filing",
    "KS": "candidate",
    "BS": "report",
    "JH": "plan",
    "DA": "archive",
    "SD": "pilot",
    "KB": "course_batch",
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
    "MY": "issuer_key",
    "TK": "bank",
    "XK": "licence",
    "WJ": "violation",
    "CZ": "revocation",
    "GZ": "certificate_request",
    "ZS": "certificate_batch",
    "SB": "certificate_parcel",
    "YJ": "alert",
    "BD": "comparison_run",
    "CC": "inspection_plan",
    "CQ": "inspection_draw",
    "CD": "drift_explanation",
    "YB": "month",
    "RW": "inspection_visit",
    "NK": "assessment",
    "DJ": "grade_run",
    "DP": "grade_line",
    "QM": "term_evaluation",
    "DQ": "records_call",
    "YC": "watch",
    "DD": "campaign",
    "HS": "tracing",
    "ZD": "camera_gap",
    "TS": "lead",
    "SM": "lead_word",
    "WB": "unfiled",
    "AJ": "case",
    "AD": "case_archive",
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


def task_url(task: "Task", actor: Actor) -> str:
    """This function will give the page on which a task is done: of what is to be marked, the marker's own page, else that of its case."""
    if task.matter.startswith("marking_"):
        return reverse("body:marking", args=[task.case.rpartition("-")[0], task.case])
    return case_url(task.case, actor)


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
