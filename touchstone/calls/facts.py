"""征集事实: what do a project's and an application's rows say, as the rules of the two gates read them?"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from touchstone.bodies.queries.grades import grade_of
from touchstone.calls.models import Application, Call, Project
from touchstone.catalogue import queries as catalogue
from touchstone.catalogue.facts import listed_occupation, standard_facts
from touchstone.policy.calls.conditions import Applicant, Shown
from touchstone.policy.calls.projects import ProjectFacts
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.scope import ScopeItem
from touchstone.policy.roles import BodyKind, Ownership

if TYPE_CHECKING:
    from touchstone.catalogue.models import Occupation, Trade


def project_facts(project: Project, day: date) -> ProjectFacts:
    """This function will read a project as it stands against the catalogue of `day`."""
    return facts_of(
        project.occupation, project.trade, project.levels, project.industry, project.yearly_demand, project.employers, day
    )


def facts_of(
    occupation: "Occupation", trade: "Trade | None", levels: Iterable[int], industry: str, yearly_demand: int, employers: int, day: date
) -> ProjectFacts:
    """This function will read a project that is about to be recommended: its levels, each with the national standard that serves it."""
    listed = listed_occupation(occupation, trade, catalogue.fileable_levels(occupation))
    items = []
    for level in sorted(set(levels), reverse=True):
        standard = catalogue.standards_on(occupation, trade, level, day).first()
        items.append(ScopeItem(listed.title, Level(level), listed, standard_facts(standard) if standard else None))
    return ProjectFacts(listed.title, occupation.industry, industry, tuple(items), yearly_demand, employers)


def applicant_of(application: Application, day: date) -> Applicant:
    """This function will read an organisation with its answers, declared and checked; `day` decides whether it is a model, and its grade."""
    body = application.body
    found = {key: entry.get("value") for key, entry in application.checked.items()}
    models = body.model_standings.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
    return Applicant(
        kind=BodyKind(body.kind),
        in_city=body.district in DISTRICTS,
        is_association=body.ownership == Ownership.ASSOCIATION,
        shown={key: Shown(application.answers.get(key), found.get(key)) for key in {*application.answers, *found}},
        is_model=models.exists(),
        grade=grade_of(body, day),
    )


def rules_day(call: Call, day: date) -> date:
    """This function will give the day whose conditions and scales rule a call: that of its publication, `day` before."""
    return call.published_at.date() if call.published_at else day
