"""虚构机构史: which further bodies does the city have, where do they evaluate, with whom, and what are they filed for?"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.history import load_offices, load_people
from touchstone.accounts.operations import enter_person, grant_role, open_log_in
from touchstone.accounts.people import Identity
from touchstone.accounts.queries import office
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
from touchstone.simulation.crowd import Crowd, Someone
from touchstone.simulation.evaluation import at_hour
from touchstone.simulation.identity import phone, uscc
from touchstone.simulation.premises import ROOMS

if TYPE_CHECKING:
    from touchstone.catalogue.models import Occupation, Standard

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
    """A body as its past evaluations need it: rooms and staff by purpose and duty, scope by level."""

    key: int
    number: str
    name: str
    office_id: int
    kind: BodyKind
    district: str
    industry: str
    site_code: str
    occupation: "Occupation"
    filed_from: date
    contact: str
    filing: str = ""
    venue_id: int = 0
    venue: str = ""
    rooms: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    staff: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    scope: dict[int, tuple[int, "Standard"]] = field(default_factory=dict)


def found_bodies(count: int, crowd: Crowd, today: date, at: datetime) -> list[PastBody]:
    """This function will found `count` bodies in all districts, equip them and let them be filed, from two years ago on."""
    if not count:
        return []
    bodies = _register(count, crowd, today, at)
    _equip(bodies, at)
    _staff(bodies, crowd, at)
    _file(bodies, at)
    return bodies


def _names() -> list[str]:
    pairs = [_CYCLE[0][n % 10] + _CYCLE[1][n % 12] for n in range(60)]
    return [pair for pair in pairs if pair not in _USED]


def _register(count: int, crowd: Crowd, today: date, at: datetime) -> list[PastBody]:
    numbers = [f"PJ{serial:06d}" for serial in next_serials("body", count)]
    sites = [f"{serial:06d}" for serial in next_serials("site-code", count)]
    words, districts, names = sorted(_WORDS), sorted(DISTRICTS), _names()
    law = date(2024, 5, 6)
    offices, rows, found = [], [], []
    people = [crowd.grown_up(today) for _ in range(count)]
    for n in range(count):
        kind, industry, district = _KINDS[n % len(_KINDS)], words[n % len(words)], districts[n % len(districts)]
        again = "" if n < len(names) else str(n // len(names) + 1)
        name = f"上海{names[n % len(names)]}{again}{crowd.random.choice(_WORDS[industry])}{_ENDINGS[kind]}"
        filed_from = max(law, add_years(today, -2)) + timedelta(days=crowd.random.randrange(40))
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
        choice = [one for one in catalogue.occupations(filed_from) if one.industry == industry and _standards(one, filed_from)]
        found.append(
            PastBody(0, numbers[n], name, 0, kind, district, industry, sites[n], crowd.random.choice(choice), filed_from, people[n].name)
        )
    office_keys = load_offices(offices, by=PLATFORM, at=at)
    body_keys = load_bodies("bodies", [{**row, "office_id": key} for row, key in zip(rows, office_keys, strict=True)], by=PLATFORM, at=at)
    for n, (body, key, office_key) in enumerate(zip(found, body_keys, office_keys, strict=True)):
        body.key, body.office_id = key, office_key
        _give_log_in(body, people[n], f"body{n + 12:02d}", at)
    return found


def _give_log_in(body: PastBody, person: Someone, username: str, at: datetime) -> None:
    entered = enter_person(name=person.name, id_number=person.id_number, phone=person.phone, by=PLATFORM, at=at)
    open_log_in(person=entered, username=username, password=PASSWORD, by=PLATFORM, at=at)
    for role in (Role.BODY_FILER, Role.BODY_PLANNER, Role.BODY_LEADER):
        grant_role(person=entered, office=office(body.number), role=role, since=body.filed_from, by=PLATFORM, at=at)


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
        body.venue_id, body.venue = key, "技能评价中心"
    rows = [
        {"venue_id": body.venue_id, "name": name, "purpose": purpose, "seats": seats, "cameras": cameras, "equipment": equipment}
        for body in bodies
        for name, purpose, seats, cameras, equipment in ROOMS
    ]
    owners = [body for body in bodies for _ in ROOMS]
    for body, row, key in zip(owners, rows, load_bodies("rooms", rows, by=PLATFORM, at=at), strict=True):
        body.rooms.setdefault(str(row["purpose"]), []).append((key, int(str(row["seats"]))))


def _staff(bodies: list[PastBody], crowd: Crowd, at: datetime) -> None:
    duties = [(body, duty, post, crowd.grown_up(at.date())) for body in bodies for duty, post, count in _STAFF for _ in range(count)]
    identities = [Identity(one.name, one.id_number, one.phone) for *_, one in duties]
    keys = load_people(identities, by=PLATFORM, at=at)
    rows: list[dict[str, Any]] = []
    for (body, duty, post, one), key, identity in zip(duties, keys, identities, strict=True):
        assesses = duty == "assessor"
        rows.append(
            {
                "body_id": body.key,
                "person_id": key,
                "duty": duty,
                "post": post,
                "occupation_id": body.occupation.pk if assesses else None,
                "highest_level": 1 if assesses else None,
                "qualification": crowd.qualification() if assesses else "",
                "since": body.filed_from - timedelta(days=60),
            }
        )
        body.staff.setdefault(duty, []).append((key, "P" + identity.index.hex()[:16].upper(), one.name))
    load_bodies("staff", rows, by=PLATFORM, at=at)


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
    scope = [
        (body, level, standard, by_number[body.filing]) for body in bodies for level, standard in _standards(body.occupation, body.filed_from).items()
    ]
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
    for (body, level, standard, _), key in zip(scope, load_filings("scope", rows, by=PLATFORM, at=at), strict=True):
        body.scope[level] = (key, standard)
