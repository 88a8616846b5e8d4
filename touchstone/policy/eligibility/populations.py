"""评价对象登记: do the registers of staff, subsidiaries, agreements, commissions and students carry this person on the day of application?

Without a row nothing is proved: the claim stays open until a document is handed in. A row that speaks against the claim refuses it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import PLATFORM_DEFAULT, notice

GRADUATION_YEAR: Dated[int] = Dated(
    "毕业学年：预计毕业日之前的月数",
    Value(date(2024, 5, 1), 12, PLATFORM_DEFAULT.clause("毕业学年")),
    key="admission.graduation_year",
    changeable=True,
)
BY_AGREEMENT, OWN, SUBSIDIARIES = notice("二(一)"), notice("二(三)"), notice("三(二)5")


@dataclass(frozen=True)
class Paper:
    """An agreement or a commission as the rules see it: what it covers (majors, or occupations) from a day until a day.

    `evidenced` says whether the signed paper itself lies on file.
    """

    number: str
    covers: Sequence[str]
    since: date
    until: date
    ended_on: date | None = None
    people: int = 0
    evidenced: bool = True

    def open_on(self, day: date) -> bool:
        """This method will say whether the paper is in force on `day`."""
        return self.since <= day < min(self.until, self.ended_on or self.until)


@dataclass(frozen=True)
class OnRegister:
    """A row of a school register."""

    major: str
    full_time: bool
    enrolled_on: date
    graduates_on: date
    left_on: date | None = None
    proven: bool = True


@dataclass(frozen=True)
class Affiliate:
    """A subsidiary of the body: from when until when, in the city or outside it, and whether the holding is shown by a document."""

    name: str
    outside: bool
    since: date
    until: date | None = None
    evidenced: bool = True


@rule("在岗职工登记中有此人，用工形式一致")
def on_staff_register(registered: str | None, claimed: str, proven: bool, day: date) -> Finding:
    """Whether the body's register of staff carries the person in the form of employment the application names."""
    del day
    if registered is None:
        if proven:
            return met("在岗职工登记中没有此人，用工证明已核", BY_AGREEMENT)
        ask = "劳动合同等用工证明，或先在“评价对象”登记为在岗职工再重新判定"
        return unproven("在岗职工登记中没有此人", BY_AGREEMENT, ask_for=ask)
    if registered == claimed:
        return met(f"在岗职工登记为{registered}", BY_AGREEMENT)
    if proven:
        return met(f"在岗职工登记为{registered}，报名填{claimed}，用工证明已核", BY_AGREEMENT)
    ask = "用工证明；登记有误的请更正登记，报名有误的请退出后重新报名"
    return unproven(f"在岗职工登记为{registered}，报名填{claimed}", BY_AGREEMENT, ask_for=ask)


@rule("下属企业在申报之日属于本机构")
def subsidiary_covers(affiliate: Affiliate, day: date) -> Finding:
    """Whether a subsidiary, in the city or outside it, is the body's on that day; the holding is shown by a document."""
    clause = SUBSIDIARIES if affiliate.outside else BY_AGREEMENT
    place = "市域外" if affiliate.outside else "本市"
    if day < affiliate.since:
        return unmet(f"{place}下属企业“{affiliate.name}”{affiliate.since}才纳入", clause)
    if affiliate.until is not None and affiliate.until <= day:
        return unmet(f"{place}下属企业“{affiliate.name}”已于{affiliate.until}退出", clause)
    if not affiliate.evidenced:
        return unproven(f"{place}下属企业“{affiliate.name}”没有股权关系证明", clause, ask_for="股权关系证明（上传到该下属企业的登记页）")
    return met(f"{place}下属企业“{affiliate.name}”属于本机构", clause)


@rule("全日制毕业学年在籍学生")
def in_graduation_year(student: OnRegister | None, day: date) -> Finding:
    """Whether the person is on the register, full-time, and within the months before graduation."""
    if student is None:
        return unproven("学籍登记中没有此人", OWN, ask_for="学校出具的毕业学年全日制学籍证明")
    if day < student.enrolled_on:
        return unmet(f"{student.enrolled_on}才入学", OWN)
    if student.left_on is not None and student.left_on <= day:
        return unmet(f"已于{student.left_on}离校", OWN)
    if not student.full_time:
        return unmet("学籍登记为非全日制", OWN)
    months = GRADUATION_YEAR.on(day)
    opens = add_months(student.graduates_on, -months.value)
    if day < opens:
        return unmet(f"预计{student.graduates_on}毕业，{opens}起才进入毕业学年", months.clause)
    if student.graduates_on <= day:
        return unmet(f"已于{student.graduates_on}毕业，不再是毕业学年学生", months.clause)
    if not student.proven:
        return unproven("学籍登记尚未核对", OWN, ask_for="学校出具的毕业学年全日制学籍证明")
    return met(f"全日制在籍，预计{student.graduates_on}毕业", OWN)


@rule("校企合作协议有效且包含所学专业")
def agreement_covers(agreement: Paper | None, major: str, day: date) -> Finding:
    """Whether a cooperation agreement is in force that day and names the student's major."""
    if agreement is None:
        return unproven("没有登记与该校的校企合作协议", BY_AGREEMENT, ask_for="校企合作协议（先在“评价对象”登记协议）")
    if not agreement.open_on(day):
        return unmet(f"校企合作协议{agreement.number}在{day}不在有效期内", BY_AGREEMENT)
    if major not in agreement.covers:
        return unmet(f"所学专业“{major}”不在协议{agreement.number}约定的“{'、'.join(agreement.covers)}”之内", BY_AGREEMENT)
    if not agreement.evidenced:
        return unproven(f"校企合作协议{agreement.number}没有上传原件", BY_AGREEMENT, ask_for="校企合作协议扫描件（上传到该协议的登记页）")
    return met(f"校企合作协议{agreement.number}有效，包含{major}专业", BY_AGREEMENT)


@rule("委托有效、包含该职业且未超人数")
def commission_covers(commission: Paper | None, occupation: str, admitted: int, day: date) -> Finding:
    """Whether a commission is in force that day, names the occupation, and has room beyond the `admitted` people counted already."""
    if commission is None:
        return unproven("没有登记该单位的委托", BY_AGREEMENT, ask_for="委托协议（先在“评价对象”登记委托）")
    if not commission.open_on(day):
        return unmet(f"委托{commission.number}在{day}不在有效期内", BY_AGREEMENT)
    if occupation not in commission.covers:
        return unmet(f"委托{commission.number}不包含职业{occupation}", BY_AGREEMENT)
    if admitted >= commission.people:
        return unmet(f"委托{commission.number}约定{commission.people}人，已接受{admitted}人", BY_AGREEMENT)
    if not commission.evidenced:
        return unproven(f"委托{commission.number}没有上传原件", BY_AGREEMENT, ask_for="委托协议扫描件（上传到该委托的登记页）")
    return met(f"委托{commission.number}有效，已接受{admitted}人，约定{commission.people}人", BY_AGREEMENT)


@rule("委托单位不具备自主评价该职业的条件")
def client_lacks_conditions(client: str, filed: bool, day: date) -> Finding:
    """Whether the client cannot evaluate the occupation itself: a firm that is filed for it that day has the conditions."""
    if filed:
        return unmet(f"委托单位“{client}”在{day}已备案该职业，具备自主评价条件，应由其自主评价", BY_AGREEMENT)
    return met(f"委托单位“{client}”没有备案该职业", BY_AGREEMENT)
