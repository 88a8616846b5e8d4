"""补位: who is drawn for a place of a request, and how is the one drawn sent?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from psycopg.types.range import TimestamptzRange

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.experts.models import Assignment, DispatchDraw, DispatchRequest
from touchstone.experts.operations._case import LAW
from touchstone.experts.operations._drawing import OnRoster, draw
from touchstone.experts.operations._public import lines_of_draw
from touchstone.experts.queries.dispatch import RESERVE, Known, assignments_in, known_for, left_out_by_cause, secret_of
from touchstone.experts.states import ENGAGED
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, Outcome, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.experts.dispatch import chance_at_most, enough_can_come, panel_changed, tickets
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.roles import Role
from touchstone.tasks.operations import open_task


class TakenMeanwhile(Refusal):
    """Somebody drawn was sent elsewhere at the same moment."""


@dataclass(frozen=True)
class Part:
    """One slot filled, or not."""

    slot: str
    findings: list[Finding]
    people: Mapping[str, Known]
    drawn: dict[str, Any]
    sequence: int
    reason: str

    @property
    def filled(self) -> bool:
        return all(finding.outcome is Outcome.MET for finding in self.findings)


def fill(found: DispatchRequest, slot: Mapping[str, Any], *, sequence: int, reason: str, without: Iterable[str], count: int = 0) -> Part:
    """This function will gather who may be sent for a slot and draw; `without` are or were sent already, `count` a number other than the slot's
    (where some of its people stand). Nobody is sent yet."""
    day, asked = localtime(found.starts_at).date(), set(without)
    everybody = {one.member.number: one for one in known_for(found, [MemberKind(kind) for kind in slot["kinds"]])}
    known = [one for number, one in everybody.items() if number not in asked]
    told = {one.member.number: one.findings(day) for one in known}
    able = [one for one in known if all(finding.outcome is Outcome.MET for finding in told[one.member.number].values())]
    lately = median(one.lately for one in able) if able else 0
    roster = [_on_roster(one, found, lately) for one in able]
    standing = [one.member.number for one in assignments_in(found) if one.slot == slot["slot"] and one.state in ENGAGED]
    taken = [_standing(number, everybody.get(number)) for number in standing]
    wanted, whole, name = count or int(slot["count"]), int(slot["count"]), slot["slot"]
    drawn = draw(f"{found.number}-{name}-{sequence}", name, roster, wanted, secret=secret_of(found), day=day, taken=taken, whole=whole)
    causes = left_out_by_cause(told.values())
    for why in drawn["passed_over"].values():
        causes[why] = causes.get(why, 0) + 1
    if here := len(everybody) - len(known):
        causes["本场已派过的"] = here
    by_number = {one.member.number: one for one in able}
    kept = sum(by_number[name].was_last for name in drawn["chosen"]) + sum(one.was_last for one in taken)
    can_come = len(drawn["chosen"]) + len(drawn["reserves"])
    findings = [enough_can_come(wanted, len(everybody), can_come, causes), panel_changed(whole, kept, day)]
    drawn["left_out"] = [
        {"id": name, "reasons": reasons}
        for name, said in told.items()
        if (reasons := [one.reason for one in said.values() if one.outcome is not Outcome.MET])
    ]
    drawn["chance_at_most"] = round(chance_at_most(wanted, len(roster), day), 4)
    return Part(slot["slot"], findings, by_number, drawn, sequence, reason[:200])


def _on_roster(one: Known, found: DispatchRequest, lately: float) -> OnRoster:
    near = bool(one.member.district) and one.member.district == found.district
    leads = one.qualification.kind == MemberKind.SENIOR_ASSESSOR
    return OnRoster(one.member.number, tickets(seldom_sent=one.lately < lately, near=near), leads, one.was_last, one.of_the_body)


def _standing(number: str, one: Known | None) -> OnRoster:
    return OnRoster(number, was_last=one is not None and one.was_last, of_the_body=one is not None and one.of_the_body)


def send(found: DispatchRequest, part: Part, *, at: datetime) -> list[Assignment]:
    """This function will put a draw on record and send those it chose. The secret is not kept with it: it rules the draws still to come.

    :raises TakenMeanwhile: when one of them was sent elsewhere at the same moment.
    """
    kept = {name: value for name, value in part.drawn.items() if name != "secret"}
    made = DispatchDraw.objects.create(request=found, sequence=part.sequence, reason=part.reason, seed=kept["seed"], record=kept, drawn_at=at)
    led = assignments_in(found).filter(slot=part.slot, leads=True, state__in=sorted(ENGAGED)).exists()
    sent = []
    for place, name in enumerate(part.drawn["chosen"]):
        known = part.people[name]
        sent.append(
            _sit(
                request=found,
                draw=made,
                number=f"{found.number}-{next_serial(f'assignment-{found.number}'):02d}",
                member=known.member,
                qualification=known.qualification,
                slot=part.slot,
                leads=place == 0 and not led and found.corps_of_id is None and part.slot != RESERVE,
                period=TimestamptzRange(found.starts_at, found.ends_at),
                offered_at=at,
            )
        )
    return sent


def _sit(**values: Any) -> Assignment:
    """PostgreSQL has the last word on who is free."""
    try:
        with transaction.atomic():
            return Assignment.objects.create(**values)
    except IntegrityError as error:
        if "nobody_in_two_places" not in str(error):
            raise
        name = values["member"].person.name
        raise TakenMeanwhile(f"{name}刚刚被派往同一时间的其他场次。", LAW, "请再办理一次，平台会另抽一人。") from error


def fill_again(found: DispatchRequest, slot_name: str, *, reason: str, by: Actor, at: datetime) -> bool:
    """This function will draw somebody for one empty place, among all who were not sent yet; where nobody can come, the place stays empty and whoever
    manages the corps is told. It is part of the operation that freed the place or tries to fill it."""
    slot = next(slot for slot in found.slots if slot["slot"] == slot_name)
    asked = [each.member.number for each in assignments_in(found)]
    part = fill(found, slot, sequence=found.draws.count() + 1, reason=reason, without=asked, count=1)
    found.findings = records(part.findings)
    found.save(update_fields=["findings"])
    if not part.filled:
        record("dispatch.place_empty", found.number, by=by, at=at, detail={"findings": found.findings, "slot": slot_name})
        tell_managers(found, by=by, at=at)
        return False
    (sent,) = send(found, part, at=at)
    detail = {"case": found.case, "seeds": [part.drawn["seed"]], "draws": [part.sequence], "sent": [sent.number]}
    record("dispatch.drawn", found.number, by=by, at=at, reason=reason, detail=detail, public=lines_of_draw(part.drawn, secret_of(found)))
    return True


def tell_managers(found: DispatchRequest, *, by: Actor, at: datetime) -> None:
    """This function will put what could not be filled before whoever manages the corps."""
    title, office, due = f"无法派遣：{found.title}"[:200], found.corps_of_id or city_centre().pk, localtime(found.reveal_at).date()
    open_task(case=found.number, matter="dispatch", title=title, office_id=office, role=Role.INTAKE_CLERK, by=by, at=at, due_on=due)
