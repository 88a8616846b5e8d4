"""资格申请填报: how is an application written, proved, submitted and taken back, by the applicant or the body they work for?"""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.experts import operations, permissions, queries
from touchstone.experts.facts import entrant_of
from touchstone.experts.states import ApplicationState
from touchstone.files.operations import LARGEST
from touchstone.files.queries import of_case
from touchstone.policy.experts.entry import EVIDENCE, Title, examine
from touchstone.policy.experts.kinds import MemberKind
from touchstone.web import corps_view
from touchstone.web.doors import Request, told
from touchstone.web.downloads import send_attachment
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.occupation_field import OccupationField
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.experts.models import Application

_WRITABLE = {ApplicationState.DRAFTED, ApplicationState.RETURNED}
_OPEN = {*_WRITABLE, ApplicationState.SUBMITTED, ApplicationState.IN_TRAINING}


class BeginForm(Form):
    """What is applied for."""

    kind = forms.ChoiceField(label="申请类别")
    occupation = OccupationField(label="考评职业", required=False)
    highest_level = forms.TypedChoiceField(
        label="可考评最高等级", choices=[("", "请选择"), *LEVEL_CHOICES], coerce=int, empty_value=None, required=False,
        help_text="考评人员必填；督导人员不填职业和等级。",
    )  # fmt: skip

    def __init__(self, *args: Any, day: Any, kinds: list[MemberKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupation"].day = day  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "请选择"), *((kind.value, kind.label) for kind in kinds)]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Give what was chosen, as the operation takes it."""
        cleaned = self.cleaned_data
        return {"kind": MemberKind(cleaned["kind"]), "occupation": cleaned["occupation"], "highest_level": cleaned["highest_level"]}


class ClaimsForm(Form):
    """What entitles the applicant."""

    certificate_level = forms.TypedChoiceField(
        label="本职业技能等级证书", choices=[("", "没有"), *LEVEL_CHOICES], coerce=int, empty_value=None, required=False
    )
    title = forms.ChoiceField(label="专业技术职称", choices=[(one.value, one.label) for one in Title], required=False)
    assessor_years = forms.IntegerField(label="担任考评员年限", min_value=0, max_value=60, required=False, help_text="满几年填几。")
    work_years = forms.IntegerField(label="从事评价管理工作年限", min_value=0, max_value=60, required=False, help_text="满几年填几。")
    statement = forms.CharField(label="申请说明", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


def application_page(request: Request, number: str, space: str) -> HttpResponseBase:
    """This page will show an application in the pages of `space` (expert or body); while it may be written, it is written here.

    :raises Http404: for one the actor may not see.
    """
    found = queries.application(number, request.actor)
    if found is None:
        raise Http404
    mine = permissions.is_self(request.actor, found.member) or permissions.is_own_staff(request.actor, found.member)
    writable = mine and found.state in _WRITABLE
    given = request.POST if request.POST.get("act") == "save" else None
    form = ClaimsForm(given, initial=found.claims) if writable else None
    if request.method == "POST" and (answer := _act(request, found, form)) is not None:
        return answer
    day = request.today
    findings = examine(entrant_of(found, day), day) if writable else found.findings
    here = reverse(f"{space}:corps_application", args=[number])
    files = [one | {"url": reverse(f"{space}:corps_application_file", args=[number, one["number"]])} for one in corps_view.files_of(number)]
    context = {
        "application": found,
        "state": corps_view.APPLICATION_STATES[found.state],
        "pairs": corps_view.facts_of(found),
        "claims": corps_view.claims_in_words(found),
        "findings": findings,
        "lacking": sum(one.outcome != "met" for one in findings) if writable else 0,
        "form": form,
        "files": files,
        "evidence": EVIDENCE,
        "largest": LARGEST,
        "can_withdraw": mine and found.state in _OPEN,
        "held": getattr(found, "qualification", None),
        "trains": found.state == ApplicationState.IN_TRAINING,
        "space": space,
        "here": here,
        "timeline": corps_view.timeline(number),
        "crumbs": _crumbs(space, number),
        "request_key": uuid4(),
    }
    return render(request, "corps_application.html", context)


def _crumbs(space: str, number: str) -> list[dict[str, str]]:
    back = ("我的资格", reverse("expert:qualifications")) if space == "expert" else ("考评督导队伍", reverse("body:corps"))
    return [{"label": back[0], "url": back[1]}, {"label": number, "url": ""}]


def _act(request: Request, found: "Application", form: ClaimsForm | None) -> HttpResponseBase | None:
    act, number = request.POST.get("act"), found.number
    if act == "save" and form is not None:
        if not form.is_valid():
            return None
        with told_in(form):
            operations.save_application(number=number, claims=form.cleaned_data, by=request.actor, at=request.now)
            if "submit" in request.POST:
                operations.submit_application(number=number, by=request.actor.with_key(""), at=request.now)
                messages.success(request, f"申请已提交，由{found.office.name}审核。")
            else:
                messages.success(request, "已保存。")
            return redirect(request.path)
        return None
    with told(request):
        if act == "attach":
            _attach(request, number)
        elif act == "take_off":
            operations.take_off_proof(number=number, attachment=request.POST.get("attachment", ""), by=request.actor, at=request.now)
            messages.success(request, "文件已移除。")
        elif act == "withdraw":
            operations.withdraw_application(number=number, reason=request.POST.get("words", ""), by=request.actor, at=request.now)
            messages.success(request, "申请已撤回。")
    return redirect(request.path)


def _attach(request: Request, number: str) -> None:
    file = request.FILES.get("file")
    if file is None or not file.size or file.size > LARGEST:
        messages.error(request, f"请选择要上传的文件，不超过{LARGEST // 1048576}MB。")
        return
    label, name, content = request.POST.get("label", ""), file.name or "材料", file.read()
    operations.attach_proof(number=number, label=label, name=name, content=content, by=request.actor, at=request.now)
    messages.success(request, f"“{name}”已上传。")


def application_file(request: Request, number: str, attachment: str) -> HttpResponseBase:
    """This page will send a proof of an application the actor may see. :raises Http404:"""
    kept = of_case(number).filter(number=attachment).first() if queries.application(number, request.actor) else None
    if kept is None:
        raise Http404
    return send_attachment(kept)
