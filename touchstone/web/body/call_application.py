"""应征申请: what does my body declare, condition by condition, with which proofs, and what became of it?"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from touchstone.calls import operations, permissions, queries
from touchstone.calls.states import ApplicationState, CallState
from touchstone.files.operations import LARGEST
from touchstone.kernel.law import Refusal
from touchstone.web import call_view
from touchstone.web.call_view import APPLICATION_STATES
from touchstone.web.doors import Request, body_door, told
from touchstone.web.filing_view import send_case_file
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.calls.models import Application


class ApplicationForm(Form):
    """What is declared, by condition; nothing is required to save it."""

    def __init__(self, *args: Any, application: "Application", today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in call_view.conditions_of(application.lot.call, today):
            field = call_view.answer_field(one)
            demand = one.demand_on(application.lot.call.published_at.date() if application.lot.call.published_at else today)
            field.help_text = f"{demand}；证明材料：{one.proof}"
            field.initial = application.answers.get(one.key)
            self.fields[f"answer:{one.key}"] = field
        self.fields["statement"] = forms.CharField(
            label="评价工作设想", required=False, max_length=4000, initial=application.statement, widget=forms.Textarea({"rows": 5}),
            help_text="机构设置、人员分工、考核点安排、评价频次、质量管控等。",
        )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """Give what was declared, as the operation takes it."""
        answers = {name.removeprefix("answer:"): value for name, value in self.cleaned_data.items() if name.startswith("answer:")}
        return {"answers": answers, "statement": self.cleaned_data["statement"]}


@body_door
def call_application(request: Request, number: str) -> HttpResponseBase:
    """This page will show an application; while it may be written, save it or submit it here."""
    found = queries.application(number, request.actor)
    call = found.lot.call
    state = ApplicationState(found.state)
    writable = state in {ApplicationState.DRAFTED, ApplicationState.RETURNED} and permissions.can(request.actor, "apply", found)
    form = ApplicationForm(request.POST or None, application=found, today=request.today) if writable else None
    if request.method == "POST" and form is not None and form.is_valid():
        with told_in(form):
            operations.save_application(number=number, **form.given(), by=request.actor, at=request.now)
            if "submit" not in request.POST:
                messages.success(request, "已保存。")
                return redirect("body:call_application", number)
            operations.submit_application(number=number, by=request.actor, at=request.now)
            messages.success(request, "已提交，截止后由市职鉴中心逐项核实。")
            return redirect("body:call_application", number)
    judged = found.checked_at is not None and call.concluded_at is not None
    remove = "body:call_application_detach" if writable else ""
    uploads = call_view.files_by_label(number, "body:call_application_file", remove)
    lines = call_view.condition_lines(found, request.today)
    context = {
        "application": found,
        "call": call,
        "tone": APPLICATION_STATES[found.state][1],
        "where": call_view.where(found.lot.district),
        "crumbs": [
            {"label": "征集", "url": reverse("body:calls")},
            {"label": call.title, "url": reverse("body:call", args=[call.number])},
            {"label": found.number},
        ],
        "form": form,
        "grade": call_view.grade_shown(found, request.today),
        "missing": operations.missing(found, call, request.now) if writable else (),
        "lines": [line | {"files": uploads.get(line["condition"].proof, [])} for line in lines],
        "uploads": [(label, uploads.get(label, [])) for label in operations.proofs(call, request.now)] if writable else [],
        "judged": judged,
        "can_withdraw": call.state in {CallState.OPEN, CallState.CLOSED}
        and state in {ApplicationState.DRAFTED, ApplicationState.SUBMITTED, ApplicationState.RETURNED, ApplicationState.CHECKED}
        and permissions.can(request.actor, "apply", found),
        "autosave": reverse("body:call_application_autosave", args=[number]) if writable else "",
        "selection": getattr(found, "selection", None),
        "timeline": call_view.timeline(number),
    }
    return render(request, "body/call_application.html", context)


@require_POST
@body_door
def call_application_autosave(request: Request, number: str) -> HttpResponseBase:
    """This page will save an application while it is being written."""
    found = queries.application(number, request.actor)
    form = ApplicationForm(request.POST, application=found, today=request.today)
    if not form.is_valid():
        return JsonResponse({"message": "；".join(str(error) for errors in form.errors.values() for error in errors)}, status=400)
    try:
        kept = operations.save_application(number=number, **form.given(), by=request.actor, at=request.now)
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({"saved_at": f"{localtime(kept.saved_at):%H:%M}"})


@require_POST
@body_door
def call_application_attach(request: Request, number: str) -> HttpResponseBase:
    """This page will take files under one label; each has an outcome of its own."""
    queries.application(number, request.actor)
    chosen = request.FILES.getlist("file")
    if not chosen:
        messages.error(request, "没有选择文件。请先选择文件再上传。")
    for place, file in enumerate(chosen):
        content = file.read(LARGEST + 1)
        key = f"{request.actor.request_key}:{place}"[:64] if request.actor.request_key else ""
        given = {"label": request.POST.get("label", ""), "name": file.name or "", "content": content}
        with told(request):
            operations.attach_proof(number=number, **given, by=request.actor.with_key(key), at=request.now)
            messages.success(request, f"“{file.name}”已上传。")
    return redirect(f"{reverse('body:call_application', args=[number])}#files")


@require_POST
@body_door
def call_application_detach(request: Request, number: str, file: str) -> HttpResponseBase:
    """This page will take a file off an application."""
    with told(request):
        operations.withdraw_proof(number=number, attachment=file, by=request.actor, at=request.now)
        messages.success(request, "已移除。")
    return redirect(f"{reverse('body:call_application', args=[number])}#files")


@body_door
def call_application_file(request: Request, number: str, file: str) -> HttpResponseBase:
    """This page will send one of the application's files."""
    return send_case_file(queries.application(number, request.actor).number, file)


@require_POST
@body_door
def call_application_withdraw(request: Request, number: str) -> HttpResponseBase:
    """This page will take an application back."""
    queries.application(number, request.actor)
    with told(request):
        operations.withdraw_application(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
        messages.success(request, "已撤回应征；征集期内可以重新应征。")
    return redirect("body:call_application", number)
