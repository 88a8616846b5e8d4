"""抽取: out of those who may be sent, whom does the seed choose? Plain: the same roster and seed give the same people, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from touchstone.policy.experts.dispatch import OWN_STAFF_AT_MOST, kept_at_most
from touchstone.trust.draw_records import draw_record
from touchstone.trust.draws import Entry

SOURCE = "平台承诺的保密数"


@dataclass(frozen=True)
class OnRoster:
    """Somebody who may be sent: number, tickets, whether they judge at all levels (and so may lead), were in the last panel here, are of the body."""

    id: str
    tickets: int = 1
    may_lead: bool = False
    was_last: bool = False
    of_the_body: bool = False


def draw(
    number: str,
    slot: str,
    roster: Sequence[OnRoster],
    count: int,
    *,
    secret: bytes,
    day: date,
    taken: Sequence[OnRoster] = (),
    whole: int = 0,
) -> dict[str, Any]:
    """This function will choose `count` of a roster for a slot and give the record to draw again from: those `chosen`, the leader first; the
    `reserves` in order; and why somebody was `passed_over`.

    People are taken in the order of `cvd-draw/v1`; one is passed over when a third of the panel would not change, or too many would be of the body
    itself. `taken` are those who already stand (a replacement is being drawn), `whole` how many the panel will have in the end. The first who may
    lead leads; where none may, the first does.
    """
    record = draw_record(number, slot, [Entry(one.id, slot, one.tickets) for one in roster], count, source=SOURCE, secret=secret)
    by_id = {one.id: one for one in roster}
    order = record["order"]
    whole = max(whole, count + len(taken))
    kept, own = sum(one.was_last for one in taken), sum(one.of_the_body for one in taken)
    chosen: list[str] = []
    passed: dict[str, str] = {}
    for name in order:
        if len(chosen) == count:
            break
        one = by_id[name]
        if one.was_last and kept >= kept_at_most(whole, day):
            passed[name] = "上次已在该机构考评，本次须更换三分之一"
        elif one.of_the_body and own >= OWN_STAFF_AT_MOST.on(day).value:
            passed[name] = "被评价机构本单位人员"
        else:
            chosen.append(name)
            kept, own = kept + one.was_last, own + one.of_the_body
    chosen.sort(key=lambda name: not by_id[name].may_lead)  # stable: among those who may, the order of the draw
    return record | {
        "may_lead": sorted(one.id for one in roster if one.may_lead),
        "was_last": sorted(one.id for one in roster if one.was_last),
        "of_the_body": sorted(one.id for one in roster if one.of_the_body),
        "passed_over": passed,
        "chosen": chosen,
        "reserves": [name for name in order if name not in chosen and name not in passed],
    }
