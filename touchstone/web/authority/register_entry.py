"""登记详情: what stands under one entry of a body's registers, which papers prove it, and who asked to see a whole identity number?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies import operations, permissions, queries
from touchstone.exams.queries.plans import plans
from touchstone.exams.queries.registration import admitted_by, places_taken
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.web.authority.registers import REGISTERS
from touchstone.web.body.apprentices import apprentice_facts
from touchstone.web.body.apprentices import state_of as apprentice_state
from touchstone.web.body.candidates import STATES
from touchstone.web.body.students import state_of
from touchstone.web.doors import Request, authority_door
from touchstone.web.downloads import send_attachment
from touchstone.web.ending_papers_view import ending_line
from touchstone.web.enterprise_standard_view import element_rows
from touchstone.web.enterprise_standard_view import facts_of as standard_facts
from touchstone.web.enterprise_standard_view import state_of as standard_state
from touchstone.web.entry_view import HINTS, agreement_facts, commission_facts, student_facts, subsidiary_facts, worker_facts
from touchstone.web.events import told_lines
from touchstone.web.forms import Form
from touchstone.web.paper_columns import period_state
from touchstone.web.refusing import told_in
from touchstone.web.templatetags.look import moment

if TYPE_CHECKING:
    from touchstone.bodies.models import Body, RosterImport

SHOWN = 50
_KINDS = {
    "XY": "agreements", "WT": "commissions", "XS": "subsidiaries", "ZG": "workers", "XJ": "students", "QB": "enterprise_standards",
    "XT": "apprentices", "MC": "imports",
}  # fmt: skip


class ReasonForm(Form):
    """Why somebody looks."""

    reason = forms.CharField(
        label="查看理由",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="例如：核对某认定计划考生的身份。理由随查看记录保存，机构可以看到。",
    )


def _body(request: Request, entry: str) -> "Body":
    try:
        body = queries.body_of_entry(entry)
    except Refusal:
        raise Http404 from None
    permissions.check_may_read_registers(request.actor, body)
    return body


@authority_door
def register_entry(request: Request, entry: str) -> HttpResponseBase:
    """This page will show an entry with its papers and whom it admitted. :raises Http404: for an unknown entry."""
    body = _body(request, entry)
    if entry.startswith("SD"):
        return redirect("authority:pilot", entry)
    register = _KINDS[entry[:2]]
    title, state, facts = _READ[register](body, entry, request)
    people = list(admitted_by(entry)[: SHOWN + 1])
    lines = (history(entry) | history(body.number).filter(detail__number=entry)).order_by("id")
    personal = permissions.needs_reason(entry)
    why_not = permissions.why_not_unmask(request.actor, body)
    context = {
        "entry": entry,
        "body": body,
        "title": title,
        "state": state,
        "facts": facts,
        "files": [_file(entry, one, openable=not (personal and why_not)) for one in of_case(entry)],
        "hint": HINTS.get(register, "机构上传的名册和核对结果。"),
        "people": [(one, *STATES[one.state]) for one in people[:SHOWN]],
        "plans_shown": set(plans(request.actor).filter(pk__in=[one.plan_id for one in people]).order_by().values_list("pk", flat=True)),
        "more_people": len(people) > SHOWN,
        "is_roster": register == "imports",
        "is_person": register in {"workers", "students"},
        "personal": personal,
        "why_not_unmask": why_not,
        "ending": ending_line(entry, body, request.today),
        "entries": told_lines(lines),
        "crumbs": _crumbs(body, register, title),
    }
    return render(request, "authority/register_entry.html", context)


def _file(entry: str, kept: Any, *, openable: bool) -> dict[str, Any]:
    url = reverse("authority:register_file", args=[entry, kept.number]) if openable else ""
    return {"name": kept.name, "url": url, "kind": kept.label, "size": kept.size, "at": kept.uploaded_at}


@authority_door
def register_file(request: Request, entry: str, attachment: str) -> HttpResponseBase:
    """This page will send a paper of an entry; one that carries identity numbers asks for a reason first. :raises Http404: when there is none."""
    body = _body(request, entry)
    kept = of_case(entry).filter(number=attachment).first()
    if kept is None:
        raise Http404
    if not permissions.needs_reason(entry):
        return send_attachment(kept)
    permissions.check_may_unmask(request.actor, body)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            reason = form.cleaned_data["reason"]
            opened = operations.open_personal_paper(number=entry, attachment=attachment, reason=reason, by=request.actor, at=request.now)
            return send_attachment(opened)
    return _ask(request, body, entry, form, f"查看“{kept.name}”", "该材料含有证件号码，查看须说明理由并留痕。", "打开材料")


@authority_door
def register_identity(request: Request, entry: str) -> HttpResponseBase:
    """This page will show the whole identity number of a person, once a reason is given and put on record. :raises Http404: for no person."""
    body = _body(request, entry)
    if not entry.startswith(("ZG", "XJ")):
        raise Http404
    permissions.check_may_unmask(request.actor, body)
    form, shown = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            shown = operations.unmask_identity(number=entry, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
    response = _ask(request, body, entry, form, "查看完整证件号码", "完整证件号码只在本页显示一次，查看须说明理由并留痕。", "查看", shown)
    response["Cache-Control"] = "private, no-store"
    return response


def _ask(request: Request, body: "Body", entry: str, form: Form, title: str, hint: str, button: str, shown: str = "") -> HttpResponseBase:
    back = reverse("authority:register_entry", args=[entry])
    name, _, _ = _READ[_KINDS[entry[:2]]](body, entry, request)
    crumbs = [*_crumbs(body, _KINDS[entry[:2]], ""), {"label": name, "url": back}, {"label": title}]
    context = {"form": form, "title": title, "hint": hint, "button": button, "back_url": back, "crumbs": crumbs, "shown": shown, "name": name}
    return render(request, "authority/register_reason.html", context)


def _crumbs(body: "Body", register: str, title: str) -> list[dict[str, str]]:
    found = [
        {"label": "评价机构", "url": reverse("authority:bodies")},
        {"label": body.name, "url": reverse("authority:body", args=[body.number])},
        {"label": REGISTERS[register].label, "url": reverse("authority:body_register", args=[body.number, register])},
    ]
    return [*found, {"label": title}] if title else found


def _worker(body: "Body", entry: str, request: Request) -> tuple[str, tuple[str, str], Any]:
    row = queries.workers_of(body).get(pk=int(entry[2:]))
    return row.person.name, (("已离岗", "neutral") if row.until else ("在岗", "ok")), worker_facts(row)


def _student(body: "Body", entry: str, request: Request) -> tuple[str, tuple[str, str], Any]:
    row = queries.all_students_of(body).get(pk=int(entry[2:]))
    return row.person.name, state_of(row, request.today), student_facts(row)


def _agreement(body: "Body", entry: str, request: Request) -> tuple[str, tuple[str, str], Any]:
    row = queries.agreements_with_students(body).get(number=entry)
    state = period_state(row.since, row.until, request.today, ended="已到期", ended_on=row.ended_on)
    return row.school, state, [*agreement_facts(row), ("在册学生", f"{row.students_now:,}人")]  # type: ignore[attr-defined]


def _commission(body: "Body", entry: str, request: Request) -> tuple[str, tuple[str, str], Any]:
    row = queries.commissions_of(body).get(number=entry)
    state = period_state(row.since, row.until, request.today, ended="已到期", ended_on=row.ended_on)
    return row.client, state, commission_facts(row, places_taken([entry]).get(entry, 0), request.today)


def _subsidiary(body: "Body", entry: str, request: Request) -> tuple[str, tuple[str, str], Any]:
    row = queries.subsidiaries_with_workers(body).get(number=entry)
    return row.name, (("已退出", "neutral") if row.until else ("在册", "ok")), subsidiary_facts(row, row.workers_now)  # type: ignore[attr-defined]


def _apprentice(body: "Body", entry: str, request: Request) -> tuple[str, tuple[str, str], Any]:
    row = queries.apprentices_of(body).get(number=entry)
    return row.person.name, apprentice_state(row, request.today), apprentice_facts(row, request.today)


def _enterprise_standard(body: "Body", entry: str, request: Request) -> tuple[str, tuple[str, str], Any]:
    row = queries.enterprise_standards_of(body).get(number=entry)
    elements = [
        (one["element"].name, f"{one['takes']}，权重{one['element'].weight}%，合格分{one['element'].pass_mark}分，对应国家标准：{one['national']}")
        for one in element_rows(row.elements, request.today)
    ]
    return row.title, standard_state(row, request.today), [*standard_facts(row, request.today), *elements]


def _roster(body: "Body", entry: str, request: Request) -> tuple[str, tuple[str, str], Any]:
    row = queries.all_roster_imports_of(body).get(number=entry)
    by = row.run_by.display_name if row.run_by else "平台"
    facts = [
        ("名册", row.get_roster_display()),
        ("依据协议", row.agreement.number if row.agreement else "—"),
        ("导入", f"{by} {moment(row.run_at)}"),
        ("总行数", f"{row.total:,}行"),
        ("已登记", f"{row.accepted:,}人"),
        ("未变", f"{row.unchanged:,}人"),
        ("有误", f"{row.refused:,}行"),
        ("说明", row.failed_because or row.note or "—"),
    ]
    return row.name, _state_of(row), facts


def _state_of(row: "RosterImport") -> tuple[str, str]:
    if row.failed_because:
        return "没有导入", "danger"
    if row.finished_at is None:
        return "正在登记", "info"
    return ("有误", "warn") if row.refused else ("已导入", "ok")


_READ: dict[str, Callable[["Body", str, Request], tuple[str, tuple[str, str], Any]]] = {
    "workers": _worker,
    "students": _student,
    "agreements": _agreement,
    "commissions": _commission,
    "subsidiaries": _subsidiary,
    "apprentices": _apprentice,
    "enterprise_standards": _enterprise_standard,
    "imports": _roster,
}
