"""评分: how does one assessor fill in a sheet, unseen by the other?"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.facts import as_scores, sheet_of
from touchstone.filings.models import AssessorSheet, Filing
from touchstone.filings.operations._case import bureau, locked, note, owes
from touchstone.filings.operations.appoint import check_under_review
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import WordsMissing
from touchstone.parameters.queries import due
from touchstone.policy.documents import our_default
from touchstone.policy.filing.assessment_sheet import Sheet
from touchstone.policy.filing.terms import ASSESSMENT_WITHIN
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks

_CLAUSE = our_default("技术评估评分表")
Lines = Mapping[str, Mapping[str, str]]


def own_sheet(filing: Filing, by: Actor) -> AssessorSheet:
    """This function will give the actor's sheet of the present round, locked. :raises Refusal: when it has been submitted."""
    permissions.check_may(by, "assess", filing)
    check_under_review(filing, "technical_assessment", "评分")
    sheet = AssessorSheet.objects.select_for_update(of=("self",)).get(
        assessment__filing=filing, assessment__round=filing.round, assessment__superseded_at__isnull=True, assessor__user__pk=by.user_id or 0
    )
    if sheet.submitted_at is not None:
        raise Refusal("您的评分表已经提交，不能再改。", _CLAUSE, "如两份评分相差过大，受理经办人会退回会商。")
    return sheet


def _cleaned(sheet: Sheet, lines: Lines) -> dict[str, dict[str, str]]:
    known = {item.key for item in sheet.items}
    return {key: {"score": line.get("score", "").strip(), "remark": line.get("remark", "").strip()} for key, line in lines.items() if key in known}


@transaction.atomic
def save_sheet(*, number: str, scores: Lines, by: Actor, at: datetime) -> AssessorSheet:
    """This function will keep an assessor's own sheet as it stands; only submitting it leaves a line in the ledger."""
    filing = locked(number)
    sheet = own_sheet(filing, by)
    sheet.scores, sheet.saved_at = _cleaned(sheet_of(filing, at.date()), scores), at
    sheet.save(update_fields=["scores", "saved_at"])
    return sheet


@transaction.atomic
def submit_sheet(*, number: str, scores: Lines, by: Actor, at: datetime) -> AssessorSheet:
    """This function will hand in an assessor's sheet; after the second one the result can be drawn together.

    :raises Refusal: for items without a score or out of range. :raises WordsMissing: for a nought without a remark.
    """
    filing = locked(number)
    sheet, form = own_sheet(filing, by), sheet_of(filing, at.date())
    lines = _cleaned(form, scores)
    given = as_scores(lines)
    empty = [item.title for item in form.items if item.key not in given]
    if empty:
        raise Refusal(f"还有{len(empty)}项没有评分。", _CLAUSE, "请逐项评分后再提交，已评的分数都已保留。", tuple(empty[:5]))
    wrong = [item.title for item in form.items if not 0 <= given[item.key] <= item.full_mark]
    if wrong:
        raise Refusal(f"有{len(wrong)}项分数超出0至满分的范围。", _CLAUSE, "请改正后再提交。", tuple(wrong[:5]))
    silent = [item.title for item in form.items if given[item.key] == 0 and not lines[item.key]["remark"]]
    if silent:
        raise WordsMissing(f"有{len(silent)}项评了零分但没有写明原因。", _CLAUSE, "请在备注中写明看到的情况。", tuple(silent[:5]))
    sheet.scores, sheet.saved_at, sheet.submitted_at, sheet.returned_at = lines, at, at, None
    sheet.save()
    sheets = list(sheet.assessment.sheets.order_by("pk"))
    place = [s.pk for s in sheets].index(sheet.pk) + 1
    close_tasks(case=number, matter=f"filing.assess_{place}", by=by, at=at, outcome="已提交评分表")
    if all(s.submitted_at for s in sheets):
        office = bureau(filing)
        within = due(ASSESSMENT_WITHIN, sheet.assessment.appointed_at)
        owes(filing, "filing.conclude", "评分已齐，请汇总技术评估", office=office, role=Role.INTAKE_CLERK, by=by, at=at, due_on=within)
    note("filing.sheet_submitted", filing, by=by, at=at, note=by.person_name, round=filing.round)
    return sheet
