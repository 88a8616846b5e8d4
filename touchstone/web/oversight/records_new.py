"""调取资料新建页: whose records does this office call for, which, what for, and by when?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies.queries import body as body_named
from touchstone.inspections.operations.records import CallTerms, Wanted, call_for_records
from touchstone.inspections.permissions import records as permissions
from touchstone.inspections.queries.campaigns import under_way
from touchstone.inspections.states.records import RecordsKind
from touchstone.kernel.law import Refusal
from touchstone.parameters.queries import due
from touchstone.policy.supervision.items import ITEMS, Way
from touchstone.policy.supervision.records import HANDED_OVER_WITHIN
from touchstone.web.doors import Request, authority_door
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.oversight.tabs import crumbs
from touchstone.web.refusing import told_in

ROWS = 8
_CAMPAIGNS = 100
_KINDS = [("", "—"), *((one.value, one.label) for one in RecordsKind)]


class CallForm(Form):
    """What a call says; the things wanted are lines below."""

    body = forms.CharField(label="机构编号", max_length=24, help_text="在评价机构页面或监管职责清单中查看。")
    item = forms.ChoiceField(label="检查事项", choices=[])
    purpose = forms.CharField(label="事由和用途", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="写入通知书，告知机构。")
    due_on = forms.DateField(label="提供期限", widget=DayInput())
    term_reason = forms.CharField(label="期限较长的理由", max_length=200, required=False)
    origin = forms.CharField(label="来源编号", max_length=40, required=False, help_text="由线索、预警或者检查发现引起的，填其编号。")
    campaign = forms.ChoiceField(label="专项督导", choices=[], required=False)

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last, listed = due(HANDED_OVER_WITHIN, request.now), ITEMS.on(request.today).value.values()
        self.fields["item"].choices = [("", "请选择"), *((one.key, one.title) for one in listed if Way.RECORDS in one.ways)]  # type: ignore[attr-defined]
        going_on = [(one.number, f"{one.theme}（{one.number}）") for one in under_way(request.actor)[:_CAMPAIGNS]]
        self.fields["campaign"].choices = [("", "不属于专项"), *going_on]  # type: ignore[attr-defined]
        self.fields["due_on"].initial = last
        self.fields["due_on"].help_text = f"最晚{last:%Y年%-m月%-d日}；可以更短，更长的写明理由。"


def _wanted(request: Request) -> list[Wanted]:
    """The lines that were filled in. :raises Refusal: for one that is filled in by half."""
    found = []
    for n in range(1, ROWS + 1):
        kind, reference, words = (request.POST.get(f"{name}-{n}", "").strip() for name in ("kind", "reference", "words"))
        if not (kind or reference or words):
            continue
        if kind not in set(RecordsKind) or not (words or reference):
            raise Refusal(f"第{n}行没有填完整。", None, "请选择资料种类，写明内容；平台已有的填写编号。")
        chosen = RecordsKind(kind)
        found.append(Wanted(chosen, words or f"{chosen.label}{reference}", reference))
    return found


def _lines(request: Request) -> list[dict[str, Any]]:
    given = request.POST if request.method == "POST" else request.GET
    first = {"kind-1": given.get("kind", ""), "reference-1": given.get("reference", "")} if request.method != "POST" else {}
    names = ("kind", "reference", "words")
    return [{"n": n, **{name: first.get(f"{name}-{n}") or given.get(f"{name}-{n}", "") for name in names}} for n in range(1, ROWS + 1)]


@authority_door
def records_call_new(request: Request) -> HttpResponseBase:
    """This page will call for records of a body. :raises NotAllowed: for those who may call for none."""
    permissions.check_may_call(request.actor)
    first = {name: request.GET.get(name, "") for name in ("body", "origin", "campaign", "item")}
    form = CallForm(request.POST if request.method == "POST" else None, request=request, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with told_in(form):
            try:
                body = body_named(given["body"].strip().upper())
            except ObjectDoesNotExist:
                raise Refusal("没有这个编号的评价机构。", None, "请核对机构编号。") from None
            terms = CallTerms(
                given["item"], given["purpose"], _wanted(request), given["due_on"], given["term_reason"], given["origin"], given["campaign"]
            )
            made = call_for_records(body=body, terms=terms, by=request.actor, at=request.now)
            messages.success(request, f"已调取，通知书{made.number}已送达机构；平台已有的资料从现在起冻结。")
            return redirect("authority:records_call", made.number)
    context = {
        "form": form,
        "lines": _lines(request),
        "kinds": _KINDS,
        "numbers": [(one.label, one.named_by) for one in RecordsKind if one.named_by],
        "crumbs": crumbs(request, "调取资料", "records_calls", "新的调取"),
        "back_url": reverse("authority:records_calls"),
    }
    return render(request, "oversight/records_new.html", context)
