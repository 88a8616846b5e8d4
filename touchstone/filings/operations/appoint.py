"""指派评估员: which two people assess, and are they free to?"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import people_with
from touchstone.filings import permissions
from touchstone.filings.facts import rules_day, sheet_of
from touchstone.filings.models import AssessorSheet, Filing, TechnicalAssessment
from touchstone.filings.operations._case import ROUTE, bureau, locked, note, owes
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.kernel.rules import WordsMissing
from touchstone.parameters.queries import due, in_force
from touchstone.policy.documents import our_default
from touchstone.policy.filing.assessment_sheet import ASSESSORS
from touchstone.policy.filing.terms import ASSESSMENT_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

if TYPE_CHECKING:
    from touchstone.accounts.models import Person


def check_under_review(filing: Filing, step: str, what: str) -> None:
    """This function will let pass a filing that is at `step` of its review. :raises MoveRefused: with a sentence."""
    if filing.state != State.UNDER_REVIEW or filing.step != step:
        raise MoveRefused(f"当前为“{filing.state_label}”，不在可以{what}的环节。", ROUTE, "请先查看流转记录了解当前由谁办理。")


@transaction.atomic
def appoint_assessors(*, number: str, person_ids: Sequence[int], recusal: str, by: Actor, at: datetime) -> TechnicalAssessment:
    """This function will appoint the assessors of this round, different people of the office's own corps, with a statement that
    none of them need recuse. Whoever assessed the round before finds their scores filled in.

    :raises Refusal: for the wrong number of people, the same person twice, people without the role, or staff of the applicant.
    """
    filing = locked(number)
    permissions.check_may(by, "appoint", filing)
    check_under_review(filing, "technical_assessment", "指派技术评估员")
    if filing.assessments.filter(round=filing.round, superseded_at__isnull=True).exists():
        raise Refusal("本次申请已经指派了技术评估员。", ROUTE, "评分完成后请汇总技术评估。")
    if not recusal.strip():
        raise WordsMissing("请写明评估员与申请单位有无应当回避的关系。", our_default("技术评估回避"), "例如：与申请单位无亲属、任职、合作关系。")
    people = _checked(filing, person_ids, at.date())
    sheet = sheet_of(filing, at.date())
    assessment = TechnicalAssessment.objects.create(
        filing=filing, round=filing.round, sheet=sheet.key, appointed_at=at, due_on=due(ASSESSMENT_WITHIN, at)
    )
    close_tasks(case=number, matter="filing.appoint", by=by, at=at, outcome="已指派")
    for place, person in enumerate(people, 1):
        before = AssessorSheet.objects.filter(assessment__filing=filing, assessor=person).order_by("-assessment__round", "-pk").first()
        AssessorSheet.objects.create(assessment=assessment, assessor=person, recusal=recusal.strip(), scores=before.scores if before else {})
        owes(
            filing,
            f"filing.assess_{place}",
            f"技术评估评分（{person.name}）",
            office=bureau(filing),
            role=Role.TECHNICAL_ASSESSOR,
            by=by,
            at=at,
            due_on=assessment.due_on,
        )
    names = "、".join(person.name for person in people)
    note("filing.assessors_appointed", filing, by=by, at=at, reason=recusal.strip(), note=names, due_on=assessment.due_on.isoformat())
    return assessment


def _checked(filing: Filing, person_ids: Sequence[int], day: date) -> "list[Person]":
    wanted = in_force(ASSESSORS, rules_day(filing, day))
    if len(set(person_ids)) != len(person_ids):
        raise Refusal("同一人不能担任两名评估员。", wanted.clause, "请另选一名评估员，各自独立评分。")
    if len(person_ids) != wanted.value:
        raise Refusal(f"技术评估须指派{wanted.value}名评估员，现选了{len(person_ids)}名。", wanted.clause, "请从承办单位的技术评估员中选择。")
    corps = {person.pk: person for person in people_with(Role.TECHNICAL_ASSESSOR, bureau(filing), day)}
    if any(pk not in corps for pk in person_ids):
        raise Refusal("所选人员不是承办单位在任的技术评估员。", wanted.clause, "请从列出的人员中选择；需要增补的，请由安全管理员授予岗位。")
    staff = set(filing.body.staff.filter(until__isnull=True).values_list("person_id", flat=True))
    if conflicted := [corps[pk].name for pk in person_ids if pk in staff]:
        raise Refusal(f"{'、'.join(conflicted)}在申请单位任职，应当回避。", our_default("技术评估回避"), "请改派其他评估员。")
    return [corps[pk] for pk in person_ids]
