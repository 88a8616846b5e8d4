"""备案生效: what is in force from the day an application is accepted, and who is told?"""

from collections.abc import Iterable
from datetime import date, datetime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.bodies.operations import change_people, rename_body
from touchstone.filings.facts import scope_rows, written
from touchstone.filings.models import CentreReport, Filing, ScopeItem
from touchstone.filings.operations._case import ROUTE, locked
from touchstone.filings.operations.flag import settle_flags
from touchstone.filings.operations.told import tell_venue_districts
from touchstone.filings.queries.changing import LAW, STANDING, ended_by, place_of
from touchstone.filings.queries.ending import standing_lines
from touchstone.filings.queries.routing import reviewed_steps
from touchstone.filings.queries.scope import lines_of
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_years
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import due, in_force
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.filing.terms import SIGN_WITHIN, TERM_YEARS
from touchstone.policy.roles import Role
from touchstone.tasks.operations import open_task


def take_effect(filing: Filing, *, by: Actor, at: datetime) -> None:
    """This function will bring an accepted application into force on the day of `at`; part of the operation that accepts it."""
    match Purpose(filing.purpose):
        case Purpose.NEW:
            _begin(filing, at.date())
        case Purpose.AMEND:
            _amend(filing, by=by, at=at)
        case Purpose.RENEW:
            _renew(filing, at=at)
    if leader := written(filing).get("identity", {}).get("leader", ""):
        change_people(body=filing.body, assessment_leader=leader, case=filing.number, by=by, at=at)
    filing.move_to(State.ACCEPTED, step=reviewed_steps(filing, at.date())[-1].key)


def tell_of_acceptance(filing: Filing, *, by: Actor, at: datetime) -> None:
    """This function will put an accepted application before the registrar and tell the districts of its venues; it follows the ledger line
    of the acceptance."""
    _register(filing, by, at)
    if filing.purpose != Purpose.RENEW:
        tell_venue_districts(filing, by, at)


def check_root_stands(filing: Filing) -> None:
    """This function will let pass an application whose filing still stands. :raises Refusal: when it has ended meanwhile."""
    if filing.root is not None and locked(filing.root.number).state not in STANDING:
        raise Refusal(f"原备案{filing.root.number}已经终止，不能准予{filing.purpose_label}。", LAW, "请作出不予决定并写明理由。")


def settle_undone(filing: Filing, *, at: datetime) -> None:
    """This function will put right what an application refused or taken back had held open: a renewal kept its filing in force past its
    end; the days until now stay in force, and from today the filing is over."""
    if filing.purpose != Purpose.RENEW or filing.root is None:
        return
    root = locked(filing.root.number)
    if not root.renewal_pending:
        return
    root.renewal_pending = False
    if root.until is not None and root.until < at.date() and root.state in STANDING:
        _move_end(root, standing_lines(root, root.until), at.date())
    root.save(update_fields=["renewal_pending", "until"])


def _move_end(root: Filing, lines: Iterable[ScopeItem], until: date) -> None:
    """Lines that end with the filing end on another day, and the filing with them."""
    for line in lines:
        if line.until == root.until:
            line.until = until
            line.save(update_fields=["until"])
    root.until = until


def _amend(filing: Filing, *, by: Actor, at: datetime) -> None:
    assert filing.root is not None
    check_root_stands(filing)
    root, day = locked(filing.root.number), at.date()
    ended = ended_by(filing, day)
    for line in ended:
        line.until = day
        line.save(update_fields=["until"])
    filing.scope.update(since=day, until=root.until)
    settle_flags(root, [line.pk for line in ended], case=filing.number, by=by, at=at)
    filing.in_force_from, filing.until = day, root.until
    body, said = filing.body, filing.changes
    if said.get("name"):
        rename_body(body=body, name=said["name"], case=filing.number, by=by, at=at)
    if said.get("people") or said.get("leader"):
        named = {"legal_representative": said.get("people", ""), "assessment_leader": said.get("leader", "")}
        change_people(body=body, case=filing.number, by=by, at=at, **named)
    body.refresh_from_db()
    filing.changes = {**said, "ended": [line.pk for line in ended]}


def _renew(filing: Filing, *, at: datetime) -> None:
    """The filing goes on for another term from its end; a line that was not asked for again ends on the day it had."""
    assert filing.root is not None
    check_root_stands(filing)
    root = locked(filing.root.number)
    assert root.until is not None
    asked = {place_of(item) for item in scope_rows(filing)}
    begins, until = root.until, add_years(root.until, in_force(TERM_YEARS, at.date()).value)
    _move_end(root, [line for line in lines_of(root, at.date()) if place_of(line) in asked], until)
    root.renewal_pending = False
    root.save(update_fields=["until", "renewal_pending"])
    root.changes_of.filter(purpose=Purpose.AMEND, until=begins, state=State.ACCEPTED).update(until=until)
    filing.in_force_from, filing.until = begins, until


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
