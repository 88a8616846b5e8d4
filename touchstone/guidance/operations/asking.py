"""问答台办理: a question is asked, passed on, answered, asked once more, marked, and its answer published."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import own_body
from touchstone.guidance import permissions, queries
from touchstone.guidance.models import Inquiry, InquiryLine
from touchstone.guidance.states import Line, Reach, State, Topic
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.ledger.queries import made_before
from touchstone.parameters.queries import due
from touchstone.policy.guidance import ANSWER_WITHIN, GUIDANCE
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.operations import close_tasks, open_task

if TYPE_CHECKING:
    from touchstone.accounts.models import Office

ANSWER = "answer_inquiry"


@transaction.atomic
def ask(*, topic: str, title: str, words: str, case: str = "", by: Actor, at: datetime) -> Inquiry:
    """This function will put a question before the office that advises the asker; the same request gives the same question.

    :raises NotAllowed: :raises Refusal: without a topic or words.
    """
    permissions.check_may_ask(by)
    if before := made_before("inquiry.asked", by):
        return Inquiry.objects.get(number=before)
    _named(topic, Topic.values, "没有选择主题。")
    title, words = _said(title, "没有写明问题。"), _said(words, "没有写明问题的具体情况。")
    body = own_body(by) if by.office_kind is OfficeKind.ASSESSMENT_BODY else None
    office = queries.adviser(body, at.date())
    made = Inquiry.objects.create(
        number=f"TW{at:%Y}{next_serial(f'inquiry-{at:%Y}'):06d}",
        topic=topic,
        case=case.strip(),
        title=title,
        asked_from_id=by.office_id,
        asked_by_id=by.user_id,
        body=body,
        asked_at=at,
        office=office,
        due_on=due(ANSWER_WITHIN, at),
        searched=f"{title}\n{words}",
    )
    _note(made, Line.ASKED, words, by=by, at=at)
    _owe(made, office, by=by, at=at)
    record("inquiry.asked", made.number, by=by, at=at, detail={"topic": topic, "office": office.number, "case": made.case})
    return made


@transaction.atomic
def pass_on(*, number: str, office_id: int, words: str, by: Actor, at: datetime) -> Inquiry:
    """This function will pass a question on to the centre, the district or an industry authority, which then owes the answer.

    :raises NotAllowed: :raises Refusal: when it is answered, the office is none of these, or without words.
    """
    inquiry = _waiting(number, by)
    office = next((one for one in queries.may_take(inquiry, at.date()) if one.pk == office_id), None)
    if office is None:
        raise Refusal("问题不能转给这个单位。", GUIDANCE, "请从列出的市职鉴中心、所在区和本行业主管部门中选择。")
    words = _said(words, "没有写明转办的原因。")
    _note(inquiry, Line.PASSED_ON, words, by=by, at=at, to=office)
    inquiry.office, inquiry.due_on, inquiry.reminded_at = office, due(ANSWER_WITHIN, at), None
    inquiry.save(update_fields=["office", "due_on", "reminded_at"])
    close_tasks(case=number, matter=ANSWER, by=by, at=at, outcome=f"转{office.short_name}")
    _owe(inquiry, office, by=by, at=at)
    record("inquiry.passed_on", number, by=by, at=at, reason=words, detail={"office": office.number})
    return inquiry


@transaction.atomic
def answer(*, number: str, words: str, by: Actor, at: datetime) -> Inquiry:
    """This function will answer a question. :raises NotAllowed: :raises Refusal: when it is answered, or without words."""
    inquiry = _waiting(number, by)
    words = _said(words, "没有写答复。")
    _note(inquiry, Line.ANSWERED, words, by=by, at=at)
    inquiry.state, inquiry.answered_at, inquiry.searched = State.ANSWERED, at, f"{inquiry.searched}\n{words}"
    inquiry.save(update_fields=["state", "answered_at", "searched"])
    close_tasks(case=number, matter=ANSWER, by=by, at=at, outcome="已答复")
    record("inquiry.answered", number, by=by, at=at, reason=words)
    return inquiry


@transaction.atomic
def ask_again(*, number: str, words: str, by: Actor, at: datetime) -> Inquiry:
    """This function will ask once more, after an answer and one time only. :raises NotAllowed: :raises Refusal:"""
    inquiry = _of_asker(number, by)
    if inquiry.asked_again_at is not None:
        raise Refusal(f"问题{number}已经追问过一次。", GUIDANCE, "还有疑问的，请另提一个问题。")
    words = _said(words, "没有写明要追问什么。")
    _note(inquiry, Line.ASKED_AGAIN, words, by=by, at=at)
    inquiry.state, inquiry.asked_again_at, inquiry.due_on = State.WAITING, at, due(ANSWER_WITHIN, at)
    inquiry.helpful, inquiry.reminded_at, inquiry.searched = None, None, f"{inquiry.searched}\n{words}"
    inquiry.save(update_fields=["state", "asked_again_at", "due_on", "helpful", "reminded_at", "searched"])
    _owe(inquiry, inquiry.office, by=by, at=at)
    record("inquiry.asked_again", number, by=by, at=at, reason=words)
    return inquiry


@transaction.atomic
def mark(*, number: str, helpful: bool, by: Actor, at: datetime) -> Inquiry:
    """This function will note whether the answer helped its asker. :raises NotAllowed: :raises Refusal: before it is answered."""
    inquiry = _of_asker(number, by)
    inquiry.helpful = helpful
    inquiry.save(update_fields=["helpful"])
    record("inquiry.marked", number, by=by, at=at, detail={"helpful": helpful})
    return inquiry


@transaction.atomic
def publish_answer(*, number: str, title: str, words: str, answer: str, reach: str, by: Actor, at: datetime) -> Inquiry:
    """This function will put an answer, as the office has edited it so that nobody is named, on the list for bodies or the public.

    :raises NotAllowed: :raises Refusal: before it is answered, without words, or while the asker's name stands in it.
    """
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("office", "body", "asked_by__person").get(number=number)
    permissions.check_may_answer(by, inquiry)
    if inquiry.state != State.ANSWERED:
        raise Refusal(f"问题{number}还没有答复。", GUIDANCE, "请先答复，再决定是否公开。")
    _named(reach, Reach.values, "没有选择公开范围。")
    title, words, answer = _said(title, "没有写公开的问题。"), _said(words, "没有写公开的问题说明。"), _said(answer, "没有写公开的答复。")
    whole = f"{title}\n{words}\n{answer}"
    for name in _names(inquiry):
        if name in whole:
            raise Refusal(f"公开的内容中还有“{name}”。", GUIDANCE, "请删去机构和个人的名称、编号后再公开。")
    inquiry.published_title, inquiry.published_words, inquiry.published_answer = title, words, answer
    inquiry.reach, inquiry.published_searched, inquiry.published_at, inquiry.published_by_id = reach, whole, at, by.office_id
    inquiry.save()
    record("inquiry.published", number, by=by, at=at, detail={"reach": reach})
    return inquiry


@transaction.atomic
def withdraw_answer(*, number: str, reason: str, by: Actor, at: datetime) -> Inquiry:
    """This function will take an answer off the list. :raises NotAllowed: :raises Refusal: when it is not on it, or without a reason."""
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("office").get(number=number)
    permissions.check_may_answer(by, inquiry)
    if inquiry.published_at is None:
        raise Refusal(f"问题{number}的答复没有公开。", GUIDANCE, "无需撤下。")
    reason = _said(reason, "没有写明撤下的原因。")
    inquiry.reach, inquiry.published_at, inquiry.published_searched = "", None, ""
    inquiry.save(update_fields=["reach", "published_at", "published_searched"])
    record("inquiry.withdrawn", number, by=by, at=at, reason=reason)
    return inquiry


@transaction.atomic
def remind(*, number: str, by: Actor, at: datetime) -> Inquiry:
    """This function will put an overdue question before the director of the office that owes the answer, once.

    :raises NotAllowed: unless by the platform.
    """
    permissions.check_is_platform(by)
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("office").get(number=number)
    if inquiry.reminded_at is None and inquiry.state == State.WAITING:
        inquiry.reminded_at = at
        inquiry.save(update_fields=["reminded_at"])
        title = f"技术咨询超期未答复：{inquiry.title}"
        open_task(case=number, matter=ANSWER, title=title, office_id=inquiry.office_id, role=Role.DIRECTOR, due_on=inquiry.due_on, by=by, at=at)
        record("inquiry.reminded", number, by=by, at=at, detail={"due_on": inquiry.due_on.isoformat(), "office": inquiry.office.number})
    return inquiry


def _waiting(number: str, by: Actor) -> Inquiry:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("office", "body").get(number=number)
    permissions.check_may_answer(by, inquiry)
    if inquiry.state != State.WAITING:
        raise Refusal(f"问题{number}已经答复。", GUIDANCE, "提问人追问后可以再次答复。")
    return inquiry


def _of_asker(number: str, by: Actor) -> Inquiry:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("office").get(number=number)
    permissions.check_is_asker(by, inquiry)
    if inquiry.state != State.ANSWERED:
        raise Refusal(f"问题{number}还没有答复。", GUIDANCE, "请等待答复。")
    return inquiry


def _names(inquiry: Inquiry) -> list[str]:
    person = inquiry.asked_by.person if inquiry.asked_by else None
    names = [person.name if person else "", inquiry.case]
    if inquiry.body is not None:
        names += [inquiry.body.name, inquiry.body.uscc, inquiry.body.number]
    return [name for name in names if name]


def _note(inquiry: Inquiry, kind: Line, words: str, *, by: Actor, at: datetime, to: "Office | None" = None) -> None:
    InquiryLine.objects.create(inquiry=inquiry, kind=kind, words=words, office_id=by.office_id, passed_to=to, said_by_id=by.user_id, said_at=at)


def _owe(inquiry: Inquiry, office: "Office", *, by: Actor, at: datetime) -> None:
    role = Role.CONSENT_OFFICER if office.kind == OfficeKind.INDUSTRY_AUTHORITY else Role.INTAKE_CLERK
    title = f"答复技术咨询：{inquiry.title}"
    open_task(case=inquiry.number, matter=ANSWER, title=title, office_id=office.pk, role=role, due_on=inquiry.due_on, by=by, at=at)


def _named(value: str, known: list[str], sentence: str) -> None:
    if value not in known:
        raise Refusal(sentence, GUIDANCE, "请从列出的选项中选择。")


def _said(words: str, sentence: str) -> str:
    if not words.strip():
        raise Refusal(sentence, GUIDANCE, "请填写后再提交。")
    return words.strip()
