"""虚构备案: how does a body of the synthetic city equip itself and file, by the real operations?"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.bodies.operations import add_room, add_staff, open_venue
from touchstone.bodies.queries import venues_of
from touchstone.catalogue import queries as catalogue
from touchstone.filings import operations
from touchstone.filings.facts import sheet_of
from touchstone.filings.queries import assessor_choices, consents_wanted, expert_choices, filing, has_step, latest_assessment
from touchstone.notices.queries import of_case
from touchstone.policy.filing.completeness import evidence_for
from touchstone.policy.filing.minima import SYSTEMS
from touchstone.policy.filing.site_visit import Look, Seen, Subject
from touchstone.policy.filing.undertaking import PROMISES
from touchstone.policy.roles import BodyKind
from touchstone.simulation.cast import actor_of
from touchstone.simulation.identity import id_number

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.filings.models import Filing

TURNER, LEVELS = "6-18-01-01", (5, 4, 3)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj trailer<</Root 1 0 R>>\n"
STAGES = (
    "drafted", "consent_sought", "consented", "submitted", "appointed", "visited", "scored", "concluded", "opined", "panelled", "reviewed",
    "announced", "accepted", "signed",
)  # fmt: skip
"""How far a filing may be taken. `opined`, `panelled` and `reviewed` are of the schools' route only; on the others nothing happens there."""


_CENTRE = {"clerk": "tao", "first": "hua", "second": "yan", "director": "han", "registrar": "xu"}
_DISTRICT = {"clerk": "zhou", "first": "zheng", "second": "feng", "director": "wu", "registrar": "xu"}
_EXPERTS = {"expert_1": "ge", "expert_2": "mo", "expert_3": "bai"}
CAST: Mapping[str, Mapping[str, str]] = {
    "central_enterprise": _CENTRE | {"filer": "cui", "consenter": "pan", "consenter_home": "he", "consenter_away": "du"},
    "district_enterprise": _DISTRICT | {"filer": "lin", "consenter": "jiang"},
    "social_body": _CENTRE | {"filer": "xie", "consenter": "tang", "consenter_home": "he", "consenter_away": "du"},
    "school": _DISTRICT | _EXPERTS | {"filer": "fan", "consenter": "lu", "centre_clerk": "tao", "centre_director": "han"},
}
"""Who of the standing cast does what on each route, as `file_to` names it; the bodies are 丁, 甲, 戊 and 己."""


def people_on(route: str, day: date) -> dict[str, Actor]:
    """This function will give the people of the standing cast who take a filing along a route, as they act on `day`."""
    return {part: actor_of(username, day) for part, username in CAST[route].items()}


def equip(body: "Body", *, by: Actor, at: datetime, first: int = 200, occupation: str = TURNER) -> str:
    """This function will give a body a venue with rooms and the people it needs, and say the venue's number."""
    number = add_venue(body, "实训中心", body.district, by=by, at=at)
    duties = (("manager", 3), ("assessor", 3), ("internal_supervisor", 2), ("invigilator", 2))
    serial = first
    for duty, count in duties:
        for _ in range(count):
            serial += 1
            _serve(body, duty, serial, occupation, by, at)
    return number


def add_venue(body: "Body", name: str, district: str, *, by: Actor, at: datetime) -> str:
    """This function will open a venue of a body in a district (empty: outside the city), with its rooms, and say its number."""
    venue = open_venue(
        body=body, name=name, address="虚构路100号2号楼", district=district, tenure="owned", leased_until=None, by=by, at=at
    )
    rooms = (
        ("101理论考场", "theory", 40, 2, "课桌40张"),
        ("车工实训车间", "practical", 16, 4, "数控车床16台"),
        ("保密室", "secrecy", 1, 1, "双锁铁柜"),
    )
    for name, purpose, seats, cameras, equipment in rooms:
        add_room(venue_number=venue.number, name=name, purpose=purpose, seats=seats, cameras=cameras, equipment=equipment, by=by, at=at)
    return venue.number


def _serve(body: "Body", duty: str, serial: int, occupation: str, by: Actor, at: datetime) -> None:
    assesses = duty == "assessor"
    add_staff(
        body=body,
        name=f"{'甲乙丙丁戊己庚辛壬癸'[serial % 10]}{'子丑寅卯辰巳午未申酉戌亥'[serial % 12]}{'一二三四五六七'[serial % 7]}",
        id_number=id_number(serial % 500, birthday=date(1980, 1 + serial % 12, 1 + serial % 28), male=serial % 2 == 0),
        duty=duty,
        post={"manager": "评价部管理员", "assessor": "高级技师", "internal_supervisor": "质量主管", "invigilator": "监考员"}[duty],
        full_time=True,
        occupation=catalogue.occupation(occupation, at.date()) if assesses else None,
        highest_level=1 if assesses else None,
        qualification=f"KP{serial:06d}" if assesses else "",
        by=by,
        at=at,
    )


def fill(number: str, *, by: Actor, at: datetime, occupation: str = TURNER, levels: tuple[int, ...] = LEVELS) -> None:
    """This function will fill in a whole draft: every section, the scope, and every kind of evidence."""
    draft = filing(number, by)
    _write(draft, by, at, occupation, levels)
    for level in levels:
        found = catalogue.occupation(occupation, at.date())
        assert found is not None
        standard = catalogue.standards_on(found, None, level, at.date())[0]
        for venue in venues_of(draft.body, at.date()):
            operations.add_scope_item(
                number=number, occupation=occupation, trade="", level=level, standard=standard.number, venue=venue.number, by=by, at=at
            )
    for label in evidence_for(BodyKind(draft.body.kind), at.date()).value:
        operations.attach_evidence(number=number, label=label, name=f"{label}.pdf", content=PDF, by=by, at=at)


def _write(draft: "Filing", by: Actor, at: datetime, occupation: str, levels: tuple[int, ...]) -> None:
    contents: dict[str, dict[str, object]] = {
        "identity": {
            "department": "技能评价部",
            "leader": draft.body.legal_representative,
            "phone": "021-00000001",
            "basis": "在岗职工800人，本职业210人，每年约60人晋级。",
        },
        "systems": {name: f"《{name}办法》2026年1月印发" for name in SYSTEMS.on(at.date()).value},
        "questions": {
            "sets": {f"{occupation}|{level}": "4" for level in levels},
            "source": "依据国家职业标准自行命题，外聘专家审题",
            "secrecy": "双人双锁",
            "quality": "每场一名内部督导",
        },
        "self_score": {item.key: {"score": "9", "note": "已落实"} for item in sheet_of(draft, at.date()).items},
        "promise": {"promised": [promise.key for promise in PROMISES.on(at.date()).value], "signer": draft.body.legal_representative},
    }
    for key, content in contents.items():
        operations.save_draft(number=draft.number, section=key, content=content, revision=0, session=f"sim-{key}", by=by, at=at)


def sight(venue_id: int, day: date, met_with: str, observations: str) -> operations.Sight:
    """This function will give a visit that found everything as it was filed, in a workshop without a signal."""
    looks = {subject: Look(Seen.AS_FILED) for subject in Subject}
    return operations.Sight(venue_id, day, met_with, observations, looks, "车间内没有定位信号")


def score(number: str, points: str, *, by: Actor, at: datetime) -> dict[str, dict[str, str]]:
    """This function will give a whole sheet with the same score on every item."""
    return {item.key: {"score": points, "remark": ""} for item in sheet_of(filing(number, by), at.date()).items}


def file_to(
    stage: str, body: "Body", people: Mapping[str, Actor], *, at: datetime, occupation: str = TURNER, levels: tuple[int, ...] = LEVELS
) -> str:
    """This function will take a new filing of a body to a stage of `STAGES`, and give its number.

    `people`: filer; everybody asked for consent (keys that begin with `consenter`); clerk, first and second assessor (`first`, `second`) and
    director of the office that assesses; registrar; on the schools' route also `centre_clerk`, `centre_director` and the experts (keys that
    begin with `expert`). The notice is over ten days after `at`.
    """
    filer = people["filer"]
    if not venues_of(body, at.date()).exists():
        equip(body, by=filer, at=at, occupation=occupation)
    number = operations.begin_filing(by=filer, at=at).number
    fill(number, by=filer, at=at, occupation=occupation, levels=levels)
    for name in STAGES[1 : STAGES.index(stage) + 1]:
        _STEPS[name](number, people, at)
    return number


def _seek(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    groups = consents_wanted(filing(number, people["filer"]), at.date())
    offices = [office.pk for group in groups for one in group.offices for office in one.offices]
    asked = [pk for pk in offices if pk in {actor.office_id for actor in _consenters(people)}]
    operations.seek_consent(number=number, office_ids=asked, by=people["filer"], at=at)


def _consenters(people: Mapping[str, Actor]) -> list[Actor]:
    return [actor for key, actor in people.items() if key.startswith("consenter")]


def _consent(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    asked = set(filing(number, people["filer"]).consents.filter(answered_at__isnull=True, lapsed_at__isnull=True).values_list("office_id", flat=True))
    for actor in (one for one in _consenters(people) if one.office_id in asked):
        operations.answer_consent(number=number, given=True, opinion="同意开展评价。", by=actor, at=at)


def _submit(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    operations.submit(number=number, by=people["filer"], at=at)


def _appoint(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    wanted = {people["first"].user_id, people["second"].user_id}
    chosen = [p.pk for p in assessor_choices(filing(number, people["clerk"]), at.date()) if p.user.pk in wanted]
    operations.appoint_assessors(number=number, person_ids=chosen, recusal="与申请单位无应当回避的关系。", by=people["clerk"], at=at)


def _visit(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    case = filing(number, people["clerk"])
    for venue_id in sorted(set(case.scope.values_list("venue_id", flat=True))):
        seen = sight(venue_id, at.date(), case.body.legal_representative, "考场、工位、监控、保密室与填报一致。")
        kept = operations.record_visit(number=number, sight=seen, by=people["first"], at=at)
        operations.confirm_visit(number=number, visit_id=kept.pk, by=people["second"], at=at)


def _score(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    for who, points in (("first", "9"), ("second", "8.5")):
        operations.submit_sheet(number=number, scores=score(number, points, by=people[who], at=at), by=people[who], at=at)


def _conclude(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    assert latest_assessment(filing(number, people["clerk"])) is not None
    operations.conclude_assessment(number=number, by=people["clerk"], at=at)


def _opine(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    if has_step(filing(number, people["filer"]), "first_opinion", at.date()):
        operations.give_first_opinion(number=number, favourable=True, opinion="技术评估合格，同意上报。", by=people["director"], at=at)


def _seat_panel(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    case = filing(number, people["filer"])
    if not has_step(case, "expert_re_review", at.date()):
        return
    experts = [actor for key, actor in people.items() if key.startswith("expert")]
    wanted = {actor.user_id for actor in experts}
    chosen = [choice.person.pk for choice in expert_choices(case, at.date()) if choice.person.user.pk in wanted]
    recusal = "已核对专家任职和兼职，与申请单位无应当回避的关系。"
    operations.appoint_panel(number=number, person_ids=chosen, recusal=recusal, by=people["centre_clerk"], at=at)
    for actor in experts:
        operations.declare_no_tie(number=number, by=actor, at=at)


def _review(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    if not has_step(filing(number, people["filer"]), "expert_re_review", at.date()):
        return
    for key, actor in people.items():
        if key.startswith("expert"):
            operations.submit_panel_opinion(number=number, favourable=True, opinion="材料齐全，条件具备，同意。", by=actor, at=at)
    operations.conclude_panel(number=number, by=people["centre_clerk"], at=at)


def _announce(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    director = people.get("centre_director", people["director"])
    operations.decide(number=number, accept=True, opinion="条件具备，准予备案。", by=director, at=at)


def _accept(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    operations.accept_filing(number=number, by=PLATFORM, at=_accepted_at(number, at))


def _sign(number: str, people: Mapping[str, Actor], at: datetime) -> None:
    report = filing(number, people["registrar"]).report
    day_after = _accepted_at(number, at) + timedelta(days=1)
    operations.sign_for_report(number=report.number, site_code="", by=people["registrar"], at=day_after)


def _accepted_at(number: str, at: datetime) -> datetime:
    """Ten days on, or as many more as holidays make the notice last."""
    closes_on = of_case(number).latest("id").closes_on
    return at + timedelta(days=max(10, (closes_on - at.date()).days))


_STEPS = {
    "consent_sought": _seek,
    "consented": _consent,
    "submitted": _submit,
    "appointed": _appoint,
    "visited": _visit,
    "scored": _score,
    "concluded": _conclude,
    "opined": _opine,
    "panelled": _seat_panel,
    "reviewed": _review,
    "announced": _announce,
    "accepted": _accept,
    "signed": _sign,
}
