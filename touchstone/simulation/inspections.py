"""虚构双随机抽查: how does a district come to a plan of the year and a draw that anybody can check, by the real operations?"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from math import cos, sin

from PIL import Image, ImageDraw

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import enter_person, grant_role, open_log_in
from touchstone.accounts.queries import district_bureau
from touchstone.inspections import operations as acts
from touchstone.inspections.facts import supervised_by
from touchstone.inspections.operations import CheckTerms, Given, PlanTerms, SourceTold
from touchstone.inspections.queries import own_visits, to_reveal, visiting
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import Source
from touchstone.policy.roles import Role
from touchstone.policy.supervision.items import Answer, items_drawn
from touchstone.simulation.cast import BODY_C, HOME, PASSWORD, actor_of, person_of
from touchstone.simulation.evaluation import at_hour
from touchstone.simulation.identity import id_number, phone

OUTCOMES = {Source.UNION: "03 08 11 19 27 33 + 05", Source.SUPER: "04 12 18 25 33 + 03 11", Source.SEVEN: "3 5 0 9 1 7 12"}
SECOND = "nie"
"""The log-in of the second inspector of the home district, beside 王怀瑾; of no other part in the city."""


def populate(*, at: datetime) -> None:
    """This function will give the home district a second inspector, a plan for the rest of the year, a draw some weeks ago that came to its end,
    with a finding that waits to be corrected, and a daily check half answered.

    The numbers of the lotteries are invented, the secret is made from the day so that the same city grows the same.
    """
    days = calendar()
    morning = {n: at_hour(days.add_working_days(at.date(), n), 9) for n in (-30, -25, -24, -20, -1)}
    _second_inspector(morning[-30])
    wang, wu = (actor_of(name, morning[-30].date()) for name in ("wang", "wu"))
    first = morning[-20].date()
    items = [one.key for one in items_drawn(first)][:6]
    terms = PlanTerms(items, range(first.month, 13), "重点检查申报条件审核和考评人员派遣。")
    plan = acts.draft_plan(year=first.year, terms=terms, by=wang, at=morning[-30]).number
    acts.submit_plan(number=plan, by=wang, at=morning[-30])
    acts.approve_plan(number=plan, opinion="同意，请按计划实施。", by=wu, at=morning[-30] + timedelta(hours=2))
    draw = acts.begin_draw(plan_number=plan, visits_from=first, by=wang, at=morning[-25]).number
    evening = morning[-25] + timedelta(hours=12, minutes=15)
    sources = [SourceTold(one, evening, "彩票中心官方网站开奖公告（虚构）") for one in OUTCOMES]
    secret = sha256(f"inspections {first}".encode()).digest()
    acts.announce(number=draw, sources=sources, secret=secret, by=wang, at=morning[-25] + timedelta(hours=1))
    told = {one.plain()["name"]: OUTCOMES[one.source] for one in sources}
    acts.enter_chance(number=draw, outcomes=told, by=wang, at=morning[-24])
    acts.attest_chance(number=draw, outcomes=told, by=wu, at=morning[-24] + timedelta(minutes=20))
    acts.draw_and_match(number=draw, by=wang, at=morning[-24] + timedelta(minutes=40))
    for number in to_reveal(morning[-1]):
        acts.reveal(number=number, by=PLATFORM, at=morning[-1])
    second, later = actor_of(SECOND, morning[-1].date()), morning[-1] + timedelta(hours=1)
    for n, visit in enumerate(own_visits(wang, morning[-1])):
        acts.open_visit(number=visit.number, by=wang, at=morning[-1])
        wrong = {"venue.cameras": "技能考场4个摄像头中1个当场没有画面。"} if n == 0 else {}
        fill_in(visit.number, wrong, by=wang, at=morning[-1])
        sign_and_seal(visit.number, (wang, second), at=later)
        for problem in visiting.problems_of(visiting.visit(visit.number, wang)):
            acts.correct_at_once(problem=problem.pk, asked="修复摄像头，提交修复后的画面截图。", by=wang, at=later)
    lines = supervised_by(district_bureau(HOME), later.date())
    body = next((one.body for one in lines if one.body.name == BODY_C), lines[-1].body)
    daily = CheckTerms(body.number, ["system", "venue", "archive"], person_of(SECOND).number)
    begun = acts.begin_check(terms=daily, by=wang, at=later)
    fill_in(begun.number, {}, by=wang, at=later, only="system")


def fill_in(number: str, wrong: Mapping[str, str], *, by: Actor, at: datetime, only: str = "") -> None:
    """This function will answer the questions of a visit (of one item, where named): no with these words where they are given, yes else."""
    for item, checks in visiting.items_of(visiting.visit(number, by)):
        for check in checks if not only or item.key == only else ():
            note = wrong.get(check.key, "")
            given = Given(check.key, Answer.NO if note else Answer.YES, note)
            acts.answer_check(number=number, given=given, client_key=f"{number}:{check.key}", by=by, at=at)


def sign_and_seal(number: str, inspectors: Sequence[Actor], *, at: datetime) -> None:
    """This function will have the inspectors and somebody of the body sign a visit as it stands, and seal it."""
    first = inspectors[0]
    digest = visiting.digest_of(visiting.visit(number, first))
    for one in inspectors:
        acts.sign_visit(number=number, digest=digest, by=one, at=at)
    acts.sign_by_hand(number=number, digest=digest, name="范书成", post="评价部门负责人", drawing=scribble(), by=first, at=at)
    acts.seal_visit(number=number, by=first, at=at)


def scribble() -> bytes:
    """This function will give a picture as somebody's signature drawn with a finger would be."""
    picture, out = Image.new("RGB", (900, 300), "white"), BytesIO()
    line = [(90 + 16 * n, 150 + round(80 * sin(n * 0.9) * cos(n * 0.21))) for n in range(46)]
    ImageDraw.Draw(picture).line(line, fill="#1b1f27", width=5, joint="curve")
    picture.save(out, "PNG")
    return out.getvalue()


def _second_inspector(at: datetime) -> None:
    number = id_number(498, birthday=date(1986, 4, 9), male=True)
    person = enter_person(name="聂清扬", id_number=number, phone=phone(498), by=PLATFORM, at=at)
    open_log_in(person=person, username=SECOND, password=PASSWORD, by=PLATFORM, at=at)
    grant_role(person=person, office=district_bureau(HOME), role=Role.SUPERVISOR, since=at.date(), by=PLATFORM, at=at)
