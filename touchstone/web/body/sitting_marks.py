"""评分表与评分: by which scoring points is this sitting marked, how far are the assessors, and what did each give once all have handed in?"""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.exams.facts.mark_papers import marking_record
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.remarks import ask_remark
from touchstone.exams.operations.reserve import ask_for_reserve
from touchstone.exams.operations.scoring_sheets import PointLine, set_scoring_sheet, set_sheet_from_paper, take_scoring_workbook
from touchstone.exams.operations.taking_marks import take_marks
from touchstone.exams.queries import marks as queries
from touchstone.exams.queries.assessors import assessors_of
from touchstone.exams.queries.scripts import papers_for
from touchstone.exams.queries.sittings import sittings, where_and_when
from touchstone.exams.states import Part, PlanState
from touchstone.kernel.law import Refusal
from touchstone.policy.exams.parts import plain_mark
from touchstone.sheets.scoring import scoring_template
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.dispatch_view import shown_to_body
from touchstone.web.doors import Request, body_door, told
from touchstone.web.downloads import XLSX, send, send_attachment, send_printed
from touchstone.web.marks_view import grouped, outcome
from touchstone.web.plan_view import why_not

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, Sitting

LEAST_ROWS, SPARE_ROWS = 8, 4


@body_door
def sitting_marks(request: Request, number: str, sitting: str) -> HttpResponseBase:
    """This page will set a sitting's scoring sheet before it is opened, show how far the assessors are, and take their marks as scores."""
    plan = own_plan(request, number)
    found = _sitting(plan, sitting)
    typed: list[dict[str, str]] | None = None
    results: Any = None
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "take":
            with told(request):
                results = take_marks(plan_number=number, by=request.actor, at=request.now)
                messages.success(request, f"已采用{sum(one.done for one in results)}名考生的评分。")
        elif _act(request, plan, found, act):
            return redirect("body:sitting_marks", number, sitting)
        else:
            typed = _typed(request)
    return render(request, "body/sitting_marks.html", _shown(request, plan, found, typed) | {"results": results})


def _sitting(plan: "Plan", number: str) -> "Sitting":
    found = sittings(plan).filter(number=number).select_related("plan").first()
    if found is None or found.part == Part.THEORY:
        raise Http404
    return found


def _shown(request: Request, plan: "Plan", found: "Sitting", typed: list[dict[str, str]] | None) -> dict[str, Any]:
    sheet = queries.sheet_of(found)
    points = queries.points_of(sheet) if sheet else []
    people = assessors_of(found)
    panels = queries.panels(found, sent=people)
    rows = typed or [{"group": one.group, "words": one.words, "points": plain_mark(one.points), "rule": one.rule} for one in points]
    rows = [*rows, *({"group": "", "words": "", "points": "", "rule": ""} for _ in range(max(LEAST_ROWS - len(rows), SPARE_ROWS)))]
    outcomes = [outcome(one, people, points) for one in panels.values()]
    taken = queries.taken_seats([one.seat for one in panels.values()])
    remarks = queries.open_remarks(found)
    for one in outcomes:
        one["taken"], one["remark"] = one["seat"].pk in taken, remarks.get(one["seat"].pk)
    here = around(plan, "scores")
    title = f"{Part(found.part).label}评分"
    return here | {
        "title": f"{title} {plan.title}",
        "part_label": Part(found.part).label,
        "sitting": found,
        "where": where_and_when(found),
        "phase": found.phase.value,
        "phase_label": found.phase.label,
        "sheet": sheet,
        "groups": grouped(points),
        "rows": rows,
        "open_rows": typed is not None or sheet is None,
        "papers": [
            {"key": f"{one.number} {form.letter}", "label": f"{one.number} {form.letter}卷（{one.get_state_display()}）"}
            for one in papers_for(plan) if one.blueprint.part == found.part for form in one.forms.all()
        ],
        "people": len(people),
        "named": shown_to_body(people[0].request, request.now) if people else False,
        "outcomes": outcomes,
        "waiting": sum(one.score.reviewer != "" and one.review is None for one in panels.values()),
        "reserve": next((one.reserve for one in panels.values()), None),
        "why_not": why_not(request, "score", plan),
        "may_set": found.phase == "planned" and plan.state in {PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED},
        "may_take": plan.state == PlanState.HELD,
        "crumbs": [*here["crumbs"][:-1], {"label": "考务编排", "url": reverse("body:arrangement", args=[plan.number])}, {"label": title, "url": ""}],
        "request_key": uuid4(),
    }  # fmt: skip


def _act(request: Request, plan: "Plan", found: "Sitting", act: str) -> bool:
    """Do what was asked; False where what was typed is to be shown again."""
    call: dict[str, Any] = {"sitting_number": found.number, "by": request.actor, "at": request.now}
    with told(request):
        if act == "type":
            set_scoring_sheet(points=_points(request), origin="在本页填写", **call)
        elif act == "paper":
            paper, _, letter = request.POST.get("paper", "").partition(" ")
            set_sheet_from_paper(paper_number=paper, letter=letter, **call)
        elif act == "upload":
            sent = request.FILES.get("workbook")
            if sent is None:
                raise Refusal("没有选择文件。", None, "请选择填好的评分表模板。")
            take_scoring_workbook(name=sent.name or "", content=sent.read(), **call)
        elif act == "reserve":
            count = ask_for_reserve(sitting_number=found.number, by=request.actor, at=request.now)
            messages.success(request, f"已抽取1名备用考评人员，复评{count}名考生。")
            return True
        elif act == "remark":
            ask_remark(
                plan_number=plan.number, ticket=request.POST.get("ticket", ""), part=Part(found.part), reason=request.POST.get("reason", ""),
                by=request.actor, at=request.now,
            )  # fmt: skip
            messages.success(request, "已提出复核，考评人员可以写明理由后更正；更正后请再次采用评分。")
            return True
        else:
            return True
        messages.success(request, "评分表已设定，开考前可以重新设定。")
        return True
    return act != "type"


def _typed(request: Request) -> list[dict[str, str]]:
    lists = {name: request.POST.getlist(name) for name in ("group", "words", "points", "rule")}
    rows = [dict(zip(lists, one, strict=True)) for one in zip(*lists.values(), strict=False)]
    return [row for row in rows if any(value.strip() for value in row.values())]


def _points(request: Request) -> list[PointLine]:
    found = []
    for row in _typed(request):
        try:
            points = Decimal(row["points"].strip() or "0")
        except InvalidOperation as fault:
            raise Refusal(f"分值“{row['points'][:10]}”不是数字。", None, "请改正后再保存。") from fault
        if not points.is_finite():
            raise Refusal(f"分值“{row['points'][:10]}”不是数字。", None, "请改正后再保存。")
        found.append(PointLine(row["words"], points, row["group"], row["rule"]))
    return found


@body_door
def scoring_sheet_template(request: Request, number: str, sitting: str) -> HttpResponseBase:
    """This page will give the template of a scoring sheet, prefilled with what stands."""
    found = _sitting(own_plan(request, number), sitting)
    sheet = queries.sheet_of(found)
    rows = [(one.group, one.words, plain_mark(one.points), one.rule) for one in queries.points_of(sheet)] if sheet else []
    return send(scoring_template(rows), XLSX, f"评分表 {found.number}.xlsx")


@body_door
def marking_paper(request: Request, number: str, sitting: str, ticket: str) -> HttpResponseBase:
    """This page will print the 评分记录表 of a candidate, once everybody has handed in. :raises Http404: for another's candidate."""
    plan = own_plan(request, number)
    found = _sitting(plan, sitting)
    panel = next((one for one in queries.panels(found).values() if one.seat.candidate.ticket_number == ticket), None)
    if panel is None:
        raise Http404
    with told(request):
        if not panel.score.all_in:
            raise Refusal("考评人员还没有全部提交评分，不能打印评分记录表。", RECORD, "全部提交后再打印。")
        return send_printed(lambda: marking_record(plan, found, panel), f"评分记录表 {ticket}.pdf")
    return redirect("body:sitting_marks", number, sitting)


@body_door
def marking_photo(request: Request, number: str, sitting: str, attachment: str) -> HttpResponseBase:
    """This page will show a photo kept with marks, once everybody has handed in for that candidate. :raises Http404: before, and for another's."""
    found = _sitting(own_plan(request, number), sitting)
    shown = [one for panel in queries.panels(found).values() if panel.score.all_in for one in panel.sheets]
    kept = queries.photo_among(shown, attachment)
    if kept is None:
        raise Http404
    return send_attachment(kept)
