"""应征条件: what must an organisation be and have, to be selected in a public call?

`通知 二(二)` asks for an independent legal person lawfully registered in the city, selected against conditions (按条件遴选), and leaves the
conditions open: those below are our default, after what other provinces asked for. What counts is what was checked, not what was declared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.grade import Grade

_SINCE = date(2024, 5, 1)
LAW, OURS = notice("二(二)"), our_default("征集遴选条件")


def _least(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, value, OURS), key=f"calls.{key}", unit=unit, changeable=True)


LEAST_YEARS = _least("least_years", "连续从事相关培训或者评价工作的最少年限", 3, "年")
LEAST_YEARS_EASED = _least("least_years_eased", "符合放宽情形的最少年限", 1, "年")
LEAST_RATING = _least("least_rating", "社会组织评估的最低等级", 3, "A")
LEAST_STAFF = _least("least_staff", "专职工作人员最少人数", 5, "人")
LEAST_EXPERTS = _least("least_experts", "本职业专家最少人数", 5, "人")
LEAST_SEATS = _least("least_seats", "理论考场最少座位数", 30, "座")
LEAST_STATIONS = _least("least_stations", "技能考核最少工位数", 10, "个")


NOT_SELECTED_GRADES: Dated[tuple[str, ...]] = Dated(
    "征集中不得入选的机构等级", Value(_SINCE, ("D",), OURS), key="calls.not_selected_grades", changeable=True
)


class Measure(StrEnum):
    """How a question is answered: yes or no, a number, or a rating of so many A."""

    YES = "yes"
    COUNT = "count"
    RATING = "rating"


@dataclass(frozen=True)
class Shown:
    """One answer as numbers (yes is 1): what the organisation declares, and what was found; None is not known."""

    declared: int | None = None
    checked: int | None = None


@dataclass(frozen=True)
class Applicant:
    """An organisation before the conditions: what the register knows of it (its grade too, which nobody declares), and its answers by key
    of the question."""

    kind: BodyKind
    in_city: bool
    is_association: bool
    shown: Mapping[str, Shown] = field(default_factory=dict)
    is_model: bool = False
    grade: Grade = Grade.NONE

    def of(self, key: str) -> Shown:
        """This method will give one answer; an answer that was not given is not known."""
        return self.shown.get(key, Shown())


def _declared(shown: Shown, unit: str) -> str:
    """Say what was declared where the check found something else."""
    return f"（申报{shown.declared}{unit}）" if shown.declared not in (None, shown.checked) else ""


def _yes(shown: Shown, yes: str, no: str, clause: Clause, ask_for: str) -> Finding:
    if shown.checked is None:
        return unproven(f"{yes}，尚未核实" if shown.declared else f"没有申报“{yes}”", clause, ask_for=ask_for)
    return met(yes, clause) if shown.checked else unmet(no, clause)


def _enough(shown: Shown, what: str, least: Value[int], unit: str, ask_for: str) -> Finding:
    if shown.checked is None:
        said = "没有申报" if shown.declared is None else f"申报{shown.declared}{unit}，尚未核实"
        return unproven(f"{what}{said}", least.clause, ask_for=ask_for)
    reason = f"{what}{shown.checked}{unit}{_declared(shown, unit)}，应不少于{least.value}{unit}"
    return met(reason, least.clause) if shown.checked >= least.value else unmet(reason, least.clause)


@rule("在本市依法登记的独立法人")
def independent_legal_person(applicant: Applicant, day: date) -> Finding:
    """Whether the organisation is a social body, registered in the city, an independent legal person."""
    if applicant.kind is not BodyKind.SOCIAL:
        return unmet(f"公开征集面向社会培训评价组织，本机构类别为{applicant.kind.label}", LAW)
    if not applicant.in_city:
        return unmet("注册地不在本市", LAW)
    return _yes(applicant.of("legal_person"), "是在本市依法登记的独立法人", "不具有独立法人资格", LAW, "法人登记证书")


@rule("从事相关培训或者评价工作的年限足够")
def years_enough(applicant: Applicant, day: date) -> Finding:
    """Whether it has trained or evaluated in the field long enough without a break; fewer years where an easing applies."""
    eased = applicant.of("eased").checked == 1
    least = (LEAST_YEARS_EASED if eased else LEAST_YEARS).on(day)
    what = "符合放宽情形，连续从事相关工作" if eased else "连续从事相关工作"
    return _enough(applicant.of("years"), what, least, "年", "历年培训、评价工作记录")


@rule("社会组织评估等级足够")
def rating_enough(applicant: Applicant, day: date) -> Finding:
    """Whether an association has the civil-affairs rating; others need none."""
    least = LEAST_RATING.on(day)
    if not applicant.is_association:
        return met("不是社会团体、民办非企业单位，不要求评估等级", least.clause)
    return _enough(applicant.of("rating"), "社会组织评估等级", least, "A", "社会组织评估等级证书")


@rule("设有专门部门负责评价工作")
def department_set_up(applicant: Applicant, day: date) -> Finding:
    """Whether a department of its own is in charge of evaluation."""
    return _yes(applicant.of("department"), "设有专门部门", "没有设立专门部门", OURS, "部门设立文件")


@rule("专职工作人员足够")
def staff_enough(applicant: Applicant, day: date) -> Finding:
    """Whether enough people work full time on evaluation."""
    return _enough(applicant.of("staff"), "专职工作人员", LEAST_STAFF.on(day), "人", "劳动合同和社保缴纳记录")


@rule("专家队伍足够")
def experts_enough(applicant: Applicant, day: date) -> Finding:
    """Whether enough experts of the occupation stand by it."""
    return _enough(applicant.of("experts"), "本职业专家", LEAST_EXPERTS.on(day), "人", "专家名单和聘书")


@rule("理论考场足够")
def seats_enough(applicant: Applicant, day: date) -> Finding:
    """Whether there are seats enough for the theory exam."""
    return _enough(applicant.of("seats"), "理论考场座位", LEAST_SEATS.on(day), "座", "场地照片、平面图和使用权证明")


@rule("技能考核工位和设备足够")
def stations_enough(applicant: Applicant, day: date) -> Finding:
    """Whether there are places with equipment enough for the practical exam."""
    return _enough(applicant.of("stations"), "技能考核工位", LEAST_STATIONS.on(day), "个", "设备清单和现场照片")


@rule("有质量管控措施")
def quality_kept(applicant: Applicant, day: date) -> Finding:
    """Whether measures of quality control are written down and followed."""
    return _yes(applicant.of("quality"), "有质量管控措施", "没有质量管控措施", OURS, "质量管理制度")


@rule("信用良好")
def credit_good(applicant: Applicant, day: date) -> Finding:
    """Whether nothing is on record against its credit."""
    return _yes(applicant.of("credit"), "没有失信和违法违规记录", "有失信或者违法违规记录", OURS, "信用报告")


@rule("机构等级不影响入选")
def grade_allows(applicant: Applicant, day: date) -> Finding:
    """Whether the grade the platform gave does not stand against it; who was never graded is judged by what was declared and checked."""
    low = NOT_SELECTED_GRADES.on(day)
    if applicant.grade is Grade.NONE:
        return met("没有定级，按申报和核实的情况审核", low.clause)
    told = f"机构等级为{applicant.grade.label}（平台定级）"
    return unmet(f"{told}，{'、'.join(low.value)}级不得入选", low.clause) if applicant.grade.value in low.value else met(told, low.clause)


@dataclass(frozen=True)
class Condition:
    """One condition: the question, how it is answered, what proves it, the least there must be, and the rule that tries it."""

    key: str
    title: str
    measure: Measure
    proof: str
    unit: str = ""
    least: Dated[int] | None = None
    tried_by: Callable[[Applicant, date], Finding] | None = None
    clause: Clause = OURS

    def demand_on(self, day: date) -> str:
        """This method will write what is asked for on `day`."""
        return f"不少于{self.least.on(day).value}{self.unit}" if self.least else ("应当具备" if self.tried_by else "供放宽年限参考")


_YES, _COUNT = Measure.YES, Measure.COUNT
CONDITIONS: Dated[tuple[Condition, ...]] = Dated(
    "社会培训评价组织的遴选条件",
    Value(
        _SINCE,
        (
            Condition("legal_person", "在本市依法登记的独立法人", _YES, "法人登记证书", tried_by=independent_legal_person, clause=LAW),
            Condition("years", "连续从事相关培训或者评价工作的年限", _COUNT, "历年培训、评价工作记录", "年", LEAST_YEARS, years_enough),
            Condition("eased", "参与编制过本职业国家职业标准、题库，或者企业评价试点满200人", _YES, "参编证明或者试点结果"),
            Condition("rating", "社会组织评估等级（社会团体、民办非企业单位）", Measure.RATING, "评估等级证书", "A", LEAST_RATING, rating_enough),
            Condition("department", "设有专门部门负责评价工作", _YES, "部门设立文件", tried_by=department_set_up),
            Condition("staff", "专职工作人员", _COUNT, "劳动合同和社保缴纳记录", "人", LEAST_STAFF, staff_enough),
            Condition("experts", "本职业专家", _COUNT, "专家名单和聘书", "人", LEAST_EXPERTS, experts_enough),
            Condition("seats", "理论考场座位", _COUNT, "场地照片、平面图和使用权证明", "座", LEAST_SEATS, seats_enough),
            Condition("stations", "技能考核工位和设备", _COUNT, "设备清单和现场照片", "个", LEAST_STATIONS, stations_enough),
            Condition("quality", "质量管控措施", _YES, "质量管理制度", tried_by=quality_kept),
            Condition("credit", "信用良好，没有失信和违法违规记录", _YES, "信用报告", tried_by=credit_good),
        ),
        OURS,
    ),
    key="calls.conditions",
)


def check_conditions(applicant: Applicant, day: date) -> tuple[Finding, ...]:
    """This function will try an organisation by every condition in force on `day`, and by the grade it has."""
    return *(one.tried_by(applicant, day) for one in CONDITIONS.on(day).value if one.tried_by), grade_allows(applicant, day)
