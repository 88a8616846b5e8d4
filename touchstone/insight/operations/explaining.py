"""尺度说明办理: the director of a district says why it decides otherwise than the others, and the city answers."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.insight import permissions
from touchstone.insight.models import Explanation
from touchstone.insight.queries.drift import compared_one, question, span_on
from touchstone.insight.states import Answer
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.districts import district_name
from touchstone.policy.roles import Role
from touchstone.policy.supervision.precedents import OURS
from touchstone.tasks.operations import close_tasks, open_task, send_copy

ANSWER = "answer_drift"


@transaction.atomic
def explain(*, asked: str, words: str, by: Actor, at: datetime) -> Explanation:
    """This function will put down why the actor's district differs on one question, with the figures as they are, and put it before the city.

    :raises NotAllowed: for all but the director of a district.
    :raises Refusal: without words, where nothing differs by more than is to be explained, or where it is explained already for this time.
    """
    permissions.check_may_explain(by)
    found = question(asked)
    if found is None:
        raise Refusal("没有这一项比较。", OURS, "请从“各区尺度”页中选择。")
    if not words.strip():
        raise Refusal("请写明与其他区不同的原因。", OURS, "例如：本区这一时期受理的申请以首次备案为主。")
    day = localtime(at).date()
    line, span = compared_one(found, by.district, day), span_on(day)
    if line.finding.outcome is not Outcome.UNMET:
        raise Refusal(f"{line.finding.reason}，不需要说明。", line.finding.clause, "相差超过规定的百分点时再作说明。")
    try:
        with transaction.atomic():
            made = Explanation.objects.create(
                number=f"CD{at:%Y}{next_serial(f'drift-{at:%Y}'):05d}", question=found.key, office_id=by.office_id, since=span.since,
                until=span.until, cases=line.cases, milder=line.milder, other_cases=line.other_cases, other_milder=line.other_milder,
                finding=line.finding.reason, words=words.strip(), explained_at=at, explained_by_id=by.user_id,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refusal("这一时期的差异已经说明过。", OURS, "下个月重新比较后仍有差异的，可以再作说明。") from fault
    record("drift.explained", made.number, by=by, at=at, reason=made.words, detail={"question": found.key, "finding": made.finding})
    title = f"答复{district_name(by.district)}对“{found.title}”尺度差异的说明"
    open_task(case=made.number, matter=ANSWER, title=title, office_id=city_centre().pk, role=Role.DIRECTOR, by=by, at=at)
    return made


@transaction.atomic
def answer_explanation(*, number: str, accepted: bool, words: str, by: Actor, at: datetime) -> Explanation:
    """This function will answer a district's explanation: the reasons hold, or the district is to decide as the others do. The district is told.

    :raises NotAllowed: for all but the directors of the city's offices. :raises Refusal: without words, or where it is answered already.
    """
    made = Explanation.objects.select_for_update().filter(number=number).first()
    if made is None:
        raise Refusal(f"没有说明{number}。", OURS, "请从“各区尺度”页中打开。")
    permissions.check_may_answer(by, made)
    if made.outcome != Answer.WAITING:
        raise Refusal(f"说明{number}已经答复。", OURS, "答复后不再修改。")
    if not words.strip():
        raise Refusal("请写明答复意见。", OURS, "答复告知该区人社局。")
    made.outcome, made.answer = Answer.ACCEPTED if accepted else Answer.TO_ALIGN, words.strip()
    made.answered_at, made.answered_by_id = at, by.user_id
    made.save()
    record("drift.answered", number, by=by, at=at, reason=made.answer, detail={"outcome": made.outcome})
    close_tasks(case=number, matter=ANSWER, by=by, at=at, outcome=Answer(made.outcome).label)
    send_copy(
        case=number, title=f"尺度差异说明已答复：{Answer(made.outcome).label}", office_id=made.office_id, words=made.answer, by=by, at=at
    )
    return made
