"""复核专家: who may sit on a filing's panel, and who must stand aside?"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, holdings_of, people_with
from touchstone.filings.facts import rules_day
from touchstone.filings.models import AssessorSheet, ExpertPanel, Filing, FirstOpinion, PanelMember
from touchstone.kernel.rules import Finding
from touchstone.policy.filing.panel import Tie, expert_is_free
from touchstone.policy.roles import Role

if TYPE_CHECKING:
    from touchstone.accounts.models import Person


@dataclass(frozen=True)
class ExpertChoice:
    """An expert of the centre, and what the rule on recusal finds."""

    person: "Person"
    finding: Finding


def tie_of(filing: Filing, person: "Person", day: date) -> Tie:
    """This function will give what is known of a person and the applicant."""
    body = filing.body
    serves = body.staff.filter(person=person, until__isnull=True).exists()
    holds = holdings_of(person, day).filter(office_id=body.office_id).exists()
    assessed = AssessorSheet.objects.filter(assessment__filing=filing, assessor=person).exists()
    return Tie(person.name, serves or holds, assessed)


def expert_choices(filing: Filing, day: date) -> list[ExpertChoice]:
    """This function will give the centre's experts, each with what the rule on recusal finds."""
    counts = rules_day(filing, day)
    corps = people_with(Role.EXPERT, city_centre(), day).select_related("user").order_by("number")
    return [ExpertChoice(person, expert_is_free(tie_of(filing, person, day), counts)) for person in corps]


def latest_panel(filing: Filing) -> ExpertPanel | None:
    """This function will give the panel of the present round."""
    found = filing.panels.filter(round=filing.round, superseded_at__isnull=True)
    return found.prefetch_related("members__expert__user").first()


def opinions_shown_to(panel: ExpertPanel, actor: Actor) -> list[PanelMember]:
    """This function will give the seats whose opinion an actor may read: one's own, and all once everybody has spoken."""
    seats = [seat for seat in sorted(panel.members.all(), key=lambda seat: seat.pk) if seat.replaced_at is None]
    if all(seat.submitted_at for seat in seats):
        return seats
    own = set(panel.members.filter(expert__user__pk=actor.user_id or 0).values_list("pk", flat=True))
    return [seat for seat in seats if seat.pk in own]


def latest_first_opinion(filing: Filing) -> FirstOpinion | None:
    """This function will give the district's first opinion of the present round."""
    return filing.first_opinions.filter(round=filing.round, superseded_at__isnull=True).select_related("given_by__person").first()
