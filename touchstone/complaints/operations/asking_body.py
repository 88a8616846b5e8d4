"""请机构说明: a body gives its word on facts as the office words them, under a number of its own, and learns nothing of who told them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.complaints import permissions
from touchstone.complaints.models import BodyWord
from touchstone.complaints.operations.filing import AT_MOST
from touchstone.complaints.operations.protecting import unnamed
from touchstone.complaints.operations.rows import locked, moved, said
from touchstone.files.operations import attach
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import due
from touchstone.policy.monitoring.handling import ANSWERED_WITHIN
from touchstone.policy.roles import Role
from touchstone.policy.supervision.complaints import LAW
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def ask_body(*, number: str, facts: str, by: Actor, at: datetime) -> BodyWord:
    """This function will ask the body a lead is about for its word, on facts worded by the office.

    :raises NotAllowed: :raises Refusal: without words, about nobody of the register, and while it was asked and has not answered.
    """
    lead = locked(number)
    permissions.check_may(by, "ask_body", lead)
    moved(lead, "ask_body")
    if lead.body is None:
        raise Refusal("反映的对象不在评价机构名录，不能在平台上请其说明。", LAW, "请当面或者书面了解，写入核实记录。")
    if lead.words.filter(answered_at__isnull=True).exists():
        raise Refusal("已经请机构说明，机构还没有答复。", LAW, "请等机构答复或者说明期满；期满没有说明的，直接登记核实记录。")
    facts = unnamed(lead, said(facts, "没有写请机构说明的事项。", "请用自己的话写事实，不要照抄投诉，不要透露是谁反映的。"))
    assert by.user_id is not None
    word = BodyWord.objects.create(
        number=f"SM{at:%Y}{next_serial(f'body-word-{at:%Y}'):06d}", lead=lead, body=lead.body, office=lead.office, facts=facts, asked_at=at,
        asked_by_id=by.user_id, due_on=due(ANSWERED_WITHIN, at),
    )
    # two lines, for the second is what the body hears of, and does not name the lead
    record("lead.body_asked", number, by=by, at=at, reason=facts, detail={"word": word.number, "note": lead.body.name})
    record("word.asked", word.number, by=by.with_key(""), at=at, reason=facts, detail={"body": lead.body.number})
    open_task(
        case=word.number, matter="answer_word", title="就有关情况作出说明", office_id=lead.body.office_id, role=Role.BODY_PLANNER, by=by, at=at,
        due_on=word.due_on,
    )
    return word


@transaction.atomic
def answer_for_body(*, number: str, words: str, files: Sequence[tuple[str, bytes]] = (), by: Actor, at: datetime) -> BodyWord:
    """This function will take a body's word, with its papers. :raises NotAllowed: :raises Refusal: the second time, or without words."""
    word = BodyWord.objects.select_for_update(of=("self",)).select_related("body", "lead").filter(number=number).first()
    if word is None:
        raise NotAllowed("没有这件说明。", LAW, "请从核实说明清单中打开。")
    permissions.check_may_answer(by, word)
    if word.answered_at is not None:
        raise Refusal("贵机构已经作出说明。", LAW, "需要补充的，请联系承办单位再次请求说明。")
    word.answer = said(words, "没有写情况说明。", "请写清经过和原因，可以附上佐证材料。")
    word.answered_at, word.answered_by_id = at, by.user_id
    word.save()
    for name, content in list(files)[:AT_MOST]:
        attach(case=number, label="机构说明", name=name, content=content, by=by, at=at)
    close_tasks(case=number, by=by, at=at, outcome="已作说明")
    record("word.answered", number, by=by, at=at, reason=word.answer, detail={"body": word.body.number})
    record("lead.body_answered", word.lead.number, by=by.with_key(""), at=at, detail={"word": number, "note": word.body.name})
    return word
