"""备案决定: accepted and put before the public, or refused with reasons?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls.operations import owe_filing_again
from touchstone.filings import permissions
from touchstone.filings.facts import scope_rows
from touchstone.filings.models import Decision, Filing
from touchstone.filings.operations._case import ROUTE, bureau, check_nobody_asked, locked, note, note_publicly, words
from touchstone.filings.operations._public import line_of_acceptance
from touchstone.filings.operations.appoint import check_under_review
from touchstone.filings.operations.association_end import reopen_move
from touchstone.filings.operations.copy import tell_the_consulted
from touchstone.filings.operations.take_effect import check_root_stands, settle_undone, take_effect, tell_of_acceptance
from touchstone.filings.queries.changing import renewal_findings
from touchstone.filings.queries.routing import has_step
from touchstone.filings.queries.scope import places_unfiled
from touchstone.filings.states import MOVES, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome, records
from touchstone.notices.operations import publish_notice
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.panel import LAW
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.filing.terms import NOTICE_WORKING_DAYS
from touchstone.tasks.operations import close_tasks

TITLES = {Purpose.NEW: "备案", Purpose.AMEND: "备案变更", Purpose.RENEW: "备案续期"}
COLUMNS = ("评价机构", "职业（工种）", "等级", "依据", "考核点")


@transaction.atomic
def decide(*, number: str, accept: bool, opinion: str, by: Actor, at: datetime) -> Decision:
    """This function will decide a filing: announce its acceptance, or refuse it. The findings it rests on are frozen with it.

    :raises WordsMissing: without an opinion (a refusal has to give reasons).
    :raises Refusal: when the assessment of this round is not concluded, or did not pass and the filing would be accepted.
    """
    filing = locked(number)
    permissions.check_may(by, "decide", filing)
    announced = has_step(filing, "public_notice", at.date())
    verb = ("announce" if announced else "accept_at_once") if accept else "refuse"
    target = MOVES.check(verb, State(filing.state))
    check_under_review(filing, "decision", "作出备案决定")
    check_nobody_asked(filing)
    found = _grounds(filing, at) if accept else [*_known(filing), *records(renewal_findings(filing, at.date()))]
    needs = "准予备案须写明意见。" if accept else "不予备案须写明理由。"
    opinion = words(opinion, needs, "意见将告知申请单位，并随决定保存。")
    submission = filing.submissions.get(round=filing.round)
    findings = [*submission.findings, *found]
    decision = Decision.objects.create(
        filing=filing, accepted=accept, opinion=opinion, decided_at=at, decided_by_id=by.user_id, findings=findings
    )
    filing.decided_at = at
    if verb != "accept_at_once":
        filing.move_to(target, step="public_notice" if accept else "")
    close_tasks(case=number, by=by, at=at, outcome="准予备案" if accept else "不予备案")
    tell_the_consulted(filing, "准予备案" if accept else "不予备案", by, at)
    if verb == "accept_at_once":
        take_effect(filing, by=by, at=at)
        told = line_of_acceptance(filing)
        note_publicly(told, "filing.accepted", filing, by=by, at=at, reason=opinion, findings=findings, clause=str(ROUTE))
        tell_of_acceptance(filing, by=by, at=at)
    elif accept:
        published = _announce(filing, by, at)
        note("filing.announced", filing, by=by, at=at, reason=opinion, findings=findings, clause=str(ROUTE), notice=published)
    else:
        settle_undone(filing, at=at)
        note("filing.refused", filing, by=by, at=at, reason=opinion, findings=findings, clause=str(ROUTE))
        owe_filing_again(body=filing.body, places=places_unfiled(filing, at.date()), by=by, at=at)
        reopen_move(filing, why="不予备案", by=by, at=at)
    return decision


def _grounds(filing: Filing, at: datetime) -> list[dict[str, str]]:
    """What an acceptance rests on beside the application: the assessment and the expert re-review, where the route has them."""
    found: list[dict[str, str]] = []
    if has_step(filing, "technical_assessment", at.date()):
        assessment = filing.assessments.filter(round=filing.round, superseded_at__isnull=True).first()
        if assessment is None or assessment.concluded_at is None:
            raise Refusal("技术评估还没有汇总，不能准予备案。", ROUTE, "请先由受理经办人汇总技术评估。")
        if not assessment.passed:
            raise Refusal("技术评估不合格，不能准予备案。", ROUTE, "可以退回补正后重新评估，或作出不予备案的决定并写明理由。")
        found += assessment.findings
    if has_step(filing, "expert_re_review", at.date()):
        panel = filing.panels.filter(round=filing.round, superseded_at__isnull=True).first()
        if panel is None or panel.concluded_at is None:
            raise Refusal("专家复核还没有汇总，不能准予备案。", LAW, "请先由市职鉴中心受理经办人汇总专家复核。")
        if not panel.passed:
            raise Refusal("专家复核未通过，不能准予备案。", LAW, "可以退回前面的环节或者退回补正，或作出不予备案的决定并写明理由。")
        found += panel.findings
    check_root_stands(filing)
    renewal = renewal_findings(filing, at.date())
    for finding in renewal:
        if finding.outcome is Outcome.UNMET:
            raise Refusal(f"{finding.reason}。", finding.clause, "请到期再办理，或作出不予续期的决定并写明理由。")
    found += records(renewal)
    return found


def _known(filing: Filing) -> list[dict[str, str]]:
    assessed = filing.assessments.filter(round=filing.round, superseded_at__isnull=True).values_list("findings", flat=True)
    reviewed = filing.panels.filter(round=filing.round, superseded_at__isnull=True).values_list("findings", flat=True)
    return [finding for findings in (*assessed, *reviewed) for finding in findings]


def _announce(filing: Filing, by: Actor, at: datetime) -> str:
    days = in_force(NOTICE_WORKING_DAYS, at.date())
    rows = [[filing.body.name, str(item), Level(item.level).label, item.standard.title, item.venue.name] for item in scope_rows(filing)]
    published = publish_notice(
        matter="filing",
        case=filing.number,
        title=f"{filing.body.name}职业技能等级评价机构{TITLES[Purpose(filing.purpose)]}公示",
        preface=f"{filing.body.name}申请开展职业技能等级评价，经审核拟准予{TITLES[Purpose(filing.purpose)]}，现予公示。对公示内容有异议的，可在公示期内实名提出。",
        columns=COLUMNS,
        rows=rows,
        office=bureau(filing),
        working_days=days.value,
        clause=days.clause,
        calendar=calendar(),
        by=by,
        at=at,
    )
    return published.number
