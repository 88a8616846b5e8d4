"""学籍名单: which students stand on my school's register, or on the roster of a partner school under an agreement?"""

from typing import TYPE_CHECKING, Any

import django_filters
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.bodies import operations, permissions, queries
from touchstone.kernel.numbers import name_key
from touchstone.kernel.periods import add_months
from touchstone.parameters.queries import in_force
from touchstone.policy.eligibility.populations import GRADUATION_YEAR
from touchstone.web.body.register_page import crumbs_of, register_of
from touchstone.web.doors import Request, body_door
from touchstone.web.filters import DayRangeFilter
from touchstone.web.paper_columns import badge
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, NameColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.bodies.models import Agreement, Body


class StudentTable(Table):
    """Students of one register; identity masked."""

    name = NameColumn("姓名", accessor="person__name", order_by="person__name_key")
    id_masked = Column("证件号码", accessor="person__id_masked", orderable=False)
    register_number = Column("学籍号")
    major = Column("专业")
    programme = Column("培养层次")
    full_time = Column("学习形式")
    enrolled_on = DayColumn("入学日")
    graduates_on = DayColumn("预计毕业日")
    left_on = DayColumn("离校日")
    diploma_number = Column("学历证书编号", default="—")
    state = Column("状态", empty_values=(), accessor="left_on", orderable=False)
    folded = ("programme", "enrolled_on", "left_on", "diploma_number")

    def render_name(self, value: str, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("body:student", args=[record.pk]), value)

    def value_name(self, value: str) -> str:
        return value

    def render_full_time(self, value: bool) -> str:
        return "全日制" if value else "非全日制"

    def render_state(self, record: Any) -> SafeString:
        return badge(*state_of(record, self.request.today))

    def value_state(self, record: Any) -> str:
        return state_of(record, self.request.today)[0]


def state_of(row: Any, today: Any) -> tuple[str, str]:
    """This function will say how a student stands on a day: left, graduated, in the graduation year, or before it."""
    if row.left_on is not None and row.left_on <= today:
        return "已离校", "neutral"
    if row.graduates_on <= today:
        return "已毕业", "neutral"
    opens = add_months(row.graduates_on, -in_force(GRADUATION_YEAR, today).value)
    return ("毕业学年", "ok") if opens <= today else ("在读", "info")


class StudentFilter(django_filters.FilterSet):
    """Narrowing a roster."""

    name = django_filters.CharFilter(label="姓名", method="named")
    register_number = django_filters.CharFilter(label="学籍号", lookup_expr="startswith")
    major = django_filters.CharFilter(label="专业", lookup_expr="icontains")
    full_time = django_filters.ChoiceFilter(label="学习形式", choices=[("True", "全日制"), ("False", "非全日制")])
    graduates_on = DayRangeFilter(label="预计毕业日", field_name="graduates_on")
    standing = django_filters.ChoiceFilter(label="状态", choices=[("open", "在册"), ("ended", "已离校")], method="standing_so")

    def named(self, found: Any, name: str, value: str) -> Any:
        return found.filter(person__name_key__contains=name_key(value))

    def standing_so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(left_on__isnull=value == "open")


def agreement_of(request: Request, number: str) -> "tuple[Body, Agreement]":
    """This function will give the actor's body and one of its agreements. :raises Http404: for another's."""
    body = register_of(request, "agreements")
    found = queries.agreements_of(body).filter(number=number).first()
    if found is None:
        raise Http404
    return body, found


@body_door
def students(request: Request) -> HttpResponseBase:
    """This page will list a school's own register."""
    body = register_of(request, "students")
    links = {"new": reverse("body:student_new"), "import": reverse("body:students_import"), "end": reverse("body:students_end")}
    subtitle = "院校只评价本校注册学籍的全日制毕业学年学生（通知 二(三)）；报名时按申报之日核对。"
    return _list(request, body, None, links, crumbs_of("students"), "学籍", subtitle)


@body_door
def agreement_students(request: Request, number: str) -> HttpResponseBase:
    """This page will list a partner school's students under an agreement. :raises Http404:"""
    body, found = agreement_of(request, number)
    here = {key: reverse(f"body:agreement_students_{key}", args=[number]) for key in ("new", "import", "end")}
    crumbs = crumbs_of("agreements", (number, reverse("body:agreement", args=[number])), ("学生", ""))
    return _list(request, body, found, here, crumbs, f"{found.school}学生", f"依据协议{number}，约定专业：{'、'.join(found.majors)}。")


def _list(
    request: Request, body: "Body", agreement: "Agreement | None", links: dict[str, str], crumbs: list[dict[str, str]], title: str, subtitle: str
) -> HttpResponseBase:
    why_not = permissions.why_not_keep(request.actor, body)

    def on_record(kind: str, count: int) -> None:
        operations.record_export(body=body, what="students", kind=kind, count=count, by=request.actor.with_key(""), at=request.now)

    return list_page(
        request,
        queryset=queries.students_of(body, agreement),
        table=StudentTable,
        filterset=StudentFilter,
        title=title,
        unit="人",
        empty=Empty("名册里还没有学生", "登记或导入后，报名时按申报之日核对学籍和毕业学年。", *(() if why_not else ("导入名册", links["import"]))),
        totals=lambda rows: {"在册": rows.filter(left_on__isnull=True).count()},
        batch=[] if why_not else [BatchAction("end", "登记离校", "danger")],
        batch_url=links["end"],
        exported=on_record,
        template="body/register.html",
        extra={
            "why_not": why_not,
            "actions": [] if why_not else [("导入名册", links["import"], "upload", ""), ("登记一人", links["new"], "user-plus", "btn-primary")],
            "crumbs": crumbs,
            "subtitle": subtitle,
        },
    )
