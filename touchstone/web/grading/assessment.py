"""一家机构的年度考核: what is known of its year, what it says, what did each office and the experts give, and what can I do now?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.files.operations import LARGEST
from touchstone.files.queries import of_case
from touchstone.grading import operations, permissions, queries
from touchstone.grading.operations import CONSEQUENCES
from touchstone.grading.states import MOVES, AssessmentState
from touchstone.ledger.queries import history
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.assessment import reported_until
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.downloads import send_attachment
from touchstone.web.enforcement.leading import led_on
from touchstone.web.events import told_with_receipt
from touchstone.web.grading.sheet import ReportForm, ScoreForm, sheet_shown
from touchstone.web.grading.words import BANDS, STATES
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.grading.models import Assessment

_DONE = {
    "tell": "已告知机构，异议期开始计算。",
    "object": "异议已提出，市职鉴中心收到待办。",
    "answer": "已答复，机构收到消息。",
    "publish": "结果已公布。",
    "proof": "已上传。",
}
_SECRET_UNTIL_TOLD = frozenset({AssessmentState.REPORTING, AssessmentState.REPORTED, AssessmentState.FIRST_DONE, AssessmentState.SECOND_DONE})


@either_door
def assessment(request: Request, number: str) -> HttpResponseBase:
    """This page will show a body's year and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.assessment(number, request.actor)
    may = _may(request, found)
    forms = _forms(request, found, may)
    if request.method == "POST" and (answer := _act(request, found, forms)) is not None:
        return answer
    return render(request, "grading/assessment.html", _context(request, found, may, forms))


@either_door
def assessment_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send one piece of evidence. :raises Http404: when there is none."""
    found = queries.assessment(number, request.actor)
    kept = of_case(found.number).filter(number=attachment).first()
    if kept is None:
        raise Http404
    return send_attachment(kept)


def _may(request: Request, found: "Assessment") -> set[str]:
    may = {line.verb for line in MOVES.open_from(AssessmentState(found.state)) if not permissions.why_not(request.actor, line.verb, found)}
    if permissions.can_score_as_expert(request.actor, found) and found.state in _SECRET_UNTIL_TOLD:
        may.add("score_as_expert")
    if found.answered_at is not None:
        may.discard("object")
    return may


def _forms(request: Request, found: "Assessment", may: set[str]) -> dict[str, Any]:
    """The forms the actor may fill in, the one that was posted bound."""
    act, day = request.POST.get("act", ""), request.today
    bound = {name: request.POST if act in acts else None for name, acts in _POSTED.items()}
    made: dict[str, Any] = {}
    if "report" in may:
        made["report"] = ReportForm(bound["report"], day=day, found=found)
    if "score_first" in may:
        made["score_first"] = ScoreForm(bound["score_first"], day=day, found=found, words="初评意见", prefix="f")
    if "score_second" in may:
        made["score_second"] = ScoreForm(bound["score_second"], day=day, found=found, gap=True, words="复评意见", prefix="s")
    if "score_as_expert" in may:
        made["score_as_expert"] = ScoreForm(bound["score_as_expert"], day=day, found=found, words="评审意见", prefix="e")
    if "answer" in may:
        made["answer"] = ScoreForm(bound["answer"], day=day, found=found, words="答复", prefix="a")
    return made


_POSTED = {
    "report": {"save", "submit"},
    "score_first": {"score_first"},
    "score_second": {"score_second"},
    "score_as_expert": {"score_as_expert"},
    "answer": {"uphold", "keep"},
}


def _act(request: Request, found: "Assessment", forms: dict[str, Any]) -> HttpResponseBase | None:
    """Carry out what was posted; None where a form is to be shown again."""
    post, by, at, number = request.POST, request.actor, request.now, found.number
    act, here = post.get("act", ""), redirect(own_side(request, "assessment", number))
    form = next((forms[name] for name, acts in _POSTED.items() if act in acts and name in forms), None)
    if act == "save" and form is not None:
        form.is_valid()  # what is not finished is kept as far as it goes
        with told(request):
            operations.save_report(number=number, report=form.report(), summary=form.cleaned_data.get("summary", ""), by=by, at=at)
            messages.success(request, "已保存，还没有提交。")
        return here
    if form is not None:
        if form.is_valid():
            with told_in(form):
                messages.success(request, _filled(act, form, number, request))
                return here
        return None
    acts: dict[str, Callable[[], object]] = {
        "tell": lambda: operations.tell_result(number=number, good_because=post.get("words", ""), by=by, at=at),
        "object": lambda: operations.object_to(number=number, words=post.get("words", ""), by=by, at=at),
        "publish": lambda: operations.publish(number=number, by=by, at=at),
        "proof": lambda: [
            operations.file_proof(number=number, heading=post.get("heading", ""), name=one.name or "", content=one.read(), by=by, at=at)
            for one in request.FILES.getlist("files")[:10]
        ],
    }
    if act in acts:
        with told(request):
            acts[act]()
            messages.success(request, _DONE[act])
    return here


def _filled(act: str, form: Any, number: str, request: Request) -> str:
    by, at, words = request.actor, request.now, form.cleaned_data.get("words", "")
    if act == "submit":
        operations.submit_report(number=number, report=form.report(), summary=form.cleaned_data["summary"], by=by, at=at)
        return "自评已提交，等待初评。"
    if act == "score_first":
        operations.score_first(number=number, scores=form.scores(), words=words, by=by, at=at)
        return "初评已登记，市职鉴中心收到待办。"
    if act == "score_second":
        because = form.cleaned_data["gap_because"]
        operations.score_second(number=number, scores=form.scores(), words=words, gap_because=because, by=by, at=at)
        return "复评已登记。"
    if act == "score_as_expert":
        operations.score_as_expert(number=number, scores=form.scores(), words=words, by=by, at=at)
        return "专家评分已登记。"
    operations.answer_objection(number=number, words=words, scores=form.scores() if act == "uphold" else None, by=by, at=at)
    return "已答复，机构收到消息。"


def _context(request: Request, found: "Assessment", may: set[str], forms: dict[str, Any]) -> dict[str, Any]:
    of_body = side(request) == "body"
    hidden = of_body and found.state in _SECRET_UNTIL_TOLD
    label, tone = STATES[found.state]
    files = list(of_case(found.number))
    return {
        "found": found,
        "of_body": of_body,
        "hidden": hidden,
        "state_label": label,
        "tone": tone,
        "band": BANDS[found.band],
        "rows": sheet_shown(found, files, request.today),
        "forms": forms,
        "may": may,
        "experts": [] if of_body else list(queries.expert_scores(found)),
        "average": None if of_body else queries.experts_average(found),
        "last": reported_until(found.round.year, request.today),
        "consequence": CONSEQUENCES.get(found.consequence, ""),
        "led_on": {} if of_body else led_on(request, "assessment", found.number, ready=found.consequence == "two_failed_years"),
        "waits": "" if may else _waits(found),
        "file_page": f"{side(request)}:assessment_file",
        "largest": LARGEST,
        "public": found.state == AssessmentState.PUBLISHED,
        "entries": [told_with_receipt(one) for one in history(found.number) if not (hidden and one.event.startswith("assessment.scored"))],
        "crumbs": [
            {"label": "考核与等级" if of_body else "年度考核", "url": reverse("body:standing" if of_body else "authority:assessments")},
            {"label": found.number},
        ],
        "request_key": uuid4(),
        "of_city": request.actor.office_kind is OfficeKind.CITY_CENTRE,
    }


def _waits(found: "Assessment") -> str:
    return {
        AssessmentState.REPORTING: f"等待{found.body.name}提交自评。",
        AssessmentState.REPORTED: f"等待{found.office.name}初评。",
        AssessmentState.FIRST_DONE: "等待市职鉴中心复评。",
        AssessmentState.SECOND_DONE: "等待市职鉴中心告知拟定结果。",
        AssessmentState.TOLD: "拟定结果已告知，异议期满后由市职鉴中心公布。",
        AssessmentState.OBJECTED: "等待市职鉴中心答复异议。",
        AssessmentState.PUBLISHED: "结果已经公布。",
    }[AssessmentState(found.state)]
