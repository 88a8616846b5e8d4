"""外部答复: does what an outside register says bear out what an applicant claims, contradict it, or say nothing about it?

A register that is silent contradicts nobody: what is older than it, or outside the city, is proved on paper as before. What it contradicts is told to
the reviewer and to the person; it is a reason to look, and decides nothing by itself.
"""

from collections.abc import Iterable
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import our_default
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.outside import CertificateAnswer, SchoolRecord
from touchstone.policy.eligibility.schooling import School
from touchstone.policy.eligibility.words import ASK_CERTIFICATE, ASK_DIPLOMA, ASK_WORK, spell_months

_OURS = our_default("外部登记核查")
SLACK_MONTHS: Dated[int] = Dated(
    "自述工作年限比缴费记录多出多少个月以内仍视为相符",
    Value(date(2018, 1, 1), 12, our_default("工作年限与缴费记录的出入")),
    key="eligibility.insurance_slack",
    unit="个月",
    changeable=True,
)


@rule("姓名与证件号码一致")
def name_fits_number(fits: bool | None, day: date) -> Finding:
    """Whether the register of residents knows this number under this name."""
    if fits is None:
        return unproven("人口登记中没有查到这个证件号码", _OURS, ask_for="居民身份证原件")
    if not fits:
        return unmet("人口登记中这个证件号码不是这个姓名", _OURS)
    return met("姓名与证件号码和人口登记一致", _OURS)


@rule("人口登记中没有死亡记录")
def no_death_registered(died_on: date | None, day: date) -> Finding:
    """Whether nobody has registered that the person died before they applied."""
    if died_on is not None and died_on <= day:
        return unmet(f"人口登记中有{died_on}死亡的记录", _OURS)
    return met("人口登记中没有死亡记录", _OURS)


@rule("缴费记录与自述工作年限相符")
def contributions_bear_out_work(claimed_months: int, paid_months: int, day: date) -> Finding:
    """Whether contributions were paid for as long as the person says they worked, give or take what is laid down."""
    slack = SLACK_MONTHS.on(day)
    claimed, paid = spell_months(claimed_months), spell_months(paid_months)
    if not paid_months:
        return unproven(f"自述工作{claimed}，没有查到缴费记录", slack.clause, ask_for=ASK_WORK)
    if paid_months + slack.value < claimed_months:
        return unmet(f"自述工作{claimed}，缴费记录只有{paid}", slack.clause)
    return met(f"自述工作{claimed}，缴费记录{paid}", slack.clause)


@rule("申报之日由所填单位缴费")
def employer_pays(employer: str, direct: bool, by_named: bool | None, day: date) -> Finding:
    """Whether the employer named on the form pays on the day of application (`by_named`; None where nobody does).

    Whoever is sent by an agency is paid for by the agency: that contradicts nothing.
    """
    if by_named:
        return met(f"申报之日由“{employer}”缴费", _OURS)
    if by_named is None:
        return unproven("申报之日没有缴费记录", _OURS, ask_for="劳动合同或其他用工证明")
    if not direct:
        said = f"申报之日的缴费单位不是“{employer}”，劳务派遣、外包的由派出单位缴费"
        return unproven(said, _OURS, ask_for="劳务派遣协议、劳务外包合同或其他用工证明")
    return unmet(f"申报之日的缴费单位不是“{employer}”", _OURS)


@rule("学籍学历登记与自述学历相符")
def schooling_is_registered(claimed: School, records: Iterable[SchoolRecord], day: date) -> Finding:
    """Whether the register holds a schooling of the kind claimed, finished on the day of application or in the year of graduation."""
    held = list(records)
    if not held:
        return unproven(f"自述{claimed.label}学历，没有查到学籍学历登记", _OURS, ask_for=ASK_DIPLOMA)
    same = [one for one in held if one.school is claimed and (one.final_year or (one.graduated_on is not None and one.graduated_on <= day))]
    if not same:
        kinds = "、".join(dict.fromkeys(one.school.label for one in held))
        return unmet(f"自述{claimed.label}学历，登记的是{kinds}，或者申报之日尚未毕业", _OURS)
    return met(f"{claimed.label}学历有登记", _OURS)


@rule("所填证书有登记、有效且为本人所有")
def certificate_is_registered(claimed: Level, told: CertificateAnswer, day: date) -> Finding:
    """Whether the certificate whose number was given is on record as claimed."""
    if not told.found:
        return unproven("没有查到所填编号的证书", _OURS, ask_for=ASK_CERTIFICATE)
    if not told.is_holders:
        return unmet("所填编号的证书登记在他人名下", _OURS)
    if not told.valid:
        return unmet("所填证书已经撤销或者注销", _OURS)
    if told.level != int(claimed):
        return unmet(f"所填证书登记的等级是{Level(told.level).label}，不是{claimed.label}", _OURS)
    if told.issued_on is not None and told.issued_on > day:
        return unmet(f"所填证书{told.issued_on}才发证，晚于申报之日", _OURS)
    return met(f"{claimed.label}证书有登记，有效", _OURS)


@rule("外部登记与申报不符之处已经核实")
def contradiction_is_settled(said: str, settled: str, day: date) -> Finding:
    """Whether a reviewer has looked into what a register contradicts, and put down what was seen."""
    if not settled:
        return unproven(said, _OURS, ask_for="居民身份证原件，由审核人当面核实；登记有误的，请向登记机关申请更正")
    return met(f"{said}；已核实：{settled}", _OURS)
