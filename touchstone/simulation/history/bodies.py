"""虚构机构史: which further bodies does the city have, where do they evaluate, with whom, and what are they filed for?"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.history import PastLogIn, load_log_ins, load_made, load_offices
from touchstone.accounts.people import Identity, person_of
from touchstone.accounts.queries import district_bureau, users_of
from touchstone.bodies.operations.history import load_history as load_bodies
from touchstone.catalogue import queries as catalogue
from touchstone.filings.operations.history import load_history as load_filings
from touchstone.kernel.numbers import name_key
from touchstone.kernel.periods import add_years
from touchstone.ledger.numbering import next_serials
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.filing.terms import TERM_YEARS
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership, Role
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.evaluation import at_hour
from touchstone.simulation.identity import phone, uscc
from touchstone.simulation.premises import ROOMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchstone.accounts.models import Person
    from touchstone.catalogue.models import Occupation, Standard
    from touchstone.simulation.crowd import Someone

_CYCLE = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_USED = {"甲辰", "乙巳", "丙申", "丁酉", "戊戌", "己亥", "庚子", "辛丑", "壬寅", "癸卯"}
_WORDS = {
    "machinery": ("机械制造", "精密仪器", "汽车部件"),
    "information": ("信息技术", "网络科技", "数据服务"),
    "transport": ("物流", "轨道交通", "航运"),
    "catering": ("餐饮管理", "酒店管理", "食品"),
    "commerce": ("商业", "电子商务", "供应链"),
    "construction": ("建设工程", "装饰工程", "市政工程"),
    "energy": ("电力", "燃气", "新能源"),
    "health": ("健康服务", "护理服务", "口腔器材"),
    "civil_affairs": ("养老服务", "家政服务", "社区服务"),
}
_KINDS = (BodyKind.ENTERPRISE,) * 5 + (BodyKind.SOCIAL,) * 3 + (BodyKind.SCHOOL,) * 2
_ENDINGS = {BodyKind.ENTERPRISE: "有限公司", BodyKind.SOCIAL: "职业技能评价中心", BodyKind.SCHOOL: "职业技术学校"}
_OWNERSHIPS = {
    BodyKind.ENTERPRISE: (Ownership.DISTRICT, Ownership.PRIVATE, Ownership.FOREIGN),
    BodyKind.SOCIAL: (Ownership.ASSOCIATION,),
    BodyKind.SCHOOL: (Ownership.PUBLIC_INSTITUTION,),
}
_STAFF = (("manager", "评价部管理员", 3), ("assessor", "高级技师", 6), ("internal_supervisor", "质量主管", 2), ("invigilator", "教务专员", 6))


@dataclass
class PastBody:
    """A body as it is founded: what it evaluates, from when on it is filed, and at which venue."""

    number: str
    kind: BodyKind
    district: str
    occupation: "Occupation"
    filed_from: date
    key: int = 0
    office_id: int = 0
    venue_id: int = 0
    filing: str = ""
    levels: dict[int, "Standard"] = field(default_factory=dict)


def found_bodies(count: int, crowd: Crowd, today: date, at: datetime) -> list[PastBody]:
    """This function will found `count` bodies in all districts, equip them and let them be filed, from two years ago on."""
    if not count:
        return []
    bodies = _register(count, crowd, today, at)
    _equip(bodies, at)
    _staff(bodies, crowd, at)
    _file(bodies, at)
    return bodies


def found_supervisors(crowd: Crowd, at: datetime) -> None:
    """This function will give every district that has nobody yet to sign for plans somebody who does."""
    since = date(2024, 5, 6)
    lacking = [
        bureau
        for bureau in map(district_bureau, sorted(DISTRICTS))
        if not users_of(bureau, at.date()).filter(person__holdings__office=bureau, person__holdings__role=Role.SUPERVISOR.value).exists()
    ]
    people = _enter([crowd.grown_up(at.date()) for _ in lacking], at)
    log_ins = [
        PastLogIn(person, f"district{bureau.district}", bureau.pk, bureau.number, (Role.SUPERVISOR,), since)
        for bureau, person in zip(lacking, people, strict=True)
    ]
    load_log_ins(log_ins, password=PASSWORD, by=PLATFORM, at=at)


def _names() -> list[str]:
    pairs = [_CYCLE[0][n % 10] + _CYCLE[1][n % 12] for n in range(60)]
    return [pair for pair in pairs if pair not in _USED]


def _register(count: int, crowd: Crowd, today: date, at: datetime) -> list[PastBody]:
    numbers = [f"PJ{serial:06d}" for serial in next_serials("body", count)]
    sites = [f"{serial:06d}" for serial in next_serials("site-code", count)]
    words, districts, names = sorted(_WORDS), sorted(DISTRICTS), _names()
    first = max(date(2024, 5, 6), add_years(today, -2))
    offices, rows, found = [], [], []
    choice_of = cache(_choice)
    people = [crowd.grown_up(today) for _ in range(count)]
    for n in range(count):
        kind, industry, district = _KINDS[n % len(_KINDS)], words[n % len(words)], districts[n % len(districts)]
        again = "" if n < len(names) else str(n // len(names) + 1)
        name = f"上海{names[n % len(names)]}{again}{crowd.random.choice(_WORDS[industry])}{_ENDINGS[kind]}"
        filed_from = first + timedelta(days=crowd.random.randrange(40))
        shared = {"number": numbers[n], "name": name, "district": district, "industry": industry}
        offices.append({**shared, "kind": OfficeKind.ASSESSMENT_BODY.value, "short_name": name[:40], "phone": "021-00000000", "since": filed_from})
        rows.append(
            {
                **shared,
                "name_key": name_key(name),
                "uscc": uscc(1000 + n, institution=kind is BodyKind.SCHOOL),
                "kind": kind.value,
                "ownership": crowd.random.choice(_OWNERSHIPS[kind]).value,
                "address": f"{DISTRICTS[district]}虚构路{n + 1}号",
                "legal_representative": crowd.grown_up(today).name,
                "founded_on": date(1990 + crowd.random.randrange(30), 1 + crowd.random.randrange(12), 1),
                "contact_name": people[n].name,
                "contact_phone": phone(1000 + n),
                "site_code": sites[n],
                "registered_at": at_hour(filed_from, 9),
            }
        )
        occupation, levels = crowd.random.choice(choice_of(industry, first))
        found.append(PastBody(numbers[n], kind, district, occupation, filed_from, levels=levels))
    office_keys = load_offices(offices, by=PLATFORM, at=at)
    body_keys = load_bodies("bodies", [{**row, "office_id": key} for row, key in zip(rows, office_keys, strict=True)], by=PLATFORM, at=at)
    for body, key, office_key in zip(found, body_keys, office_keys, strict=True):
        body.key, body.office_id = key, office_key
    roles = (Role.BODY_FILER, Role.BODY_PLANNER)
    log_ins = [
        PastLogIn(person, f"body{n:02d}", office_key, body.number, roles, body.filed_from)
        for n, (body, office_key, person) in enumerate(zip(found, office_keys, _enter(people, at), strict=True), 12)
    ]
    load_log_ins(log_ins, password=PASSWORD, by=PLATFORM, at=at)
    return found


def _enter(people: "Sequence[Someone]", at: datetime) -> "list[Person]":
    made = [person_of(Identity(one.name, one.id_number, one.phone).read()) for one in people]
    for person, key in zip(made, load_made(made, by=PLATFORM, at=at), strict=True):
        person.pk = key
    return made


def _choice(industry: str, day: date) -> "list[tuple[Occupation, dict[int, Standard]]]":
    """The occupations of a field that can be filed, by standards without a structure: its hours and numbers would have to be kept."""
    found = [(one, _standards(one, day)) for one in catalogue.occupations(day) if one.industry == industry]
    return [(one, levels) for one, levels in found if levels and not any(catalogue.structure_of(each, day) for each in levels.values())]


def _standards(occupation: "Occupation", day: date) -> "dict[int, Standard]":
    found = {level: catalogue.standards_on(occupation, None, level, day).first() for level in catalogue.levels_of(occupation, None, day)}
    return {level: standard for level, standard in found.items() if standard is not None and level >= 2}


def _equip(bodies: list[PastBody], at: datetime) -> None:
    numbers = next_serials("venue", len(bodies))
    venues = [
        {
            "number": f"KD{serial:06d}",
            "body_id": body.key,
            "name": "技能评价中心",
            "address": f"{DISTRICTS[body.district]}虚构路",
            "district": body.district,
            "tenure": "owned",
            "since": body.filed_from - timedelta(days=60),
        }
        for serial, body in zip(numbers, bodies, strict=True)
    ]
    for body, key in zip(bodies, load_bodies("venues", venues, by=PLATFORM, at=at), strict=True):
        body.venue_id = key
    rows = [
        {"venue_id": body.venue_id, "name": name, "purpose": purpose, "seats": seats, "cameras": cameras, "equipment": equipment}
        for body in bodies
        for name, purpose, seats, cameras, equipment in ROOMS
    ]
    load_bodies("rooms", rows, by=PLATFORM, at=at)


def _staff(bodies: list[PastBody], crowd: Crowd, at: datetime) -> None:
    duties = [(body, duty, post, crowd.grown_up(at.date())) for body in bodies for duty, post, count in _STAFF for _ in range(count)]
    people = _enter([one for *_, one in duties], at)
    rows: list[dict[str, Any]] = []
    for (body, duty, post, _), person in zip(duties, people, strict=True):
        assesses = duty == "assessor"
        rows.append(
            {
                "body_id": body.key,
                "person_id": person.pk,
                "duty": duty,
                "post": post,
                "occupation_id": body.occupation.pk if assesses else None,
                "highest_level": 1 if assesses else None,
                "qualification": crowd.qualification() if assesses else "",
                "since": body.filed_from - timedelta(days=60),
            }
        )
    load_bodies("staff", rows, by=PLATFORM, at=at)
    first = {body.number: person for (body, duty, *_), person in zip(reversed(duties), reversed(people), strict=True) if duty == "manager"}
    leaders = [
        PastLogIn(first[body.number], f"lead{n:02d}", body.office_id, body.number, (Role.BODY_LEADER,), body.filed_from)
        for n, body in enumerate(bodies, 12)
    ]
    load_log_ins(leaders, password=PASSWORD, by=PLATFORM, at=at)


def _file(bodies: list[PastBody], at: datetime) -> None:
    filings: list[dict[str, Any]] = []
    reports: list[dict[str, Any]] = []
    for body in sorted(bodies, key=lambda one: one.filed_from):
        day = body.filed_from
        serial, report = next_serials(f"filing-{day:%Y}", 1)[0], next_serials(f"centre-report-{day:%Y}", 1)[0]
        body.filing = f"BA{day:%Y}{body.district}{serial:05d}"
        begun = at_hour(day - timedelta(days=50), 9)
        filings.append(
            {
                "number": body.filing,
                "body_id": body.key,
                "route": "district_enterprise" if body.kind is BodyKind.ENTERPRISE else "recorded",
                "rules_day": begun.date(),
                "state": "accepted",
                "step": "sign_for_report",
                "round": 1,
                "begun_at": begun,
                "saved_at": begun + timedelta(days=5),
                "submitted_at": begun + timedelta(days=15),
                "decided_at": begun + timedelta(days=38),
                "in_force_from": day,
                "until": add_years(day, TERM_YEARS.on(day).value),
            }
        )
        signed = at_hour(day + timedelta(days=3), 10)
        reports.append({"number": f"BS{day:%Y}{report:06d}", "sent_at": at_hour(day, 1), "due_on": day + timedelta(days=7), "signed_at": signed})
    keys = load_filings("filings", filings, by=PLATFORM, at=at)
    load_filings("reports", [{**row, "filing_id": key} for row, key in zip(reports, keys, strict=True)], by=PLATFORM, at=at)
    opinion = {"accepted": True, "opinion": "条件具备，准予备案。"}
    decisions = [{**opinion, "filing_id": key, "decided_at": row["decided_at"]} for row, key in zip(filings, keys, strict=True)]
    load_filings("decisions", decisions, by=PLATFORM, at=at)
    by_number = dict(zip((str(row["number"]) for row in filings), keys, strict=True))
    scope = [(body, level, standard, by_number[body.filing]) for body in bodies for level, standard in body.levels.items()]
    rows = [
        {
            "filing_id": filing,
            "occupation_id": body.occupation.pk,
            "level": level,
            "standard_id": standard.pk,
            "venue_id": body.venue_id,
            "since": body.filed_from,
            "until": add_years(body.filed_from, TERM_YEARS.on(body.filed_from).value),
        }
        for body, level, standard, filing in scope
    ]
    load_filings("scope", rows, by=PLATFORM, at=at)
