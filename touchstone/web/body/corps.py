"""考评督导队伍: who of my body's people may judge or watch, whose term ends soon, and who is being put forward?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies.queries import own_body
from touchstone.experts import operations, permissions, queries
from touchstone.experts.queries import figures as asked
from touchstone.policy.experts.appraisal import Year
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.experts.training import may_be_renewed
from touchstone.web.body.corps_forms import PutForwardForm
from touchstone.web.corps_application import application_file, application_page
from touchstone.web.corps_view import APPLICATION_STATES, GRADES, MEASURE_TONES, beside, line_of, managed_by, what_of
from touchstone.web.doors import Request, body_door, told
from touchstone.web.levels import level_label
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

SOON_MONTHS = 6
KINDS: list[MemberKind] = [MemberKind.ASSESSOR, MemberKind.SENIOR_ASSESSOR, MemberKind.INTERNAL_SUPERVISOR]
"""As what a body may put its people forward."""


class OwnCorpsTable(Table):
    """Qualifications of a body's own people."""

    number = Column("资格证编号", attrs={"td": {"class": "ts-nowrap"}})
    name = NameColumn("姓名", accessor="member__person__name", order_by="member__person__name_key")
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    occupation = Column("职业", accessor="occupation__name", default="—")
    highest_level = Column("最高等级", default="—")
    standing_on = StateColumn(queries.STATES_OF_QUALIFICATION, "状态")
    since = DayColumn("起")
    until = DayColumn("止（不含）")

    def render_highest_level(self, value: int) -> str:
        return level_label(value)

    def render_number(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:corps_member", args=[record.member.number]), value)

    def value_number(self, value: str) -> str:
        return value


class OwnCorpsFilter(django_filters.FilterSet):
    """Narrowing the list."""

    kind = django_filters.ChoiceFilter(label="类别", choices=queries.KINDS)
    occupation = django_filters.CharFilter(label="职业", field_name="occupation__name", lookup_expr="icontains")
    standing = django_filters.ChoiceFilter(
        label="状态", choices=[(key, label) for key, (label, _) in queries.STATES_OF_QUALIFICATION.items()], field_name="standing_on"
    )


def _why_not(request: Request, body: "Body") -> str:
    return permissions.why_not(lambda: permissions.check_may_register(request.actor, body_office=body.office_id, district=body.district))


@body_door
def corps(request: Request) -> HttpResponseBase:
    """This page will list the body's people in the corps, what ends soon, and the applications under way."""
    body, day = own_body(request.actor), request.today
    why_not = _why_not(request, body)
    rows = queries.qualifications(request.actor, day)
    open_ones = queries.applications(request.actor).filter(state__in=["drafted", "submitted", "returned", "in_training"])
    empty = Empty("还没有考评或督导人员", "评价机构要建立考评人员和内部质量督导人员队伍（通知 三(二)2）。")
    if not why_not:
        empty = Empty(empty.title, empty.sentence, "推荐人员", reverse("body:corps_new"))
    return list_page(
        request,
        queryset=rows,
        table=OwnCorpsTable,
        filterset=OwnCorpsFilter,
        title="考评督导队伍",
        unit="项资格",
        empty=empty,
        template="body/corps.html",
        extra={
            "why_not": why_not,
            "ending": [line_of(one) | {"renewal": may_be_renewed(one.until, day)} for one in queries.expiring(request.actor, day, SOON_MONTHS)],
            "months": SOON_MONTHS,
            "applications": [{"row": one, "state": APPLICATION_STATES[one.state], "what": what_of(one)} for one in open_ones],
        },
    )


@body_door
def corps_new(request: Request) -> HttpResponseBase:
    """This page will put somebody forward: a member of the body, or somebody not yet on the register; or for a further term."""
    body = own_body(request.actor)
    permissions.check_may_register(request.actor, body_office=body.office_id, district=body.district)
    renews = request.GET.get("renews", "")
    held = queries.qualifications(request.actor, request.today).filter(number=renews).first() if renews else None
    members = list(queries.members(request.actor))
    form = PutForwardForm(request.POST or None, day=request.today, kinds=[MemberKind(held.kind)] if held else KINDS, members=members, held=held)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            number = _put_forward(request, body, form, held.number if held else "")
            messages.success(request, "请填写申报条件、上传证明，再提交。")
            return redirect("body:corps_application", number)
    crumbs = [{"label": "考评督导队伍", "url": reverse("body:corps")}, {"label": "申请延续" if held else "推荐人员", "url": ""}]
    return render(request, "body/corps_new.html", {"form": form, "held": held, "crumbs": crumbs})


def _put_forward(request: Request, body: "Body", form: PutForwardForm, renews: str) -> str:
    by, at, given = request.actor, request.now, form.cleaned_data
    member = given.get("member")
    if not member:
        registered = operations.register_member(
            name=given["name"], id_number=given["id_number"], phone=given["phone"], district=body.district, employer="", body=body, by=by, at=at
        )
        member = registered.number
    return operations.begin_application(member=member, **form.given(), renews=renews, by=by.with_key(""), at=at).number


@body_door
def corps_application(request: Request, number: str) -> HttpResponseBase:
    """This page will show an application of one of the body's people; while it may be written, it is written here. :raises Http404:"""
    return application_page(request, number, "body")


@body_door
def corps_application_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a proof of an application of one of the body's people. :raises Http404:"""
    return application_file(request, number, attachment)


@body_door
def corps_training(request: Request) -> HttpResponseBase:
    """This page will show which courses the body's people may join, and enrol them."""
    body = own_body(request.actor)
    if request.method == "POST":
        with told(request):
            operations.enrol(course=request.POST.get("course", ""), member=request.POST.get("member", ""), by=request.actor, at=request.now)
            messages.success(request, "已报名，请通知本人按时参加。")
        return redirect("body:corps_training")
    waiting = queries.applications(request.actor).filter(state="in_training")
    page = CappedPaginator(waiting, waiting, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    people = [{"row": one, "courses": courses, "in": own[:3]} for one, courses, own in queries.training_of(page, request.today)]
    crumbs = [{"label": "考评督导队伍", "url": reverse("body:corps")}, {"label": "培训报名", "url": ""}]
    context = {"people": people, "page": page, "why_not": _why_not(request, body), "crumbs": crumbs, "request_key": uuid4()}
    return render(request, "body/corps_training.html", context)




@body_door
def corps_member(request: Request, number: str) -> HttpResponseBase:
    """This page will show the body one of its people: what they may do, their training, how they did, how the year was graded.

    :raises Http404: for somebody else's people.
    """
    member = queries.member(number, request.actor)
    if member is None:
        raise Http404
    day = request.today
    everybody = asked.years_of(day.year, day)
    context = {
        "member": member,
        "pairs": [
            ("姓名", member.person.name),
            ("证件号码", member.person.id_masked),
            ("日常管理", managed_by(member.district)),
            ("登录账号", "已开通" if getattr(member.person, "user", None) else "没有，请联系所在区人社局开通"),
        ],
        "held": [line_of(one) for one in queries.qualifications_of(member, day)],
        "measures": [{"row": one, "tone": MEASURE_TONES[one.measure]} for one in queries.standings_of(member)],
        "applications": [{"row": one, "state": APPLICATION_STATES[one.state], "what": what_of(one)} for one in queries.applications_of(member)],
        "enrolments": queries.enrolments_of(member),
        "year": day.year,
        "rows": beside(everybody.get(member.pk, Year()), asked.city_of(everybody)),
        "appraisals": [
            {"row": one, "proposed": GRADES[one.proposed][0], "grade": GRADES.get(one.grade), "points": one.figures.get("points")}
            for one in asked.appraisals_of(member)
        ],
        "crumbs": [{"label": "考评督导队伍", "url": reverse("body:corps")}, {"label": member.person.name, "url": ""}],
    }
    return render(request, "body/corps_member.html", context)
