"""复核过时试题: a question whose standard moved is still right, must be revised, or is retired; one by one, or many at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue import queries as catalogue
from touchstone.kernel.law import Refusal
from touchstone.policy.questions.kinds import QuestionFacts, tied_to_the_standard
from touchstone.questions import permissions
from touchstone.questions.models import Question
from touchstone.questions.operations._case import LAW, RowOutcome, locked_question, must_hold, note, words
from touchstone.questions.operations.flag import close_work_list
from touchstone.questions.operations.keeping import ask_to_revise, in_turn, retire_question, revise_question
from touchstone.questions.states import QuestionState

VERDICTS = {"still_right": "仍然适用", "revise": "需要修订", "retire": "停用"}


@transaction.atomic
def confirm_still_right(*, number: str, reason: str, by: Actor, at: datetime) -> Question:
    """This function will state that a question still holds: it is tied to the edition in force instead, where its element is found again.

    :raises Refusal: when it is not stale, no edition is in force, or the edition has no such element.
    """
    question = locked_question(number)
    permissions.check_may(by, "keep", question.bank)
    if not question.stale_because:
        raise Refusal(f"试题{number}没有过时标记。", LAW, "无需复核。")
    reason = words(reason, "确认仍然适用须写明依据。", "例如：新版标准该鉴定点内容没有变化。")
    day = at.date()
    standard = question.standard
    if standard.until is not None and standard.until <= day:
        offered = catalogue.standards_on(question.occupation, standard.trade, question.level, day, question.bank.office)
        newer = offered.filter(kind=standard.kind).first()
        if newer is None:
            raise Refusal(f"“{question.occupation.name}”没有现行标准可以改为依据。", LAW, "请等待新标准施行，或停用该试题。")
        standard = newer
    structure = catalogue.structure_of(standard, day)
    known = None if structure is None else frozenset(catalogue.elements(structure, question.level, question.part).values_list("code", flat=True))
    facts = QuestionFacts(question.kind, question.part, question.level, question.element, frozenset(standard.levels), known)
    must_hold((tied_to_the_standard(facts, day),), f"试题{number}在{standard}中找不到原来的鉴定点。", "请选择需要修订，改为对应新的鉴定点。")
    was = question.standard.number
    question.standard, question.stale_because, question.stale_since = standard, "", None
    question.save(update_fields=["standard", "stale_because", "stale_since"])
    close_work_list(question.bank, by=by, at=at)
    note("question.still_right", question, by=by, at=at, reason=reason, was=was, standard=standard.number)
    return question


def settle_stale(*, numbers: Sequence[str], verdict: str, reason: str, by: Actor, at: datetime) -> list[RowOutcome]:
    """This function will settle many stale questions the same way and say what came of each. :raises Refusal: for a verdict that is none."""
    if verdict not in VERDICTS:
        raise Refusal("没有选择复核结论。", LAW, "请选择仍然适用、需要修订或者停用。")
    acts = {"still_right": confirm_still_right, "revise": _revise, "retire": retire_question}
    act = acts[verdict]
    return in_turn(numbers, VERDICTS[verdict], lambda number: act(number=number, reason=reason, by=by.with_key(""), at=at))


@transaction.atomic
def _revise(*, number: str, reason: str, by: Actor, at: datetime) -> Question:
    """Send a stale question to its author, whatever state it is in; the mark stays until it is approved again."""
    question = locked_question(number)
    if question.state == QuestionState.APPROVED:
        return revise_question(number=number, reason=reason, by=by, at=at)
    permissions.check_may(by, "keep", question.bank)
    if question.state == QuestionState.REVIEWED:
        return ask_to_revise(number=number, reason=reason, by=by, at=at)
    if question.state in {QuestionState.DRAFTED, QuestionState.TO_REVISE}:
        raise Refusal(f"试题当前为“{question.get_state_display()}”，已由命题人修改。", LAW, "请等待命题人修改后重新送审。")
    raise Refusal(f"试题当前为“{question.get_state_display()}”，不能退改。", LAW, "请在审题结束后再办理。")
