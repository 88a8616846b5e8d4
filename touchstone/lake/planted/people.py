"""人员的案例: what is planted for things shared, for outside registers and for the scores of a batch?"""

from datetime import date, timedelta
from decimal import Decimal

from touchstone.lake.planted.world import Life, World, plant


def _share(world: World, column: str, holders: int, bodies: int = 2) -> list[Life]:
    """Several people of several bodies with one index in a column."""
    shared = world.index("phone", f"共用{world.next()}")
    plans = [world.plan() for _ in range(bodies)]
    lives = [world.life(plans[n % bodies]) for n in range(holders)]
    for life in lives:
        life.certificate[column] = shared
    return lives


def _share_across_bodies(world: World, rule: str, column: str) -> None:
    limit = world.number(rule, "limit")
    world.expect(rule, *_share(world, column, limit))
    world.miss(rule, _share(world, column, limit - 1))
    world.miss(rule, _share(world, column, limit, bodies=1))


@plant("reused.phone")
def phone(world: World) -> None:
    _share_across_bodies(world, "reused.phone", "phone")


@plant("reused.address")
def address(world: World) -> None:
    _share_across_bodies(world, "reused.address", "address")


@plant("reused.photo")
def photo(world: World) -> None:
    world.expect("reused.photo", *_share(world, "photo", world.number("reused.photo", "limit"), bodies=1))
    someone = world.person()
    same = world.index("photo", "本人")
    for day, occupation in ((date(2026, 1, 5), "6-18-01-01"), (date(2026, 3, 9), "4-14-02-02")):
        world.life(world.plan(day=day, occupation=occupation), someone, photo=same)
    world.miss("reused.photo", someone)


@plant("reused.device_across_bodies")
def device_across_bodies(world: World) -> None:
    limit = world.number("reused.device_across_bodies", "limit")
    device = world.index("device", "带着走的")
    plans = [world.plan() for _ in range(limit)]
    for plan in plans:
        world.life(plan).theory["sign_device"] = device
    world.expect("reused.device_across_bodies", *(plan.theory["row_id"] for plan in plans))
    body = world.body()
    for _ in range(limit):
        world.miss("reused.device_across_bodies", world.life(world.plan(body)))


@plant("reused.device_in_sitting")
def device_in_sitting(world: World) -> None:
    limit = world.number("reused.device_in_sitting", "limit")
    device, lives = world.index("device", "一台机"), world.batch(limit)
    for life in lives:
        life.theory["answer_device"] = device
    world.expect("reused.device_in_sitting", *(life.candidate["row_id"] for life in lives))
    # The same machine in the next sitting serves the next person.
    again, body = world.index("device", "又一台机"), world.body()
    for day in (date(2026, 3, 2), date(2026, 3, 3)):
        life = world.life(world.plan(body, day=day))
        life.theory["answer_device"] = again
        world.miss("reused.device_in_sitting", life)


@plant("outside.after_death")
def after_death(world: World) -> None:
    for days, found in ((1, True), (0, False)):
        life = world.life()
        died = life.certificate["examined_on"] - timedelta(days=days)
        world.add("deaths", row_id=f"死亡{days}", holder=life.person.holder, died_on=died)
        world.note("outside.after_death", found, life)


def _student(world: World, school: str, registered: str = "", graduates_on: date | None = None) -> Life:
    life = world.life()
    life.candidate |= {"ground": "student", "school": school}
    if registered:
        graduates_on = graduates_on or life.candidate["registered_on"] + timedelta(days=100)
        name = f"XJ{world.next()}"
        world.add("school_register", row_id=name, holder=life.person.holder, school=registered, graduates_on=graduates_on)
    return life


@plant("outside.no_student")
def no_student(world: World) -> None:
    world.expect("outside.no_student", _student(world, "甲校").candidate["row_id"])
    world.expect("outside.no_student", _student(world, "甲校", "乙校").candidate["row_id"])
    world.miss("outside.no_student", _student(world, "甲校", "甲校"))
    world.miss("outside.no_student", world.life())


@plant("outside.not_graduating")
def not_graduating(world: World) -> None:
    # Registered on 2026-02-10: twelve months later is 2027-02-10.
    for day, found in ((date(2026, 2, 9), True), (date(2027, 2, 11), True), (date(2026, 2, 10), False), (date(2027, 2, 10), False)):
        life = _student(world, "甲校", "甲校", day)
        world.note("outside.not_graduating", found, life.candidate["row_id"])


@plant("outside.insured_elsewhere")
def insured_elsewhere(world: World) -> None:
    elsewhere, own, both, ended, none = (world.life() for _ in range(5))
    for life, payers in ((elsewhere, ("乙司",)), (own, ("甲司",)), (both, ("甲司", "乙司")), (ended, ()), (none, ())):
        life.candidate |= {"ground": "own_staff", "employer": "甲司"}
        for payer in payers:
            world.add("insurance", row_id=f"SB{world.next()}", holder=life.person.holder, employer=payer, since=date(2025, 1, 1))
    until = ended.candidate["registered_on"]
    world.add("insurance", row_id="SB停", holder=ended.person.holder, employer="乙司", since=date(2025, 1, 1), until=until)
    world.expect("outside.insured_elsewhere", elsewhere.candidate["row_id"])
    for near in (own, both, ended, none):
        world.miss("outside.insured_elsewhere", near)


def _theory(lives: list[Life], *scores: Decimal | int) -> None:
    for n, life in enumerate(lives):
        value = Decimal(scores[n % len(scores)])
        life.certificate |= {"theory": value, "total": None}


@plant("batch.same_scores")
def same_scores(world: World) -> None:
    size, limit = world.number("batch.same_scores", "size"), world.number("batch.same_scores", "limit")
    least = (size * limit + 99) // 100
    for many in (least, least - 1):
        lives = world.batch(size)
        for n, life in enumerate(lives):
            same = n < many
            life.certificate |= {"theory": Decimal(78 if same else 61 + n), "practical": Decimal(83 if same else 99 - n), "total": None}
        world.note("batch.same_scores", many == least, *lives[:many])


@plant("batch.too_equal")
def too_equal(world: World) -> None:
    size = world.number("batch.too_equal", "size")
    close = world.batch(size)
    _theory(close, 75, Decimal("75.5"), Decimal("76.0"))
    world.expect("batch.too_equal", *close)
    apart = world.batch(size)
    _theory(apart, 70, 75, 80)
    world.miss("batch.too_equal", apart)
    few = world.batch(size - 1)
    _theory(few, 75, Decimal("75.5"), Decimal("76.0"))
    world.miss("batch.too_equal", few)


@plant("batch.just_passed")
def just_passed(world: World) -> None:
    size, limit = world.number("batch.just_passed", "size"), world.number("batch.just_passed", "limit")
    pass_mark = world.number("batch.just_passed", "pass_mark")
    least = (size * limit + 99) // 100
    for many in (least, least - 1):
        lives = world.batch(size)
        for n, life in enumerate(lives):
            life.certificate |= {"theory": Decimal(pass_mark if n < many else 66 + n), "practical": Decimal(61 + n), "total": None}
        world.note("batch.just_passed", many == least, *lives[:many])


@plant("batch.last_digits")
def last_digits(world: World) -> None:
    size = world.number("batch.last_digits", "size")
    digits = [0] * 4 + list(range(10))
    for found in (True, False):
        body, lives = world.body(), []
        for turn in range(0, size, 20):
            plan = world.plan(body, day=date(2026, 1, 5) + timedelta(days=turn // 20 * 3))
            lives += world.batch(min(20, size - turn), plan)
        for n, life in enumerate(lives):
            digit = digits[n % len(digits)] if found else n % 10
            life.certificate |= {"theory": Decimal(60 + 10 * (n // 14 % 4) + digit), "total": None}
        world.note("batch.last_digits", found, *(life for life in lives if life.certificate["theory"] % 10 == 0))
