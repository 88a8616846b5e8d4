"""考评评分页: what do I give each candidate, point by point, on a phone that may have no line?

The page works without scripts. With them, what is given is kept in the browser first and sent when there is a line (`offline.js`, `marks.js`).
"""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from touchstone.accounts.actor import NotAllowed
from touchstone.exams import permissions
from touchstone.exams.operations.marks import MarksChanged, Sent, attach_mark_photo, send_marks
from touchstone.exams.queries import marks as queries
from touchstone.exams.queries.assessors import assessors_of
from touchstone.exams.queries.marks import Stands
from touchstone.exams.queries.serving import held_sitting
from touchstone.exams.queries.sittings import seats as seats_of
from touchstone.exams.queries.sittings import where_and_when
from touchstone.exams.states import Part
from touchstone.experts.queries import assignments_of
from touchstone.experts.queries.dispatch import RESERVE
from touchstone.files.operations import LARGEST, FileRefused
from touchstone.kernel.law import Refusal
from touchstone.web.doors import Request, told
from touchstone.web.downloads import send_attachment
from touchstone.web.expert.home import member_page
from touchstone.web.marks_view import grouped, outcome, own_sheet
from touchstone.web.offline import moment_said

if TYPE_CHECKING:
    from touchstone.exams.models import Marking, Sitting
    from touchstone.exams.queries.marks import Panel
    from touchstone.experts.models import Assignment, Member


@member_page
def marking(request: Request, member: "Member", number: str) -> HttpResponseBase:
    """This page will show my sheets of a sitting's candidates and take marks and photos. :raises Http404: for somebody else's assignment."""
    sitting, assignment = _mine(request, member, number)
    sheet = queries.sheet_of(sitting)
    panels = queries.panels(sitting)
    sheets = _own_sheets(panels, assignment)
    chosen = next((one for one in sheets if one["id"] == request.GET.get("seat")), sheets[0] if sheets else None)
    if request.method == "POST" and chosen is not None:
        _posted(request, sitting, chosen)
        return redirect(f"{reverse('expert:marking', args=[number])}?seat={chosen['id']}")
    points = queries.points_of(sheet) if sheet is not None else []
    people = assessors_of(sitting)
    context = {
        "assignment": assignment,
        "sitting": sitting,
        "part": Part(sitting.part).label,
        "where": where_and_when(sitting),
        "sheet": sheet,
        "groups": [(name, [{"point": one, "value": _field(chosen, f"mark_{one.key}"), "words": _field(chosen, f"words_{one.key}")} for one in own])
                   for name, own in grouped(points)],
        "sheets": sheets,
        "chosen": chosen,
        "outcomes": [outcome(one, people, points) for one in panels.values() if one.score.all_in],
        "photos": _own_photos(panels, assignment),
        "person": request.actor.user_id,
        "request_key": uuid4(),
        "crumbs": [
            {"label": "我的任务", "url": reverse("expert:assignments")},
            {"label": number, "url": reverse("expert:assignment", args=[number])},
            {"label": "评分", "url": ""},
        ],
    }  # fmt: skip
    return render(request, "expert/marking.html", context)


def _field(chosen: dict[str, Any] | None, name: str) -> str:
    found: str = chosen["fields"].get(name, "") if chosen else ""
    return found


def _mine(request: Request, member: "Member", number: str) -> "tuple[Sitting, Assignment]":
    found = assignments_of(member).filter(number=number).first()
    if found is None:
        raise Http404
    sitting = held_sitting(found.request.case, request.actor)
    return sitting, permissions.check_marks(request.actor, sitting)


def _own_sheets(panels: "dict[int, Panel]", assignment: "Assignment") -> list[dict[str, Any]]:
    """My sheets in order of seats, and those I am asked to review."""
    marks = assignment.slot != RESERVE
    own: list[tuple[Any, Any, bool]] = [(one.seat, one.markings.get(assignment.number), False) for one in panels.values()] if marks else []
    own += [(one.seat, one.review, True) for one in panels.values() if one.score.reviewer == assignment.number]
    stands = queries.standing_marks([marking for _, marking, _ in own if marking is not None])
    return [own_sheet(seat, marking, stands.get(marking.pk, {}) if marking else {}, review=review) for seat, marking, review in own]


def _own_photos(panels: "dict[int, Panel]", assignment: "Assignment") -> list[dict[str, Any]]:
    mine = {one.markings[assignment.number].pk: one.seat for one in panels.values() if assignment.number in one.markings}
    mine |= {one.review.pk: one.seat for one in panels.values() if one.review is not None and one.review.assignment_id == assignment.pk}
    kept = queries.photos(one for panel in panels.values() for one in panel.sheets if one.pk in mine)
    return [{"seat": mine[key], "photo": photo} for key, own in kept.items() for photo in own]


def _posted(request: Request, sitting: "Sitting", chosen: dict[str, Any]) -> None:
    """Take what a page without scripts sends."""
    with told(request):
        sent = _read(request, request.POST.get("request_key", "")[:64] or uuid4().hex, device="")
        send_marks(sitting_number=sitting.number, ticket=chosen["ticket"], sent=sent, by=request.actor, at=request.now)
        messages.success(request, "评分已提交。" if sent.hands_in else "评分已保存。")


def _read(request: Request, key: str, device: str) -> Sent:
    """Read what was given. :raises Refusal: for what is no number."""
    post = request.POST
    marks: dict[str, Stands] = {}
    for name in post:
        kind, _, point = name.partition("_")
        if kind == "mark" and point:
            marks[point] = Stands(_number(post.get(name, "")), post.get(f"words_{point}", ""))
    revision = post.get("revision", "")
    return Sent(
        marks, key, int(revision) if revision.isdigit() else 0, hands_in=post.get("act") == "hand_in", review=post.get("review") == "yes",
        reason=post.get("reason", ""), said_at=moment_said(post.get("noted_at", "")), device=device,
    )  # fmt: skip


def _number(text: str) -> Decimal | None:
    plain = text.strip().replace("．", ".")
    if not plain:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation as fault:
        raise Refusal(f"“{plain[:20]}”不是分数。", None, "请填写数字，最多一位小数。") from fault


@require_POST
@member_page
def marking_sent_part(request: Request, member: "Member", number: str) -> HttpResponseBase:
    """This page will take marks that a phone kept; it answers in JSON, and where another device was first, with what stands."""
    sitting, assignment = _mine(request, member, number)
    ticket, key = request.POST.get("ticket", ""), request.POST.get("client_key", "")[:64]
    if not key:
        return JsonResponse({"message": "不能识别的操作，请刷新页面后重试。"}, status=400)
    review = request.POST.get("review") == "yes"
    try:
        sent = _read(request, key, request.POST.get("device", ""))
        send_marks(sitting_number=sitting.number, ticket=ticket, sent=sent, by=request.actor, at=request.now)
    except MarksChanged as changed:
        return JsonResponse({"message": str(changed), "theirs": _standing(sitting, assignment, ticket, review)}, status=409)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({"stands": _standing(sitting, assignment, ticket, review)})


def _standing(sitting: "Sitting", assignment: "Assignment", ticket: str, review: bool) -> dict[str, Any]:
    own = list(seats_of(sitting).filter(candidate__ticket_number=ticket))
    sheets = _own_sheets(queries.panels(sitting, own), assignment)
    return next(one for one in sheets if one["review"] is review)


@require_POST
@member_page
def marking_photo_part(request: Request, member: "Member", number: str) -> HttpResponseBase:
    """This page will take one photo that goes with marks; the same photo is kept once."""
    sitting, _ = _mine(request, member, number)
    upload = request.FILES.get("photo")
    if upload is None:
        return JsonResponse({"message": "没有收到照片。"}, status=400)
    post = request.POST
    try:
        if (upload.size or 0) > LARGEST:
            raise FileRefused(f"“{upload.name}”超过20MB。", None, "请压缩后再上传。")
        attach_mark_photo(
            sitting_number=sitting.number, ticket=post.get("ticket", ""), point=post.get("point", "")[:8], name=upload.name or "",
            content=upload.read(), review=post.get("review") == "yes", by=request.actor, at=request.now,
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return HttpResponse(status=204)


@member_page
def marking_file(request: Request, member: "Member", number: str, attachment: str) -> HttpResponseBase:
    """This page will show a photo kept with marks: my own, and others' once everybody has handed in. :raises Http404: for another."""
    sitting, assignment = _mine(request, member, number)
    mine: list[Marking] = []
    for panel in queries.panels(sitting).values():
        mine += [one for one in panel.sheets if panel.score.all_in or one.assignment_id == assignment.pk]
    kept = queries.photo_among(mine, attachment)
    if kept is None:
        raise Http404
    return send_attachment(kept)
