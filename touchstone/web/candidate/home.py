"""考生首页: what comes next for me? One card, one button."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime

from touchstone.exams.queries import own, panel
from touchstone.exams.states import CandidateState, PlanState
from touchstone.web.candidate.standing import explained
from touchstone.web.candidate.words import is_told, line_of
from touchstone.web.doors import Request, candidate_door
from touchstone.web.plan_view import what_of
from touchstone.web.revocations.due import lines_due

if TYPE_CHECKING:
    from touchstone.exams.models import Candidate, OwnDraft, Seat


@candidate_door
def home(request: Request) -> HttpResponseBase:
    """This page will show the one thing to do next, and what is under way."""
    mine = list(own.own_candidacies(request.actor))
    under_way = [one for one in mine if own.is_under_way(one)]
    seats = own.own_seats(under_way)
    drafts = list(own.own_drafts(request.actor))
    matters = lines_due(request)
    first = next((one for one in matters if one["what"] == "state" and one["until"]), None)
    context = {
        "next": _to_state(first) or _unfinished(drafts, request) or _next(under_way, seats, request),
        "matters": [one for one in matters if one is not first],
        "drafts": [{"row": one, "what": what_of(one.plan)} for one in drafts],
        "under_way": [line_of(one) for one in under_way],
        "past": [line_of(one) for one in mine if one not in under_way][:3],
    }
    return render(request, "candidate/home.html", context)


def _to_state(first: dict[str, Any] | None) -> dict[str, str] | None:
    """To be heard before a certificate is decided about comes before all else, while its days run."""
    if first is None:
        return None
    left = "今天截止" if first["days_left"] == 0 else f"还剩{first['days_left']}个工作日"
    return first | {"sentence": f"{first['sentence']}{first['until']:%Y年%-m月%-d日}截止，{left}。"}


def _unfinished(drafts: "list[OwnDraft]", request: Request) -> dict[str, str] | None:
    """A form begun and not handed in comes before all else, while it still can be."""
    draft = next((one for one in drafts if one.plan.registration_closes_on >= request.today), None)
    if draft is None:
        return None
    until = f"{draft.plan.registration_closes_on:%-m月%-d日}报名截止。"
    url = reverse("candidate:apply", args=[draft.number])
    return {"title": f"继续报名：{what_of(draft.plan)}", "sentence": f"还没有提交，{until}", "url": url, "button": "继续填写"}


def _next(under_way: "list[Candidate]", seats: "dict[int, list[Seat]]", request: Request) -> dict[str, str]:
    """The one card: what waits for the person first, then what they wait for, else where to begin."""
    lacking = next((one for one in under_way if one.state == CandidateState.UNPROVEN and one.plan.state == PlanState.REPORTED), None)
    if lacking is not None:
        sentence = explained(lacking)["sentence"]
        return _card(lacking, f"补充证明：{what_of(lacking.plan)}", sentence, "补充证明")
    other = next((one for one in under_way if one.state == CandidateState.INELIGIBLE and one.plan.state == PlanState.REPORTED), None)
    if other is not None:
        return _card(other, f"暂不符合条件：{what_of(other.plan)}", explained(other)["sentence"], "查看理由和办法")
    owed = next((one for one in under_way if _owes_papers(one, request)), None)
    if owed is not None:
        until = f"{panel.due_on(owed.plan, request.today):%-m月%-d日}截止，评审委员在答辩前审阅。"
        url = reverse("candidate:panel_papers", args=[owed.number])
        return {"title": f"提交综合评审材料：{what_of(owed.plan)}", "sentence": until, "url": url, "button": "提交材料"}
    coming = [(seat, one) for one in under_way for seat in seats.get(one.pk, []) if seat.sitting.starts_at > request.now]
    if coming:
        seat, one = min(coming, key=lambda pair: pair[0].sitting.starts_at)
        room = seat.sitting.room
        when = f"{localtime(seat.sitting.starts_at):%-m月%-d日 %H:%M}"
        return _card(one, f"{when}考试：{what_of(one.plan)}", f"{one.plan.venue.name}{room.name}，{seat.seat_number}号座位。", "查看考试安排")
    told = next((one for one in under_way if is_told(one)), None)
    if told is not None:
        return _card(told, f"成绩已公布：{what_of(told.plan)}", f"结论：{told.get_result_display()}。", "查看成绩")
    if under_way:
        first = under_way[-1]
        return _card(first, f"已报名：{what_of(first.plan)}", "现在没有需要您办理的事，有进展会在这里和站内信里告诉您。", "查看进度")
    return {
        "title": "报名参加评价",
        "sentence": "还没有进行中的报名。先查一查哪些评价正在报名、您符合哪一条件。",
        "url": reverse("public:plans"),
        "button": "查找可报名的评价",
    }


def _owes_papers(candidate: "Candidate", request: Request) -> bool:
    """Whether papers for the panel lack that can still be handed in."""
    if candidate.state != CandidateState.ELIGIBLE or panel.why_no_papers(candidate) or request.today > panel.due_on(candidate.plan, request.today):
        return False
    return panel.completeness(candidate.plan, panel.papers_of([candidate.pk]).get(candidate.pk, [])).outcome != "met"


def _card(candidate: "Candidate", title: str, sentence: str, button: str) -> dict[str, str]:
    return {"title": title, "sentence": sentence, "url": reverse("candidate:registration", args=[candidate.number]), "button": button}
