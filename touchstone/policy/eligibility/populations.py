"""评价对象登记: does the register of agreements, commissions and students carry this person on the day of application?

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
BY_AGREEMENT, OWN = notice("二(一)"), notice("二(三)")


@dataclass(frozen=True)
class Paper:
    """An agreement or a commission as the rules see it: what it covers (majors, or occupations) from a day until a day."""

    number: str
    covers: Sequence[str]
    since: date
    until: date
    ended_on: date | None = None
    people: int = 0

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
        return unproven("没有登记与该校的校企合作协议", BY_AGREEMENT, ask_for="校企合作协议")
    if not agreement.open_on(day):
        return unmet(f"校企合作协议{agreement.number}在{day}不在有效期内", BY_AGREEMENT)
    if major not in agreement.covers:
        return unmet(f"所学专业“{major}”不在协议{agreement.number}约定的“{'、'.join(agreement.covers)}”之内", BY_AGREEMENT)
    return met(f"校企合作协议{agreement.number}有效，包含{major}专业", BY_AGREEMENT)


@rule("委托有效、包含该职业且未超人数")
def commission_covers(commission: Paper | None, occupation: str, admitted: int, day: date) -> Finding:
    """Whether a commission is in force that day, names the occupation, and has room beyond the `admitted` people counted already."""
    if commission is None:
        return unproven("没有登记该单位的委托", BY_AGREEMENT, ask_for="委托协议和委托单位出具的在职证明")
    if not commission.open_on(day):
        return unmet(f"委托{commission.number}在{day}不在有效期内", BY_AGREEMENT)
    if occupation not in commission.covers:
        return unmet(f"委托{commission.number}不包含职业{occupation}", BY_AGREEMENT)
    if admitted >= commission.people:
        return unmet(f"委托{commission.number}约定{commission.people}人，已接受{admitted}人", BY_AGREEMENT)
    return met(f"委托{commission.number}有效，已接受{admitted}人，约定{commission.people}人", BY_AGREEMENT)
