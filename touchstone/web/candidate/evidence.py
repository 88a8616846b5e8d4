"""证明材料: which kinds of evidence is a candidate asked for, which files lie there, and what did they just send?"""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.queries.registration import evidence
from touchstone.files.operations import LARGEST
from touchstone.web.doors import Request

_HINTS = {
    ProofKind.EMPLOYMENT: "劳动合同、派遣协议或社会保险缴费记录，证明您在本单位在岗。",
    ProofKind.WORK: "社会保险缴费记录、劳动合同或单位证明，写明从事本职业的起止时间。",
    ProofKind.CERTIFICATE: "低一等级的职业技能等级证书或职业资格证书。",
    ProofKind.SCHOOLING: "毕业证书，或学校出具的毕业学年学籍证明。",
    ProofKind.TITLE: "专业技术职称证书。",
}


def kinds_of(number: str, page: str) -> list[dict[str, Any]]:
    """This function will give each kind of evidence with the files that lie under a form or a registration; `page` sends them."""
    return [
        {
            "kind": kind.value,
            "label": kind.label,
            "hint": _HINTS[kind],
            "files": [{"row": one, "url": reverse(page, args=[number, one.number])} for one in files],
        }
        for kind, files in evidence(number).items()
    ]


def given_evidence(request: Request) -> tuple[ProofKind, str, bytes] | None:
    """This function will read the evidence a person sent, or tell them what is wrong with the file; None also for a kind there is not."""
    kind = request.POST.get("kind", "")
    file = given_file(request) if kind in set(ProofKind) else None
    return (ProofKind(kind), *file) if file is not None else None


def given_file(request: Request) -> tuple[str, bytes] | None:
    """This function will read the file a person sent, or tell them that there is none or that it is too large."""
    file = request.FILES.get("file")
    if file is None or not file.size or file.size > LARGEST:
        messages.error(request, f"请拍照或选择文件，不超过{LARGEST // 1048576}MB。")
        return None
    return file.name or "材料", file.read()
