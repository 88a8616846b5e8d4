"""抽取与派出: bodies are drawn, inspectors matched, visits laid out and sealed until their hour; at the end the secret is told."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import make_aware

from touchstone.accounts.actor import Actor
from touchstone.inspections import permissions
from touchstone.inspections.facts import terms_of
from touchstone.inspections.models import Draw, Task, TaskInspector
from touchstone.inspections.operations._public import line_of_draw, line_of_secret, line_of_unfilled
from touchstone.inspections.operations.freezing import locked
from touchstone.inspections.queries import busy_days, last_hour, sealed, secret_of
from touchstone.inspections.states import DRAW_MOVES, DrawState
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.inspections import LAW, REVEAL_HOUR
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_personal_task, open_task
from touchstone.trust.draw_teams import team_record
from touchstone.trust.draws import Unfilled, fingerprint

if TYPE_CHECKING:
    from touchstone.accounts.models import Person


@transaction.atomic
def draw_and_match(*, number: str, by: Actor, at: datetime) -> Draw:
    """This function will draw the bodies and match two inspectors to each, from the frozen rosters and the attested numbers. Nobody sees where a
    visit goes before its hour; where the places cannot all be filled, nobody is sent, and that is public.

    :raises NotAllowed: :raises Refusal: before the numbers are attested.
    """
    draw = locked(number)
    permissions.check_may(by, "draw", draw)
    state = DRAW_MOVES.check("draw", DrawState(draw.state))
    secret, terms = secret_of(draw), terms_of(draw, int(draw.announcement["per_object"]))
    draw.drawn_at, draw.drawn_by_id = at, by.user_id
    close_tasks(case=number, by=by, at=at, outcome="已抽取")
    try:
        made = team_record(terms, [(name, outcome) for name, outcome in draw.values], secret)
    except Unfilled as empty:
        draw.unfilled = len(empty.slots)
        draw.move_to(DRAW_MOVES.check("find_unfilled", DrawState(draw.state)))
        record("inspection_draw.unfilled", number, by=by, at=at, detail={"places": draw.unfilled}, public=line_of_unfilled(draw))
        title = f"检查人员配不齐，请作废重抽：{draw.number}"
        open_task(case=number, matter="redraw_inspections", title=title, office_id=draw.plan.office_id, role=Role.DIRECTOR, by=by, at=at)
        return draw
    draw.record_sealed = sealed(number, "record", json.dumps(made, ensure_ascii=False).encode())
    draw.move_to(state)
    tasks = _lay_out(draw, made, by=by, at=at)
    detail = {"tasks": len(tasks), "first": tasks[0].visit_on.isoformat(), "last": tasks[-1].visit_on.isoformat()}
    record("inspection_draw.drawn", number, by=by, at=at, detail=detail, public=line_of_draw(made, secret))
    return draw


def _lay_out(draw: Draw, made: Mapping[str, Any], *, by: Actor, at: datetime) -> list[Task]:
    """Give every body drawn the first working day on which both its inspectors are free, and hand the visits out blind.

    The seed says who comes first: in the order of their numbers, an early day would tell that a low number was drawn.
    """
    people = {one.person.number: one.person for one in draw.inspectors.select_related("person__user")}
    sent: dict[str, list[str]] = {}
    for place, name in sorted(made["assignment"].items()):
        sent.setdefault(place.rpartition("/")[0], []).append(name)
    busy = busy_days([one.pk for one in people.values()], draw.visits_from)
    hour, laid = in_force(REVEAL_HOUR, draw.visits_from).value, []
    lines = {line.body.number: line for line in draw.roster.filter(body__number__in=sent).select_related("body")}
    seed = bytes.fromhex(made["seed"])
    for line in sorted(lines.values(), key=lambda line: fingerprint("touchstone/visit-day/v1", seed, line.body.number)):
        team = [people[name] for name in sent[line.body.number]]
        day = next(day for day in _working_days(max(draw.visits_from, at.date() + timedelta(days=1))) if not busy & {(one.pk, day) for one in team})
        busy |= {(one.pk, day) for one in team}
        laid.append((day, line, team))
    laid.sort(key=lambda one: one[0])
    tasks = [
        Task(
            number=f"RW{draw.number[2:]}-{n:03d}", draw=draw, body=line.body, stratum=line.stratum, district=line.district, visit_on=day,
            opens_at=make_aware(datetime.combine(day, time(hour))),
        )
        for n, (day, line, _) in enumerate(laid, 1)
    ]  # fmt: skip
    Task.objects.bulk_create(tasks)
    TaskInspector.objects.bulk_create(
        [
            TaskInspector(task=task, person=person, place=place, visit_on=task.visit_on)
            for task, (_, _, team) in zip(tasks, laid, strict=True)
            for place, person in enumerate(team, 1)
        ]
    )
    for task, (_, _, team) in zip(tasks, laid, strict=True):
        _hand_out(task, team, by=by, at=at)
    return tasks


def _hand_out(task: Task, team: "list[Person]", *, by: Actor, at: datetime) -> None:
    title = f"双随机抽查：{task.visit_on:%-m月%-d日}，{DISTRICTS.get(task.district, '本市')}（当日{task.opens_at:%H:%M}揭晓）"
    for person in team:
        user = getattr(person, "user", None)
        if user is not None:
            # Under a role that nobody holds in an office: colleagues who share the post must not see who is sent when.
            open_personal_task(
                case=task.number, matter=f"visit_{person.pk}", title=title, office_id=task.draw.plan.office_id, role=Role.CORPS_MEMBER,
                user_id=user.pk, by=by, at=at, due_on=task.visit_on,
            )  # fmt: skip


def _working_days(first: date) -> Iterator[date]:
    known, day = calendar(), first
    while True:
        if known.is_working_day(day):
            yield day
        day += timedelta(days=1)


@transaction.atomic
def reveal(*, number: str, by: Actor, at: datetime) -> Draw:
    """This function will tell everybody the secret of a draw, once every visit of it is known. :raises NotAllowed: unless by the platform.

    :raises Refusal: before that.
    """
    draw = locked(number)
    permissions.check_may(by, "reveal", draw)
    state = DRAW_MOVES.check("reveal", DrawState(draw.state))
    last = last_hour(draw)
    if last is None or at < last:
        raise Refusal("还有抽查任务没有揭晓，不能公布保密数。", LAW, "请等待最后一项任务揭晓。")
    draw.revealed_at = at
    draw.move_to(state)
    record("inspection_draw.revealed", number, by=by, at=at, public=line_of_secret(draw, secret_of(draw)))
    return draw
