"""共用的测试: is a photo, a machine at a seat or a device at the door that should not be shared found in the platform's own data?"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.certificates.issuing import AT, coded, give
from tests.exams.computer import HOUR, at_the_computer
from tests.exams.judging import bench_again
from tests.exams.pictures import portrait
from tests.exams.registering import put_in_force, terms
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.monitoring.comparing import ask_only, compared, found
from touchstone.accounts.actor import VISITOR, Actor
from touchstone.accounts.operations import LogIn
from touchstone.accounts.queries import actors_of, user_of
from touchstone.certificates.operations import Award
from touchstone.exams.models import Candidate, SignIn
from touchstone.exams.operations import own_registration as own
from touchstone.exams.operations.candidate_desk import sign_up_candidate
from touchstone.exams.operations.day import sign_in
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import draft_plan
from touchstone.exams.operations.script_begin import begin_script
from touchstone.exams.operations.script_watch import allow_move
from touchstone.kernel.law import Refusal
from touchstone.monitoring.models import Alert
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.exams.undertaking import version_of
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.identity import id_number, phone

PHOTO, MACHINE, DOOR = "reused.photo", "reused.device_in_sitting", "reused.device_across_bodies"
ONE, OTHER, THIRD = "1" * 32, "2" * 32, "3" * 32


@pytest.fixture(autouse=True)
def _few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the three rules alone."""
    ask_only(monkeypatch, (PHOTO, MACHINE, DOOR))


def told(rule: str) -> Alert:
    """Give the one case of a rule."""
    return Alert.objects.get(rule=rule)


def test_one_photo_of_two_people_is_found(cast: Cast) -> None:
    """两人报名用同一张照片，各得一本证书：命中。第三人的照片不同，第四人没有照片，不命中。"""
    coded(cast)
    plan = draft_plan(
        scope_item_id=put_in_force(cast, level=4).pk, terms=terms(open_to_candidates=True, fee=280), by=cast.sun, at=cast.at
    ).number  # fmt: skip
    report_plan(number=plan, by=cast.sun, at=cast.at)
    registered = [_registers(cast, plan, n, portrait(wall=wall)) for n, wall in enumerate((240, 240, 236))]
    awards = [_award(plan, one.number, one.person_id, one.name) for one in registered]
    fourth = sign_up_candidate(
        name="没照片", id_number=id_number(309, birthday=date(1990, 1, 1), male=False), phone=phone(309), log_in=LogIn("own309", PASSWORD),
        by=VISITOR, at=cast.at,
    )  # fmt: skip
    made = give(cast, [*awards, _award(plan, "KS0", fourth.pk, fourth.name)], level=Level.FOUR, plan=plan, at=AT)
    assert found(compared()) == {PHOTO: 1}
    alert = told(PHOTO)
    assert "用于2人的2张证书" in alert.told
    assert sorted(alert.rows.values_list("number", flat=True)) == sorted(one.certificate_number for one in made[:2])


def _registers(cast: Cast, plan: str, n: int, picture: bytes) -> Candidate:
    """Somebody opens a log-in and registers themselves with a photo."""
    person = sign_up_candidate(
        name=f"自报{'甲乙丙'[n]}", id_number=id_number(300 + n, birthday=date(1990, 1, 1), male=True), phone=phone(300 + n),
        log_in=LogIn(f"own{n}", PASSWORD), by=VISITOR, at=cast.at,
    )  # fmt: skip
    user = user_of(person)
    assert user is not None
    by = actors_of(user, cast.at.date())[0]
    draft = own.begin_own_registration(plan_number=plan, by=by, at=cast.at).number
    claims = {"years_in_field": "8", "started_work_on": None, "certificate": None, "education": "高中", "major": "无"}
    own.save_own_registration(
        number=draft, ground="own_staff", employment="直接用工", employer=cast.body_a.name, condition="4-1", claims=claims, by=by, at=cast.at
    )  # fmt: skip
    own.give_photo(number=draft, name="我.jpg", content=picture, by=by, at=cast.at)
    return own.register_oneself(number=draft, undertaking=version_of(cast.at.date()), by=by, at=cast.at)


def _award(plan: str, candidate: str, holder: int, name: str) -> Award:
    return Award(candidate, holder, name, {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(85)}, {"plan": plan})


def test_one_machine_for_two_people_in_a_sitting_is_found(db: None) -> None:
    """同一场机考，两人在同一台机器上作答：命中。先在这台机器上坏了、换到别的机器写完的，不算；两人各用一台的也不算。"""
    room = at_the_computer(people=4)
    seats = [seat.pk for seat in room.seats]
    broken = begin_script(seat_id=seats[0], at=HOUR, device=ONE).script
    for seat, device in zip(seats[1:], (ONE, OTHER, THIRD), strict=True):
        begin_script(seat_id=seat, at=HOUR, device=device)
    with pytest.raises(Refusal, match="另一台计算机"):
        begin_script(seat_id=seats[0], at=HOUR, device="4" * 32)
    allow_move(script_number=broken.number, reason="死机", by=room.stage.cast.sun, at=HOUR)
    begin_script(seat_id=seats[0], at=HOUR, device="4" * 32)
    broken.refresh_from_db()
    assert broken.devices == [ONE, "4" * 32], "换过的机器都留着"
    assert found(compared()) == {}
    allow_move(script_number=broken.number, reason="又死机", by=room.stage.cast.sun, at=HOUR)
    begin_script(seat_id=seats[0], at=HOUR + timedelta(minutes=5), device=ONE)
    assert found(compared(at=AT + timedelta(days=60))) == {MACHINE: 1}
    alert = told(MACHINE)
    assert f"场次{room.sitting.number}的同一答题设备由2人使用" in alert.told
    assert sorted(alert.rows.values_list("number", flat=True)) == sorted(seat.candidate.number for seat in room.seats[:2])


@dataclass(frozen=True)
class SecondCast(Cast):
    """The cast with body 乙 in the place of body 甲: 施 does everything there."""

    def __getattr__(self, username: str) -> Actor:
        return super().__getattr__({"sun": "shi", "lin": "shi", "qian": "shi"}.get(username, username))


def _lets_in(stage: Stage, device: str) -> None:
    """Everybody is signed in at the door of the theory exam with one device."""
    sitting, at = stage.sittings()[0], moment(EXAM_ON, 8, 45)
    for ticket in stage.tickets():
        sign_in(sitting_number=sitting.number, ticket=ticket, identity="id_card", device=device, by=stage.cast.sun, at=at)


def test_one_device_at_the_doors_of_two_bodies_is_found(cast: Cast) -> None:
    """一家机构用一台设备登记全部考生，不命中；同一台设备又在另一家机构登记，命中；另一家用自己的设备，不命中。"""
    _lets_in(Stage(cast).reviewed().with_sittings().arranged().opened(), ONE)
    assert found(compared()) == {}
    second = SecondCast(cast.body_b, cast.body_a, cast.at)
    stage = Stage(second, site_code="300002", serial=400, filing="BA2026000002").reviewed().with_sittings().arranged().opened()
    sitting, (first, *others) = stage.sittings()[0], stage.tickets()
    at = moment(EXAM_ON, 8, 45)
    for ticket in others:
        sign_in(sitting_number=sitting.number, ticket=ticket, identity="id_card", device=OTHER, by=second.sun, at=at)
    assert found(compared(at=AT + timedelta(days=60))) == {}
    sign_in(sitting_number=sitting.number, ticket=first, identity="id_card", device=ONE, by=second.sun, at=at)
    assert found(compared(at=AT + timedelta(days=61))) == {DOOR: 1}
    assert "在2家评价机构登记了4人到考" in told(DOOR).told
    assert set(told(DOOR).concerned.values_list("body__name", flat=True)) == {cast.body_a.name, cast.body_b.name}


def test_an_assessor_who_is_sent_carries_one_telephone_everywhere(db: None) -> None:
    """派遣的考评人员各家都去，用自己的手机登记入场的，不记设备；本机构的人登记的才记。"""
    bench = bench_again()
    SignIn.objects.update(replaced_at=AT)
    bench.sitting.seats.update(present=None)
    at = moment(EXAM_ON, 13)
    for place, by in enumerate((bench.assessors[0], bench.stage.cast.sun)):
        sign_in(sitting_number=bench.sitting.number, ticket=bench.ticket(place), identity="id_card", device=ONE, by=by, at=at)
    standing = SignIn.objects.filter(replaced_at=None).order_by("pk")
    assert list(standing.values_list("device", flat=True)) == ["", ONE]
