"""完成备案: the notice is over and undisputed; from when to when is the filing in force, and who is told?"""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.filings import permissions
from touchstone.filings.models import CentreReport, Filing
from touchstone.filings.operations._case import ROUTE, due, locked, note
from touchstone.filings.operations.told import tell_venue_districts
from touchstone.filings.states import MOVES, State
from touchstone.kernel.periods import add_years
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.notices.operations import close_notice
from touchstone.notices.queries import of_case
from touchstone.parameters.queries import in_force
from touchstone.policy.filing.terms import SIGN_WITHIN, TERM_YEARS
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def accept_filing(*, number: str, by: Actor, at: datetime) -> Filing:
    """This function will close a ripe public notice, bring the filing and its scope into force for the term, and report it to
    市职鉴中心, all in one transaction.

    :raises Refusal: while the notice runs or an objection is open.
    """
    filing = locked(number)
    permissions.check_may(by, "accept", filing)
    target = MOVES.check("accept", State(filing.state))
    standing = of_case(number).filter(closed_at__isnull=True).first()
    if standing is not None:
        close_notice(number=standing.number, outcome="期满无异议或异议不成立", by=by, at=at)
    years = in_force(TERM_YEARS, at.date())
    filing.in_force_from, filing.until = at.date(), add_years(at.date(), years.value)
    filing.scope.update(since=filing.in_force_from, until=filing.until)
    filing.move_to(target, step="sign_for_report")
    close_tasks(case=number, by=by, at=at, outcome="已备案")
    term = {"since": filing.in_force_from.isoformat(), "until": filing.until.isoformat()}
    note("filing.accepted", filing, by=by, at=at, note=f"有效期{years.value}年", clause=str(years.clause), **term)
    report_to_centre(filing, by, at)
    tell_venue_districts(filing, by, at)
    return filing


def report_to_centre(filing: Filing, by: Actor, at: datetime) -> CentreReport:
    """This function will send the result to 市职鉴中心 as the notice asks (完成备案后将结果报送市职鉴中心); part of the acceptance."""
    report = CentreReport.objects.create(
        number=f"BS{at:%Y}{next_serial(f'centre-report-{at:%Y}'):06d}", filing=filing, sent_at=at, due_on=due(SIGN_WITHIN, at)
    )
    open_task(
        case=report.number,
        matter="report.sign",
        title=f"签收备案结果并赋予站点序列码：{filing.body.name}",
        office_id=city_centre().pk,
        role=Role.REGISTRAR,
        by=by,
        at=at,
        due_on=report.due_on,
    )
    record("filing.reported", filing.number, by=by.with_key(""), at=at, detail={"report": report.number, "note": report.number, "clause": str(ROUTE)})
    return report
