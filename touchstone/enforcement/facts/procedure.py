"""案件程序的事实: how grave is what a case is about, which steps are closed, and what is still missing?"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.enforcement.models import Case, CaseAct, Letter, Officer
from touchstone.enforcement.states import STANDS, LetterKind
from touchstone.kernel.law import Clause
from touchstone.kernel.rules import Finding
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import ACTS, OURS, Authority, Gravity, Tier, gravity_of
from touchstone.policy.supervision.ladder import Measure, Proposal, proposed
from touchstone.policy.supervision.procedure import CaseFacts, before_sealing

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


def day_of(at: datetime | None) -> date | None:
    """This function will give the day of a moment in the city."""
    return localtime(at).date() if at is not None else None


def earlier_minor(body: "Body | None", but: str = "") -> list[date]:
    """This function will give the days of the decisions that stand about 一般 acts of a body."""
    if body is None:
        return []
    found = Case.objects.filter(body=body, tier=Tier.MINOR, state__in=[one.value for one in STANDS], decided_at__isnull=False).exclude(number=but)
    return [localtime(at).date() for at in found.values_list("decided_at", flat=True)]


def gravity(acts: Mapping[str, date], body: "Body | None", day: date, but: str = "") -> Gravity:
    """This function will give what some acts come to, earlier decisions about the body counted in. :raises ValueError: where none is named."""
    latest = max(acts.values())
    return gravity_of(sorted(acts), latest, max(day, latest), earlier_minor=earlier_minor(body, but))


def acts_of(case: Case) -> dict[str, date]:
    """This function will give the acts a case is about, each with its day."""
    return dict(case.acts.order_by("id").values_list("act", "acted_on"))


def gravity_of_case(case: Case, day: date) -> Gravity:
    """This function will give what a case's acts come to; once it was decided, the tier then found stays."""
    acts = acts_of(case)
    found = gravity(acts, case.body, day, case.number)
    if case.decided_at is None:
        return found
    listed = [ACTS.on(acted_on).value[act] for act, acted_on in acts.items()]
    goes_to = tuple(dict.fromkeys(one.goes_to for one in listed if one.goes_to))
    return Gravity(Tier(case.tier), case.tier_reason, found.clause, any(one.revokes for one in listed), goes_to)


def proposal_of(case: Case, day: date) -> Proposal:
    """This function will give what the platform proposes for a case."""
    return proposed(gravity_of_case(case, day), day)


def authorities_of(found: Gravity) -> tuple[Authority, ...]:
    """This function will give to whom a case is handed over: those the acts name, and whoever is competent where the law itself is broken."""
    return found.goes_to or ((Authority.COMPETENT,) if found.tier is Tier.UNLAWFUL else ())


def standing_officers(case: Case) -> frozenset[int]:
    """This function will give the keys of those who handle a case now."""
    rows = Officer.objects.filter(case=case, accepted_at__isnull=False, left_at__isnull=True)
    return frozenset(rows.values_list("user_id", flat=True))


def ever_officers(case: Case) -> frozenset[int]:
    """This function will give the keys of all who ever handled a case, recused or not: none of them decides it."""
    return frozenset(Officer.objects.filter(case=case, accepted_at__isnull=False).values_list("user_id", flat=True))


def notice_of(case: Case) -> Letter | None:
    """This function will give the notice that counts: the last, unless what was notified has changed since."""
    if case.notified_at is None:
        return None
    return case.letters.filter(kind=LetterKind.NOTICE, issued_at=case.notified_at).order_by("-id").first()


def procedure_of(case: Case, decides: int | None = None) -> CaseFacts:
    """This function will give a case as far as its procedure goes; `decides` is who is about to."""
    pieces = list(case.evidence.filter(withdrawn_at__isnull=True))
    notice, hearing = notice_of(case), case.letters.filter(kind=LetterKind.HEARING).order_by("-id").first()
    return CaseFacts(
        acted_on=case.acted_on,
        found_on=case.found_on,
        officers=standing_officers(case),
        evidence=len(pieces),
        unlisted=sum(not one.is_listed for one in pieces),
        notified_on=notice.served_on if notice else None,
        said=bool(case.statement),
        waived=case.waived,
        statement_answered=bool(case.statement_answer),
        hearing_asked_on=day_of(case.hearing_asked_at),
        hearing_told_on=hearing.served_on if hearing else None,
        hearing_held_on=case.hearing_held_on,
        hearing_led_by=case.hearing_led_by_id,
        lawyer=case.lawyer_id,
        discussed_by=frozenset(case.discussants.values_list("user_id", flat=True)),
        decides=decides if decides is not None else case.decided_by_id,
        remedies_told=bool(case.remedies),
        cleared_on=case.cleared_on,
    )


def steps_of(case: Case, measures: Collection[Measure], day: date, decides: int | None = None) -> tuple[Finding, ...]:
    """This function will find what is closed and what is missing before a decision with these measures may be sealed."""
    return before_sealing(procedure_of(case, decides), measures, day, calendar())


def judged_before(body: "Body", acts: Mapping[str, date], but: str = "") -> tuple[str, date | None]:
    """This function will give the earlier case about the very same act of the very same day, and the day the body was cleared of it (None where
    a decision stands or is under way); nothing where there is none."""
    rows = CaseAct.objects.filter(case__body=body, act__in=list(acts)).exclude(case__number=but).exclude(case__state="refused")
    for row in rows.select_related("case").order_by("case__id"):
        if acts.get(row.act) == row.acted_on:
            cleared = row.case.cleared_on or (day_of(row.case.answered_at) if row.case.state == "reversed" else None)
            return row.case.number, cleared
    return "", None


def clause_of(found: Gravity) -> Clause:
    """This function will give the clause a tier rests on."""
    return found.clause or OURS
