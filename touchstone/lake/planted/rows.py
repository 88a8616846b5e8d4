"""单行的案例: for every rule over one row, what is planted, and what comes close without being it?"""

from datetime import date, timedelta
from decimal import Decimal

from touchstone.lake.planted.world import Life, World, plant

WRONG_NUMBERS = (
    "X",
    "Y00003100000126400000",
    "S0000310000012640000011",
    "A000031000001264000001",
    "S00003100000126640000O1",
    "s000031000001264000001",
)


@plant("cells.required")
def required(world: World) -> None:
    life = world.life(empty_cells="姓名、发证日期", issued_on=None)
    world.expect("cells.required", life)
    world.miss("cells.required", world.life(trade_name=None))


@plant("cells.readable")
def readable(world: World) -> None:
    world.expect("cells.readable", world.life(cell_faults="出生日期“一九九〇年”", birthday=None))
    world.miss("cells.readable", world.life(cell_faults=""))


@plant("number.grammar")
def grammar(world: World) -> None:
    for wrong in WRONG_NUMBERS:
        life = world.life()
        life.number(wrong)
        world.expect("number.grammar", life)
    world.miss("number.grammar", world.life())


def _put(life: Life, place: int, text: str) -> None:
    number = life.certificate["number"]
    life.number(number[:place] + text + number[place + len(text) :])


@plant("number.post_outside_enterprise")
def post_outside_enterprise(world: World) -> None:
    life = _post(world, "S", "T")
    world.expect("number.post_outside_enterprise", life)
    world.miss("number.post_outside_enterprise", _post(world, "Y", "T"))


def _post(world: World, kind: str, letter: str) -> Life:
    life = world.life(world.plan(world.body(letter=kind)))
    _put(life, 15, letter)
    life.certificate |= {"level": letter, "theory": None, "practical": None, "total": None}
    return life


@plant("number.post_letter")
def post_letter(world: World) -> None:
    world.expect("number.post_letter", _post(world, "Y", "Q"))
    world.miss("number.post_letter", _post(world, "Y", "S"))


@plant("number.year")
def year(world: World) -> None:
    life = world.life()
    _put(life, 13, "25")
    world.expect("number.year", life)
    # The last day of the year and the first of the next, each with its own.
    for day in (date(2024, 12, 13), date(2024, 12, 14)):
        near = world.life(world.plan(day=day))
        world.miss("number.year", near)


@plant("number.level")
def level(world: World) -> None:
    life = world.life()
    _put(life, 15, "3")
    world.expect("number.level", life)
    world.miss("number.level", world.life(world.plan(level="3")))


@plant("number.province")
def province(world: World) -> None:
    for found in ("32", "11"):
        life = world.life()
        _put(life, 5, found)
        world.rows["bodies"][-1]["prefix"] = life.certificate["stated_prefix"] = life.certificate["number"][:13]
        world.expect("number.province", life)
    # A site of a central enterprise is numbered by the ministry's code, and may lie elsewhere.
    life = world.life()
    _put(life, 1, "000132")
    world.rows["bodies"][-1]["prefix"] = life.certificate["stated_prefix"] = life.certificate["number"][:13]
    world.miss("number.province", life)


@plant("number.stated_body")
def stated_body(world: World) -> None:
    life = world.life()
    life.certificate["stated_prefix"] = "S000031999999"
    world.expect("number.stated_body", life)
    near = world.life(stated_prefix="")
    world.miss("number.stated_body", near)


@plant("identity.length")
def identity_length(world: World) -> None:
    for wrong in ("310101900101123", "31010119900101123", "3101011990010112345", "31010119900101123*"):
        world.expect("identity.length", world.life(id_number=wrong))
    world.miss("identity.length", world.life(id_number="E12345678", id_kind="护照"))
    world.miss("identity.length", world.life(id_number=""))


@plant("identity.check_digit")
def check_digit(world: World) -> None:
    for _ in range(5):
        life = world.life()
        number = life.certificate["id_number"]
        life.certificate["id_number"] = number[:17] + "0123456789X"[("0123456789X".index(number[17]) + 1) % 11]
        world.expect("identity.check_digit", life)
    for _ in range(12):
        world.miss("identity.check_digit", world.life())


@plant("identity.birthday")
def identity_birthday(world: World) -> None:
    life = world.life()
    life.certificate["birthday"] += timedelta(days=1)
    world.expect("identity.birthday", life)
    world.miss("identity.birthday", world.life(birthday=None))


@plant("identity.sex")
def identity_sex(world: World) -> None:
    life = world.life()
    life.certificate["sex"] = "女" if life.person.sex == "男" else "男"
    world.expect("identity.sex", life)
    world.miss("identity.sex", world.life(sex=""))


@plant("dates.before_exam")
def before_exam(world: World) -> None:
    plan = world.plan()
    world.expect("dates.before_exam", world.life(plan, issued_on=plan.day - timedelta(days=1), notice_until=None))
    world.miss("dates.before_exam", world.life(plan, issued_on=plan.day, notice_until=None))


@plant("dates.in_future")
def in_future(world: World) -> None:
    day = world.asked["dates.in_future"].day
    for found, days in ((True, 1), (False, 0)):
        life = world.life(issued_on=day + timedelta(days=days))
        _put(life, 13, f"{life.certificate['issued_on']:%y}")
        world.note("dates.in_future", found, life)


@plant("dates.under_age")
def under_age(world: World) -> None:
    plan = world.plan(level="5")
    least = world.number("dates.under_age", "least")
    sixteen = plan.day.replace(year=plan.day.year - least)
    world.expect("dates.under_age", world.life(plan, world.person(sixteen + timedelta(days=1))))
    world.miss("dates.under_age", world.life(plan, world.person(sixteen)))
    # The number begins on 2023-10-01: an exam before that day is not judged by it.
    before = world.plan(level="5", day=date(2023, 9, 28))
    world.miss("dates.under_age", world.life(before, world.person(date(2008, 9, 1))))


@plant("dates.inside_notice")
def inside_notice(world: World) -> None:
    plan = world.plan()
    world.expect("dates.inside_notice", world.life(plan, issued_on=plan.row["notice_until"]))
    world.miss("dates.inside_notice", world.life(plan, issued_on=plan.row["notice_until"] + timedelta(days=1)))


@plant("scores.part_missing")
def part_missing(world: World) -> None:
    for missing in ({"theory": None}, {"practical": None}, {"theory": None, "practical": None}):
        world.expect("scores.part_missing", world.life(total=None, **missing))
    world.miss("scores.part_missing", world.life(panel=None))


@plant("scores.panel_missing")
def panel_missing(world: World) -> None:
    world.expect("scores.panel_missing", world.life(world.plan(level="2"), panel=None))
    world.miss("scores.panel_missing", world.life(world.plan(level="3"), panel=None))


@plant("scores.under_pass")
def under_pass(world: World) -> None:
    pass_mark = Decimal(world.number("scores.under_pass", "pass_mark"))
    world.expect("scores.under_pass", world.life(total=None, theory=pass_mark - Decimal("0.1")))
    world.expect("scores.under_pass", world.life(total=None, practical=Decimal(0)))
    world.expect("scores.under_pass", world.life(world.plan(level="1"), panel=Decimal("59.5"), total=None))
    world.miss("scores.under_pass", world.life(theory=pass_mark, practical=pass_mark, total=pass_mark))


@plant("scores.out_of_range")
def out_of_range(world: World) -> None:
    world.expect("scores.out_of_range", world.life(practical=Decimal("100.5"), total=None))
    world.expect("scores.out_of_range", world.life(theory=Decimal("-1"), total=None))
    world.miss("scores.out_of_range", world.life(theory=Decimal(100), practical=Decimal(100), total=Decimal(100)))


@plant("scores.total")
def total(world: World) -> None:
    world.expect("scores.total", world.life(theory=Decimal(70), practical=Decimal(80), total=Decimal("80.1")))
    world.expect("scores.total", world.life(theory=Decimal(70), practical=Decimal(80), total=Decimal("69.9")))
    world.miss("scores.total", world.life(theory=Decimal(70), practical=Decimal(80), total=Decimal(80)))
