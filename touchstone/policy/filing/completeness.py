"""材料齐全: does a draft show everything a body must have before it asks for consent?

`通知 三(二)5`; the least numbers are ours (`minima`). Each rule answers for one section of the form.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.numbers import parse_uscc
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import USCC_STANDARD, notice, our_default
from touchstone.policy.filing import minima
from touchstone.policy.filing.draft import DraftFacts, Duty, RoomPurpose, VenueFacts
from touchstone.policy.filing.safeguards import safeguards_shown
from touchstone.policy.filing.scope import check_scope_item
from touchstone.policy.roles import BodyKind

_SINCE = date(2024, 5, 1)
_CLAUSE = notice("三(二)5")
_REGISTERED_UNDER = {
    BodyKind.ENTERPRISE: notice("三(一)1"),
    BodyKind.SOCIAL: notice("三(一)2"),
    BodyKind.SCHOOL: notice("三(一)3"),
}

EVIDENCE: Dated[tuple[str, ...]] = Dated(
    "备案申请应附的证明材料",
    Value(
        _SINCE,
        (
            "营业执照或法人登记证书",
            "机构设置和人员任命文件",
            "场地权属或租赁证明",
            "人员资格证书",
            "设施设备清单",
            "视频监控画面截图",
            "管理制度文本",
            "经费保障说明",
        ),
        our_default("备案申请材料"),
    ),
    key="filing.evidence",
    changeable=True,
)
_COMMON = EVIDENCE.values[0].value[1:]
SOCIAL_EVIDENCE: Dated[tuple[str, ...]] = Dated(
    "社会培训评价组织备案申请应附的证明材料",
    Value(_SINCE, ("法人登记证书", *_COMMON, "信用报告", "收费标准与公示办法"), our_default("备案申请材料")),
    key="filing.evidence_social",
    changeable=True,
)
SCHOOL_EVIDENCE: Dated[tuple[str, ...]] = Dated(
    "院校备案申请应附的证明材料",
    Value(_SINCE, ("营业执照或法人登记证书", "办学许可或批准设立文件", *_COMMON, "专业与学籍名册"), our_default("备案申请材料")),
    key="filing.evidence_school",
    changeable=True,
)
EVIDENCE_OF: Mapping[BodyKind, Dated[tuple[str, ...]]] = {
    BodyKind.ENTERPRISE: EVIDENCE,
    BodyKind.SOCIAL: SOCIAL_EVIDENCE,
    BodyKind.SCHOOL: SCHOOL_EVIDENCE,
}
"""What each kind of body hands in: a social body its legal person and credit, a school its licence and register."""


def evidence_for(kind: BodyKind, day: date) -> Value[tuple[str, ...]]:
    """This function will give what a body of this kind hands in on `day`."""
    return EVIDENCE_OF[kind].on(day)


@rule("统一社会信用代码有效且注册在本市")
def lawfully_registered(draft: DraftFacts, day: date) -> Finding:
    """Whether the code holds and the body is registered in a district of the city."""
    try:
        parse_uscc(draft.uscc)
    except ValueError as error:
        return unmet(str(error).rstrip("。"), USCC_STANDARD.clause("校验位"))
    if not draft.district:
        return unmet("注册地不在本市各区，不能在本市备案", _REGISTERED_UNDER[draft.kind])
    return met("统一社会信用代码有效，注册在本市", USCC_STANDARD.clause("校验位"))


@rule("有考核点，且理论、技能考场齐备")
def venue_has_rooms(draft: DraftFacts, day: date) -> Finding:
    """Whether there is a venue, and among all venues at least one room for theory and one for practical exams."""
    if not draft.venues:
        return unmet("尚未填报考核点", _CLAUSE)
    present = {room.purpose for venue in draft.venues for room in venue.rooms}
    wanted = {RoomPurpose.THEORY: "理论考场", RoomPurpose.PRACTICAL: "技能考场", RoomPurpose.SECRECY: "保密室"}
    missing = [label for purpose, label in wanted.items() if purpose not in present]
    if missing:
        return unmet(f"缺少{'、'.join(missing)}", _CLAUSE)
    return met(f"共{len(draft.venues)}个考核点，考场齐备", _CLAUSE)


@rule("考场座位足够")
def rooms_seat_enough(draft: DraftFacts, day: date) -> Finding:
    """Whether every room has the least number of seats or workplaces."""
    least = {RoomPurpose.THEORY: minima.LEAST_THEORY_SEATS.on(day), RoomPurpose.PRACTICAL: minima.LEAST_PRACTICAL_SEATS.on(day)}
    return _rooms(draft.venues, least, lambda room: room.seats, "座位（工位）", minima.LEAST_THEORY_SEATS.on(day))


@rule("考场视频监控足够")
def rooms_are_watched(draft: DraftFacts, day: date) -> Finding:
    """Whether every room has the least number of cameras (含视频监控系统)."""
    least = {
        RoomPurpose.THEORY: minima.LEAST_THEORY_CAMERAS.on(day),
        RoomPurpose.PRACTICAL: minima.LEAST_PRACTICAL_CAMERAS.on(day),
    }
    return _rooms(draft.venues, least, lambda room: room.cameras, "摄像头", minima.LEAST_THEORY_CAMERAS.on(day))


def _rooms(venues: Iterable[VenueFacts], least: dict[RoomPurpose, Value[int]], count: Callable[..., int], what: str, shown: Value[int]) -> Finding:
    rooms = [(venue, room) for venue in venues for room in venue.rooms if room.purpose in least]
    if not rooms:
        return unmet("尚未填报考场", shown.clause)
    short = [
        f"{venue.name}{room.name}{what}{count(room)}个，应不少于{least[room.purpose].value}个"
        for venue, room in rooms
        if count(room) < least[room.purpose].value
    ]
    return unmet("；".join(short), shown.clause) if short else met(f"各考场{what}足够", shown.clause)


@rule("考核点自有或租期足够")
def venue_is_secure(draft: DraftFacts, day: date) -> Finding:
    """Whether each venue is owned, or leased for long enough from `day` on."""
    months = minima.LEAST_LEASE_MONTHS.on(day)
    if not draft.venues:
        return unmet("尚未填报考核点", months.clause)
    unknown = [v.name for v in draft.venues if not v.owned and v.leased_until is None]
    short = [
        f"{v.name}租期至{v.leased_until}"
        for v in draft.venues
        if not v.owned and v.leased_until is not None and v.leased_until < add_months(day, months.value)
    ]
    if short:
        return unmet(f"{'、'.join(short)}，剩余租期应不少于{months.value}个月", months.clause)
    if unknown:
        return unproven(f"{'、'.join(unknown)}未填租赁到期日", months.clause, ask_for="租赁合同")
    return met("各考核点自有或租期足够", months.clause)


@rule("专职管理人员足够")
def enough_managers(draft: DraftFacts, day: date) -> Finding:
    """Whether there are enough full-time managers."""
    people = {s.person for s in draft.staff if s.duty is Duty.MANAGER and s.full_time}
    return _enough(len(people), minima.LEAST_MANAGERS.on(day), "专职管理人员")


@rule("每个职业的考评人员足够")
def enough_assessors(draft: DraftFacts, day: date) -> Finding:
    """Whether each occupation of the scope has enough assessors."""
    least = minima.LEAST_ASSESSORS.on(day)
    wanted = {item.occupation.code: item.title for item in draft.scope if item.occupation}
    if not wanted:
        return unmet("尚未填报职业，无法核对考评人员", least.clause)
    short = []
    for code, title in sorted(wanted.items()):
        people = {s.person for s in draft.staff if s.duty is Duty.ASSESSOR and s.occupation == code}
        if len(people) < least.value:
            short.append(f"{title}有考评人员{len(people)}人")
    if short:
        return unmet(f"{'、'.join(short)}，每个职业应不少于{least.value}人", least.clause)
    return met(f"{len(wanted)}个职业的考评人员足够", least.clause)


@rule("内部质量督导员足够")
def enough_supervisors(draft: DraftFacts, day: date) -> Finding:
    """Whether there are enough internal supervisors."""
    people = {s.person for s in draft.staff if s.duty is Duty.INTERNAL_SUPERVISOR}
    return _enough(len(people), minima.LEAST_SUPERVISORS.on(day), "内部质量督导员")


def _enough(present: int, least: Value[int], what: str) -> Finding:
    if present < least.value:
        return unmet(f"{what}{present}人，应不少于{least.value}人", least.clause)
    return met(f"{what}{present}人", least.clause)


@rule("备案范围逐项符合规定")
def scope_is_fileable(draft: DraftFacts, day: date) -> Finding:
    """Whether there is a scope and each of its lines passes `check_scope_item`."""
    if not draft.scope:
        return unmet("尚未填报备案的职业和等级", notice("一"))
    found = [(item, f) for item in draft.scope for f in check_scope_item(draft.kind, item, day)]
    for outcome in ("unmet", "unproven"):
        bad = [(item, f) for item, f in found if f.outcome == outcome]
        if bad:
            reason = "；".join(f"{item.title}{item.level.short_label}：{f.reason}" for item, f in bad)
            if outcome == "unmet":
                return unmet(reason, bad[0][1].clause)
            return unproven(reason, bad[0][1].clause, ask_for="、".join(dict.fromkeys(f.ask_for for _, f in bad)))
    return met(f"{len(draft.scope)}项职业等级均可备案", notice("一"))


@rule("管理制度齐全")
def systems_written(draft: DraftFacts, day: date) -> Finding:
    """Whether every rule of the list has been written."""
    systems = minima.SYSTEMS.on(day)
    missing = [name for name in systems.value if name not in draft.systems]
    if missing:
        return unmet(f"缺少管理制度：{'、'.join(missing)}", systems.clause)
    return met(f"{len(systems.value)}项管理制度齐全", systems.clause)


@rule("题库套数足够")
def enough_papers(draft: DraftFacts, day: date) -> Finding:
    """Whether each occupation and level has enough sets of papers."""
    least = minima.LEAST_PAPER_SETS.on(day)
    if not draft.scope:
        return unmet("尚未填报职业，无法核对题库", least.clause)
    short = []
    for item in draft.scope:
        sets = draft.paper_sets.get((item.occupation.code if item.occupation else "", int(item.level)), 0)
        if sets < least.value:
            short.append(f"{item.title}{item.level.short_label}{sets}套")
    if short:
        return unmet(f"{'、'.join(short)}，每个职业等级应不少于{least.value}套", least.clause)
    return met("各职业等级题库套数足够", least.clause)


@rule("证明材料齐全")
def evidence_attached(draft: DraftFacts, day: date) -> Finding:
    """Whether every kind of evidence has been attached: of the whole list, or of what the change needs."""
    wanted = evidence_for(draft.kind, day)
    missing = [name for name in (wanted.value if draft.wanted is None else draft.wanted) if name not in draft.evidence]
    if missing:
        return unproven(f"尚未上传：{'、'.join(missing)}", wanted.clause, ask_for="、".join(missing))
    return met("证明材料齐全", wanted.clause)


SECTIONS: dict[str, tuple[Callable[[DraftFacts, date], Finding], ...]] = {
    "identity": (lawfully_registered,),
    "venues": (venue_has_rooms, rooms_seat_enough, rooms_are_watched, venue_is_secure),
    "staff": (enough_managers, enough_assessors, enough_supervisors),
    "scope": (scope_is_fileable,),
    "systems": (systems_written,),
    "questions": (enough_papers,),
    "evidence": (evidence_attached, safeguards_shown),
}
"""The sections of the form and the rules that answer for each."""


def check_section(section: str, draft: DraftFacts, day: date) -> tuple[Finding, ...]:
    """This function will check one section of a draft. :raises KeyError: for an unknown section."""
    return tuple(check(draft, day) for check in SECTIONS[section])


def check_draft(draft: DraftFacts, day: date) -> tuple[Finding, ...]:
    """This function will check a whole draft, section by section."""
    return tuple(found for section in SECTIONS for found in check_section(section, draft, day))
