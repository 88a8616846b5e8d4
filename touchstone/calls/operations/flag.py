"""目录调整与评价项目: which selected projects rest on an occupation, level or standard that the catalogue no longer has?"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.calls.models import DemandFigure, Project
from touchstone.calls.operations._case import LAW, note
from touchstone.calls.states import ProjectState
from touchstone.catalogue.queries import is_fileable, standards_on
from touchstone.ledger.operations import record
from touchstone.ledger.queries import history
from touchstone.policy.eligibility.levels import Level

if TYPE_CHECKING:
    from touchstone.catalogue.queries import Renaming


@transaction.atomic
def flag_resting_on(*, edition: str, codes: Collection[str], day: date, by: Actor, at: datetime) -> list[str]:
    """This function will write down, on every selected project that rests on what the catalogue lost on `day`, what it lost, once for each
    change of catalogue, and give the projects' numbers. What is gone passes no gate; whether to call for the rest is the centre's to decide."""
    lost_on, told = max(day, at.date()), []
    standing = Project.objects.filter(occupation__code__in=codes, state=ProjectState.SELECTED)
    for project in standing.select_related("occupation", "trade").order_by("id"):
        why = _lost(project, lost_on)
        if not why or history(project.number).filter(event="project.catalogue_changed", detail__edition=edition).exists():
            continue
        note("project.catalogue_changed", project, by=by.with_key(""), at=at, reason=why, clause=str(LAW), edition=edition)
        told.append(project.number)
    return told


@transaction.atomic
def carry_renamings(*, renamings: "Sequence[Renaming]", by: Actor, at: datetime) -> int:
    """This function will let projects, and the figures of demand, name an occupation as it is called (and coded) from its day on, and count
    the projects; each is told."""
    pairs = {one.old.pk: one for one in renamings}
    projects = list(Project.objects.select_for_update(of=("self",)).filter(occupation__in=list(pairs)).order_by("id"))
    for project in projects:
        renaming = pairs[project.occupation_id]
        project.occupation = renaming.new
        project.save(update_fields=["occupation"])
        note("project.occupation_renamed", project, by=by.with_key(""), at=at, reason=renaming.told, clause=str(LAW))
    for figure in DemandFigure.objects.filter(occupation__in=list(pairs)).order_by("id"):
        renaming = pairs[figure.occupation_id]
        if not DemandFigure.objects.filter(occupation=renaming.new, district=figure.district, year=figure.year).exists():
            figure.occupation = renaming.new
            figure.save(update_fields=["occupation"])
            subject = f"{renaming.new.code}-{figure.district or 'city'}-{figure.year}"
            record("demand.carried", subject, by=by.with_key(""), at=at, reason=renaming.told, detail={"people": figure.people})
    return len(projects)


def _lost(project: Project, day: date) -> str:
    gone = [Level(level).label for level in project.levels if not is_fileable(project.occupation, project.trade, level, day)]
    if gone:
        return f"“{project}”的{'、'.join(gone)}自{day}起不在可备案目录内"
    bare = [Level(level).label for level in project.levels if not standards_on(project.occupation, project.trade, level, day).exists()]
    return f"“{project}”的{'、'.join(bare)}自{day}起没有现行国家职业标准" if bare else ""
