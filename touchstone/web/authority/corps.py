"""队伍名册: who may judge and watch on my ground, until when, and how do they stand?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts.operations import LogIn
from touchstone.accounts.queries import person_by_id_number
from touchstone.catalogue.queries import codes_of
from touchstone.exams.operations.exports import record_export
from touchstone.experts import operations, permissions, queries
from touchstone.experts.queries import figures as asked
from touchstone.kernel.numbers import name_key
from touchstone.policy.experts.appraisal import Year
from touchstone.policy.experts.standing import failed_years_are_few, refusals_are_few
from touchstone.web.corps_view import APPLICATION_STATES, GRADES, MEASURE_TONES, NO_DISTRICT, beside, line_of, managed_by, timeline, what_of
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES, level_label
from touchstone.web.places import DISTRICT_CHOICES
from touchstone.web.refusing import told_in
from touchstone.web.tables import Column, DayColumn, Empty, NameColumn, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.experts.models import Member

TABS = (
    ("assessors", "考评人员", ("assessor", "senior_assessor")),
    ("internal", "内部督导", ("internal_supervisor",)),
    ("city", "市级外部督导", ("city_supervisor",)),
    ("district", "区级外部督导", ("district_supervisor",)),
)
MONTHS = (1, 3, 6)


class CorpsTable(Table):
    """The register: one row a qualification."""

    number = Column("资格证编号", attrs={"td": {"class": "ts-nowrap"}})
    name = NameColumn("姓名", accessor="member__person__name", order_by="member__person__name_key")
    id_masked = Column("证件号码", accessor="member__person__id_masked", orderable=False)
    kind = Column("类别", accessor="get_kind_display", order_by="kind")
    occupation = Column("职业", accessor="occupation__name", default="—")
    highest_level = Column("最高等级", default="—")
    district = Column("日常管理", accessor="member__district", empty_values=())
    employer = Column("工作单位", accessor="member__employer")
    standing_on = StateColumn(queries.STATES_OF_QUALIFICATION, "状态")
    since = DayColumn("起")
    until = DayColumn("止（不含）")
    office = Column("认可单位", accessor="office__name")
    folded = ("id_masked", "since", "office")

    def render_number(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("authority:corps_member", args=[record.member.number]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_district(self, value: str) -> str:
        return managed_by(value)

    def render_highest_level(self, value: int) -> str:
        return level_label(value)


class CorpsFilter(django_filters.FilterSet):
    """Narrowing the register."""

    name = django_filters.CharFilter(label="姓名", method="named")
    id_number = django_filters.CharFilter(label="证件号码（完整）", method="identified")
    number = django_filters.CharFilter(label="资格证编号", lookup_expr="startswith")
    kind = django_filters.ChoiceFilter(label="类别", choices=queries.KINDS)
    occupation = django_filters.CharFilter(label="职业名称或编码", method="of_occupation")
    level = django_filters.ChoiceFilter(label="可考评等级", choices=LEVEL_CHOICES, field_name="highest_level", lookup_expr="lte")
    district = django_filters.ChoiceFilter(label="日常管理", choices=[("none", NO_DISTRICT), *DISTRICT_CHOICES], method="lying_in")
    employer = django_filters.CharFilter(label="工作单位", field_name="member__employer", lookup_expr="icontains")
    standing = django_filters.ChoiceFilter(
        label="状态", choices=[(key, label) for key, (label, _) in queries.STATES_OF_QUALIFICATION.items()], field_name="standing_on"
    )
    ending = django_filters.ChoiceFilter(label="即将期满", choices=[(str(n), f"{n}个月以内") for n in MONTHS], method="ending_in")

    def named(self, found: queries.QualificationRows, name: str, value: str) -> queries.QualificationRows:
        return found.filter(member__person__name_key__contains=name_key(value))

    def identified(self, found: queries.QualificationRows, name: str, value: str) -> queries.QualificationRows:
        try:
            person = person_by_id_number(value)
        except ValueError:
            return found.none()
        return found.filter(member__person=person) if person else found.none()

    def of_occupation(self, found: queries.QualificationRows, name: str, value: str) -> queries.QualificationRows:
        by: dict[str, Any] = {"occupation__name__icontains": value}
        if value[:1].isdigit():
            codes = codes_of(value)
            by = {"occupation__code__in": codes} if len(codes) > 1 else {"occupation__code__startswith": value}
        return found.filter(**by)

    def lying_in(self, found: queries.QualificationRows, name: str, value: str) -> queries.QualificationRows:
        return found.filter(member__district="" if value == "none" else value)

    def ending_in(self, found: queries.QualificationRows, name: str, value: str) -> queries.QualificationRows:
        return queries.ending_within(found, self.request.today, int(value))


@authority_door
def corps(request: Request) -> HttpResponseBase:
    """This page will list the corps on the office's ground, kind by kind; the export is put on record."""
    permissions.check_may_plan(request.actor)
    chosen = next((tab for tab in TABS if tab[0] == request.GET.get("tab")), None)
    rows = queries.qualifications(request.actor, request.today)
    if chosen:
        rows = rows.filter(kind__in=chosen[2])
    here = reverse("authority:corps")
    tabs = [{"label": "全部", "url": here, "active": chosen is None}]
    tabs += [{"label": label, "url": f"{here}?tab={key}", "active": chosen is not None and chosen[0] == key} for key, label, _ in TABS]

    def on_record(kind: str, count: int) -> None:
        record_export(case=request.actor.office_name[:64], what="考评督导队伍名册", kind=kind, count=count, by=request.actor, at=request.now)

    actions = [
        ("申请审核", reverse("authority:corps_applications"), "checkup-list", ""),
        ("培训班", reverse("authority:corps_courses"), "school", ""),
        ("年度考核", reverse("authority:corps_appraisals"), "report-analytics", ""),
        ("队伍规划", reverse("authority:corps_plan"), "map-2", ""),
    ]
    if permissions.can(lambda: permissions.check_may_register(request.actor, district=request.actor.district)):
        actions.append(("登记成员", reverse("authority:corps_member_new"), "user-plus", "btn-primary"))
    return list_page(
        request,
        queryset=rows,
        table=CorpsTable,
        filterset=CorpsFilter,
        title="考评督导队伍",
        unit="项资格",
        empty=Empty("还没有人取得资格", "授予资格以后，会出现在这里。"),
        exported=on_record,
        template="authority/corps.html",
        extra={"tabs": tabs, "actions": actions, "tab": chosen[0] if chosen else ""},
    )


class LogInForm(Form):
    """A log-in for a member who has none."""

    username = forms.CharField(label="登录名", max_length=60, widget=forms.TextInput({"autocomplete": "off"}))
    password = forms.CharField(label="初始密码", max_length=60, help_text="请当面或电话告知本人，登录后修改。")


def seen_member(request: Request, number: str) -> "Member":
    """This function will give a member on the office's ground. :raises Http404: for another's."""
    found = queries.member(number, request.actor)
    if found is None:
        raise Http404
    return found


@authority_door
def corps_member(request: Request, number: str) -> HttpResponseBase:
    """This page will show a member: qualifications, ties, training, assignments, marks, appraisals, measures; open a log-in for one without."""
    member = seen_member(request, number)
    has_log_in = getattr(member.person, "user", None) is not None
    manages = permissions.can(permissions.check_may_manage, request.actor, member)
    form = LogInForm(request.POST or None) if manages and not has_log_in else None
    if request.method == "POST" and form is not None and form.is_valid():
        log_in = LogIn(form.cleaned_data["username"], form.cleaned_data["password"])
        with told_in(form):
            operations.open_member_log_in(number=number, log_in=log_in, by=request.actor, at=request.now)
            messages.success(request, f"已为{member.person.name}开通账号。")
            return redirect("authority:corps_member", number)
    day = request.today
    everybody = asked.years_of(day.year, day)
    own = everybody.get(member.pk, Year())
    context = {
        "member": member,
        "pairs": [
            ("姓名", member.person.name),
            ("证件号码", member.person.id_masked),
            ("工作单位", member.employer),
            ("所在评价机构", member.body.name if member.body else "—"),
            ("日常管理", managed_by(member.district)),
            ("登录账号", "已开通" if has_log_in else "没有"),
        ],
        "held": [line_of(one) for one in queries.qualifications_of(member, day)],
        "applications": [{"row": one, "state": APPLICATION_STATES[one.state], "what": what_of(one)} for one in queries.applications_of(member)],
        "measures": [{"row": one, "tone": MEASURE_TONES[one.measure]} for one in queries.standings_of(member)],
        "enrolments": queries.enrolments_of(member),
        "ties": queries.ties_of(member),
        "blocked": queries.blocked_days_of(member, day),
        "assignments": queries.assignments_of(member)[:20],
        "appraisals": [
            {"row": one, "proposed": GRADES[one.proposed][0], "grade": GRADES.get(one.grade), "points": one.figures.get("points")}
            for one in asked.appraisals_of(member)
        ],
        "year": day.year,
        "rows": beside(own, asked.city_of(everybody)),
        "warnings": [
            finding
            for finding in (
                refusals_are_few(asked.refusals_within_a_year(member, day), day),
                failed_years_are_few(asked.failed_years(member), day),
            )
            if finding.outcome != "met"
        ],
        "form": form,
        "why_not": permissions.why_not(permissions.check_may_measure, request.actor, member),
        "timeline": timeline(number, *queries.applications_of(member).values_list("number", flat=True)),
        "crumbs": [{"label": "考评督导队伍", "url": reverse("authority:corps")}, {"label": number, "url": ""}],
    }
    return render(request, "authority/corps_member.html", context)


class MemberForm(Form):
    """Somebody who comes onto the register."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(label="居民身份证号码", max_length=24, widget=forms.TextInput({"autocomplete": "off"}))
    phone = forms.CharField(label="手机号码", max_length=20, required=False)
    employer = forms.CharField(label="工作单位", max_length=120)
    district = forms.ChoiceField(label="工作单位所在的区", choices=[("", NO_DISTRICT), *DISTRICT_CHOICES], required=False)


@authority_door
def corps_member_new(request: Request) -> HttpResponseBase:
    """This page will put somebody on the register of the corps."""
    permissions.check_may_register(request.actor, district=request.actor.district)
    form = MemberForm(request.POST or None, initial={"district": request.actor.district})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "id_number", "phone", "employer", "district")}
        with told_in(form):
            member = operations.register_member(**given, body=None, by=request.actor, at=request.now)
            messages.success(request, f"{member.person.name}已在队伍名册中，编号{member.number}。")
            return redirect("authority:corps_member", member.number)
    crumbs = [{"label": "考评督导队伍", "url": reverse("authority:corps")}, {"label": "登记成员", "url": ""}]
    context = {"form": form, "title": "登记成员", "button": "登记", "crumbs": crumbs, "back_url": reverse("authority:corps")}
    return render(request, "body/form.html", context)


