"""队伍展示: how do an application, a qualification and a measure look on a page, whoever looks at them?"""

from typing import TYPE_CHECKING, Any

from touchstone.experts.queries import STATES_OF_QUALIFICATION
from touchstone.experts.queries.figures import City
from touchstone.experts.states import ApplicationState, AssignmentState
from touchstone.files import queries as files
from touchstone.ledger.queries import history
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.experts.appraisal import Grade, Year
from touchstone.policy.experts.entry import Title
from touchstone.web.events import event_words

if TYPE_CHECKING:
    from touchstone.experts.models import Application, Qualification

_TONES = {
    "drafted": "neutral", "submitted": "info", "in_training": "info", "returned": "warn", "qualified": "ok", "refused": "danger",
    "withdrawn": "neutral",
}  # fmt: skip
_ASSIGNMENT_TONES = {"offered": "warn", "accepted": "info", "signed_in": "info", "reported": "ok", "absent": "danger"}
_GRADE_TONES = {"excellent": "ok", "good": "ok", "just": "warn", "failed": "danger", "none": "neutral"}
APPLICATION_STATES = {state.value: (state.label, _TONES[state.value]) for state in ApplicationState}
ASSIGNMENT_STATES = {state.value: (state.label, _ASSIGNMENT_TONES.get(state.value, "neutral")) for state in AssignmentState}
GRADES = {grade.value: (grade.label, _GRADE_TONES[grade.value]) for grade in Grade}
MEASURE_TONES = {"warning": "warn", "suspension": "danger", "removal": "danger"}
_NOT_TOLD = ("corps_application.saved", "file.attached", "file.withdrawn", "course.enrolled", "course.left")
NO_DISTRICT, NONE = "市职鉴中心", "尚无数据"


def managed_by(district: str) -> str:
    """This function will name who manages a member day by day."""
    return DISTRICTS.get(district, NO_DISTRICT)


def line_of(held: "Qualification") -> dict[str, Any]:
    """This function will write a qualification with how it stands, for a card or a table row (`with_state` noted `standing_on`)."""
    label, tone = STATES_OF_QUALIFICATION[held.standing_on]  # type: ignore[attr-defined]
    return {"held": held, "what": what_of(held), "state": label, "tone": tone, "usable": held.standing_on == "valid"}  # type: ignore[attr-defined]


def what_of(thing: "Qualification | Application") -> str:
    """This function will write what somebody may judge: 车工，三级/高级工及以下."""
    if thing.occupation is None or thing.highest_level is None:
        return "质量督导"
    return f"{thing.occupation.name}，{Level(thing.highest_level).label}及以下"


def claims_in_words(application: "Application") -> list[tuple[str, str]]:
    """This function will write what an applicant says, for a list of fields."""
    claims = application.claims
    level = claims.get("certificate_level")
    return [
        ("本职业技能等级证书", Level(level).label if level else "没有"),
        ("专业技术职称", Title(claims.get("title") or "").label),
        ("担任考评员年限", f"{claims.get('assessor_years') or 0}年"),
        ("从事评价管理工作年限", f"{claims.get('work_years') or 0}年"),
        ("申请说明", claims.get("statement") or "—"),
    ]


def facts_of(application: "Application") -> list[tuple[str, str]]:
    """This function will write who applies for what, for a list of fields."""
    member = application.member
    renews = application.claims.get("renews")
    return [
        ("申请人", member.person.name),
        ("证件号码", member.person.id_masked),
        ("队伍编号", member.number),
        ("工作单位", member.employer),
        ("申请类别", application.get_kind_display()),
        ("范围", what_of(application)),
        ("推荐机构", application.body.name if application.body else "本人申请"),
        ("审核单位", application.office.name),
        *([("延续的资格", renews)] if renews else []),
    ]


def files_of(number: str) -> list[dict[str, Any]]:
    """This function will list the proofs of an application; the page adds the addresses."""
    return [{"number": one.number, "name": one.name, "kind": one.label, "size": one.size, "at": one.uploaded_at} for one in files.of_case(number)]


def timeline(*subjects: str) -> list[dict[str, Any]]:
    """This function will write the record of an application, a member or a course, the latest first; what the page shows anyhow is not told."""
    lines = history(*subjects).exclude(event__in=_NOT_TOLD).order_by("-id")
    return [
        {"what": event_words(one.event), "who": one.actor_label, "at": one.at, "opinion": one.reason, "clause": one.detail.get("clause", "")}
        for one in lines
    ]


def beside(own: Year, city: City) -> list[tuple[str, str, str]]:
    """This function will write a member's figures with the city's beside them."""
    came = own.came + own.absent
    average = f"人均{city.sent / city.members:.1f}次" if city.members else NONE
    return [
        ("派出", f"{own.sent}次", average),
        ("到场", _share(own.came / came if came else None), _share(city.came)),
        ("迟到", _share(own.late / own.came if own.came else None), _share(city.late)),
        ("无正当理由推辞", _share(own.refused / own.sent if own.sent else None), _share(city.refused)),
        ("现场评价（按所评等级校正）", _points(own.mark), _points(city.mark)),
        ("与同组考评员的一致程度", NONE, NONE),
        ("评分的离散程度", NONE, NONE),
        ("临界分聚集", NONE, NONE),
        ("投诉", NONE, NONE),
    ]


def _share(value: float | None) -> str:
    return NONE if value is None else f"{value * 100:.0f}%"


def _points(value: Any) -> str:
    return NONE if value is None else f"{value:.1f}分"
