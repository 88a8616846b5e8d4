"""可疑数据: what does the comparison find in the small city? One who climbed a level too fast, and one who names a certificate that is not here."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from touchstone.accounts.people import Identity
from touchstone.certificates.queries import of_plan
from touchstone.simulation.candidate import by_years
from touchstone.simulation.crowd import Application, Someone
from touchstone.simulation.identity import id_number, phone

if TYPE_CHECKING:
    from touchstone.exams.models import Plan

_CLIMBER = Identity("常速成", id_number(496, birthday=date(1988, 5, 6), male=True), phone(496))
_CLAIMANT = Identity("贾凭证", id_number(495, birthday=date(1986, 9, 1), male=False), phone(495))


def climbs_fast(day: date, level: int) -> tuple[Someone, Application]:
    """This function will give somebody who applies for one level after the other within a few weeks, by years of work."""
    return by_years(_CLIMBER, day, level)


def names_one_not_here(day: date, level: int, issued: "Plan") -> tuple[Someone, Application]:
    """This function will give somebody who applies by years of work, and names a certificate beside it whose number goes on after those of a plan."""
    someone, application = by_years(_CLAIMANT, day, level)
    number = of_plan(issued.number).order_by("number")[0].number
    named = {"level": issued.level, "number": f"{number[:-6]}900001"}
    return someone, replace(application, claims={**application.claims, "certificate": named})
