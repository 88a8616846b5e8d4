"""现场的案例: what is planted for sittings, attendance, pace and assessors?"""

from datetime import date, datetime, time, timedelta

from touchstone.lake.planted.world import LONG_AGO, Life, Plan, World, plant


def _twice(world: World, *, minutes: int, venue: str = "", present: bool = True) -> tuple[Life, Life]:
    """One person in two plans of one day: the second theory sitting begins `minutes` after the practical one of the first ends (16:00)."""
    day, someone = date(2026, 3, 2), world.person()
    one = world.plan(day=day, venue=venue)
    two = world.plan(day=day, occupation="4-14-02-02", venue=venue)
    start = datetime.combine(day, time(16)) + timedelta(minutes=minutes)
    two.theory |= {"starts_at": start, "ends_at": start + timedelta(minutes=90)}
    two.practical |= {"starts_at": start + timedelta(minutes=100), "ends_at": start + timedelta(minutes=190)}
    _follow(world, two)
    first, second = world.life(one, someone), world.life(two, someone)
    if not present:
        second.theory["present"] = False
    return first, second


def _follow(world: World, plan: Plan) -> None:
    """The assessors of a plan follow its sitting."""
    for row in world.rows["assignments"]:
        if row["plan_number"] == plan.row["plan_number"]:
            row |= {key: plan.practical[key] for key in ("starts_at", "ends_at", "held_on")}


@plant("presence.two_places")
def two_places(world: World) -> None:
    first, second = _twice(world, minutes=-1)
    world.expect("presence.two_places", first.candidate["row_id"], second.candidate["row_id"])
    world.miss("presence.two_places", _twice(world, minutes=-1, present=False))
    world.miss("presence.two_places", _twice(world, minutes=world.number("presence.no_time_to_travel", "least")))


@plant("presence.no_time_to_travel")
def no_time_to_travel(world: World) -> None:
    least = world.number("presence.no_time_to_travel", "least")
    for minutes in (0, least - 1):
        first, second = _twice(world, minutes=minutes)
        world.expect("presence.no_time_to_travel", first.candidate["row_id"], second.candidate["row_id"])
    world.miss("presence.no_time_to_travel", _twice(world, minutes=least))
    world.miss("presence.no_time_to_travel", _twice(world, minutes=0, venue="KD同处"))


def _absent(life: Life) -> None:
    life.theory["present"] = life.practical["present"] = False


@plant("presence.more_than_present")
def more_than_present(world: World) -> None:
    plan = world.plan()
    lives = world.batch(4, plan)
    _absent(lives[0])
    world.expect("presence.more_than_present", *lives)
    world.expect("presence.absent_yet_certified", lives[0])
    # As many certificates as people; one of them came to the practical part alone, the theory of last time being kept.
    other = world.batch(4)
    other[0].theory["present"] = False
    world.miss("presence.more_than_present", other)


@plant("presence.absent_yet_certified")
def absent_yet_certified(world: World) -> None:
    plan = world.plan()
    lives = world.batch(3, plan)
    _absent(lives[0])
    lives[1].certificate["valid"] = False
    world.expect("presence.absent_yet_certified", lives[0])
    near = world.batch(2)
    _absent(near[0])
    near[0].certificate["valid"] = False
    world.miss("presence.absent_yet_certified", near)


@plant("presence.more_than_seats")
def more_than_seats(world: World) -> None:
    plan = world.plan(seats=3)
    world.batch(4, plan)
    world.expect("presence.more_than_seats", plan.theory["row_id"])
    full = world.plan(seats=3)
    world.batch(3, full)
    _absent_only(world, full)
    world.miss("presence.more_than_seats", full)


def _absent_only(world: World, plan: Plan) -> None:
    """One more who registered, did not come and got nothing."""
    life = world.life(plan)
    _absent(life)
    life.certificate["valid"] = False


@plant("presence.more_than_registered")
def more_than_registered(world: World) -> None:
    plan = world.plan()
    lives = world.batch(3, plan)
    plan.row["registered"] = 2
    world.expect("presence.more_than_registered", *lives)
    near = world.plan()
    world.batch(3, near)
    near.row["registered"] = 3
    world.miss("presence.more_than_registered", near)


@plant("dates.exam_day_of_plan")
def exam_day_of_plan(world: World) -> None:
    plan = world.plan()
    world.expect("dates.exam_day_of_plan", world.life(plan, examined_on=plan.day + timedelta(days=1)))
    world.expect("dates.exam_day_of_plan", world.life(plan, examined_on=plan.day - timedelta(days=1)))
    world.miss("dates.exam_day_of_plan", world.life(plan, examined_on=plan.day))


@plant("presence.signed_outside")
def signed_outside(world: World) -> None:
    slack = world.number("presence.signed_outside", "slack")
    for minutes, found in ((-slack - 1, True), (91, True), (-slack, False), (90, False)):
        life = world.life()
        life.theory["signed_at"] = life.theory["starts_at"] + timedelta(minutes=minutes)
        world.note("presence.signed_outside", found, life.candidate["row_id"])


@plant("pace.sitting_too_short")
def sitting_too_short(world: World) -> None:
    for part in ("theory", "practical"):
        least = world.number("pace.sitting_too_short", "least")[part]
        for short, found in ((1, True), (0, False)):
            plan = world.plan()
            sitting = getattr(plan, part)
            sitting["ends_at"] = sitting["starts_at"] + timedelta(minutes=least - short)
            _follow(world, plan)
            world.life(plan)
            world.note("pace.sitting_too_short", found, sitting["row_id"])


@plant("pace.stations")
def stations(world: World) -> None:
    rounds = world.number("pace.stations", "rounds")
    for more, found in ((1, True), (0, False)):
        plan = world.plan(seats=2)
        # The theory part was taken elsewhere, in a room with seats enough.
        plan.theory["seats"] = 60
        world.rows["rooms"][-1]["seats"] = 60
        world.batch(2 * rounds + more, plan)
        world.note("pace.stations", found, plan.practical["row_id"])


@plant("pace.venue_day")
def venue_day(world: World) -> None:
    rounds = world.number("pace.venue_day", "rounds")
    for more, found in ((1, True), (0, False)):
        plan = world.plan(seats=2)
        plan.theory["seats"] = plan.practical["seats"] = 60
        world.batch(rounds + more, plan)
        world.note("pace.venue_day", found, plan.theory["row_id"], plan.practical["row_id"])


@plant("pace.scores")
def scores(world: World) -> None:
    most = world.number("pace.scores", "most")
    for more, found in ((1, True), (0, False)):
        by, at = world.index("id", f"快手{more}"), datetime.combine(date(2026, 3, 2), time(18))
        lives = world.batch(most + more)
        names = {life.candidate["row_id"] for life in lives}
        for row in world.rows["scores"]:
            if row["candidate_number"] in names and row["part"] == "theory":
                row |= {"entered_by": by, "entered_at": at + timedelta(seconds=len(names) % 59)}
        world.note("pace.scores", found, *names)


@plant("pace.night")
def night(world: World) -> None:
    earliest, latest = world.number("pace.night", "earliest"), world.number("pace.night", "latest")
    cases = ((time(latest), True), (time(earliest - 1, 59), True), (time(latest - 1, 59), False), (time(earliest), False))
    for start, found in cases:
        plan = world.plan()
        begins = datetime.combine(plan.day, start)
        plan.theory |= {"starts_at": begins, "ends_at": begins + timedelta(minutes=90)}
        world.life(plan)
        world.note("pace.night", found, plan.theory["row_id"])


@plant("pace.weekend")
def weekend(world: World) -> None:
    size, limit = world.number("pace.weekend", "size"), world.number("pace.weekend", "limit")
    saturday, monday = date(2026, 3, 28), date(2026, 3, 30)
    for many, found in (((size * limit + 99) // 100, True), ((size * limit + 99) // 100 - 1, False)):
        lives = world.batch(size)
        for n, life in enumerate(lives):
            life.certificate["issued_on"] = saturday if n < many else monday
        world.note("pace.weekend", found, *lives[:many])
    few = world.batch(size - 1, issued_on=saturday)
    world.miss("pace.weekend", few)


def _sent_twice(world: World, *, minutes: int, venue: str = "", assessor: str = "") -> tuple[Plan, Plan]:
    """One assessor in two plans of one day, the second sitting `minutes` after the end of the first (16:00)."""
    day, who = date(2026, 3, 2), assessor or world.index("id", f"两处{world.next()}")
    one, two = world.plan(day=day, venue=venue), world.plan(day=day, venue=venue)
    start = datetime.combine(day, time(16)) + timedelta(minutes=minutes)
    two.practical |= {"starts_at": start, "ends_at": start + timedelta(minutes=120)}
    _follow(world, two)
    world.qualify(who, "6-18-01-01")
    world.assign(who, one, one.practical)
    world.assign(who, two, two.practical)
    return one, two


@plant("assessors.two_places")
def assessor_in_two_places(world: World) -> None:
    one, two = _sent_twice(world, minutes=-1)
    world.expect("assessors.two_places", one.practical["row_id"], two.practical["row_id"])
    world.miss("assessors.two_places", _sent_twice(world, minutes=world.number("assessors.no_time_to_travel", "least")))


@plant("assessors.no_time_to_travel")
def assessor_travels(world: World) -> None:
    least = world.number("assessors.no_time_to_travel", "least")
    one, two = _sent_twice(world, minutes=least - 1)
    world.expect("assessors.no_time_to_travel", one.practical["row_id"], two.practical["row_id"])
    world.miss("assessors.no_time_to_travel", _sent_twice(world, minutes=least))
    world.miss("assessors.no_time_to_travel", _sent_twice(world, minutes=0, venue="KD一处"))


@plant("assessors.too_many_a_day")
def too_many_a_day(world: World) -> None:
    most = world.number("assessors.too_many_a_day", "most")
    for more, found in ((1, True), (0, False)):
        who, day = world.index("id", f"一天{more}"), date(2026, 3, 2)
        world.qualify(who, "6-18-01-01")
        names = []
        for turn in range(most + more):
            plan = world.plan(day=day, venue="KD一天")
            start = datetime.combine(day, time(7)) + timedelta(minutes=90 * turn)
            plan.practical |= {"starts_at": start, "ends_at": start + timedelta(minutes=60)}
            _follow(world, plan)
            world.assign(who, plan, plan.practical)
            names.append(plan.practical["row_id"])
        world.note("assessors.too_many_a_day", found, *names)


@plant("assessors.not_qualified")
def not_qualified(world: World) -> None:
    plan = world.plan()
    cases = (
        ("没有", None, True),
        ("他职业", ("4-14-02-02", LONG_AGO, None), True),
        ("当日到期", ("6-18-01-01", LONG_AGO, plan.day), True),
        ("次日到期", ("6-18-01-01", LONG_AGO, plan.day + timedelta(days=1)), False),
        ("当日起", ("6-18-01-01", plan.day, None), False),
    )
    for name, held, found in cases:
        other = world.plan()
        who = world.index("id", f"资格{name}")
        if held:
            world.qualify(who, *held)
        world.assign(who, other, other.practical)
        world.note("assessors.not_qualified", found, other.practical["row_id"])


@plant("assessors.examines_self")
def examines_self(world: World) -> None:
    for present in (True, False):
        plan, someone = world.plan(), world.person()
        life = world.life(plan, someone)
        life.practical["present"] = False
        if not present:
            _absent(life)
            life.certificate["valid"] = False
        world.qualify(someone.holder, "6-18-01-01")
        world.assign(someone.holder, plan, plan.practical)
        world.note("assessors.examines_self", present, plan.practical["row_id"])
