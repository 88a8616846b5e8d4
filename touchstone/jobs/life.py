"""备案变动办理: what happens in the other apps after a filing was suspended or restored, or the catalogue changed?"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM
from touchstone.catalogue import queries as catalogue
from touchstone.exams.operations import flag as exams
from touchstone.exams.operations.filing_changed import tell_of_restoration, tell_of_suspension
from touchstone.filings import operations as filings
from touchstone.filings import queries
from touchstone.notices.following import follow

if TYPE_CHECKING:
    from touchstone.ledger.models import Entry

LIMIT = 100
_SUSPENDED = {"filing.suspended", "filing.lines_suspended"}
_CATALOGUE = {"occupation.ended", "level.ended", "standard.ended", "standard.entered", "catalogue.chunk_loaded"}
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
    """This job will flag, in every app, what rests on an occupation, level or standard that was ended or replaced."""

    def take(line: "Entry") -> None:
        change = _change(line)
        if change is None:
            return
        codes, day = change
        edition = f"ML{line.pk:08d}"
        filings.flag_resting_on(edition=edition, codes=codes, day=day, by=PLATFORM, at=at)
        exams.flag_resting_on(edition=edition, codes=codes, day=day, by=PLATFORM, at=at)

    return follow(reader="catalogue", events=_CATALOGUE, take=take, limit=LIMIT)


def _change(line: "Entry") -> tuple[list[str], date] | None:
    """Which occupations a line of the catalogue's ledger touches, and from which day."""
    told = line.detail
    match line.event:
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


WHEN_DUE = [tell_plans, flag_catalogue_changes]
