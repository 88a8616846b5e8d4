"""派遣展示: how does a request for people look on a page, to whom are names shown, and how was the draw made?"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from touchstone.experts.queries import dispatch as queries
from touchstone.experts.states import ENGAGED, AssignmentState
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.eligibility.levels import Level
from touchstone.web.corps_view import ASSIGNMENT_STATES
from touchstone.web.templatetags.look import moment

if TYPE_CHECKING:
    from touchstone.experts.models import Assignment, DispatchRequest

STATES = {state.value: shown for state, shown in queries.STATES_OF_REQUEST.items()}


def facts_of(found: "DispatchRequest") -> list[tuple[str, str]]:
    """This function will write what was asked for, for a list of fields."""
    slots = "；".join(f"{'考评人员' if found.corps_of_id is None else '督导员'}{slot['count']}名（{slot['why']}）" for slot in found.slots)
    what = f"{found.occupation.name} {Level(found.level).label}" if found.occupation and found.level else "—"
    return [
        ("评价机构", found.body.name),
        ("考核点", f"{found.venue.name}，{found.venue.address}" if found.venue else "—"),
        ("所在区", DISTRICTS.get(found.district, "市外")),
        ("职业和等级", what),
        ("时间", f"{moment(found.starts_at)} 至 {moment(found.ends_at)}"),
        ("考生", f"{found.candidates}名"),
        ("所需人员", slots),
        ("名单向机构公开", moment(found.reveal_at) if found.corps_of_id is None else "不公开"),
        ("保密数承诺", found.commitment),
    ]


def shown_to_body(found: "DispatchRequest", at: datetime) -> bool:
    """This function will say whether the body may know who comes."""
    return at >= found.reveal_at


def people_of(found: "DispatchRequest", *, all_of_them: bool) -> list[dict[str, Any]]:
    """This function will list who is sent, the leader first; and, for the office, everybody who ever was."""
    rows = queries.assignments_in(found).prefetch_related("marks")
    shown = [one for one in rows if all_of_them or one.state in ENGAGED]
    return [_person(one) for one in shown]


def _person(one: "Assignment") -> dict[str, Any]:
    label, tone = ASSIGNMENT_STATES[one.state]
    return {
        "row": one,
        "name": one.member.person.name,
        "number": one.member.number,
        "employer": one.member.employer,
        "kind": one.qualification.get_kind_display(),
        "post": "组长" if one.leads else "督导" if one.slot == "supervisor" else "成员",
        "state": label,
        "tone": tone,
        "marks": list(one.marks.all()),
        "may_replace": one.state in {AssignmentState.OFFERED, AssignmentState.ACCEPTED},
        "may_mark": one.state in {AssignmentState.SIGNED_IN, AssignmentState.REPORTED},
        "to_judge": one.state == AssignmentState.REFUSED and one.refusal_accepted is None,
    }


def draws_of(found: "DispatchRequest") -> list[dict[str, Any]]:
    """This function will tell each draw: reason, seed, how many were on the roster, who was drawn, passed over and left out and why."""
    told = []
    for one in queries.draws_of(found):
        record = one.record
        left = [{"id": name, "why": why} for name, why in record["passed_over"].items()]
        left += [{"id": each["id"], "why": "；".join(each["reasons"])} for each in record.get("left_out", [])]
        told.append(
            {
                "sequence": one.sequence,
                "reason": one.reason,
                "at": one.drawn_at,
                "seed": one.seed,
                "root": record["root"],
                "on_roster": len(record["roster"]),
                "chosen": "、".join(record["chosen"]),
                "reserves": "、".join(record["reserves"][:10]) or "无",
                "chance": f"{record['chance_at_most']:.0%}" if "chance_at_most" in record else "—",
                "left_out": left,
            }
        )
    return told
