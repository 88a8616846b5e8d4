"""发证测试公用: awards for people who passed, issued straight into the register."""

from datetime import date, datetime
from decimal import Decimal

from tests.cast import SHANGHAI, Cast
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import enter_person
from touchstone.bodies.models import Body
from touchstone.bodies.operations import assign_site_code
from touchstone.certificates.operations import Award, Issued, issue
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.roles import BodyKind
from touchstone.simulation.identity import id_number

AT = datetime(2026, 4, 7, 9, tzinfo=SHANGHAI)
PLAN = "JH202600001"


def coded(cast: Cast) -> Cast:
    """Give the cast with a site code for body 甲."""
    assign_site_code(body=cast.body_a, code="300001", by=cast.xu, at=cast.at)
    cast.body_a.refresh_from_db()
    return cast


def code_second(cast: Cast) -> None:
    """Give body 乙 a site code of its own."""
    assign_site_code(body=cast.body_b, code="300002", by=cast.xu, at=cast.at)
    cast.body_b.refresh_from_db()


def awards(count: int, *, first: int = 0, plan: str = PLAN, names: tuple[str, ...] = ()) -> list[Award]:
    """Give that many people who passed."""
    found = []
    for n in range(first, first + count):
        name = names[n - first] if n - first < len(names) else f"获证{n}"
        person = enter_person(name=name, id_number=id_number(n, birthday=date(1991, 2, 3), male=True), by=PLATFORM, at=AT)
        found.append(Award(f"KS{plan[2:]}{n:05d}", person.pk, name, {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal("85.5")}, {"plan": plan}))
    return found


def give(
    cast: Cast,
    listed: list[Award],
    *,
    body: Body | None = None,
    by: Actor | None = None,
    level: Level = Level.FIVE,
    at: datetime = AT,
    plan: str = PLAN,
    code: str = "6-18-01-01",
) -> list[Issued]:
    """Issue certificates of 车工 to the listed: body 甲 and its leader, where nobody else is named."""
    return issue(
        body=body or cast.body_a,
        kind=BodyKind.ENTERPRISE,
        occupation_code=code,
        occupation_name="车工",
        trade_name="",
        level=level,
        plan_number=plan,
        awards=listed,
        by=by or cast.qian,
        at=at,
    )
