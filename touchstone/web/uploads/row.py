"""一行证书数据: what does it say, which links of the chain close, and can it be corrected, taken back or pointed out?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.policy.eligibility.levels import Level
from touchstone.sheets.certificate_fields import FIELDS
from touchstone.uploads import operations, permissions, queries
from touchstone.uploads.states import IN_HAND, UNDECIDED, WITH_BODY, Act, BatchState, EntryState, National
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in
from touchstone.web.uploads.words import NATIONAL_STATES, ROW_STATES

if TYPE_CHECKING:
    from touchstone.uploads.models import Batch, Entry


class CorrectForm(Form):
    """The columns of a row, and why it is corrected. An identity number left empty stays as it was: nobody need see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in FIELDS:
            options = [("", "—"), *((each, each) for each in one.options)]
            needed = one.required and one.key != "id_number"
            field: forms.Field = forms.ChoiceField(choices=options) if one.options else forms.CharField(max_length=200)
            field.label, field.required, field.help_text = one.header, needed, one.hint
            self.fields[one.key] = field
        self.fields["id_number"].help_text = "不改的留空"
        self.fields["reason"] = forms.CharField(label="更正理由", max_length=200)


@either_door
def entry(request: Request, number: str, row: int) -> HttpResponseBase:
    """This page will show one row, and do with it what the actor may. :raises NotAllowed: for another's."""
    batch = queries.batch(number, request.actor)
    found = queries.entry(batch, row)
    may_correct = _may_correct(request, batch, found)
    form = CorrectForm(request.POST if request.POST.get("act") == "correct" else None, initial=_initial(found)) if may_correct else None
    if request.method == "POST":
        answer = _act(request, number, row, form)
        if answer is not None:
            return answer
    label, tone = ROW_STATES[found.state]
    national, national_tone = NATIONAL_STATES[found.national_key]
    reviewing = queries.is_looked_at_now(batch) and found.state in ({EntryState.ACCEPTED} if batch.state == BatchState.ACCEPTED else UNDECIDED)
    context = {
        "batch": batch,
        "entry": found,
        "pairs": _pairs(found),
        "state_label": label,
        "tone": tone,
        "national": national if found.national else "",
        "national_tone": national_tone,
        "form": form,
        "may_take_back": may_correct and found.state in UNDECIDED,
        "may_review": reviewing and not permissions.why_not(request.actor, "object_to", batch),
        "newer": getattr(found, "replaced_by", None),
        "told_void": queries.revocation_of(found) if found.state == EntryState.REVOKED else None,
        "may_settle": _waits_for_centre(found) and not permissions.why_not_settle(request.actor),
        "parcel_url": _parcel_url(request, found),
        "of_body": side(request) == "body",
        "batch_url": own_side(request, "certificate_batch", number),
        "crumbs": [
            {"label": "证书数据" if side(request) == "body" else "证书数据审核", "url": own_side(request, "certificate_batches")},
            {"label": number, "url": own_side(request, "certificate_batch", number)},
            {"label": f"第{row}行", "url": ""},
        ],
    }
    return render(request, "uploads/row.html", context)


def _waits_for_centre(found: "Entry") -> bool:
    return found.act == Act.REVOKE and found.state == EntryState.ACCEPTED and found.national == National.RETURNED


def _parcel_url(request: Request, found: "Entry") -> str:
    seen = found.parcel is not None and side(request) == "authority" and permissions.can_see_parcels(request.actor)
    return own_side(request, "certificate_parcel", found.parcel.number) if found.parcel and seen else ""


def _may_correct(request: Request, batch: "Batch", found: "Entry") -> bool:
    open_now = batch.state in WITH_BODY and found.state in IN_HAND
    sent_back = found.act == Act.ENTER and found.state == EntryState.ACCEPTED and found.national == National.RETURNED
    return (open_now or sent_back) and not permissions.why_not(request.actor, "correct", batch)


def _act(request: Request, number: str, row: int, form: CorrectForm | None) -> HttpResponseBase | None:
    """Carry out what was posted; None where the form is to be shown again."""
    post, by, at = request.POST, request.actor, request.now
    act, words = post.get("act", ""), post.get("words", "")
    here = redirect(own_side(request, "certificate_entry", number, row))
    if act == "correct" and form is not None:
        if form.is_valid():
            values = {key: value for key, value in form.cleaned_data.items() if key not in {"reason", "request_key"}}
            if not values["id_number"]:
                del values["id_number"]
            with told_in(form):
                made = operations.correct(number=number, row=row, told=values, reason=form.cleaned_data["reason"], by=by, at=at)
                messages.success(request, "已更正，原来的一行留存备查。" if made.batch.number == number else "已更正，单独成批提交审核。")
                return redirect(own_side(request, "certificate_entry", made.batch.number, made.row_number))
        return None
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "take_back": (lambda: operations.take_row_back(number=number, row=row, reason=words, by=by, at=at), "已撤下本行。"),
        "look_at": (lambda: operations.look_at(number=number, rows=[row], by=by, at=at), "已登记看过，无误。"),
        "tell_again": (lambda: operations.tell_again(number=number, row=row, reason=words, by=by, at=at), "已另列一行，随下一个上报包再报。"),
        "let_rest": (lambda: operations.let_revocation_rest(number=number, row=row, reason=words, by=by, at=at), "已写明，不再上报。"),
        "object_to": (lambda: operations.object_to(number=number, row=row, words_=words, by=by, at=at), "已指出本行有误。"),
    }
    if act in acts:
        with told(request):
            acts[act][0]()
            messages.success(request, acts[act][1])
    return here


def _initial(found: "Entry") -> dict[str, Any]:
    level = Level(int(found.level)).label if found.level else ""
    values = queries.as_told(found) | {"level": level, "issued_on": found.issued_on.isoformat() if found.issued_on else ""}
    return {key: value for key, value in values.items() if value is not None}


def _pairs(found: "Entry") -> list[tuple[str, Any]]:
    values = _initial(found) | {"id_number": found.id_masked}
    return [(one.header, values.get(one.key) or "—") for one in FIELDS]
