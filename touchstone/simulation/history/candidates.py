"""虚构考生史: who was registered in each past plan, where did they sit, what did they score, and which certificate came of it?

Decided and judged plan by plan by the rules; rows go into their tables a whole kind at a time.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.history import load_people
from touchstone.accounts.people import Identity
from touchstone.certificates.operations.history import load_history as load_certificates
from touchstone.exams.facts.decision import Evaluator
from touchstone.exams.operations.history import decide_row, judge_row, load_history
from touchstone.exams.queries.results import MATTER, notice_columns, shown
from touchstone.exams.states import Part, PlanState
from touchstone.kernel.numbers import mask_id_number, mask_name, name_key
from touchstone.ledger.numbering import next_serials
from touchstone.notices.history import load_history as load_notices
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.numbering import compose, level_place, prefix_of
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.deadlines import NOTICE_WORKING_DAYS
from touchstone.policy.exams.results import Score
from touchstone.policy.roles import BodyKind
from touchstone.simulation.crowd import Application, Crowd, Someone
from touchstone.simulation.evaluation import at_hour, mark
from touchstone.simulation.history.plans import SCORED, SEATED, PastPlan

_SLOTS = {
    Part.THEORY: [(time(8, 0), 90), (time(9, 40), 90), (time(11, 20), 90)],
    Part.PRACTICAL: [(time(13 + n * 55 // 60, n * 55 % 60), 45) for n in range(6)],
    Part.PANEL: [(time(18, 40), 60)],
}
"""Start and minutes of the sittings of a part, one after another; each holds every room of that part."""
_GROUNDS = {BodyKind.ENTERPRISE: "own_staff", BodyKind.SOCIAL: "public", BodyKind.SCHOOL: "own_student"}


@dataclass
class Past:
    """A candidate with what came of them."""

    plan: PastPlan
    someone: Someone
    row: dict[str, Any]
    scores: dict[Part, Score] = field(default_factory=dict)
    key: int = 0


def register(plans: list[PastPlan], crowd: Crowd, at: datetime) -> list[Past]:
    """This function will register everybody, decide about them, seat, score and judge them as far as their plan has come."""
    found = [_applicant(plan, crowd) for plan in plans for _ in range(plan.people)]
    identities = (Identity(one.someone.name, one.someone.id_number, one.someone.phone) for one in found)
    for one, key in zip(found, load_people(identities, by=PLATFORM, at=at), strict=True):
        one.row["person_id"] = key
    by_plan: dict[str, list[Past]] = {}
    for one in found:
        by_plan.setdefault(one.plan.number, []).append(one)
    for people in by_plan.values():
        _decide(people)
        if people[0].plan.state in SEATED:
            _give_tickets(people, crowd.random)
    for one, key in zip(found, load_history("candidates", (one.row for one in found), by=PLATFORM, at=at), strict=True):
        one.key = key
    return found


def _applicant(plan: PastPlan, crowd: Crowd) -> Past:
    student = plan.body.kind is BodyKind.SCHOOL
    someone, application = crowd.applies(plan.level, plan.registered_on, able=crowd.random.random() < 0.91, student=student)
    return Past(plan, someone, _row(plan, someone, application, crowd.random))


def _row(plan: PastPlan, someone: Someone, application: Application, random: Random) -> dict[str, Any]:
    own_staff = plan.body.kind is BodyKind.ENTERPRISE
    proofs = dict(application.proofs)
    if own_staff:
        proofs["employment"] = {"since": None, "until": None, "attachments": [], "remark": "已核劳动合同"}
    elif _GROUNDS[plan.body.kind] == "own_student":
        proofs["employment"] = {"since": None, "until": None, "attachments": [], "remark": "已核学籍证明"}
    checked = {"checked_by": plan.body.contact, "checked_at": at_hour(plan.registered_on + timedelta(days=2), 10).isoformat()}
    return {
        "plan_id": plan.key,
        "name": someone.name,
        "name_key": name_key(someone.name),
        "ground": _GROUNDS[plan.body.kind],
        "employment": random.choice(("直接用工", "直接用工", "直接用工", "劳务派遣")) if own_staff else "",
        "employer": plan.body.name if own_staff else "",
        "applied_on": plan.registered_on,
        "condition": application.condition,
        "claims": application.claims,
        "proofs": {kind: proof | checked for kind, proof in proofs.items()},
        "decided_at": at_hour(plan.registered_on + timedelta(days=3), 15),
        "ticket_number": None,
        "result": "",
        "result_findings": [],
    }


def _decide(people: list[Past]) -> None:
    plan = people[0].plan
    evaluator = Evaluator(plan.body.kind, plan.body.name)
    for one, serial in zip(people, next_serials(f"candidate-{plan.number}", len(people)), strict=True):
        columns = {key: value for key, value in one.row.items() if key not in {"person_id", "plan_id"}}
        one.row |= decide_row(columns, level=plan.level, evaluator=evaluator, birthday=one.someone.birthday)
        one.row["number"] = f"KS{plan.number[2:]}{serial:05d}"


def _give_tickets(people: list[Past], random: Random) -> None:
    plan, entrants = people[0].plan, [one for one in people if one.row["state"] == "eligible"]
    serials = next_serials(f"ticket-{plan.number}", len(entrants)) if entrants else ()
    for one, serial in zip(random.sample(entrants, len(entrants)), serials, strict=True):
        one.row["ticket_number"] = f"{plan.number[2:]}{serial:05d}"
        if plan.state not in SCORED:
            continue
        here = random.random() >= 0.04
        one.scores = {part: Score(mark=mark(random)) if here else Score(absent=True) for part in plan.parts}
        one.row |= judge_row(one.scores, level=plan.level, day=plan.exam_on)


def seat(found: list[Past], at: datetime) -> None:
    """This function will load sittings, seats with attendance, and scores of everybody who has a ticket."""
    by_plan: dict[str, list[Past]] = {}
    for one in found:
        if one.row["ticket_number"]:
            by_plan.setdefault(one.plan.number, []).append(one)
    sittings: list[dict[str, Any]] = []
    seated: list[tuple[int, int, Past]] = []
    for people in by_plan.values():
        people.sort(key=lambda one: str(one.row["ticket_number"]))
        _seat(people, sittings, seated)
    keys = load_history("sittings", sittings, by=PLATFORM, at=at)
    seats = (
        {
            "sitting_id": keys[place],
            "candidate_id": one.key,
            "seat_number": number,
            "present": present,
            "noted_at": None if present is None else at_hour(one.plan.exam_on, 17),
        }
        for place, number, one in seated
        for present in (_present(one),)
    )
    load_history("seats", seats, by=PLATFORM, at=at)
    scores = (
        {"candidate_id": one.key, "part": part.value, "value": score.mark, "entered_at": at_hour(one.plan.exam_on + timedelta(days=2), 10)}
        for one in found
        for part, score in one.scores.items()
        if score.mark is not None
    )
    load_history("scores", scores, by=PLATFORM, at=at)


def _present(one: Past) -> bool | None:
    if one.plan.state is PlanState.ARRANGED:
        return None
    return not (one.scores and next(iter(one.scores.values())).absent)


def _seat(people: list[Past], sittings: list[dict[str, Any]], seated: list[tuple[int, int, Past]]) -> None:
    plan = people[0].plan
    numbers = iter(next_serials(f"sitting-{plan.number}", sum(_needed(plan, part, len(people)) for part in plan.parts)))
    for part in plan.parts:
        left = list(people)
        for start, minutes in _SLOTS[part]:
            for place, (room, seats) in enumerate(plan.body.rooms[part.value]):
                if not left:
                    break
                sittings.append(_sitting(plan, part, room, place, start, minutes, next(numbers)))
                seated += [(len(sittings) - 1, number, one) for number, one in enumerate(left[:seats], 1)]
                left = left[seats:]


def _needed(plan: PastPlan, part: Part, people: int) -> int:
    count = 0
    for _ in _SLOTS[part]:
        for _, seats in plan.body.rooms[part.value]:
            if people > 0:
                count, people = count + 1, people - seats
    return count


def _sitting(plan: PastPlan, part: Part, room: int, place: int, start: time, minutes: int, serial: int) -> dict[str, Any]:
    duty = "invigilator" if part is Part.THEORY else "assessor"
    starts = at_hour(plan.exam_on, start.hour, start.minute)
    people = plan.body.staff[duty][place * 3 : place * 3 + 3]
    ends, held = starts + timedelta(minutes=minutes), plan.state is not PlanState.ARRANGED
    return {
        "number": f"{plan.number}-{serial:02d}",
        "plan_id": plan.key,
        "part": part.value,
        "room_id": room,
        "starts_at": starts,
        "ends_at": ends,
        "opened_at": starts - timedelta(minutes=30) if held else None,
        "closed_at": ends if held else None,
        "invigilators": [{"number": number, "name": name} for _, number, name in people],
        "supervisor_id": plan.body.staff["internal_supervisor"][place][0],
    }


def announce(found: list[Past], at: datetime) -> dict[str, date]:
    """This function will load the public notices of results and give, by plan, the day after the last of its notice."""
    by_plan: dict[str, list[Past]] = {}
    for one in found:
        if one.scores:
            by_plan.setdefault(one.plan.number, []).append(one)
    rows, until = [], {}
    for people in by_plan.values():
        row = _notice(people, at)
        rows.append(row)
        until[str(row["case"])] = row["closes_on"]
    load_notices(rows, by=PLATFORM, at=at)
    return until


def _notice(people: list[Past], at: datetime) -> dict[str, Any]:
    plan, days = people[0].plan, calendar()
    passed = sorted((one for one in people if one.row["result"] == "passed"), key=lambda one: str(one.row["ticket_number"]))
    opened_on = days.add_working_days(plan.exam_on, 2)
    term = NOTICE_WORKING_DAYS.on(opened_on)
    closes_on = days.add_working_days(opened_on, term.value - 1) + timedelta(days=1)
    over = plan.state is not PlanState.ANNOUNCED
    level = Level(plan.level).label
    return {
        "number": f"GS{opened_on:%Y}{next_serials(f'notice-{opened_on:%Y}', 1)[0]:06d}",
        "matter": MATTER,
        "case": plan.number,
        "title": f"{plan.body.name}{plan.title}成绩公示"[:200],
        "preface": f"参加考试{len(people)}人，各科成绩均合格{len(passed)}人，现将合格人员名单公示。",
        "columns": notice_columns(plan.parts),
        "rows": [
            [
                str(n),
                one.row["ticket_number"],
                mask_name(one.someone.name),
                mask_id_number(one.someone.id_number),
                plan.body.occupation.name,
                level,
                *(shown(one.scores[part]) for part in plan.parts),
                "合格",
            ]
            for n, one in enumerate(passed, 1)
        ],
        "office_id": plan.body.office_id,
        "phone": "021-00000000",
        "clause": str(term.clause),
        "working_days": term.value,
        "opened_on": opened_on,
        "closes_on": closes_on,
        "closed_at": at_hour(closes_on, 1) if over else None,
        "outcome": "公示期满" if over else "",
    }


def certify(found: list[Past], until: dict[str, date], today: date, at: datetime) -> int:
    """This function will load a certificate for everybody who passed in a certified plan, in order of issue, and count them."""
    passed = [one for one in found if one.plan.state is PlanState.CERTIFIED and one.row["result"] == "passed"]
    days = calendar()
    day_of = {number: min(today, days.add_working_days(closes_on, 1)) for number, closes_on in until.items()}
    passed.sort(key=lambda one: (day_of[one.plan.number], one.plan.number, one.row["number"]))
    series: dict[str, list[Past]] = {}
    for one in passed:
        day = day_of[one.plan.number]
        prefix = prefix_of(one.plan.body.kind, one.plan.body.site_code, day)
        series.setdefault(f"certificate-{prefix}{day:%y}{level_place(Level(one.plan.level), day)}", []).append(one)
    rows: list[dict[str, Any]] = []
    for name, people in series.items():
        rows += [_certificate(one, serial, day_of[one.plan.number]) for one, serial in zip(people, next_serials(name, len(people)), strict=True)]
    rows.sort(key=lambda row: (row["issued_on"], row["plan_number"], row["number"]))
    return len(load_certificates(rows, by=PLATFORM, at=at))


def _certificate(one: Past, serial: int, day: date) -> dict[str, Any]:
    plan, body, level = one.plan, one.plan.body, Level(one.plan.level)
    marks = {part: score.mark for part, score in one.scores.items()}
    standard = body.scope[plan.level][1]
    return {
        "number": str(compose(kind=body.kind, site_code=body.site_code, issued_on=day, level=level, serial=serial)),
        "holder_id": one.row["person_id"],
        "holder_name": one.someone.name,
        "holder_name_key": one.row["name_key"],
        "body_id": body.key,
        "body_name": body.name,
        "occupation_code": body.occupation.code,
        "occupation_name": body.occupation.name,
        "level": level_place(level, day),
        "issued_on": day,
        "plan_number": plan.number,
        "candidate_number": one.row["number"],
        "theory": marks.get(Part.THEORY),
        "practical": marks.get(Part.PRACTICAL),
        "panel": marks.get(Part.PANEL),
        "basis": {
            "condition": one.row["satisfied_condition"],
            "earlier_certificate": (one.row["claims"]["certificate"] or {}).get("number", ""),
            "ground": one.row["ground"],
            "applied_on": one.row["applied_on"].isoformat(),
            "plan": plan.number,
            "filing": body.filing,
            "standard": f"{standard.number} {standard.title} {standard.edition}",
            "exam_on": plan.exam_on.isoformat(),
            "scores": {part.value: str(value) for part, value in marks.items()},
        },
    }
