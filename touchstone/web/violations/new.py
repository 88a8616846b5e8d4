"""立案页: against whom, for which act, on which day, and what are the facts? From what was told in a sitting, or from scratch."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from touchstone.bodies.queries import own_body, staff_of
from touchstone.exams.queries.accused import candidate_of_body, contradiction_of, incident_of_body
from touchstone.policy.exams.parts import Part
from touchstone.policy.violations.acts import Party, acts_of
from touchstone.violations import permissions
from touchstone.violations.operations import Seen, record_violation
from touchstone.web.doors import Request, body_door
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.exams.models import Incident


class RecordForm(Form):
    """A case of a candidate or of staff, whichever `party` says."""

    ticket = forms.CharField(label="准考证号或考生编号", max_length=40)
    staff = forms.TypedChoiceField(label="工作人员", coerce=int)
    act = forms.ChoiceField(label="情形")
    part = forms.ChoiceField(label="科目", required=False, choices=[("", "不限于一科"), *((part.value, part.label) for part in Part)])
    happened_on = forms.DateField(label="行为日期", widget=DayInput())
    facts = forms.CharField(label="事实和证据", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, party: Party, request: Request, incident: "Incident | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        acts: dict[str, list[tuple[str, str]]] = {}
        for key, act in acts_of(party, request.today).items():
            acts.setdefault(f"{act.tier.label}（{act.clause.short}）", []).append((key, act.words))
        self.fields["act"].choices = [("", "请选择"), *acts.items()]  # type: ignore[attr-defined]
        if party is Party.CANDIDATE:
            del self.fields["staff"]
            if incident is not None:
                del self.fields["ticket"], self.fields["part"], self.fields["happened_on"]
        else:
            del self.fields["ticket"], self.fields["part"]
            people = staff_of(own_body(request.actor), request.today)
            self.fields["staff"].choices = [("", "请选择"), *((one.pk, f"{one.person.name}（{one.get_duty_display()}）") for one in people)]  # type: ignore[attr-defined]

    def seen(self, incident: "Incident | None") -> Seen:
        """Give what is held against whom."""
        given = self.cleaned_data
        part = given.get("part")
        if incident is not None and incident.candidate is not None and self.party is Party.CANDIDATE:
            day = localtime(incident.sitting.starts_at).date()
            return Seen(self.party, given["act"], given["facts"], day, candidate=incident.candidate.number, incident=incident.number)
        return Seen(
            self.party,
            given["act"],
            given["facts"],
            given["happened_on"],
            candidate=given.get("ticket", ""),
            staff_id=given.get("staff"),
            incident=incident.number if incident is not None else "",
            part=Part(part) if part else None,
        )


@body_door
def violation_new(request: Request) -> HttpResponseBase:
    """This page will take a new case. :raises NotAllowed: for those who may not open one."""
    permissions.check_may_record(request.actor)
    incident = incident_of_body(request.GET.get("incident", ""), own_body(request.actor))
    party = Party.STAFF if request.GET.get("party") == Party.STAFF else Party.CANDIDATE
    told_of = incident if incident is not None and incident.candidate is not None and party is Party.CANDIDATE else None
    first = _of_undertaking(request)
    if incident is not None:
        first = {"facts": incident.words, "happened_on": localtime(incident.sitting.starts_at).date()}
    form = RecordForm(request.POST or None, party=party, request=request, incident=told_of, initial=first)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            seen = replace(form.seen(incident), enquiry=request.GET.get("enquiry", "") if party is Party.CANDIDATE else "")
            case = record_violation(seen=seen, by=request.actor, at=request.now)
            messages.success(request, "已立案。请告知当事人。")
            return redirect("body:violation", case.number)
    query = f"&incident={incident.number}" if incident is not None else ""
    query += "".join(f"&{key}={quote(request.GET[key])}" for key in ("candidate", "enquiry") if request.GET.get(key))
    context = {
        "form": form,
        "incident": incident,
        "tabs": [
            {"label": one.label, "url": f"?party={one.value}{query}", "active": one is party, "count": None} for one in Party
        ],
        "crumbs": [{"label": "违纪违规档案", "url": reverse("body:violations")}, {"label": "立案", "url": ""}],
    }
    return render(request, "violations/new.html", context)


def _of_undertaking(request: Request) -> dict[str, Any]:
    """What stands in the form when it is opened from a candidate whose undertaking is doubted: who, which act, when, and what the register says."""
    candidate = candidate_of_body(request.GET.get("candidate", ""), own_body(request.actor))
    if candidate is None:
        return {}
    found = contradiction_of(request.GET.get("enquiry", ""), candidate)
    said = "；".join(one["reason"] for one in found.findings if one["outcome"] == "unmet") if found is not None else ""
    facts = f"{candidate.applied_on:%Y年%-m月%-d日}报名时作出告知承诺，"
    facts += f"经{found.get_register_display()}核查：{said}。" if found is not None else ""
    return {"ticket": candidate.number, "act": "false_undertaking", "happened_on": candidate.applied_on, "facts": facts}
