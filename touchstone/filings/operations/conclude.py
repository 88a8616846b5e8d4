"""汇总评估: what do the two sheets come to, and do they lie close enough together?"""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.facts import as_scores, rules_day, sheet_of
from touchstone.filings.models import Filing, SiteVisit, TechnicalAssessment
from touchstone.filings.operations._case import NothingToDo, bureau, check_nobody_asked, locked, note, owes, words
from touchstone.filings.operations._steps import come_to, following_step
from touchstone.filings.operations.appoint import check_under_review
from touchstone.filings.queries.visits import visit_findings
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records
from touchstone.policy.documents import our_default
from touchstone.policy.filing.assessment_sheet import Assessment, assess
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

_CLAUSE = our_default("技术评估评分表")


def judged(filing: Filing, assessment: TechnicalAssessment, day: date) -> Assessment:
    """This function will work out what the sheets come to by the rules of the filing's day."""
    scores = tuple(as_scores(sheet.scores) for sheet in assessment.sheets.order_by("pk") if sheet.submitted_at)
    return assess(sheet_of(filing, day), scores, rules_day(filing, day))


def _open(number: str, by: Actor) -> tuple[Filing, TechnicalAssessment]:
    filing = locked(number)
    permissions.check_may(by, "conclude", filing)
    check_under_review(filing, "technical_assessment", "汇总技术评估")
    assessment = filing.assessments.select_for_update(of=("self",)).filter(round=filing.round, superseded_at__isnull=True).first()
    if assessment is None:
        raise NothingToDo("还没有指派技术评估员。", _CLAUSE, "请先指派两名评估员。")
    return filing, assessment


@transaction.atomic
def conclude_assessment(*, number: str, by: Actor, at: datetime) -> TechnicalAssessment:
    """This function will draw both sheets together into a score and a result; the decision is the director's.

    :raises Refusal: while a sheet or a confirmed visit to a venue is missing, or the sheets lie too far apart.
    """
    filing, assessment = _open(number, by)
    check_nobody_asked(filing)
    seen = SiteVisit.objects.filter(assessment__filing=filing, assessment__round=filing.round, confirmed_at__isnull=False)
    visited = set(seen.values_list("venue_id", flat=True))
    unseen = [v.name for v in filing.body.venues.filter(pk__in=filing.scope.values("venue_id")).order_by("id") if v.pk not in visited]
    if unseen:
        raise Refusal(f"还没有经两人确认的踏勘记录：{'、'.join(unseen)}。", our_default("现场踏勘"), "请评估员踏勘并互相确认后再汇总。")
    result = judged(filing, assessment, at.date())
    if open_points := [f for f in result.findings if f.outcome is Outcome.UNPROVEN]:
        step = "评分差距过大的，请退回两名评估员会商后重新评分。"
        raise Refusal("技术评估还不能汇总。", _CLAUSE, step, tuple(f"{f.reason}（依据：{f.clause}）" for f in open_points))
    on_the_spot = visit_findings(filing, at.date())
    if open_points := [f for f in on_the_spot if f.outcome is Outcome.UNPROVEN]:
        step = "请评估员逐项核对并互相确认后再汇总。"
        raise Refusal("现场踏勘还不完整，技术评估不能汇总。", _CLAUSE, step, tuple(f"{f.reason}（依据：{f.clause}）" for f in open_points))
    assessment.score, assessment.passed, assessment.findings = result.total, result.passed, records((*result.findings, *on_the_spot))
    assessment.concluded_at = at
    assessment.save()
    close_tasks(case=number, by=by, at=at, outcome="已汇总技术评估", office_id=bureau(filing).pk)
    verdict = "合格" if result.passed else "不合格"
    come_to(filing, following_step(filing, "technical_assessment", at), why=f"技术评估{verdict}", by=by, at=at)
    note(
        "filing.assessment_concluded",
        filing,
        by=by,
        at=at,
        note=f"{result.total}分，{verdict}",
        findings=assessment.findings,
        score=str(result.total),
        totals=[str(total) for total in result.totals],
    )
    return assessment


@transaction.atomic
def return_sheets(*, number: str, reason: str, by: Actor, at: datetime) -> TechnicalAssessment:
    """This function will give both sheets back to be scored again after the assessors have talked. :raises WordsMissing:"""
    filing, assessment = _open(number, by)
    sheets = list(assessment.sheets.select_for_update(of=("self",)).select_related("assessor").order_by("pk"))
    if any(sheet.submitted_at is None for sheet in sheets):
        raise Refusal("两份评分表还没有交齐，不能退回会商。", _CLAUSE, "请等两名评估员各自提交后再办理。")
    reason = words(reason, "退回会商须写明原因。", "例如：总分相差超过限度，请就差距大的项目会商。")
    assessment.sheets.update(submitted_at=None, returned_at=at)
    close_tasks(case=number, matter="filing.conclude", by=by, at=at, outcome="退回会商")
    for place, sheet in enumerate(sheets, 1):
        owes(
            filing,
            f"filing.assess_{place}",
            f"会商后重新评分（{sheet.assessor.name}）",
            office=bureau(filing),
            role=Role.TECHNICAL_ASSESSOR,
            by=by,
            at=at,
            due_on=assessment.due_on,
        )
    note("filing.sheets_returned", filing, by=by, at=at, reason=reason)
    return assessment
