"""考务编排: which sittings, rooms, seats and people does this exam have, and what is still missing?"""

from collections.abc import Callable
from datetime import datetime
from secrets import token_bytes
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, make_aware

from touchstone.exams.operations.arrangement import SittingTerms, add_sitting, name_people, remove_sitting
from touchstone.exams.operations.arranging import arrange, rearrange
from touchstone.exams.operations.asking import ask_for_assessors
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.operations.staffing import copy_people
from touchstone.exams.queries import sittings as queries
from touchstone.exams.queries.staffing import Available, availability, earlier_sittings
from touchstone.exams.states import Part, PlanState
from touchstone.experts.queries.dispatch import requests_for, sent_now
from touchstone.kernel.rules import records
from touchstone.web.body.evaluation import around, own_plan
from touchstone.web.dispatch_view import STATES
from touchstone.web.doors import Request, body_door, told
from touchstone.web.forms import Form
from touchstone.web.plan_view import why_not
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, Sitting


class TimeInput(forms.TimeInput):
    """The browser's own hour picker."""

    input_type = "time"


class PeopleForm(Form):
    """Who invigilates or assesses, and who supervises; only those who serve on the day of the exam can be chosen."""

    staff = forms.TypedMultipleChoiceField(
        label="监考或考评人员",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="理论知识考试选监考人员：每15名考生1名，不少于2名；技能考核、综合评审选考评人员：不少于3名且为单数。",
    )
    supervisor = forms.TypedChoiceField(label="内部质量督导员", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, roster: list[Available], part: str = "", sitting: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties = {"": ("invigilator", "assessor"), Part.THEORY.value: ("invigilator",)}.get(part, ("assessor",))
        self.fields["staff"].choices = [  # type: ignore[attr-defined]
            (one.member.pk, f"{one.member.person.name}（{one.member.get_duty_display()}）{_held(one, sitting)}")
            for one in roster
            if one.member.duty in duties
        ]
        supervisors = [
            (one.member.pk, f"{one.member.person.name}{_held(one, sitting)}") for one in roster if one.member.duty == "internal_supervisor"
        ]
        self.fields["supervisor"].choices = [("", "请选择"), *supervisors]  # type: ignore[attr-defined]


def _held(one: Available, sitting: str) -> str:
    """Say beside a name what keeps somebody from a sitting, or where they serve already that day."""
    if one.kept_away is not None:
        return f"　不能安排：{one.kept_away.reason}"
    watches = one.member.duty == "internal_supervisor"
    elsewhere = "、".join(booked.words for booked in one.booked if booked.sitting != sitting and not (watches and booked.supervises))
    return f"　当日已安排：{elsewhere}" if elsewhere else ""


class SittingForm(PeopleForm):
    """A new sitting on the day of the exam."""

    part = forms.ChoiceField(label="科目")
    room = forms.TypedChoiceField(label="考场", coerce=int)
    starts = forms.TimeField(label="开始时间", widget=TimeInput(format="%H:%M"))
    ends = forms.TimeField(label="结束时间", widget=TimeInput(format="%H:%M"))
    field_order = ("part", "room", "starts", "ends", "staff", "supervisor")

    def __init__(self, *args: Any, plan: "Plan", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        parts = queries.plan_parts(plan)
        self.fields["part"].choices = [(part.value, part.label) for part in parts]  # type: ignore[attr-defined]
        rooms = [room for part in parts for room in queries.rooms(plan, plan.exam_on) if room.purpose == part]
        self.fields["room"].choices = [  # type: ignore[attr-defined]
            (room.pk, f"{room.name}（{room.get_purpose_display()}，{room.seats}座）") for room in rooms
        ]

    def terms(self) -> SittingTerms:
        """Give what was chosen; the day is the plan's."""
        given = self.cleaned_data
        starts, ends = (make_aware(datetime.combine(self.plan.exam_on, given[name])) for name in ("starts", "ends"))
        return SittingTerms(Part(given["part"]), given["room"], starts, ends, given["staff"], given["supervisor"])


@body_door
def arrangement(request: Request, number: str) -> HttpResponseBase:
    """This page will show and change the sittings of a plan, seat everyone, and settle or reopen the arrangement."""
    plan = own_plan(request, number)
    adding = request.POST.get("act") == "add"
    roster = availability(plan)
    form = SittingForm(request.POST if adding else None, plan=plan, roster=roster)
    if request.method == "POST" and not adding:
        _act(request, plan)
        return redirect("body:arrangement", number)
    if adding and form.is_valid():
        with told_in(form):
            sitting = add_sitting(plan_number=number, terms=form.terms(), by=request.actor, at=request.now)
            messages.success(request, f"已增加场次{sitting.number}。")
            return redirect("body:arrangement", number)
    return render(request, "body/arrangement.html", around(plan, "arrangement") | _shown(request, plan, form, roster))


def _shown(request: Request, plan: "Plan", form: SittingForm, roster: list[Available]) -> dict[str, Any]:
    found = queries.arrangement(plan, request.today)
    open_now = plan.state in {PlanState.REPORTED, PlanState.REVIEWED}
    members = [one.member for one in roster]
    staff = {one.person.number: one.pk for one in members if one.duty != "internal_supervisor"}
    supervisors = {one.person_id: one.pk for one in members if one.duty == "internal_supervisor"}
    held = list(queries.sittings(plan))
    earlier = [(one, _named(one)) for one in earlier_sittings(plan, {Part(one.part) for one in held})] if open_now and held else []
    asked = requests_for(one.number for one in held)
    for one in held:
        one.asked = asked.get(one.number)  # type: ignore[attr-defined]
        if one.asked is not None:  # type: ignore[attr-defined]
            one.asked_state, one.sent = STATES[one.asked.state][0], len(sent_now(one.asked))  # type: ignore[attr-defined]
        one.part_label = Part(one.part).label  # type: ignore[attr-defined]
        given = {"staff": [staff.get(p["number"]) for p in one.invigilators], "supervisor": supervisors.get(one.supervisor_id or 0)}
        one.people_form, one.earlier = None, []  # type: ignore[attr-defined]
        if open_now:
            own_form = PeopleForm(roster=roster, part=one.part, sitting=one.number, initial=given, auto_id=f"id_{one.pk}_%s")
            one.people_form = own_form  # type: ignore[attr-defined]
            one.earlier = [(each.number, words) for each, words in earlier if each.part == one.part and each.pk != one.pk]  # type: ignore[attr-defined]
    return {
        "sittings": held,
        "candidates": queries.entrants(plan).count(),
        "findings": records([*found.needed, found.timely]),
        "missing": len(found.missing),
        "seated": sum(one.seated for one in held),  # type: ignore[attr-defined]
        "form": form,
        "open_now": open_now,
        "why_not": why_not(request, "arrange", plan),
        "request_key": uuid4(),
    }


def _named(one: "Sitting") -> str:
    """Name an earlier sitting by its day, room and people."""
    people = [person["name"] for person in one.invigilators] + ([f"督导{one.supervisor.name}"] if one.supervisor else [])
    return f"{localtime(one.starts_at):%Y年%-m月%-d日 %H:%M} {one.room.name}：{'、'.join(people)}"


def _act(request: Request, plan: "Plan") -> None:
    by, at, number, post = request.actor, request.now, plan.number, request.POST
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "seat": (lambda: assign_seats(plan_number=number, by=by, at=at), "座位已随机编排，种子已记入存证，可以复现。"),
        "arrange": (lambda: arrange(plan_number=number, by=by, at=at), "考务编排已确认，可以打印准考证和签到表。"),
        "rearrange": (lambda: rearrange(plan_number=number, reason=post.get("reason", ""), by=by, at=at), "已重新开放编排；改动后请重新发放准考证。"),
        "remove": (lambda: remove_sitting(sitting_number=_own_sitting(plan, post.get("sitting", "")), by=by, at=at), "场次已删除。"),
        "ask": (lambda: _ask(request, plan), "已申请随机派遣；平台抽取后，这里会有人数，姓名在开考前公开。"),
        "people": (lambda: _name_people(request, plan), "场次人员已更新。"),
        "copy": (lambda: _copy_people(request, plan), "已照搬以往场次的人员，请核对。"),
    }
    found = acts.get(post.get("act", ""))
    if found is not None:
        with told(request):
            found[0]()
            messages.success(request, found[1])


def _own_sitting(plan: "Plan", number: str) -> str:
    return queries.sittings(plan).get(number=number).number


def _ask(request: Request, plan: "Plan") -> None:
    number = _own_sitting(plan, request.POST.get("sitting", ""))
    ask_for_assessors(sitting_number=number, secret=token_bytes(32), by=request.actor, at=request.now)


def _name_people(request: Request, plan: "Plan") -> None:
    number = _own_sitting(plan, request.POST.get("sitting", ""))
    staff = [int(key) for key in request.POST.getlist("staff") if key.isdigit()]
    supervisor = request.POST.get("supervisor", "")
    name_people(
        sitting_number=number,
        staff_ids=staff,
        supervisor_id=int(supervisor) if supervisor.isdigit() else None,
        by=request.actor,
        at=request.now,
    )


def _copy_people(request: Request, plan: "Plan") -> None:
    number = _own_sitting(plan, request.POST.get("sitting", ""))
    for one in copy_people(sitting_number=number, from_number=request.POST.get("from", ""), by=request.actor, at=request.now):
        if not one.done:
            messages.warning(request, one.sentence)
