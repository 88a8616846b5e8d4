"""监管样例: filed bodies with venues where a test wants them. Only the filings are put down as they would stand after acceptance."""

from datetime import date, datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.models import Body
from touchstone.bodies.operations import open_venue, register_body
from touchstone.filings.models import Filing
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.simulation.identity import phone, uscc

PUDONG, XUHUI, YANGPU, OUTSIDE = "310115", "310104", "310110", ""
FACTORY, CENTRAL, SOCIAL, COLLEGE, AWAY = "上海甲区铸造厂", "上海两地动力集团", "上海三区培训中心", "上海跨区工程学院", "上海外地教育咨询中心"
DISTRICT_ROUTE, CITY_ROUTE, SOCIAL_ROUTE, SCHOOL_ROUTE = "district_enterprise", "central_enterprise", "social_body", "school"
KINDS = {DISTRICT_ROUTE: BodyKind.ENTERPRISE, CITY_ROUTE: BodyKind.ENTERPRISE, SOCIAL_ROUTE: BodyKind.SOCIAL, SCHOOL_ROUTE: BodyKind.SCHOOL}
OWNERS = {
    DISTRICT_ROUTE: Ownership.DISTRICT,
    CITY_ROUTE: Ownership.CENTRAL,
    SOCIAL_ROUTE: Ownership.ASSOCIATION,
    SCHOOL_ROUTE: Ownership.PUBLIC_INSTITUTION,
}


def filed(
    name: str, route: str, registered_in: str, venues_in: tuple[str, ...], at: datetime, *, industry: str = "machinery", loaded: bool = False
) -> Filing:
    """Enter a body with a filing in force and venues in some districts; `loaded`: on a route that is none of ours, as from before the platform."""
    n = Filing.objects.count()
    body = register_body(
        name=name, uscc=uscc(600 + n), kind=KINDS[route], ownership=OWNERS[route], district=registered_in, industry=industry,
        address=f"虚构路{600 + n}号", legal_representative="李某", founded_on=date(2010, 1, 1), contact_name="林某", contact_phone=phone(600 + n),
        by=PLATFORM, at=at,
    )  # fmt: skip
    for district in venues_in:
        venue_of(body, district, at)
    return Filing.objects.create(
        number=f"BA20260006{n:02d}", body=body, route="C9" if loaded else route, state="accepted", begun_at=at, saved_at=at, decided_at=at,
        in_force_from=date(2026, 2, 2), until=date(2029, 2, 2),
    )  # fmt: skip


def venue_of(body: Body, district: str, at: datetime) -> None:
    """Open one more venue of a body."""
    count = body.venues.count() + 1
    open_venue(
        body=body, name=f"第{count}考核点", address=f"虚构路{count}号", district=district, tenure="owned", leased_until=None, by=PLATFORM, at=at
    )


def five(at: datetime) -> dict[str, Filing]:
    """Enter the five of which the stories tell: three with an overlap, one with one district, one with a gap."""
    return {
        FACTORY: filed(FACTORY, DISTRICT_ROUTE, PUDONG, (XUHUI,), at),
        CENTRAL: filed(CENTRAL, CITY_ROUTE, PUDONG, (XUHUI,), at, industry="energy"),
        SOCIAL: filed(SOCIAL, SOCIAL_ROUTE, PUDONG, (XUHUI, YANGPU), at, industry="civil_affairs"),
        COLLEGE: filed(COLLEGE, SCHOOL_ROUTE, PUDONG, (XUHUI, XUHUI), at, industry="education"),
        AWAY: filed(AWAY, SOCIAL_ROUTE, PUDONG, (OUTSIDE,), at, industry="education"),
    }
