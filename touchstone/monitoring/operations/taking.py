"""命中成案: how does a hit become a case at the office that supervises, stay the same case when found again, and end when it is no longer found?

Every part of a run's hits is one transaction. Whatever is done twice is done once: a case remembers which run raised, reopened or withdrew it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, offices
from touchstone.kernel.periods import Calendar
from touchstone.ledger.numbering import next_serials
from touchstone.ledger.operations import record_many
from touchstone.monitoring.facts import Shown, shown_rows
from touchstone.monitoring.models import Alert, AlertRow, Concerned, RuleRun, Run
from touchstone.monitoring.states import MOVES, UNDECIDED, State
from touchstone.parameters.queries import calendar
from touchstone.policy.monitoring.comparison import Owner, Severity
from touchstone.policy.monitoring.handling import district_in_charge, handled_within
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.operations import close_tasks_of, open_tasks

if TYPE_CHECKING:
    from touchstone.lake import Hit
    from touchstone.policy.monitoring import ComparisonRule

PART = 500
ROWS_KEPT = 50
"""So many rows of a hit are kept side by side; a hit of more says how many there are."""


def take_hits(*, run: Run, rule: "ComparisonRule", hits: "Sequence[Hit]", by: Actor, at: datetime) -> int:
    """This function will take all hits of one rule in one run, part by part, and count them."""
    taken = 0
    days, homes = calendar(), _homes()
    for start in range(0, len(hits), PART):
        taken += _take_part(run, rule, hits[start : start + PART], days, homes, by=by, at=at)
    return taken


@transaction.atomic
def _take_part(run: Run, rule: "ComparisonRule", hits: "Sequence[Hit]", days: Calendar, homes: Mapping[str, int], *, by: Actor, at: datetime) -> int:
    """Open what is new, note what is found again, look anew at what was decided on other rows."""
    by_key = {hit.key: hit for hit in hits}
    known = {one.key: one for one in Alert.objects.select_for_update().filter(rule=rule.key, key__in=list(by_key))}
    new = [hit for key, hit in by_key.items() if key not in known]
    changed = [one for one in known.values() if _differs(one, rule, by_key[one.key])]
    again = [one for one in known.values() if one.state == State.WITHDRAWN or (one.is_decided and one in changed)]
    looked_at = (*new, *(by_key[one.key] for one in (*changed, *again)))
    shown = shown_rows((number for hit in looked_at for number in hit.rows[:ROWS_KEPT]), localtime(at).date())
    _open(run, rule, new, shown, days, homes, by=by, at=at)
    for one in changed:
        _write_anew(one, rule, by_key[one.key], shown)
    _reopen(run, rule, again, days, by=by, at=at)
    Alert.objects.filter(pk__in=[one.pk for one in known.values()]).update(last_run=run)
    return len(by_key)


def _open(
    run: Run, rule: "ComparisonRule", hits: "Sequence[Hit]", shown: Mapping[str, Shown], days: Calendar, homes: Mapping[str, int],
    *, by: Actor, at: datetime,
) -> None:
    if not hits:
        return
    due_on = due_of(rule.severity, localtime(at).date(), days)
    made = [
        Alert(
            number=f"YJ{at:%Y}{serial:07d}", rule=rule.key, version=str(rule.version), key=hit.key, marks=_marks(hit), severity=rule.severity,
            title=rule.title[:120], told=hit.told, clause=str(rule.clause), owner_id=_owner(rule, hit, shown, homes), due_on=due_on, raised_at=at,
            first_run=run, last_run=run,
        )
        for serial, hit in zip(next_serials(f"alert-{at:%Y}", len(hits)), hits, strict=True)
    ]
    Alert.objects.bulk_create(made)
    pairs = list(zip(made, hits, strict=True))
    AlertRow.objects.bulk_create([row for alert, hit in pairs for row in _rows(alert, hit, shown)], batch_size=2000)
    Concerned.objects.bulk_create([one for alert, hit in pairs for one in _concerned(alert, hit, shown)], batch_size=2000)
    lines = [(one.number, f"预警核实：{rule.title}", one.owner_id, due_on) for one in made]
    open_tasks(lines=lines, matter="handle_alert", role=Role.SUPERVISOR, by=by, at=at)
    told = [(one.number, {"rule": rule.key, "version": one.version, "run": run.number, "key": one.key, "due_on": due_on.isoformat()}) for one in made]
    record_many("alert.raised", told, by=by, at=at, reason="")


def _write_anew(alert: Alert, rule: "ComparisonRule", hit: "Hit", shown: Mapping[str, Shown]) -> None:
    """What was found on other rows stands with them; what a body was asked and answered stays."""
    alert.rows.all().delete()
    AlertRow.objects.bulk_create(_rows(alert, hit, shown))
    there = set(alert.concerned.values_list("body_id", flat=True))
    Concerned.objects.bulk_create([one for one in _concerned(alert, hit, shown) if one.body_id not in there])
    alert.told, alert.marks, alert.version, alert.clause = hit.told, _marks(hit), str(rule.version), str(rule.clause)
    alert.save(update_fields=["told", "marks", "version", "clause"])


def _reopen(run: Run, rule: "ComparisonRule", alerts: Sequence[Alert], days: Calendar, *, by: Actor, at: datetime) -> None:
    if not alerts:
        return
    due_on = due_of(rule.severity, localtime(at).date(), days)
    lines = []
    for one in alerts:
        before = State(one.state)
        one.due_on, one.reopened, one.reopened_run, one.withdrawn_run = due_on, one.reopened + 1, run, None
        one.decided_at = one.decided_by = None
        one.move_to(MOVES.check("reopen", before))
        lines.append((one.number, {"from": before.value, "run": run.number, "due_on": due_on.isoformat()}))
    record_many("alert.reopened", lines, by=by, at=at, reason="依据的数据有变化，再次命中，重新核实")
    tasks = [(one.number, f"预警重新核实：{one.title}", one.owner_id, due_on) for one in alerts]
    open_tasks(lines=tasks, matter="handle_alert", role=Role.SUPERVISOR, by=by, at=at)


def finish_rule(
    *, run: Run, rule: "ComparisonRule", population: int, seconds: float, looked_at: Collection[str] | None, by: Actor, at: datetime
) -> RuleRun:
    """This function will withdraw the undecided cases of a rule that the run looked at and no longer found, and put down what the rule found.

    `looked_at` names the rows the run looked at; None stands for all. A case that people decided stays decided.
    """
    gone = _gone(run, rule.key, looked_at)
    for start in range(0, len(gone), PART):
        _withdraw(run, gone[start : start + PART], by=by, at=at)
    ours = Alert.objects.filter(rule=rule.key)
    line, _ = RuleRun.objects.update_or_create(
        run=run,
        rule=rule.key,
        defaults={
            "version": str(rule.version),
            "population": population,
            "hits": ours.filter(last_run=run).count(),
            "opened": ours.filter(first_run=run).count(),
            "reopened": ours.filter(reopened_run=run).count(),
            "withdrawn": ours.filter(withdrawn_run=run).count(),
            "seconds": round(seconds, 3),
            "at": at,
        },
    )
    return line


def _gone(run: Run, rule: str, looked_at: Collection[str] | None) -> list[str]:
    left = Alert.objects.filter(rule=rule, state__in=UNDECIDED).exclude(last_run=run).order_by("pk")
    if looked_at is None:
        return list(left.values_list("number", flat=True))
    touched = AlertRow.objects.filter(number__in=list(looked_at), alert__rule=rule).values("alert")
    return list(left.filter(pk__in=touched).values_list("number", flat=True))


@transaction.atomic
def _withdraw(run: Run, numbers: Sequence[str], *, by: Actor, at: datetime) -> None:
    left = Alert.objects.select_for_update().filter(number__in=numbers, state__in=UNDECIDED).order_by("pk")
    gone = [(one.number, {"run": run.number, "from": one.state}) for one in left]
    Alert.objects.filter(number__in=[number for number, _ in gone]).update(state=State.WITHDRAWN, withdrawn_run=run)
    record_many("alert.withdrawn", gone, by=by, at=at, reason="依据的数据已变，不再命中")
    close_tasks_of(cases=[number for number, _ in gone], by=by, at=at, outcome="数据已变，自动撤回")


def _marks(hit: "Hit") -> str:
    """What a hit's rows and words came to, in two halves: a new version of the rule may word the same rows anew."""
    return hashlib.sha256("\n".join(sorted(hit.rows)).encode()).hexdigest()[:32] + hashlib.sha256(hit.told.encode()).hexdigest()[:32]


def _differs(alert: Alert, rule: "ComparisonRule", hit: "Hit") -> bool:
    marks = _marks(hit)
    return alert.marks[:32] != marks[:32] or (alert.version == str(rule.version) and alert.marks[32:] != marks[32:])


def _rows(alert: Alert, hit: "Hit", shown: Mapping[str, Shown]) -> Iterator[AlertRow]:
    for place, number in enumerate(hit.rows[:ROWS_KEPT], start=1):
        one = shown[number]
        yield AlertRow(alert=alert, place=place, number=number[:40], body=one.body, shown=[list(pair) for pair in one.pairs])


def _concerned(alert: Alert, hit: "Hit", shown: Mapping[str, Shown]) -> Iterator[Concerned]:
    found: dict[int, set[str]] = defaultdict(set)
    for number in hit.rows[:ROWS_KEPT]:
        one = shown[number]
        if one.body is not None:
            found[one.body.pk].add(one.district)
    for body, districts in found.items():
        yield Concerned(alert=alert, body_id=body, district=district_in_charge(districts))


def _owner(rule: "ComparisonRule", hit: "Hit", shown: Mapping[str, Shown], homes: Mapping[str, int]) -> int:
    """The office whose case it is: the district that supervises all it concerns, the city centre across districts and for its own rules."""
    if rule.owner is Owner.CITY_CENTRE:
        return homes[""]
    district = district_in_charge(one.district for number in hit.rows[:ROWS_KEPT] if (one := shown[number]).body is not None)
    return homes.get(district) or homes[""]


def _homes() -> dict[str, int]:
    return {one.district: one.pk for one in offices(OfficeKind.DISTRICT_BUREAU)} | {"": city_centre().pk}


def due_of(severity: Severity, day: date, days: Calendar) -> date:
    """This function will give the last day for a case of this severity that is opened on `day`."""
    return days.add_working_days(day, handled_within(severity, day).value)
