"""到期查询: which agreements, commissions and pilots run out soon, and of which of them is a body to be told today?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from touchstone.accounts.actor import Actor
from touchstone.bodies.models import Agreement, Body, Commission, Pilot
from touchstone.kernel.periods import add_months
from touchstone.ledger.queries import history
from touchstone.parameters.queries import in_force
from touchstone.policy.filing.changing import reminder_due
from touchstone.policy.papers import REMINDERS, TOLD_AFTERWARDS_DAYS, TOLD_OF_END

REMINDED = "paper.ending_reminded"
_TABLES: dict[str, tuple[str, type[Agreement] | type[Commission] | type[Pilot]]] = {
    "XY": ("校企合作协议", Agreement),
    "WT": ("委托", Commission),
    "SD": ("试点", Pilot),
}


@dataclass(frozen=True)
class EndingPaper:
    """A paper that runs out: what it is, whose, with whom, and the first day on which it no longer holds."""

    number: str
    what: str
    body: Body
    whom: str
    ends: date
    owes_report: bool

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)

    @property
    def is_pilot(self) -> bool:
        return self.number.startswith("SD")


def ending_papers(day: date, *, actor: Actor | None = None, body: Body | None = None) -> list[EndingPaper]:
    """This function will give what runs out within the time of the first reminder or did so lately, and pilots that are over and still owe their
    report, the soonest first: on the actor's ground, or of one body."""
    bodies = Body.objects.visible_to(actor) if actor is not None else Body.objects.all()
    if body is not None:
        bodies = bodies.filter(pk=body.pk)
    last = add_months(day, max(in_force(one, day).value for one in REMINDERS))
    found = [_paper(row) for kind in _TABLES for row in _ends(kind).filter(ends__gt=_lately(day), ends__lte=last, body__in=bodies)]
    found += [_paper(row) for row in _ends("SD").filter(ends__lte=_lately(day), report="", body__in=bodies)]
    return sorted(found, key=lambda one: (one.ends, one.number))


def papers_to_remind(day: date) -> list[str]:
    """This function will give the papers of whose end their body is to be told on `day`."""
    last = add_months(day, max(in_force(one, day).value for one in REMINDERS))
    found = [row for kind in _TABLES for row in _ends(kind).filter(ended_on=None, until__gt=_lately(day), until__lte=last)]
    return list(_due(found, day))


def paper_reminder(number: str, day: date) -> tuple[EndingPaper, int] | None:
    """This function will give a paper, held until the caller's transaction ends, and how many months before its end its body is to be told now
    (0: that the end has come); None when it is not to be told."""
    row = _ends(number[:2]).select_for_update(of=("self",)).filter(number=number, ended_on=None).first()
    months = _due([row], day).get(number) if row is not None else None
    return None if months is None else (_paper(row), months)


def _due(rows: Iterable[Any], day: date) -> dict[str, int]:
    rows = list(rows)
    months = [in_force(one, day).value for one in REMINDERS]
    sent: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in history(*(one.number for one in rows)).filter(event=REMINDED):
        sent[line.subject, line.detail["until"]].append(line.detail["months"])
    due = {one.number: _months(one.until, day, months, sent[one.number, one.until.isoformat()]) for one in rows}
    return {number: found for number, found in due.items() if found is not None}


def _months(until: date, day: date, months: list[int], sent: list[int]) -> int | None:
    if day < until:
        return reminder_due(until, day, months, sent)
    return TOLD_OF_END if _lately(day) < until and TOLD_OF_END not in sent else None


def _lately(day: date) -> date:
    return day - timedelta(days=in_force(TOLD_AFTERWARDS_DAYS, day).value)


def _ends(kind: str) -> QuerySet[Any]:
    return _TABLES[kind][1].objects.select_related("body__office").annotate(ends=Coalesce("ended_on", F("until"))).order_by("ends", "number")


def _paper(row: Any) -> EndingPaper:
    what, _ = _TABLES[row.number[:2]]
    if isinstance(row, Pilot):
        return EndingPaper(row.number, what, row.body, row.get_kind_display(), row.ends, not row.report)  # type: ignore[attr-defined]
    return EndingPaper(row.number, what, row.body, row.school if isinstance(row, Agreement) else row.client, row.ends, False)
