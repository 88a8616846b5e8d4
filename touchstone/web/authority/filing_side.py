"""备案旁支办理页: back to an earlier step, another office's opinion, and asking those who owe a step to hurry."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from touchstone.accounts.actor import NotAllowed
from touchstone.accounts.queries import offices
from touchstone.filings import operations, permissions, queries
from touchstone.policy.roles import ROLES_OF_OFFICE, OfficeKind, Role
from touchstone.web.authority.filing_acts import opinion_field, show_act
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.forms import Form


class StepForm(Form):
    """Which earlier step, and why."""

    step = forms.ChoiceField(label="退回到", widget=forms.RadioSelect)
    reason = opinion_field("退回理由")


class AskForm(Form):
    """Who is asked, and what."""

    whom = forms.ChoiceField(label="征询单位和岗位")
    question = opinion_field("需要对方说明的问题")


class AnswerForm(Form):
    """The opinion."""

    answer = opinion_field("意见")


@authority_door
def filing_return_to_step(request: Request, number: str) -> HttpResponseBase:
    """This page will send a case back to an earlier step, saying whose it then is."""
    found = queries.filing(number, request.actor)
    permissions.check_may(request.actor, "return", found)
    form = StepForm(request.POST or None)
    choices = [("consent", "征求同意（退给申请单位重新征求）")] if queries.consents_wanted(found, request.today) else []
    for step in queries.earlier_steps(found, request.today):
        choices.append((step.key, f"{step.title}（{queries.handler(found, request.today, step.key).name}）"))
    form.fields["step"].choices = choices  # type: ignore[attr-defined]

    def send_back(given: dict[str, Any]) -> str:
        operations.return_to_step(number=number, step=given["step"], reason=given["reason"], by=request.actor, at=request.now)
        return f"已退回到{dict(choices)[given['step']]}。"

    return show_act(request, number, act="return", template="return_to_step", form=form, carry_out=send_back)


@authority_door
def filing_ask(request: Request, number: str) -> HttpResponseBase:
    """This page will ask an office for its opinion on the present step."""
    form = AskForm(request.POST or None)
    form.fields["whom"].choices = [("", "请选择"), *_askable(request)]  # type: ignore[attr-defined]

    def ask(given: dict[str, Any]) -> str:
        office, role = given["whom"].split("|")
        question = given["question"]
        asked = operations.ask_opinion(
            number=number, office_id=int(office), role=Role(role), question=question, by=request.actor, at=request.now
        )
        return f"已向{asked.office.name}加签，答复期限{asked.due_on:%Y年%m月%d日}。答复或撤回之前，本环节不能办结。"

    return show_act(request, number, act="ask_opinion", template="ask", form=form, carry_out=ask)


def _askable(request: Request) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every authority with the posts it has, office by office."""
    listed = []
    for office in offices(day=request.today):
        kind = OfficeKind(office.kind)
        if kind.is_authority:
            roles = sorted(ROLES_OF_OFFICE[kind], key=lambda role: role.label)
            listed.append((office.name, [(f"{office.pk}|{role.value}", f"{office.name} · {role.label}") for role in roles]))
    return listed


class CopyForm(Form):
    """Who is shown the case, and why."""

    offices = forms.TypedMultipleChoiceField(label="抄送单位", coerce=int, widget=forms.SelectMultiple({"size": 8}))
    said = opinion_field("抄送说明")


@authority_door
def filing_copy(request: Request, number: str) -> HttpResponseBase:
    """This page will show the case to other offices for their information."""
    form = CopyForm(request.POST or None)
    others = [one for one in offices(day=request.today) if OfficeKind(one.kind).is_authority and one.pk != request.actor.office_id]
    form.fields["offices"].choices = [(one.pk, one.name) for one in others]  # type: ignore[attr-defined]

    def copy(given: dict[str, Any]) -> str:
        told_to = operations.copy_filing(number=number, office_ids=given["offices"], said=given["said"], by=request.actor, at=request.now)
        return f"已抄送{'、'.join(one.name for one in told_to)}。"

    return show_act(request, number, act="copy", template="copy", form=form, carry_out=copy)


@authority_door
def filing_answer(request: Request, number: str, opinion: int) -> HttpResponseBase:
    """This page will answer what the actor's office was asked."""
    found = queries.filing(number, request.actor)
    asked = found.added_opinions.select_related("office").filter(pk=opinion).first()
    if asked is None or asked.office_id != request.actor.office_id:
        sentence = "这件加签不由您所在的单位答复。"
        raise NotAllowed(sentence, None, f"您当前身份为“{request.actor.label}”，请换用有权限的身份，或联系被征询单位的经办人。")

    def answer(given: dict[str, Any]) -> str:
        operations.answer_opinion(opinion_id=opinion, answer=given["answer"], by=request.actor, at=request.now)
        return "意见已答复，已随案保存。"

    form = AnswerForm(request.POST or None)
    return show_act(request, number, act="answer_opinion", template="answer", form=form, carry_out=answer, asked=asked)


@require_POST
@authority_door
def filing_call_back(request: Request, number: str, opinion: int) -> HttpResponseBase:
    """This page will no longer ask for an opinion."""
    found = queries.filing(number, request.actor)
    with told(request):
        asked = found.added_opinions.filter(pk=opinion).values_list("pk", flat=True).first()
        operations.call_back_opinion(opinion_id=asked or 0, by=request.actor, at=request.now)
        messages.success(request, "已撤回加签，本环节可以继续办理。")
    return redirect("authority:filing", number)


@require_POST
@authority_door
def filing_urge(request: Request, number: str) -> HttpResponseBase:
    """This page will ask every other office that owes a step of the filing to hurry."""
    queries.filing(number, request.actor)
    with told(request):
        count = operations.urge(number=number, by=request.actor, at=request.now)
        messages.success(request, f"已催办{count}项待办。")
    return redirect("authority:filing", number)
