"""机构案件登记页: about whom, which acts on which day, what was found? Filled from a visit, an alert or a revocation where it is opened from one."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies.queries import body_told
from touchstone.enforcement import permissions, queries
from touchstone.enforcement.facts.origins import Found, found_at
from touchstone.enforcement.operations import Charge, begin_case, change_charge
from touchstone.enforcement.states import LAW
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import NOTICE_2024
from touchstone.policy.supervision.acts import SINCE
from touchstone.revocations.queries import numbers_in
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.enforcement.words import act_choices
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.enforcement.models import Case

_LINES = 4


class ChargeForm(Form):
    """The acts with their days, the facts, when it came to light, certificates and plans."""

    found_on = forms.DateField(label="发现日", widget=DayInput(), help_text="检查、预警、线索使情况为人所知的日期。")
    facts = forms.CharField(
        label="事实", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), help_text="写入告知书和决定书：时间、地点、经过，能证明的材料。"
    )
    certificates = forms.CharField(
        label="所涉证书", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="违规的证书数据须另案撤销；证书编号每行一个。"
    )
    plans = forms.CharField(label="所涉认定计划", required=False, max_length=400, help_text="计划编号，用空格隔开；暂停评价期间这些计划不得举行。")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = act_choices(max(day, SINCE))
        lines: dict[str, forms.Field] = {}
        for n in range(1, _LINES + 1):
            lines[f"act_{n}"] = forms.ChoiceField(label=f"情形{n}", required=n == 1, choices=choices)
            widget = DayInput()
            lines[f"acted_on_{n}"] = forms.DateField(label=f"情形{n}的日期", required=n == 1, widget=widget)
        self.fields = {**{k: v for k, v in self.fields.items() if k in _FIRST}, **lines, **self.fields}

    def charge(self) -> Charge:
        """This method will give what was filled in. :raises Refusal: for an act without its day."""
        given = self.cleaned_data
        acts: dict[str, date] = {}
        for n in range(1, _LINES + 1):
            act, on = given.get(f"act_{n}"), given.get(f"acted_on_{n}")
            if act and not on:
                raise Refusal(f"情形{n}没有填写日期。", LAW, "请填写该行为的日期（持续的，填终了之日）。")
            if act and on:
                acts[act] = on
        plans = given["plans"].replace("，", " ").replace("、", " ").split()
        return Charge(acts, given["facts"], given["found_on"], numbers_in(given["certificates"]), plans)


_FIRST = ("request_key", "party", "unfiled")


class CaseForm(ChargeForm):
    """Whom a new case is about, and what it is held to have done."""

    party = forms.CharField(label="当事机构", max_length=160, help_text="机构编号、统一社会信用代码或者全称。")
    unfiled = forms.BooleanField(label="该单位没有在平台登记（未经备案的评价）", required=False)


def _initial(found: "Found | None", day: date) -> dict[str, Any]:
    if found is None:
        return {"found_on": day}
    told: dict[str, Any] = {"facts": found.facts, "found_on": found.found_on, "certificates": "\n".join(found.certificates)}
    told["party"] = found.body.name if found.body is not None else found.party_name
    for n, act in enumerate(found.acts[:_LINES], 1):
        told |= {f"act_{n}": act, f"acted_on_{n}": found.found_on}
    return told


@authority_door
def case_new(request: Request) -> HttpResponseBase:
    """This page will put a case down; `?from=<kind>:<number>` fills it from what was found there. :raises NotAllowed:"""
    permissions.check_may_open(request.actor)
    source, found = request.GET.get("from", ""), None
    if source:
        with told(request) as outcome:
            found = found_at(source, request.actor)[2]
        if outcome.refused:
            return redirect("authority:cases")
    form = CaseForm(request.POST or None, day=request.today, initial=_initial(found, request.today))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            number = _begin(request, form, source)
            messages.success(request, f"案件{number}已登记，报审批负责人决定是否立案。")
            return redirect("authority:case", number)
    context = {
        "form": form,
        "found": found,
        "crumbs": [{"label": "机构案件", "url": reverse("authority:cases")}, {"label": "登记案件"}],
        "law": NOTICE_2024.title,
    }
    return render(request, "enforcement/new.html", context)


def _begin(request: Request, form: CaseForm, source: str) -> str:
    given = form.cleaned_data
    body = None if given["unfiled"] else body_told(given["party"])
    if body is None and not given["unfiled"]:
        raise Refusal(f"没有查到机构“{given['party'][:40]}”。", LAW, "请核对编号、信用代码或者全称；没有登记的，勾选“没有在平台登记”。")
    by = request.actor.with_key(str(given["request_key"]))
    return begin_case(body=body, charge=form.charge(), source=source, party_name=given["party"], by=by, at=request.now).number


@authority_door
def case_charge(request: Request, number: str) -> HttpResponseBase:
    """This page will put down anew what a body is held to have done, before anything is proposed. :raises NotAllowed:"""
    found = queries.case(number, request.actor)
    permissions.check_handles(request.actor, found)
    form = ChargeForm(request.POST or None, day=request.today, initial=_standing(found))
    form.fields["reason"] = forms.CharField(label="改变的理由", max_length=200)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            change_charge(number=number, charge=form.charge(), reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, "事实和情形已改变；已经发出的告知书不再作数，须重新告知。")
            return redirect("authority:case", number)
    crumbs = [{"label": "机构案件", "url": reverse("authority:cases")}, {"label": number, "url": reverse("authority:case", args=[number])}]
    context = {"form": form, "case": found, "crumbs": [*crumbs, {"label": "改变事实和情形"}]}
    return render(request, "enforcement/charge.html", context)


def _standing(case: "Case") -> dict[str, Any]:
    told: dict[str, Any] = {
        "facts": case.facts,
        "found_on": case.found_on,
        "certificates": "\n".join(case.certificates),
        "plans": " ".join(case.plans),
    }
    for n, one in enumerate(case.acts.order_by("id")[:_LINES], 1):
        told |= {f"act_{n}": one.act, f"acted_on_{n}": one.acted_on}
    return told
