"""虚构队伍: how do the assessors and supervisors of the synthetic city come to be qualified, by the real operations?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.history import load_people
from touchstone.accounts.people import Identity, opened_id_number
from touchstone.accounts.queries import city_centre
from touchstone.catalogue.queries import occupation as occupation_on
from touchstone.experts import operations
from touchstone.experts.operations.history import load_history
from touchstone.experts.queries import qualifications_of
from touchstone.kernel.periods import add_years
from touchstone.ledger.numbering import next_serials
from touchstone.policy.experts.entry import PRACTICE, SKILL
from touchstone.policy.experts.kinds import MemberKind
from touchstone.policy.experts.training import VALID_YEARS, hours_needed
from touchstone.simulation.cast import FOREIGN, HOME, actor_of, person_of
from touchstone.simulation.filing import PDF, TURNER

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.experts.models import Course, Member, Qualification
    from touchstone.simulation.crowd import Crowd

STAGES = ("drafted", "submitted", "in_training", "enrolled", "examined", "qualified")
"""How far an application may be taken."""
CLAIMS: Mapping[MemberKind, Mapping[str, Any]] = {
    MemberKind.ASSESSOR: {"certificate_level": 3, "title": "", "work_years": 8},
    MemberKind.SENIOR_ASSESSOR: {"certificate_level": 1, "title": "senior", "assessor_years": 6, "work_years": 15},
    MemberKind.INTERNAL_SUPERVISOR: {"work_years": 5},
    MemberKind.CITY_SUPERVISOR: {"work_years": 9},
    MemberKind.DISTRICT_SUPERVISOR: {"work_years": 6},
}
CROWD = 18
"""How many assessors of the small city have no log-in of their own."""


@dataclass(frozen=True)
class Hands:
    """Who takes an application along: the applicant (or their body), the clerk and the director of the office that checks."""

    applicant: Actor
    clerk: Actor
    director: Actor


def enter_member(username: str, *, district: str, employer: str, body: "Body | None", at: datetime) -> "Member":
    """This function will put someone of the cast on the register of the corps."""
    person = person_of(username)
    return operations.register_member(
        name=person.name, id_number=opened_id_number(person), phone="", district=district, employer=employer, body=body, by=PLATFORM, at=at
    )


def apply_to(
    stage: str,
    member: "Member",
    kind: MemberKind,
    hands: Hands,
    *,
    at: datetime,
    course: "Course | None" = None,
    occupation: str = TURNER,
    level: int | None = None,
    score: str = "82",
) -> str:
    """This function will take a new application of a member to a stage of `STAGES`, and give its number; the course begins a week after `at`."""
    code = occupation_on(occupation, at.date()) if kind.judges else None
    level = level or (1 if kind is MemberKind.SENIOR_ASSESSOR else 3)
    until = STAGES.index(stage)
    number = operations.begin_application(
        member=member.number, kind=kind, occupation=code, highest_level=level if kind.judges else None, by=hands.applicant, at=at
    ).number
    operations.save_application(number=number, claims={**CLAIMS[kind], "statement": "熟悉本职业标准，能够承担考评任务。"}, by=hands.applicant, at=at)
    for label in (SKILL, PRACTICE):
        operations.attach_proof(number=number, label=label, name=f"{label}.pdf", content=PDF, by=hands.applicant, at=at)
    if until >= 1:
        operations.submit_application(number=number, by=hands.applicant, at=at)
    if until >= 2:
        operations.admit_to_training(number=number, by=hands.clerk, at=at)
    if until >= 3:
        train(member, kind, hands, at=at, course=course, score=score, closes=until >= 4)
    if until >= 5:
        qualify(number, hands, at=at + timedelta(days=12))
    return number


def open_course(kind: MemberKind, clerk: Actor, *, at: datetime, title: str = "", seats: int = 40) -> "Course":
    """This function will announce a course that begins a week after `at` and lasts four days."""
    begins = at.date() + timedelta(days=7)
    return operations.announce_course(
        title=title or f"{begins.year}年{kind.label}培训班",
        kind=kind,
        hours=hours_needed(kind, at.date()).value,
        begins_on=begins,
        ends_on=begins + timedelta(days=3),
        place="虚构路88号培训中心301室",
        seats=seats,
        by=clerk,
        at=at,
    )


def train(
    member: "Member", kind: MemberKind, hands: Hands, *, at: datetime, course: "Course | None" = None, score: str = "82", closes: bool = True
) -> "Course":
    """This function will have a member trained and examined in a course (of their own, where none is named)."""
    found = course or open_course(kind, hands.clerk, at=at)
    operations.enrol(course=found.number, member=member.number, by=hands.applicant, at=at)
    if closes:
        then = at + timedelta(days=11)
        operations.note_results(
            course=found.number, results=[operations.Result(member.number, found.hours, Decimal(score))], by=hands.clerk, at=then
        )
        operations.close_course(number=found.number, by=hands.clerk, at=then)
    return found


def qualify(number: str, hands: Hands, *, at: datetime) -> "Qualification":
    """This function will have the director grant what was applied for."""
    return operations.grant_qualification(number=number, by=hands.director, at=at)


def set_up_corps(body: "Body", crowd: "Crowd", *, begun: datetime, at: datetime) -> None:
    """This function will give the small city its corps: four of the cast qualified by the whole way, a crowd of assessors, and cases under way."""
    day = begun.date()
    tao, han, zhou, wu = (actor_of(name, day) for name in ("tao", "han", "zhou", "wu"))
    song = enter_member("song", district=FOREIGN, employer="上海辛酉精工有限公司", body=None, at=begun)
    ye = enter_member("ye", district=HOME, employer="上海壬戌职业培训学校", body=None, at=begun)
    luo = enter_member("luo", district=HOME, employer="", body=body, at=begun)
    wei = enter_member("wei", district="", employer="上海癸亥质量认证中心", body=None, at=begun)
    for member, name, kind in ((song, "song", MemberKind.ASSESSOR), (ye, "ye", MemberKind.SENIOR_ASSESSOR), (wei, "wei", MemberKind.CITY_SUPERVISOR)):
        apply_to("qualified", member, kind, Hands(actor_of(name, day), tao, han), at=begun)
    apply_to("qualified", luo, MemberKind.INTERNAL_SUPERVISOR, Hands(actor_of("gu", day), zhou, wu), at=begun)
    _crowd(crowd, day)
    _under_way(body, crowd, song, at)


def _crowd(crowd: "Crowd", day: date) -> None:
    """Assessors from all over the city who were qualified before the platform, all for the occupation of the filed body; some soon to expire."""
    at = datetime.combine(day, datetime.min.time()).astimezone()
    code, centre = occupation_on(TURNER, day), city_centre()
    assert code is not None
    people = [crowd.grown_up(day) for _ in range(CROWD)]
    keys = load_people([Identity(one.name, one.id_number, one.phone) for one in people], by=PLATFORM, at=at)
    serials = next_serials("corps-member", CROWD)
    districts = (HOME, FOREIGN, "310105", "310112", "310110", "")
    members = load_history(
        "members",
        [
            {
                "number": f"DW{serial:06d}",
                "person_id": key,
                "district": districts[n % len(districts)],
                "employer": f"上海虚构精密部件{n + 1}厂",
                "joined_at": at,
            }
            for n, (serial, key) in enumerate(zip(serials, keys, strict=True))
        ],
        by=PLATFORM,
        at=at,
    )
    rows = []
    for n, key in enumerate(members):
        kind = MemberKind.SENIOR_ASSESSOR if n % 4 == 0 else MemberKind.ASSESSOR
        since = add_years(day, -2) if n % 6 else add_years(day, -3) + timedelta(days=230)
        rows.append(
            {
                "number": f"{'GK' if kind is MemberKind.SENIOR_ASSESSOR else 'KP'}31{since:%Y}9{n:04d}",
                "member_id": key,
                "kind": kind.value,
                "occupation_id": code.pk,
                "highest_level": 1 if kind is MemberKind.SENIOR_ASSESSOR else 3,
                "office_id": centre.pk,
                "since": since,
                "until": add_years(since, VALID_YEARS.on(day).value),
            }
        )
    load_history("qualifications", rows, by=PLATFORM, at=at)


def _under_way(body: "Body", crowd: "Crowd", warned: "Member", at: datetime) -> None:
    """Cases that wait for somebody: an application to check, one in training for the next course, a warning."""
    day, then = at.date(), at - timedelta(days=2)
    gu, tao, han = (actor_of(name, day) for name in ("gu", "tao", "han"))
    hands = Hands(gu, tao, han)
    for stage in ("submitted", "enrolled"):
        someone = crowd.grown_up(day)
        member = operations.register_member(
            name=someone.name, id_number=someone.id_number, phone=someone.phone, district=body.district, employer="", body=body, by=gu, at=then
        )
        apply_to(stage, member, MemberKind.ASSESSOR, hands, at=then)
    held = _held(warned, day)
    operations.warn_member(qualification=held, reason="无正当理由迟到，影响开考。", by=han, at=then)
    operations.draw_up_year(year=day.year, by=tao, at=at)


def _held(member: "Member", day: date) -> str:
    held = qualifications_of(member, day).first()
    assert held is not None
    return held.number
