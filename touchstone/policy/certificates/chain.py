"""证书数据链: does every link close between a certificate's data and what stands behind it, and which one is broken?

`通知 三(四)2`: data uploaded out of scope or wrong is revoked, so none comes in: filing scope of the day ∩ standard ∩ plan ∩ venue ∩ assessors ∩
candidate ∩ identity ∩ scores ∩ public notice elapsed. The day that counts is that of the exam for scope, standard, venue and assessors, that of
issue for the number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from touchstone.kernel.numbers import parse_certificate_number, parse_id_number
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, Outcome, met, rule, unmet
from touchstone.policy.certificates.content import identity_document_accepted
from touchstone.policy.certificates.numbering import prefix_is_the_bodys, year_is_that_of_issue
from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE, EIGHT_LEVELS_2022, ID_NUMBER_STANDARD, notice, our_default
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.deadlines import NOTICE_WORKING_DAYS
from touchstone.policy.exams.parts import Part, parts_of, plain_mark
from touchstone.policy.exams.results import Score, part_passed

SCOPE, RECORD, PEOPLE, STANDARD = notice("三(四)2"), notice("三(二)4"), notice("三(二)2"), notice("三(二)1")
RESIDENT_ID = "居民身份证"


@dataclass(frozen=True)
class Told:
    """What one row says of a certificate; `level` is the sixteenth place of its number as told."""

    number: str
    name: str
    id_kind: str
    id_number: str
    occupation_code: str
    trade: str
    level: Level
    issued_on: date
    plan: str = ""
    scores: Mapping[Part, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Filed:
    """A line of filing scope; `days` are those on which it was in force, `finish_by` how long a plan of before its end may still be held."""

    occupation_codes: frozenset[str]
    trade: str
    level: Level
    days: Period
    suspended: bool = False
    finish_by: date | None = None


@dataclass(frozen=True)
class Assessor:
    """Who marked: qualified for occupation and level on the day, and kept from this candidate by `tie` (empty: by none)."""

    name: str
    qualified: bool = True
    tie: str = ""


@dataclass(frozen=True)
class Evaluation:
    """The plan a certificate rests on. `notice_until` is the last day of the public notice; `assessed` says that somebody had to mark."""

    number: str
    of_this_body: bool
    occupation_codes: frozenset[str]
    trade: str
    level: Level
    exam_on: date
    confirmed: bool
    state: str
    standard: str
    standard_as_filed: bool
    standard_days: Period
    venue: str
    venue_as_filed: bool
    venue_days: Period
    notice_until: date | None
    objection_open: bool = False
    assessed: bool = True
    assessors: tuple[Assessor, ...] = ()


@dataclass(frozen=True)
class Entrant:
    """The candidate of the plan with the row's identity number; `direct`: recognised without an exam (直接认定)."""

    number: str
    name_fits: bool
    eligible: bool
    state: str
    scores: Mapping[Part, Score] = field(default_factory=dict)
    direct: bool = False


@dataclass(frozen=True)
class Chain:
    """All that stands behind one row. `differs` names what the register has otherwise under this number; `twice` and `held` say where the number,
    and where a valid certificate of the same person, occupation and level, is already."""

    told: Told
    prefix: str
    filed: Filed | None = None
    evaluation: Evaluation | None = None
    entrant: Entrant | None = None
    differs: tuple[str, ...] = ()
    revoked: bool = False
    twice: str = ""
    held: str = ""


@rule("证书编号符合全国统一编码规则")
def number_is_well_formed(chain: Chain, day: date) -> Finding:
    """Whether the number has the seven parts of the national rule."""
    clause = CERTIFICATE_NUMBER_RULE.clause("第1至7部分")
    try:
        parse_certificate_number(chain.told.number)
    except ValueError as fault:
        return unmet(str(fault).rstrip("。"), clause)
    return met("证书编号为22位全国统一编码", clause)


@rule("证书编号前13位是本机构的编码")
def number_is_of_this_body(chain: Chain, day: date) -> Finding:
    """Whether places 1 to 13 are the body's own."""
    if not chain.prefix:
        return unmet("本机构尚无站点序列码", CERTIFICATE_NUMBER_RULE.clause("第4部分"))
    return prefix_is_the_bodys(parse_certificate_number(chain.told.number), chain.prefix)


@rule("证书编号的年份和等级与证书一致")
def number_tells_year_and_level(chain: Chain, day: date) -> Finding:
    """Whether places 14 to 16 are the year of issue and the level."""
    told = chain.told
    number = parse_certificate_number(told.number)
    if told.issued_on < CERTIFICATE_NUMBER_RULE.in_force_from:
        return unmet(f"发证日期{told.issued_on}早于编码规则施行的{CERTIFICATE_NUMBER_RULE.in_force_from}", CERTIFICATE_NUMBER_RULE.clause("第5部分"))
    year = year_is_that_of_issue(number, told.issued_on)
    if year.outcome is not Outcome.MET:
        return year
    if number.level != str(int(told.level)):
        return unmet(f"编号第16位为{number.level}，等级填的是{told.level.label}", CERTIFICATE_NUMBER_RULE.clause("第6部分"))
    return met("编号的年份、等级与发证日期、等级一致", CERTIFICATE_NUMBER_RULE.clause("第5至6部分"))


@rule("证书所依据的认定计划在平台上，由本机构实施")
def plan_is_on_record(chain: Chain, day: date) -> Finding:
    """Whether the evaluation was planned and reported here by the body that issues."""
    found = chain.evaluation
    if found is None:
        return unmet(f"平台上没有认定计划{chain.told.plan or '（未填写）'}", RECORD)
    if not found.of_this_body:
        return unmet(f"认定计划{found.number}不是本机构的，不能据此发证", notice("一"))
    if chain.told.occupation_code not in found.occupation_codes or chain.told.trade != found.trade or chain.told.level is not found.level:
        return unmet(f"职业、工种或等级与认定计划{found.number}不一致", RECORD)
    return met(f"依据认定计划{found.number}", RECORD)


@rule("职业、工种、等级在当日的备案范围之内")
def within_filed_scope(chain: Chain, day: date) -> Finding:
    """Whether the line of scope was in force on the day of the exam (of issue, where there is no plan)."""
    told, filed = chain.told, chain.filed
    on = chain.evaluation.exam_on if chain.evaluation else told.issued_on
    if filed is None or told.occupation_code not in filed.occupation_codes or told.trade != filed.trade or told.level is not filed.level:
        return unmet(f"{told.occupation_code}{told.trade}{told.level.label}不在本机构{on}的备案范围之内", SCOPE)
    if filed.finish_by is not None and on not in filed.days and on <= filed.finish_by:
        return met(f"计划编制于备案终止之前，在{filed.finish_by}前按期完成", notice("三(四)3"))
    if on not in filed.days:
        return unmet(f"{on}不在该项备案的有效期内", SCOPE)
    if filed.suspended:
        return unmet(f"{on}该项备案暂停评价", SCOPE)
    return met(f"{on}在备案范围和有效期内", SCOPE)


@rule("评价依据是备案的标准且当日有效")
def standard_is_the_filed_one(chain: Chain, day: date) -> Finding:
    """Whether the plan used the standard of the filing, in an edition in force on the day of the exam."""
    found = _evaluation(chain)
    if not found.standard_as_filed:
        return unmet(f"计划依据的{found.standard}不是备案的标准", STANDARD)
    if found.exam_on not in found.standard_days:
        return unmet(f"{found.standard}在考试日{found.exam_on}不在施行期内", STANDARD)
    return met(f"依据{found.standard}", STANDARD)


@rule("在备案的考核点评价")
def venue_is_the_filed_one(chain: Chain, day: date) -> Finding:
    """Whether the exam was held at the venue of the filing, in use on the day."""
    found = _evaluation(chain)
    clause = notice("三(三)2")
    if not found.venue_as_filed:
        return unmet(f"考核点“{found.venue}”不是备案的考核点", clause)
    if found.exam_on not in found.venue_days:
        return unmet(f"考核点“{found.venue}”在考试日{found.exam_on}没有启用或已停用", clause)
    return met(f"在备案的考核点“{found.venue}”评价", clause)


@rule("考评人员有资格且没有应回避而未回避的")
def assessors_are_fit(chain: Chain, day: date) -> Finding:
    """Whether those who marked were qualified, and had no tie to the candidate."""
    found = _evaluation(chain)
    if not found.assessed:
        return met("本计划没有需要考评人员评分的场次", PEOPLE)
    if not found.assessors:
        return unmet("没有考评人员的派遣或安排记录", PEOPLE)
    unfit = [one.name for one in found.assessors if not one.qualified]
    if unfit:
        return unmet(f"{'、'.join(unfit)}在考试日没有本职业本等级的考评资格", PEOPLE)
    tied = [f"{one.name}（{one.tie}）" for one in found.assessors if one.tie]
    if tied:
        return unmet(f"{'、'.join(tied)}应当回避而没有回避", PEOPLE)
    return met(f"{len(found.assessors)}名考评人员有资格，没有应回避的", PEOPLE)


@rule("证件号码有效")
def identity_is_well_formed(chain: Chain, day: date) -> Finding:
    """Whether kind and number of the identity document can be right."""
    told = chain.told
    kind = identity_document_accepted(told.id_kind, day)
    if kind.outcome is not Outcome.MET:
        return kind
    clause = ID_NUMBER_STANDARD.clause("公民身份号码")
    if told.id_kind != RESIDENT_ID:
        return met(f"证件类型为{told.id_kind}", clause)
    try:
        parse_id_number(told.id_number)
    except ValueError as fault:
        return unmet(str(fault).rstrip("。"), clause)
    return met("身份证号码校验相符", clause)


@rule("证书持有人是该计划符合条件的考生")
def candidate_is_eligible(chain: Chain, day: date) -> Finding:
    """Whether somebody with this identity number is an eligible candidate of the plan, under this name."""
    found = chain.entrant
    if found is None:
        return unmet("该证件号码不在认定计划的考生名单中", RECORD)
    if not found.name_fits:
        return unmet("姓名与该证件号码的考生不一致", RECORD)
    if not found.eligible:
        return unmet(f"该考生当前为“{found.state}”，不是符合申报条件的考生", RECORD)
    return met(f"考生编号{found.number}，符合申报条件", RECORD)


@rule("各科成绩合格，与平台登记的一致")
def scores_are_those_on_record(chain: Chain, day: date) -> Finding:
    """Whether every part of the level passed, and is told as it is on record."""
    told, found = chain.told, chain.entrant
    exam_on = chain.evaluation.exam_on if chain.evaluation else told.issued_on
    if found is not None and found.direct:
        return met("企业直接认定，不组织考试", EIGHT_LEVELS_2022.clause("企业自主评价：直接认定和破格晋升"))
    recorded = found.scores if found is not None else {part: Score(mark=mark) for part, mark in told.scores.items()}
    for part in parts_of(told.level, exam_on):
        passed = part_passed(part, recorded.get(part, Score()), exam_on)
        if passed.outcome is not Outcome.MET:
            return passed
        mark, registered = told.scores.get(part), recorded[part].mark
        if mark != registered:
            return unmet(f"{part.label}填的是{plain_mark(mark) or '空'}，平台登记的是{plain_mark(registered)}", RECORD)
    return met("各科成绩合格，与登记的一致" if found is not None else "各科成绩合格", RECORD)


@rule("成绩公示期满以后发证")
def notice_has_elapsed(chain: Chain, day: date) -> Finding:
    """Whether the results stood before the public to the end, without an open objection, before the day of issue."""
    found, issued_on = _evaluation(chain), chain.told.issued_on
    clause = NOTICE_WORKING_DAYS.on(day).clause
    if found.objection_open:
        return unmet("对该计划成绩的异议尚未办结", our_default("公示异议"))
    if found.notice_until is None or not found.confirmed:
        return unmet(f"认定计划{found.number}当前为“{found.state}”，成绩公示还没有期满", clause)
    if issued_on <= found.notice_until:
        return unmet(f"发证日期{issued_on}不晚于公示末日{found.notice_until}", clause)
    if issued_on > day:
        return unmet(f"发证日期{issued_on}还没有到", clause)
    return met(f"成绩公示已于{found.notice_until}期满", clause)


@rule("发证日期不晚于上传日")
def issued_already(chain: Chain, day: date) -> Finding:
    """Whether an existing certificate was issued by the day its data comes in."""
    if chain.told.issued_on > day:
        return unmet(f"发证日期{chain.told.issued_on}还没有到", SCOPE)
    return met(f"于{chain.told.issued_on}发证", SCOPE)


@rule("没有重复的证书数据")
def is_not_there_twice(chain: Chain, day: date) -> Finding:
    """Whether neither the number nor a valid certificate of the same person, occupation and level is there already."""
    clause = our_default("证书数据不重复")
    if chain.twice:
        return unmet(f"证书编号{chain.told.number}已在{chain.twice}", clause)
    if chain.held:
        return unmet(f"该持证人已有本职业本等级的有效证书（{chain.held}）", clause)
    return met("没有重复", clause)


@rule("与登记簿中同一编号的证书一致")
def agrees_with_the_register(chain: Chain, day: date) -> Finding:
    """Whether a certificate of this number that the register knows already says the same, and stands."""
    if chain.revoked:
        return unmet("该编号的证书已撤销", SCOPE)
    if chain.differs:
        return unmet(f"与登记簿中同一编号的证书不一致：{'、'.join(chain.differs)}", SCOPE)
    return met("与登记簿一致", SCOPE)


def _evaluation(chain: Chain) -> Evaluation:
    assert chain.evaluation is not None, "the plan's link comes first"
    return chain.evaluation


@dataclass(frozen=True)
class Link:
    """One link: the rule, and what to do where it is broken; what follows cannot be asked where `ends` and it is broken."""

    check: Callable[[Chain, date], Finding]
    next_step: str
    ends: bool = False


_NUMBER = (
    Link(number_is_well_formed, "请按编码规则核对证书编号。", ends=True),
    Link(number_is_of_this_body, "请核对是否用了其他机构或站点的编号。"),
    Link(number_tells_year_and_level, "请核对发证日期、等级和编号。", ends=True),
)
_SCOPE = Link(within_filed_scope, "超范围的不能上传；确已备案的，请核对职业编码、等级和考试日期，或先办理备案变更。")
_IDENTITY = Link(identity_is_well_formed, "请对照证件原件改正。")
_TWICE = Link(is_not_there_twice, "请删去重复的行；原证书有误的，请先办理更正或撤销。")
_REGISTER = Link(agrees_with_the_register, "请按已核发的证书改正本行；证书本身有误的，请办理更正。")
CHAIN = (
    *_NUMBER,
    Link(plan_is_on_record, "请填写本机构在平台上的认定计划编号，并核对职业、等级。", ends=True),
    _SCOPE,
    Link(standard_is_the_filed_one, "请核对计划依据的标准；标准已更新的，请办理备案变更后重新评价。"),
    Link(venue_is_the_filed_one, "在未备案考核点的评价不能发证，请联系备案部门。"),
    Link(assessors_are_fit, "请在认定计划的考务编排中核对考评人员；应回避的须由其他考评人员重新评分。"),
    _IDENTITY,
    Link(candidate_is_eligible, "请核对姓名和证件号码；没有报名或审核的不能发证。"),
    Link(scores_are_those_on_record, "请按平台登记的成绩填写；登记有误的，先在成绩页更正。"),
    Link(notice_has_elapsed, "请在公示期满、异议办结后再发证、上传。"),
    _TWICE,
    _REGISTER,
)
EXISTING = (
    *_NUMBER,
    _SCOPE,
    _IDENTITY,
    Link(scores_are_those_on_record, "请对照原始成绩册核对。"),
    Link(issued_already, "请核对发证日期。"),
    _TWICE,
    _REGISTER,
)
"""What is asked of certificates of before the platform, whose plan it never knew."""


@dataclass(frozen=True)
class Followed:
    """What came of a row: every finding, and the first broken link with the next step; `broken` is None where the chain closes."""

    findings: tuple[Finding, ...]
    broken: Finding | None = None
    next_step: str = ""


def follow(chain: Chain, day: date, links: tuple[Link, ...] = CHAIN) -> Followed:
    """This function will ask every link in order on the day the data comes in, and name the first that is broken."""
    findings: list[Finding] = []
    broken: Finding | None = None
    next_step = ""
    for link in links:
        found = link.check(chain, day)
        findings.append(found)
        if found.outcome is Outcome.MET:
            continue
        if broken is None:
            broken, next_step = found, link.next_step
        if link.ends:
            break
    return Followed(tuple(findings), broken, next_step)
