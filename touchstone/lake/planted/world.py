"""造出的城市: a small clean population with every table filled, in which cases can be planted one by one.

Nothing here is of a real person: identity numbers are composed, names are numbers. The same seed gives the same city.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from touchstone.kernel.numbers import id_check_place
from touchstone.lake.asking import Asked
from touchstone.lake.indices import index_of
from touchstone.lake.tables import TABLES

SALT = "planted"
Row = dict[str, Any]
OCCUPATIONS = {"6-18-01-01": "车工", "4-14-02-02": "保育师", "4-04-04-02": "网络与信息安全管理员"}
LONG_AGO = date(2019, 1, 2)
CHANGED_AT = datetime.combine(date(2026, 5, 1), time(12))
_OF_SITTING = ("sitting", "plan_number", "body", "venue", "held_on", "starts_at", "ends_at")


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    id_number: str
    birthday: date
    sex: str
    holder: str
    name_index: str


@dataclass
class Life:
    """One candidate from registration to certificate; rows may be changed until the city is written."""

    person: Person
    plan: Row
    candidate: Row
    certificate: Row
    theory: Row
    practical: Row

    def number(self, text: str) -> None:
        """This method will give the certificate another number; it is its row's name as well."""
        self.certificate["number"] = self.certificate["row_id"] = text


@dataclass
class Plan:
    """A plan with its two sittings on one day."""

    row: Row
    theory: Row
    practical: Row
    occupation: str
    level: str
    day: date


@dataclass
class World:
    """The tables of the city, what is expected of each rule, and how many near-misses stand beside it."""

    asked: Mapping[str, Asked]
    random: Random
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    expected: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    near: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def number(self, rule: str, name: str) -> Any:
        """This method will give a rule's number on the day of the comparison, so that cases stand right at the limit."""
        return self.asked[rule].numbers[name][-1][1]

    def expect(self, rule: str, *rows: str | Life) -> None:
        """This method will note that the rule must find exactly these rows as one hit."""
        names = frozenset(row.certificate["row_id"] if isinstance(row, Life) else row for row in rows)
        self.expected.setdefault(rule, set()).add(names)

    def miss(self, rule: str, *_: object) -> None:
        """This method will note that a near-miss of the rule was planted: it must not be found."""
        self.near[rule] = self.near.get(rule, 0) + 1

    def note(self, rule: str, found: bool, *rows: str | Life) -> None:
        """This method will note rows as one hit of the rule, or as a near-miss of it."""
        if found:
            self.expect(rule, *rows)
        else:
            self.miss(rule)

    def next(self) -> int:
        """This method will count on: numbers of plans, people, rooms."""
        self._count += 1
        return self._count

    def person(self, birthday: date | None = None) -> Person:
        """This method will make a grown-up, or somebody of that birthday."""
        n = self.next()
        born = birthday or date(1975, 1, 1) + timedelta(days=n * 17 % 9000)
        first = f"310101{born:%Y%m%d}{n % 1000:03d}"
        number = first + id_check_place(first)
        # The serial of a birthday ends after a thousand: the index takes the count as well.
        return Person(number, born, "男" if n % 2 else "女", self.index("id", f"{number}/{n}"), self.index("name", f"姓名{n}"))

    def index(self, kind: str, text: object) -> str:
        """This method will give the salted index of something."""
        return index_of(SALT, kind, str(text)) or ""

    def body(self, levels: Iterable[str] = "54321", letter: str = "S", occupations: Iterable[str] = tuple(OCCUPATIONS)) -> str:
        """This method will register a body filed for some levels of some occupations since long ago."""
        n = self.next()
        code = f"JG{n:06d}"
        self.add("bodies", row_id=code, body=code, name=f"评价机构{n}", prefix=f"{letter}000031{n:06d}", district="310115")
        for occupation in occupations:
            for level in levels:
                self.add("scope", row_id=f"{code}-{occupation}-{level}", body=code, occupation_code=occupation, level=level, since=LONG_AGO)
        return code

    def plan(
        self, body: str = "", *, day: date = date(2026, 3, 2), level: str = "4", occupation: str = "6-18-01-01", seats: int = 60, venue: str = ""
    ) -> Plan:
        """This method will make a plan with a theory and a practical sitting on one day, in a room of its own."""
        n, code = self.next(), body or self.body()
        number, venue, room = f"JH{n:06d}", venue or f"KD{n:06d}", f"KD{n:06d}-1"
        row = self.add(
            "plans", row_id=number, plan_number=number, body=code, first_day=day, last_day=day, notice_until=day + timedelta(days=12), registered=0
        )
        self.add("rooms", row_id=room, room=room, venue=venue, body=code, seats=seats)
        sittings = []
        for turn, (part, since, until) in enumerate((("theory", time(9), time(10, 30)), ("practical", time(13), time(16))), 1):
            name = f"{number}-{turn}"
            sittings.append(self.add(
                "sittings", row_id=name, sitting=name, plan_number=number, body=code, venue=venue, room=room, part=part, held_on=day,
                starts_at=datetime.combine(day, since), ends_at=datetime.combine(day, until), seats=seats,
            ))  # fmt: skip
        made = Plan(row, sittings[0], sittings[1], occupation, level, day)
        for assessor in (self.index("id", f"考评员{n}-{k}") for k in range(3)):
            self.qualify(assessor, occupation)
            self.assign(assessor, made, sittings[1])
        return made

    def qualify(self, assessor: str, occupation: str, since: date = LONG_AGO, until: date | None = None) -> None:
        """This method will give an assessor the qualification for an occupation."""
        n = self.next()
        self.add("qualifications", row_id=f"ZG{n}", assessor=assessor, occupation_code=occupation, since=since, until=until)

    def assign(self, assessor: str, plan: Plan, sitting: Row) -> Row:
        """This method will send an assessor to a sitting."""
        kept = {key: sitting[key] for key in _OF_SITTING}
        return self.add("assignments", row_id=f"PQ{self.next()}", assessor=assessor, occupation_code=plan.occupation, **kept)

    def life(self, plan: Plan | None = None, person: Person | None = None, **certificate: Any) -> Life:
        """This method will lead one candidate through a plan to a certificate; `certificate` changes its columns."""
        plan, person = plan or self.plan(), person or self.person()
        n, body = self.next(), plan.row["body"]
        plan.row["registered"] += 1
        candidate = self.add(
            "candidates", row_id=f"KS{n:06d}", candidate_number=f"KS{n:06d}", holder=person.holder, plan_number=plan.row["plan_number"], body=body,
            ground="public", registered_on=plan.day - timedelta(days=20),
        )  # fmt: skip
        theory, practical = (self._attend(plan, sitting, candidate, n) for sitting in (plan.theory, plan.practical))
        scores = self._scores(plan, candidate, n)
        issued_on = plan.day + timedelta(days=18)
        prefix = next(row["prefix"] for row in reversed(self.rows["bodies"]) if row["body"] == body)
        number = f"{prefix}{issued_on:%y}{plan.level}{n:06d}"
        row = {
            "row_id": number, "number": number, "holder": person.holder, "name_index": person.name_index, "birthday": person.birthday, "body": body,
            "occupation_code": plan.occupation, "occupation_name": OCCUPATIONS[plan.occupation], "level": plan.level, "issued_on": issued_on,
            "examined_on": plan.day, "notice_until": plan.row["notice_until"], **scores, "plan_number": plan.row["plan_number"], "valid": True,
            "phone": self.index("phone", n), "address": self.index("address", n), "photo": self.index("photo", n),
            "id_kind": "居民身份证", "id_number": person.id_number, "sex": person.sex, "stated_prefix": prefix, "cell_faults": "", "empty_cells": "",
        }  # fmt: skip
        below = certificate.pop("below", True)
        made = self.add("certificates", **(row | certificate))
        if plan.level in "12" and below:
            self.step_below(made, plan.level)
        return Life(person, plan.row, candidate, made, theory, practical)

    def step_below(self, of: Row, level: str) -> Row:
        """This method will give the holder the certificate one level lower, of six years before, by a body of its own."""
        lower, n = str(int(level) + 1), self.next()
        body = self.body()
        prefix, issued_on = self.rows["bodies"][-1]["prefix"], of["issued_on"] - timedelta(days=2200)
        number = f"{prefix}{issued_on:%y}{lower}{n:06d}"
        row = of | {
            "row_id": number, "number": number, "body": body, "level": lower, "issued_on": issued_on, "examined_on": issued_on - timedelta(days=18),
            "notice_until": issued_on - timedelta(days=6), "plan_number": None, "stated_prefix": prefix, "phone": None, "address": None,
            "photo": None, "panel": None if lower == "3" else Decimal(80), "total": None,
        }  # fmt: skip
        made = self.add("certificates", **row)
        if lower == "2":
            self.step_below(made, lower)
        return made

    def batch(self, size: int, plan: Plan | None = None, **certificate: Any) -> list[Life]:
        """This method will lead several candidates through one plan."""
        plan = plan or self.plan()
        return [self.life(plan, **certificate) for _ in range(size)]

    def add(self, table: str, **row: Any) -> Row:
        """This method will add a row to a table."""
        made = {"changed_at": CHANGED_AT, **row}
        self.rows[table].append(made)
        return made

    def write(self, folder: Path, *, as_published: bool = False) -> dict[str, Path]:
        """This method will write every table, one file each, and give where they lie; `as_published` without what only a file under check has."""
        places = {}
        for name, shape in TABLES.items():
            place = folder / name / "rows.parquet"
            place.parent.mkdir(parents=True, exist_ok=True)
            rows = [{key: row.get(key) for key in shape.published} for row in self.rows[name]] if as_published else self.rows[name]
            pq.write_table(pa.Table.from_pylist(rows, schema=shape.schema), place)
            places[name] = place.parent
        return places

    def _attend(self, plan: Plan, sitting: Row, candidate: Row, n: int) -> Row:
        return self.add(
            "attendances", row_id=f"{candidate['candidate_number']}/{sitting['sitting']}", candidate_number=candidate["candidate_number"],
            holder=candidate["holder"], present=True, signed_at=sitting["starts_at"] - timedelta(minutes=20),
            sign_device=self.index("device", f"签到{plan.row['body']}"), answer_device=self.index("device", f"答题{n}"),
            **{key: sitting[key] for key in _OF_SITTING},
        )  # fmt: skip

    def _scores(self, plan: Plan, candidate: Row, n: int) -> Row:
        parts = ("theory", "practical", "panel") if plan.level in "12" else ("theory", "practical")
        found: Row = {part: Decimal(60 + self.random.randrange(40)) for part in parts}
        for turn, part in enumerate(parts):
            self.add(
                "scores", row_id=f"{candidate['candidate_number']}/{part}", candidate_number=candidate["candidate_number"],
                plan_number=plan.row["plan_number"], part=part, value=found[part], held_on=plan.day,
                entered_at=datetime.combine(plan.day, time(17)) + timedelta(minutes=n * 2 + turn), entered_by=self.index("id", f"登分{n}"),
            )  # fmt: skip
        return found | {"total": (found["theory"] + found["practical"]) / 2}


PLANTS: dict[str, Callable[[World], None]] = {}


def plant(key: str) -> Callable[[Callable[[World], None]], Callable[[World], None]]:
    """This function will register the planted cases and near-misses of a rule."""

    def register(function: Callable[[World], None]) -> Callable[[World], None]:
        PLANTS[key] = function
        return function

    return register


def clean(asked: Iterable[Asked], seed: int = 1, bodies: int = 4, plans: int = 3, people: int = 25) -> World:
    """This function will make a city in which nothing is wrong."""
    world = World({rule.key: rule for rule in asked}, Random(seed))
    for code, name in OCCUPATIONS.items():
        world.add("occupations", row_id=code, occupation_code=code, name=name, since=LONG_AGO)
    for n in range(bodies):
        body = world.body(letter="SY"[n % 2])
        for turn in range(plans):
            day = date(2025, 1, 6) + timedelta(days=7 * (n * plans + turn))
            level, occupation = "54321"[(n + turn) % 5], list(OCCUPATIONS)[turn % len(OCCUPATIONS)]
            world.batch(people, world.plan(body, day=day, level=level, occupation=occupation))
    return world
