"""备案变动办理: what happens in the other apps after a filing was suspended or restored, or the catalogue changed?"""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils.timezone import localtime, make_aware

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations import renamed as bodies
from touchstone.calls.operations import flag as calls
from touchstone.catalogue import queries as catalogue
from touchstone.catalogue.facts import structure_facts
from touchstone.catalogue.operations import carry_renamings as carry_standards
from touchstone.exams.operations import flag as exams
from touchstone.exams.operations.filing_changed import tell_of_restoration, tell_of_suspension
from touchstone.exams.operations.structure_flag import flag_structure as mark_plans
from touchstone.filings import operations as filings
from touchstone.filings import queries
from touchstone.filings.operations.structure_flag import flag_structure as mark_filings
from touchstone.notices.following import follow
from touchstone.policy.questions.comparison import compare
from touchstone.questions.operations import flag as questions
from touchstone.questions.operations.structure_flag import flag_structure as mark_bank

if TYPE_CHECKING:
    from touchstone.ledger.models import Entry

LIMIT = 100
_SUSPENDED = {"filing.suspended", "filing.lines_suspended"}
_RENAMED = {"occupation.renamed", "occupation.recoded"}
_CATALOGUE = _RENAMED | {"occupation.ended", "level.ended", "standard.ended", "standard.entered", "catalogue.chunk_loaded"}
_RESTORED = {"filing.restored", "filing.lines_restored"}


def tell_plans(at: datetime) -> int:
    """This job will tell those who run plans on what was suspended or restored."""

    def take(line: "Entry") -> None:
        root = queries.filing(line.subject, PLATFORM)
        items = line.detail.get("items") or [one.pk for one in queries.lines_of(root, localtime(line.at).date())]
        tell = tell_of_suspension if line.event in _SUSPENDED else tell_of_restoration
        tell(scope_items=items, words=line.reason, by=PLATFORM, at=at)

    return follow(reader="suspensions", events=_SUSPENDED | _RESTORED, take=take, limit=LIMIT)


def flag_catalogue_changes(at: datetime) -> int:
    """This job will flag, in every app, what rests on an occupation, level or standard that was ended or replaced, and tell of new names."""
    return follow(reader="catalogue", events=_CATALOGUE, take=lambda line: take_up_change(line, at), limit=LIMIT)


def take_up_change(line: "Entry", at: datetime) -> None:
    """This function will flag, in every app, what one change of the catalogue touches, and tell of a new name or code; once for each line."""
    change = _change(line)
    if change is None:
        return
    codes, day = change
    edition = f"ML{line.pk:08d}"
    if renamed := catalogue.renamings_from(codes, day):
        filings.tell_of_renaming(edition=edition, renamings=renamed, by=PLATFORM, at=at)
    filings.flag_resting_on(edition=edition, codes=codes, day=day, by=PLATFORM, at=at)
    calls.flag_resting_on(edition=edition, codes=codes, day=day, by=PLATFORM, at=at)
    exams.flag_resting_on(edition=edition, codes=codes, day=day, by=PLATFORM, at=at)
    questions.flag_resting_on(edition=edition, codes=codes, day=day, by=PLATFORM, at=at)


def carry_renamings(at: datetime) -> int:
    """This job will let what rests on an occupation that got another name or code name it so from its day on, in every app."""
    renamed = catalogue.renamings(localtime(at).date())
    if not renamed:
        return 0
    steps = (carry_standards, bodies.carry_renamings, calls.carry_renamings, filings.carry_renamings, exams.carry_renamings)
    return sum(carry(renamings=renamed, by=PLATFORM, at=at) for carry in steps)


def _change(line: "Entry") -> tuple[list[str], date] | None:
    """Which occupations a line of the catalogue's ledger touches, and from which day."""
    told = line.detail
    match line.event:
        case "occupation.renamed" | "occupation.recoded":
            return [line.subject], date.fromisoformat(told["since"])
        case "occupation.ended" | "level.ended":
            return [line.subject], date.fromisoformat(told["until"])
        case "standard.ended":
            return [catalogue.standard(line.subject).occupation.code], date.fromisoformat(told["until"])
        case "standard.entered" if told.get("replaces"):
            return [told["code"]], date.fromisoformat(told["since"])
        case "catalogue.chunk_loaded":
            first, last = told["rows"]
            rows = catalogue.rows_of_import(catalogue.an_import(line.subject)).filter(row_number__gte=first, row_number__lte=last)
            return list(rows.filter(outcome="renamed").values_list("code", flat=True)), localtime(line.at).date()
    return None


def flag_structure_changes(at: datetime) -> int:
    """This job will mark, in every app, what rests on something that a newly approved structure of a standard changed."""

    def take(line: "Entry") -> None:
        new = catalogue.structure(line.subject, PLATFORM)
        if not line.detail["replaces"] or new.since is None:
            return
        old = catalogue.structure(line.detail["replaces"], PLATFORM)
        difference = compare(structure_facts(old), structure_facts(new))
        standard, number, day = old.standard.number, new.number, new.since
        before = max(line.at, make_aware(datetime.combine(day, time())))
        mark_bank(standard=standard, structure=number, difference=difference, day=day, before=before, by=PLATFORM, at=at)
        if old.standard_id != new.standard_id:
            return  # the edition itself was replaced: filings and plans were told of that
        touched = difference.level_touched
        mark_filings(standard=standard, structure=number, touched=touched, day=day, by=PLATFORM, at=at)
        mark_plans(standard=standard, structure=number, touched=touched, day=day, before=before, by=PLATFORM, at=at)

    return follow(reader="structures", events={"structure.approved"}, take=take, limit=LIMIT)


WHEN_DUE = [tell_plans, flag_catalogue_changes, flag_structure_changes, carry_renamings]
