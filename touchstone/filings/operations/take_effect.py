"""备案生效: what is in force from the day an application is accepted, and who is told?"""

from datetime import date, datetime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.filings.models import CentreReport, Filing
from touchstone.filings.operations._case import ROUTE, due
from touchstone.filings.operations.told import tell_venue_districts
from touchstone.filings.queries.routing import reviewed_steps
from touchstone.filings.states import State
from touchstone.kernel.periods import add_years
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.filing.terms import SIGN_WITHIN, TERM_YEARS
from touchstone.policy.roles import Role
from touchstone.tasks.operations import open_task


def take_effect(filing: Filing, *, by: Actor, at: datetime) -> None:
    """This function will bring an accepted application into force on the day of `at`; part of the operation that accepts it."""
    match Purpose(filing.purpose):
        case Purpose.NEW:
            _begin(filing, at.date())
        case _:
            raise NotImplementedError(filing.purpose)
    filing.move_to(State.ACCEPTED, step=reviewed_steps(filing, at.date())[-1].key)


def tell_of_acceptance(filing: Filing, *, by: Actor, at: datetime) -> None:
    """This function will put an accepted application before the registrar and tell the districts of its venues; it follows the ledger line
    of the acceptance."""
    _register(filing, by, at)
    tell_venue_districts(filing, by, at)


def settle_refusal(filing: Filing, *, by: Actor, at: datetime) -> None:
    """This function will put right what a refused application had held open; part of the decision."""


def _begin(filing: Filing, day: date) -> None:
    filing.in_force_from, filing.until = day, add_years(day, in_force(TERM_YEARS, day).value)
    filing.scope.update(since=filing.in_force_from, until=filing.until)


def _register(filing: Filing, by: Actor, at: datetime) -> CentreReport:
    """Put the result before the registrar of 市职鉴中心: reported by a district (完成备案后将结果报送市职鉴中心), or the centre's own."""
    report = CentreReport.objects.create(
        number=f"BS{at:%Y}{next_serial(f'centre-report-{at:%Y}'):06d}", filing=filing, sent_at=at, due_on=due(SIGN_WITHIN, at)
    )
    reported = any(step.key == "report_to_centre" for step in reviewed_steps(filing, at.date()))
    what = "签收备案结果并赋予站点序列码" if reported else "登记备案并赋予站点序列码"
    open_task(
        case=report.number,
        matter="report.sign",
        title=f"{what}：{filing.body.name}",
        office_id=city_centre().pk,
        role=Role.REGISTRAR,
        by=by,
        at=at,
        due_on=report.due_on,
    )
    if reported:
        detail = {"report": report.number, "note": report.number, "clause": str(ROUTE)}
        record("filing.reported", filing.number, by=by.with_key(""), at=at, detail=detail)
    return report
