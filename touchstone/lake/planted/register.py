"""登记的案例: what is planted for duplicates, scopes, occupations and the ladder of levels?"""

from datetime import date, timedelta

from touchstone.lake.planted.world import OCCUPATIONS, Life, World, plant


@plant("duplicates.number")
def same_number(world: World) -> None:
    plan = world.plan()
    first, second = world.life(plan), world.life(plan)
    second.certificate["number"] = first.certificate["number"]
    world.expect("duplicates.number", first, second)
    # One number further is another number.
    near = world.life(plan)
    number = first.certificate["number"]
    near.number(f"{number[:16]}{int(number[16:]) + 500000:06d}")
    world.miss("duplicates.number", near)


@plant("duplicates.in_body")
def twice_in_body(world: World) -> None:
    body, someone = world.body(), world.person()
    first = world.life(world.plan(body, day=date(2026, 1, 5)), someone)
    second = world.life(world.plan(body, day=date(2026, 3, 9)), someone)
    world.expect("duplicates.in_body", first, second)
    other = world.person()
    world.life(world.plan(body, day=date(2026, 1, 5)), other)
    world.miss("duplicates.in_body", world.life(world.plan(body, day=date(2026, 3, 9)), other, trade_name="数控车工"))
    revoked = world.person()
    world.life(world.plan(body, day=date(2026, 1, 5)), revoked, valid=False)
    world.miss("duplicates.in_body", world.life(world.plan(body, day=date(2026, 3, 9)), revoked))


@plant("duplicates.across_bodies")
def twice_across_bodies(world: World) -> None:
    someone = world.person()
    first, second = world.life(world.plan(day=date(2026, 1, 5)), someone), world.life(world.plan(day=date(2026, 3, 9)), someone)
    world.expect("duplicates.across_bodies", first, second)
    other = world.person()
    world.life(world.plan(day=date(2026, 1, 5)), other)
    world.miss("duplicates.across_bodies", world.life(world.plan(day=date(2026, 3, 9), occupation="4-14-02-02"), other))


@plant("duplicates.renamed")
def renamed(world: World) -> None:
    someone = world.person()
    first = world.life(world.plan(day=date(2026, 1, 5)), someone)
    second = world.life(world.plan(day=date(2026, 3, 9), occupation="4-14-02-02"), someone, name_index=world.index("name", "改了的名"))
    world.expect("duplicates.renamed", first, second)
    other = world.person()
    world.life(world.plan(day=date(2026, 1, 5)), other)
    world.miss("duplicates.renamed", world.life(world.plan(day=date(2026, 3, 9), occupation="4-14-02-02"), other))
    # A corrected name: the certificate with the wrong one was revoked.
    corrected = world.person()
    world.life(world.plan(day=date(2026, 1, 5)), corrected, valid=False, name_index=world.index("name", "登记错的名"))
    world.miss("duplicates.renamed", world.life(world.plan(day=date(2026, 3, 9)), corrected))


@plant("duplicates.born_twice")
def born_twice(world: World) -> None:
    someone = world.person()
    first = world.life(world.plan(day=date(2026, 1, 5)), someone)
    plan = world.plan(day=date(2026, 3, 9), occupation="4-14-02-02")
    second = world.life(plan, someone, birthday=someone.birthday + timedelta(days=1), id_number="")
    world.expect("duplicates.born_twice", first, second)
    other = world.person()
    world.life(world.plan(day=date(2026, 1, 5)), other)
    world.miss("duplicates.born_twice", world.life(world.plan(day=date(2026, 3, 9), occupation="4-14-02-02"), other, birthday=None))
    corrected = world.person()
    world.life(world.plan(day=date(2026, 1, 5)), corrected, valid=False, birthday=corrected.birthday - timedelta(days=1), id_number="")
    world.miss("duplicates.born_twice", world.life(world.plan(day=date(2026, 3, 9)), corrected))


@plant("scope.unknown_body")
def unknown_body(world: World) -> None:
    life = world.life()
    life.certificate["body"] = "JG999999"
    world.expect("scope.unknown_body", life)
    world.miss("scope.unknown_body", world.life())


@plant("number.prefix")
def prefix(world: World) -> None:
    life = world.life()
    number = life.certificate["number"]
    life.number(f"S000031999999{number[13:]}")
    life.certificate["stated_prefix"] = ""
    world.expect("number.prefix", life)
    world.miss("number.prefix", world.life())


@plant("scope.outside")
def outside(world: World) -> None:
    body = world.body(levels="54", occupations=["6-18-01-01"])
    world.expect("scope.outside", world.life(world.plan(body, level="3")))
    world.expect("scope.outside", world.life(world.plan(body, level="4", occupation="4-14-02-02")))
    world.miss("scope.outside", world.life(world.plan(body, level="4")))


@plant("scope.not_in_force")
def not_in_force(world: World) -> None:
    body = world.body(levels="4", occupations=["6-18-01-01"])
    item = world.rows["scope"][-1]
    item |= {"since": date(2025, 1, 1), "until": date(2026, 1, 1)}
    world.expect("scope.not_in_force", world.life(world.plan(body, day=date(2024, 12, 31))))
    world.expect("scope.not_in_force", world.life(world.plan(body, day=date(2026, 1, 1))))
    world.miss("scope.not_in_force", world.life(world.plan(body, day=date(2025, 1, 1))))
    world.miss("scope.not_in_force", world.life(world.plan(body, day=date(2025, 12, 31))))
    # Renewed without a gap: two periods, one of which holds the day.
    renewed = world.body(levels="4", occupations=["6-18-01-01"])
    world.rows["scope"][-1] |= {"until": date(2026, 3, 2)}
    world.add("scope", row_id=f"{renewed}-2", body=renewed, occupation_code="6-18-01-01", level="4", since=date(2026, 3, 2))
    world.miss("scope.not_in_force", world.life(world.plan(renewed, day=date(2026, 3, 2))))


@plant("scope.suspended")
def suspended(world: World) -> None:
    body = world.body()
    world.add("suspensions", row_id=body, body=body, since=date(2026, 3, 1), until=date(2026, 4, 1))
    world.expect("scope.suspended", world.life(world.plan(body, day=date(2026, 3, 1))))
    world.expect("scope.suspended", world.life(world.plan(body, day=date(2026, 3, 31))))
    world.miss("scope.suspended", world.life(world.plan(body, day=date(2026, 2, 28))))
    world.miss("scope.suspended", world.life(world.plan(body, day=date(2026, 4, 1))))


@plant("occupations.unknown")
def unknown_occupation(world: World) -> None:
    life = world.life()
    life.certificate["occupation_code"] = "9-99-99-99"
    world.add("scope", row_id="任意", body=life.certificate["body"], occupation_code="9-99-99-99", level="4", since=date(2019, 1, 2))
    world.expect("occupations.unknown", life)
    world.miss("occupations.unknown", world.life())


@plant("occupations.name")
def occupation_name(world: World) -> None:
    world.expect("occupations.name", world.life(occupation_name="车床工"))
    world.miss("occupations.name", world.life(occupation_name=OCCUPATIONS["6-18-01-01"]))


@plant("occupations.not_valid")
def occupation_not_valid(world: World) -> None:
    code = "6-18-01-99"
    world.add("occupations", row_id=code, occupation_code=code, name="钳工", since=date(2020, 1, 1), until=date(2026, 1, 1))
    for day, found in ((date(2026, 1, 1), True), (date(2019, 12, 31), True), (date(2025, 12, 31), False), (date(2020, 1, 1), False)):
        life = world.life(world.plan(day=day))
        life.certificate |= {"occupation_code": code, "occupation_name": "钳工"}
        world.add("scope", row_id=code, body=life.certificate["body"], occupation_code=code, level="4", since=date(2019, 1, 2))
        world.note("occupations.not_valid", found, life)


@plant("ladder.skipped")
def skipped(world: World) -> None:
    for level in "21":
        world.expect("ladder.skipped", world.life(world.plan(level=level), below=False))
        world.miss("ladder.skipped", world.life(world.plan(level=level)))
    world.miss("ladder.skipped", world.life(world.plan(level="3")))
    # One of a body elsewhere was named when registering; one of before the platform has no plan here.
    named = world.life(world.plan(level="2"), below=False)
    named.candidate["earlier_number"] = "S000032000777203000001"
    world.miss("ladder.skipped", named)
    world.miss("ladder.skipped", world.life(world.plan(level="2"), below=False, plan_number=None))
    # Only a valid certificate carries the next one.
    someone = world.person()
    world.life(world.plan(level="3", day=date(2020, 3, 2)), someone, valid=False)
    world.expect("ladder.skipped", world.life(world.plan(level="2"), someone, below=False))


def _two_levels(world: World, months: int, days: int = 0) -> tuple[Life, Life]:
    someone = world.person()
    first = world.life(world.plan(level="5", day=date(2024, 3, 2)), someone)
    issued = first.certificate["issued_on"]
    day = issued.replace(year=issued.year + (issued.month - 1 + months) // 12, month=(issued.month - 1 + months) % 12 + 1) + timedelta(days=days)
    return first, world.life(world.plan(level="4", day=day), someone)


@plant("ladder.too_fast")
def too_fast(world: World) -> None:
    least = world.number("ladder.too_fast", "least")
    _, second = _two_levels(world, least, days=-1)
    world.expect("ladder.too_fast", second)
    world.miss("ladder.too_fast", _two_levels(world, least))


@plant("ladder.backwards")
def backwards(world: World) -> None:
    someone = world.person()
    world.life(world.plan(level="3", day=date(2024, 3, 2)), someone)
    world.expect("ladder.backwards", world.life(world.plan(level="4", day=date(2026, 3, 2)), someone))
    other = world.person()
    world.life(world.plan(level="3", day=date(2024, 3, 2)), other)
    world.miss("ladder.backwards", world.life(world.plan(level="4", day=date(2026, 3, 2), occupation="4-14-02-02"), other))


def _claiming(world: World, number: str) -> str:
    """A candidate whose registration rests on a certificate of this number; gives the name of the row."""
    candidate = world.life().candidate
    candidate["earlier_number"] = number
    return str(candidate["row_id"])


@plant("ladder.earlier_not_found")
def earlier_not_found(world: World) -> None:
    ours, silent = world.body(), world.body()
    prefix, nothing_held = (next(row["prefix"] for row in world.rows["bodies"] if row["body"] == body) for body in (ours, silent))
    # The first certificate of the body that is here is of 2024, and the lowest of its level and year.
    held = world.life(world.plan(ours, day=date(2024, 3, 4), level="4")).certificate["number"]
    serial = int(held[16:])
    for number in (f"{prefix}255000001", f"{prefix}244{serial + 1:06d}"):
        world.expect("ladder.earlier_not_found", _claiming(world, number))
    unknown = (f"{prefix}235000001", f"{prefix}245000001", f"{prefix}244{serial - 1:06d}", f"{nothing_held}255000001")
    elsewhere = ("S000031000777255000001", "S000032000777255000001", "0910000000401234")
    for number in (held, *unknown, *elsewhere):
        _claiming(world, number)
        world.miss("ladder.earlier_not_found")
