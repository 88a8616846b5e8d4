"""虚构行业协会: an association filed years ago as enterprises are, with the firms that commission it; it should move among the social bodies."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations import enter_commission, file_evidence, register_body
from touchstone.bodies.queries import commissions_of, venue
from touchstone.calls.operations import enter_demand
from touchstone.catalogue.queries import occupation, standards_on
from touchstone.filings.operations import list_association_moves
from touchstone.filings.operations.history import load_history
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.simulation.cast import BODY_G, HOME, actor_of, enter_people
from touchstone.simulation.filing import LEVELS, TURNER, equip
from touchstone.simulation.identity import phone, uscc
from touchstone.simulation.papers import period, signed_paper

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

CLIENTS = 12
LOADED = "2024年以前已备案"


def set_up_association(*, since: date, at: datetime) -> "Body":
    """This function will register association 庚 with its people and premises, load its filing of last year as it stands, and enter its
    clients and the city's demand."""
    body = register_body(
        name=BODY_G, uscc=uscc(44), kind=BodyKind.ENTERPRISE, ownership=Ownership.ASSOCIATION, district=HOME, industry="machinery",
        address="虚构路700号", legal_representative="符会长", founded_on=date(1992, 4, 1), contact_name="傅思齐", contact_phone=phone(44),
        by=PLATFORM, at=at,
    )  # fmt: skip
    enter_people(bodies={"BODY-G": body.office}, since=since, at=at, only="BODY-G")
    place = venue(equip(body, by=PLATFORM, at=at, first=600))
    _load(body, place.pk, at)
    begun = at.date() - timedelta(days=30)
    for serial in range(CLIENTS):
        enter_commission(
            body=body, client=f"上海虚构零部件{serial + 1}厂", client_uscc=uscc(6000 + serial), lacks="没有符合要求的实训场地和考评人员。",
            occupations=[TURNER], people=40, signed_on=begun, since=begun, until=begun + timedelta(days=700), by=PLATFORM, at=at,
        )  # fmt: skip
    enter_demand(occupation=TURNER, district="", year=at.year, people=1800, source="行业用工调查", by=PLATFORM, at=at)
    return body


def file_client_papers(body: "Body", *, at: datetime) -> None:
    """This function will put under each commission of an association the paper its client signed."""
    for one in commissions_of(body):
        words = [f"本单位{one.lacks.rstrip('。')}，不具备自主评价条件，委托{body.name}对本单位职工开展职业技能等级认定。"]
        facts = [("职业", "车工"), ("人数", f"{one.people}人"), ("期限", period(one.since, one.until - timedelta(days=1)))]
        paper = signed_paper("委托协议", of=one.client, to=body.name, words=words, facts=facts, day=one.signed_on)
        file_evidence(number=one.number, label="委托协议", name="委托协议.pdf", content=paper, by=PLATFORM, at=at)


def _load(body: "Body", place: int, at: datetime) -> None:
    """Load the filing as it stood before the platform: accepted last year, for three years."""
    turner, filed_on = occupation(TURNER, at.date()), at.date() - timedelta(days=300)
    assert turner is not None
    begun = at - timedelta(days=340)
    (key,) = load_history(
        "filings",
        [
            {
                "number": f"BA{filed_on:%Y}{HOME}90001",
                "body_id": body.pk,
                "route": "central_enterprise",
                "rules_day": begun.date(),
                "state": "accepted",
                "step": "registration",
                "round": 1,
                "begun_at": begun,
                "saved_at": begun,
                "submitted_at": begun,
                "decided_at": begun,
                "in_force_from": filed_on,
                "until": filed_on + timedelta(days=1096),
                "loaded_from": LOADED,
            }
        ],
        by=PLATFORM,
        at=at,
    )
    line = {"filing_id": key, "occupation_id": turner.pk, "venue_id": place, "since": filed_on, "until": filed_on + timedelta(days=1096)}
    rows = [line | {"level": level, "standard_id": standards_on(turner, None, level, at.date())[0].pk} for level in LEVELS]
    load_history("scope", rows, by=PLATFORM, at=at)


def plan_for_demand(*, at: datetime) -> None:
    """This function will enter what some districts and fields want, and list the association for a plan."""
    day = at.date()
    for who, code, district, people in (("zhou", TURNER, HOME, 900), ("tao", "4-03-02-01", HOME, 1100), ("tang", "4-10-01-05", "", 2600)):
        enter_demand(occupation=code, district=district, year=at.year, people=people, source="年度用工调查", by=actor_of(who, day), at=at)
    list_association_moves(by=actor_of("tao", day), at=at)
