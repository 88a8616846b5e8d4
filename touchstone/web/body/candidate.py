"""考生: what does this person claim, what was found, what is still to hand in, and what was checked?"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams import permissions
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.operations import eligibility_evidence, eligibility_review, enquiry_answers
from touchstone.exams.operations.registration import withdraw_candidate
from touchstone.exams.queries import own, winding
from touchstone.exams.queries import registration as queries
from touchstone.exams.queries.courses import exempt_by, told_by_part
from touchstone.exams.queries.enquiries import standing_of
from touchstone.exams.queries.kept import kept_by
from touchstone.exams.queries.remarks import remarks_of, score_history
from touchstone.exams.states import CandidateState, PlanState
from touchstone.ledger.queries import history
from touchstone.policy.eligibility.admission import Ground
from touchstone.policy.eligibility.conditions import conditions_for
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.outside import Register
from touchstone.violations.permissions import may_record
from touchstone.web.body.candidates import STATES
from touchstone.web.body.entry_links import entry_url
from touchstone.web.body.proof_forms import FORMS, ProofForm, filled, told_facts
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import send_attachment
from touchstone.web.enquiry_words import lines_of, with_questions
from touchstone.web.levels import level_label
from touchstone.web.plan_view import told as told_lines
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate

_CLAIMS = {
    "years_in_field": "从事本职业年数", "started_work_on": "参加工作时间", "education": "文化程度", "major": "专业", "diploma_number": "学历证书编号",
    "source": "考生来源", "region": "所在地区", "assessment_kind": "认定分类", "exam_kind": "考试类型", "ethnicity": "民族",
    "registering_body": "报名单位", "experience": "简要经历", "collect_by": "证书领取方式",
}  # fmt: skip


_ROSTER_OPEN = {PlanState.REPORTED, PlanState.REVIEWED}


@body_door
def candidate(request: Request, number: str) -> HttpResponseBase:
    """This page will show a candidate's claims, findings and evidence, and take what the reviewer notes."""
    found = queries.candidate(number, request.actor)
    files, photo = queries.evidence(number), own.photo_of(number)
    bound: dict[ProofKind, ProofForm] = {}
    if request.method == "POST" and _acted(request, found, files, bound):
        return redirect("body:candidate", number)
    stop = winding.stopped(found.plan, request.today)
    open_now = found.plan.state == PlanState.REPORTED and found.state != CandidateState.WITHDRAWN and stop is None
    label, tone = STATES[found.state]
    asked, why_not = standing_of(found), permissions.why_not(request.actor, "review", found.plan)
    lines = list(history(number))
    context = {
        "candidate": found,
        "plan": found.plan,
        "state_label": label,
        "state_tone": tone,
        "ground": Ground(found.ground).label,
        "admitted_by": found.admitted_by,
        "admitted_url": entry_url(found.admitted_by),
        "claims": _claims(found),
        "kept": kept_by(found),
        "exempt": told_by_part(exempt_by(found)),
        "score_history": score_history(found),
        "score_remarks": list(remarks_of(found)),
        "photo_url": reverse("body:evidence_file", args=[number, photo.number]) if photo else "",
        "admission": with_questions([one for one in found.findings if one.get("part") not in {"condition", "standard"}], asked),
        "standard": [one for one in found.findings if one.get("part") == "standard"],
        "conditions": with_questions(_conditions(found), asked),
        "questions": lines_of(asked, oneself=False),
        "may_act": not why_not and found.state != CandidateState.WITHDRAWN and found.plan.state != PlanState.CANCELLED,
        "proofs": [_proof(found, kind, files[kind], bound) for kind in ProofKind],
        "why_not": why_not,
        "stop": str(stop) if stop else "",
        "open_now": open_now,
        "can_accuse": may_record(request.actor) and not found.disqualified_by and found.state != CandidateState.WITHDRAWN,
        "doubts": [line for line in lines if line.event == "candidate.undertaking_doubted"],
        "can_refuse": open_now and found.state in {CandidateState.REGISTERED, CandidateState.UNPROVEN},
        "can_withdraw": found.state != CandidateState.WITHDRAWN and found.plan.state in _ROSTER_OPEN | ({PlanState.ARRANGED} if stop else set()),
        "entries": [*_first_entry(found), *told_lines(lines)],
        "request_key": uuid4(),
        "crumbs": [
            {"label": "认定计划", "url": reverse("body:plans")},
            {"label": found.plan.number, "url": reverse("body:plan", args=[found.plan.number])},
            {"label": "考生与资格审核", "url": reverse("body:candidates", args=[found.plan.number])},
            {"label": found.name, "url": ""},
        ],
    }
    return render(request, "body/candidate.html", context)


@body_door
def evidence_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a piece of a candidate's evidence. :raises Http404:"""
    files = queries.evidence(queries.candidate(number, request.actor).number)
    kept = next((one for several in files.values() for one in several if one.number == attachment), None)
    photo = own.photo_of(number)
    if kept is None and photo is not None and photo.number == attachment:
        kept = photo
    if kept is None:
        raise Http404
    return send_attachment(kept)


def _acted(request: Request, found: "Candidate", files: dict[ProofKind, Any], bound: dict[ProofKind, ProofForm]) -> bool:
    """Carry out the posted act; False when a form is to be shown again, filled as it was."""
    act, number, by, at = request.POST.get("act", ""), found.number, request.actor, request.now
    reason = request.POST.get("reason", "")
    kind = ProofKind(request.POST["kind"]) if request.POST.get("kind") in set(ProofKind) else None
    if act == "check" and kind is not None:
        return _checked(request, found, kind, files, bound)
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "decide": (lambda: eligibility_evidence.decide_eligibility(number=number, by=by, at=at), "已重新判定。"),
        "refuse": (lambda: eligibility_review.refuse_candidate(number=number, reason=reason, by=by, at=at), "已作不予通过决定。"),
        "withdraw": (lambda: withdraw_candidate(number=number, reason=reason, by=by, at=at), "已办理退出。"),
        "remove": (
            lambda: eligibility_evidence.withdraw_evidence(number=number, attachment=request.POST.get("attachment", ""), by=by, at=at),
            "材料已移除。",
        ),
    }
    if request.POST.get("register") in set(Register):
        asked: dict[str, Any] = {"candidate_number": number, "register": Register(request.POST["register"]), "by": by, "at": at}
        acts["ask_again"] = (partial(enquiry_answers.ask_again, **asked), "已重新提出查询，几分钟内有结果。")
        acts["settle"] = (partial(enquiry_answers.settle_contradiction, words=reason, **asked), "核实情况已登记。")
    if kind is not None:
        acts["uncheck"] = (lambda: eligibility_evidence.uncheck_evidence(number=number, kind=kind, reason=reason, by=by, at=at), "核对结果已撤销。")
        acts["hand_in"] = (lambda: _hand_in(request, number, kind), "材料已上传。")
    if act in acts:
        with told(request):
            acts[act][0]()
            messages.success(request, acts[act][1])
    return True


def _first_entry(found: "Candidate") -> list[dict[str, Any]]:
    """Whoever came with a workbook has no line of their own for it: the chunk's line holds the hash of the outcome."""
    row = queries.came_with(found)
    if row is None:
        return []
    who = row.upload.uploaded_by.display_name if row.upload.uploaded_by else "平台自动办理"
    words = f"报名表{row.upload.number}第{row.row_number}行。{''.join(row.sentences)}"
    return [{"what": "登记考生", "who": who, "at": row.upload.uploaded_at, "opinion": words}]


def _hand_in(request: Request, number: str, kind: ProofKind) -> None:
    for file in request.FILES.getlist("file"):
        eligibility_evidence.hand_in_evidence(
            number=number, kind=kind, name=file.name or "材料", content=file.read(), by=request.actor.with_key(""), at=request.now
        )


def _checked(request: Request, found: "Candidate", kind: ProofKind, files: dict[ProofKind, Any], bound: dict[ProofKind, ProofForm]) -> bool:
    form = bound[kind] = _form(kind, files[kind], request.POST)
    if not form.is_valid():
        return False
    with told_in(form):
        given = form.cleaned_data
        after = eligibility_evidence.check_evidence(
            number=found.number,
            kind=kind,
            facts=form.facts(),
            attachments=tuple(given.get("attachments", ())),
            remark=given["remark"],
            by=request.actor,
            at=request.now,
        )
        messages.success(request, f"{kind.label}已核对，资格判定：{CandidateState(after.state).label}。")
        return True
    return False


def _form(kind: ProofKind, files: list[Any], data: Any = None, initial: dict[str, Any] | None = None) -> ProofForm:
    return FORMS[kind](data, files=[(one.number, one.name) for one in files], prefix=kind.value, initial=initial)


def _proof(found: "Candidate", kind: ProofKind, files: list[Any], bound: dict[ProofKind, ProofForm]) -> dict[str, Any]:
    proof = found.proofs.get(kind.value)
    claim = found.claims.get("certificate") or {}
    claimed = {"level": str(claim.get("level", "")), "number": claim.get("number", "")} if kind is ProofKind.CERTIFICATE else {}
    initial = filled(kind, proof) if proof else claimed
    items = [
        {
            "name": one.name,
            "url": reverse("body:evidence_file", args=[found.number, one.number]),
            "size": one.size,
            "at": one.uploaded_at,
            "number": one.number,
        }
        for one in files
    ]
    return {
        "kind": kind.value,
        "label": kind.label,
        "files": items,
        "form": bound.get(kind) or _form(kind, files, initial=initial),
        "facts": told_facts(kind, proof) if proof else [],
        "open": kind in bound,
        "asked": any(kind.label[:2] in str(one.get("ask_for", "")) for one in found.findings if one["outcome"] == "unproven"),
    }


def _claims(found: "Candidate") -> list[tuple[str, str]]:
    held = found.claims.get("certificate")
    told = [("已有证书", f"{level_label(int(held['level']))} {held['number']}" if held else "没有")]
    return told + [(label, str(found.claims[key])) for key, label in _CLAIMS.items() if found.claims.get(key)]


def _conditions(found: "Candidate") -> list[dict[str, Any]]:
    words = {one.key: one.label for one in conditions_for(Level(found.plan.level), found.applied_on)}
    rows = [one for one in found.findings if one.get("part") == "condition"]
    shown = []
    for one in rows:
        key = one["condition"]
        mark = "（本人申报）" if key == found.condition else ""
        shown.append({**one, "title": f"{one.get('label') or words.get(key, key)}{mark}"})
    return sorted(shown, key=lambda one: one["condition"] != found.condition)
