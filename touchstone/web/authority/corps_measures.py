"""队伍管理措施: an office warns, suspends, removes, lets somebody return, and answers an appeal."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.experts import operations, permissions, queries
from touchstone.web.authority.corps import seen_member
from touchstone.web.corps_view import MEASURE_TONES, line_of
from touchstone.web.doors import Request, authority_door
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

KINDS = [("", "请选择"), ("warning", "警告"), ("suspension", "暂停资格"), ("removal", "取消资格")]


class MeasureForm(Form):
    """A measure against one qualification."""

    qualification = forms.ChoiceField(label="资格")
    measure = forms.ChoiceField(label="措施", choices=KINDS)
    last_day = forms.DateField(label="暂停到哪天（含当天）", widget=DayInput(), required=False, help_text="暂停必填，其他不填。")
    reason = forms.CharField(
        label="事实和理由", max_length=2000, widget=forms.Textarea({"rows": 4}), help_text="理由和依据将告知本人，本人可以申诉。"
    )
    case = forms.CharField(label="关联业务编号", max_length=64, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the end of a suspension beside its field."""
        given = super().clean() or {}
        if given.get("measure") == "suspension" and not given.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", "请填写暂停到哪天。")
        return given


@authority_door
def corps_measure_new(request: Request, number: str) -> HttpResponseBase:
    """This page will warn, suspend or remove a member. :raises Http404: for another ground's."""
    member = seen_member(request, number)
    permissions.check_may_measure(request.actor, member)
    held = [line_of(one) for one in queries.qualifications_of(member, request.today)]
    form = MeasureForm(request.POST or None)
    form.fields["qualification"].choices = [  # type: ignore[attr-defined]
        (one["held"].number, f"{one['held'].number} {one['held'].get_kind_display()}（{one['what']}，{one['state']}）") for one in held
    ]
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            messages.success(request, f"已作出{_impose(request, form.cleaned_data)}，本人会收到通知。")
            return redirect("authority:corps_member", number)
    crumbs = [
        {"label": "考评督导队伍", "url": reverse("authority:corps")},
        {"label": member.person.name, "url": reverse("authority:corps_member", args=[number])},
        {"label": "采取措施", "url": ""},
    ]
    context = {"member": member, "form": form, "crumbs": crumbs, "back": reverse("authority:corps_member", args=[number])}
    return render(request, "authority/corps_measure_new.html", context)


def _impose(request: Request, given: dict[str, Any]) -> str:
    qualification, reason, case = given["qualification"], given["reason"], given["case"]
    by, at = request.actor, request.now
    if given["measure"] == "warning":
        return f"警告{operations.warn_member(qualification=qualification, reason=reason, case=case, by=by, at=at).number}"
    if given["measure"] == "suspension":
        until = given["last_day"] + timedelta(days=1)
        return f"暂停{operations.suspend_member(qualification=qualification, until=until, reason=reason, case=case, by=by, at=at).number}"
    return f"取消资格{operations.remove_member(qualification=qualification, reason=reason, case=case, by=by, at=at).number}"


class WordsForm(Form):
    """Why somebody may return."""

    words = forms.CharField(label="整改和核查情况", max_length=2000, widget=forms.Textarea({"rows": 4}))


class AnswerForm(Form):
    """What an appeal comes to."""

    upheld = forms.ChoiceField(label="核查结论", choices=[("no", "申诉不成立，维持决定"), ("yes", "申诉成立，撤回决定")], widget=forms.RadioSelect)
    answer = forms.CharField(label="答复意见", max_length=2000, widget=forms.Textarea({"rows": 4}))


@authority_door
def corps_measure(request: Request, number: str) -> HttpResponseBase:
    """This page will show a measure, let a suspended member return, and answer an appeal. :raises Http404: for another ground's."""
    found = queries.standing(number)
    if found is None or queries.member(found.qualification.member.number, request.actor) is None:
        raise Http404
    member = found.qualification.member
    runs = found.measure == "suspension" and found.lifted_on is None and (found.until is None or found.until > request.today)
    returns = runs and permissions.can(permissions.check_may_measure, request.actor, member)
    owed = found.appealed_at is not None and found.answered_at is None
    answers = owed and permissions.can(permissions.check_may_answer_appeal, request.actor)
    act = request.POST.get("act")
    return_form = WordsForm(request.POST if act == "return" else None, prefix="return") if returns else None
    answer_form = AnswerForm(request.POST if act == "answer" else None, prefix="answer") if answers else None
    if act == "return" and return_form is not None and return_form.is_valid():
        with told_in(return_form):
            operations.lift_suspension(number=number, reason=return_form.cleaned_data["words"], by=request.actor, at=request.now)
            messages.success(request, "资格已恢复，本人会收到通知。")
            return redirect("authority:corps_measure", number)
    if act == "answer" and answer_form is not None and answer_form.is_valid():
        given = answer_form.cleaned_data
        with told_in(answer_form):
            operations.answer_appeal(number=number, upheld=given["upheld"] == "yes", answer=given["answer"], by=request.actor, at=request.now)
            messages.success(request, "申诉已答复，本人会收到通知。")
            return redirect("authority:corps_measure", number)
    context = {
        "measure": found,
        "member": member,
        "tone": MEASURE_TONES[found.measure],
        "return_form": return_form,
        "answer_form": answer_form,
        "owed": owed,
        "pairs": [
            ("成员", f"{member.person.name}（{member.number}）"),
            ("资格", found.qualification.number),
            ("依据", found.clause),
            ("关联业务", found.case or "—"),
            ("起", f"{found.since:%Y年%m月%d日}"),
            ("止（不含）", f"{found.until:%Y年%m月%d日}" if found.until else "—"),
            ("决定人", found.decided_by.display_name if found.decided_by else "—"),
            ("恢复日", f"{found.lifted_on:%Y年%m月%d日}" if found.lifted_on else "—"),
        ],
        "crumbs": [
            {"label": "考评督导队伍", "url": reverse("authority:corps")},
            {"label": member.person.name, "url": reverse("authority:corps_member", args=[member.number])},
            {"label": number, "url": ""},
        ],
    }
    return render(request, "authority/corps_measure.html", context)
