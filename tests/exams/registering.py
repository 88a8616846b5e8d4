"""报名样例: a filed scope, the terms of a plan, and rows of its registration workbook."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.cast import Cast
from tests.sheets.samples import texts
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.people import Identity
from touchstone.bodies.models import Body
from touchstone.bodies.operations import add_room, open_venue
from touchstone.catalogue.queries import occupation, standards_on
from touchstone.exams.facts.options import options_of
from touchstone.exams.models import Plan
from touchstone.exams.operations.plans import PlanTerms
from touchstone.exams.operations.registration_entry import Entry
from touchstone.filings.models import Filing, ScopeItem
from touchstone.filings.states import State
from touchstone.sheets.registration_fields import FIELDS
from touchstone.sheets.registration_template import registration_template
from touchstone.simulation.cast import BODY_A, HOME
from touchstone.simulation.identity import id_number

EXAM = date(2026, 3, 27)
TERMS = PlanTerms(exam_on=EXAM, registration_closes_on=date(2026, 3, 17), quota=500, contact="孙景明 021-00000001")


def terms(**changes: Any) -> PlanTerms:
    """Give the usual terms with some changed."""
    return replace(TERMS, **changes)


def terms_from(day: date) -> PlanTerms:
    """Give terms that fit whatever day it is: the exam two months ahead, registration open for three weeks."""
    return terms(exam_on=day + timedelta(days=60), registration_closes_on=day + timedelta(days=20))


def put_in_force(
    cast: Cast,
    *,
    level: int,
    since: date = date(2026, 1, 5),
    until: date = date(2029, 1, 5),
    of: Body | None = None,
    code: str = "6-18-01-01",
) -> ScopeItem:
    """Give a line of scope in force for a body (甲, when none is named) with a venue of its own and a site code."""
    body = of or cast.body_a
    body.site_code = f"{body.pk:06d}" if of else "000001"
    body.save()
    venue = body.venues.first() or open_venue(
        body=body, name="一号考核点", address="虚构路100号", district=HOME, tenure="owned", leased_until=None, by=PLATFORM, at=cast.at
    )
    if not venue.rooms.exists():
        add_room(venue_number=venue.number, name="理论一", purpose="theory", seats=40, cameras=2, equipment="", by=PLATFORM, at=cast.at)
        add_room(venue_number=venue.number, name="车间一", purpose="practical", seats=20, cameras=4, equipment="车床", by=PLATFORM, at=cast.at)
        add_room(venue_number=venue.number, name="评审室", purpose="panel", seats=10, cameras=1, equipment="", by=PLATFORM, at=cast.at)
    turner = occupation(code, since)
    assert turner is not None
    standard = standards_on(turner, None, level, since).first()
    assert standard is not None
    filing, _ = Filing.objects.get_or_create(
        number=f"BA2026{body.pk:05d}" if of else "BA202600001",
        defaults={
            "body": body,
            "route": "filing.district_enterprise",
            "rules_day": since,
            "state": State.ACCEPTED,
            "begun_at": cast.at - timedelta(days=90),
            "saved_at": cast.at - timedelta(days=90),
            "in_force_from": since,
            "until": until,
        },
    )
    return ScopeItem.objects.create(
        filing=filing, occupation=turner, trade=None, level=level, standard=standard, venue=venue, since=since, until=until
    )


def row(serial: int = 0, *, born: date = date(1990, 1, 1), condition: str = "4-1 累计工作满5年", **changes: Any) -> dict[str, str]:
    """Give the texts of one faultless row by header: a turner of body 甲 with eight years at the lathe."""
    born = born + timedelta(days=serial // 400)
    number = id_number(serial % 400, birthday=born, male=True)
    values = {
        "sequence": str(serial + 1), "occupation": "车工", "level": "四级/中级工", "condition": condition, "id_kind": "居民身份证",
        "id_number": number, "name": f"考生{_WORDS[serial // 100 % 10]}{_WORDS[serial // 10 % 10]}{_WORDS[serial % 10]}", "sex": "男",
        "birthday": born.isoformat(), "phone": f"138{serial:08d}", "holds_certificate": "否", "certificate_level": "",
        "certificate_number": "", "education": "高中", "region": "上海市浦东新区", "source": "国有企业", "employer": BODY_A,
        "registering_body": BODY_A, "assessment_kind": "初次认定", "major": "无", "exam_kind": "正考", "ethnicity": "汉族",
        "started_work_on": "2012-07-01", "email": "", "years_in_field": "8", "household": "", "political": "", "diploma_number": "",
        "experience": "", "address": "", "collect_by": "自取", "postcode": "", "mailing_address": "",
    }  # fmt: skip
    values.update(changes)
    return {field.header: values[field.key] for field in FIELDS}


_WORDS = "零一二三四五六七八九"


def workbook(plan: Plan, rows: list[dict[str, str]], day: date = date(2026, 3, 2)) -> bytes:
    """Give the plan's own template, filled with rows."""
    return registration_template(options_of(plan, day), [texts(one) for one in rows])


def entry(serial: int = 0, *, condition: str = "4-1", employment: str = "直接用工", employer: str = BODY_A, **claims: Any) -> Entry:
    """Give one registration by form, as `row`."""
    born = date(1990, 1, 1)
    identity = Identity(f"考生{_WORDS[serial % 10]}", id_number(serial, birthday=born, male=True), f"138{serial:08d}")
    declared = {"years_in_field": "8", "started_work_on": None, "certificate": None, "education": "高中", "major": "无", **claims}
    return Entry(identity, "own_staff", employment, employer, condition, declared)

