"""评聘条件: which enterprise may appoint to a post above level 1, and who may be appointed?

`通知 二(一)` encourages enterprises to appoint; the 意见 of 2022 says to which occupations and out of whom. Numbers that neither prints are ours.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import full_months
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import EIGHT_LEVELS_2022, notice, our_default
from touchstone.policy.eligibility.levels import Level, SeniorPost
from touchstone.policy.roles import BodyKind

SINCE = date(2022, 3, 18)
ENTERPRISES = notice("二(一)")
POSTS = EIGHT_LEVELS_2022.clause("职业技能等级序列：特级技师、首席技师")
SPECIAL, CHIEF = SeniorPost.SPECIAL_TECHNICIAN, SeniorPost.CHIEF_TECHNICIAN

FILED_UP_TO: Dated[int] = Dated(
    "评聘特级技师、首席技师的企业，本职业备案应达到的等级",
    Value(SINCE, int(Level.ONE), our_default("评聘企业的备案等级")),
    key="appointments.filed_up_to",
    unit="级",
    changeable=True,
)
YEARS_AS_LEVEL_1: Dated[int] = Dated(
    "评聘特级技师：取得高级技师证书后的最少年限",
    Value(SINCE, 3, our_default("评聘特级技师的年限")),
    key="appointments.years_as_level_1",
    unit="年",
    changeable=True,
)
YEARS_AS_SPECIAL: Dated[int] = Dated(
    "评聘首席技师：受聘特级技师后的最少年限",
    Value(SINCE, 3, our_default("评聘首席技师的年限")),
    key="appointments.years_as_special",
    unit="年",
    changeable=True,
)


@dataclass(frozen=True)
class Nominee:
    """Somebody put forward, on the day of the nomination.

    `held_since` is the day of the certificate of 高级技师 (for 特级技师) or of the first appointment as 特级技师 (for 首席技师); `shown` says
    whether it is in the register or was checked by the enterprise; `achievements` whether what they did is written down, `evidenced` whether it
    was checked.
    """

    post: SeniorPost
    in_post: bool
    held_since: date | None
    shown: bool
    achievements: bool
    evidenced: bool
    serving: bool = False


@rule("评聘单位是企业")
def appointed_by_enterprise(kind: BodyKind, day: date) -> Finding:
    """Whether the body is an enterprise: social bodies and schools appoint nobody."""
    del day
    if kind is not BodyKind.ENTERPRISE:
        return unmet(f"{kind.label}不能评聘特级技师、首席技师", ENTERPRISES)
    return met("企业可以评聘特级技师、首席技师", ENTERPRISES)


@rule("职业设有高级技师")
def occupation_has_level_1(occupation: str, levels: tuple[int, ...], day: date) -> Finding:
    """Whether the occupation has 高级技师, above which alone the two posts can be set up."""
    del day
    if int(Level.ONE) not in levels:
        return unmet(f"{occupation}没有设高级技师，不能增设特级技师、首席技师", POSTS)
    return met(f"{occupation}设有高级技师", POSTS)


@rule("企业已备案该职业的高级技师评价")
def filed_high_enough(occupation: str, levels: tuple[int, ...], day: date) -> Finding:
    """Whether the enterprise is filed that day for the occupation up to the level laid down (`levels`: those in force)."""
    wanted = FILED_UP_TO.on(day)
    label = Level(wanted.value).label
    if not levels:
        return unmet(f"本机构在{day}没有{occupation}的有效备案", wanted.clause)
    if min(levels) > wanted.value:
        return unmet(f"本机构{occupation}只备案到{Level(min(levels)).label}，应备案到{label}", wanted.clause)
    return met(f"本机构{occupation}已备案到{Level(min(levels)).label}", wanted.clause)


@rule("本单位在岗职工")
def nominee_in_post(nominee: Nominee, day: date) -> Finding:
    """Whether the person is on the enterprise's register of staff that day."""
    del day
    if not nominee.in_post:
        return unmet("在岗职工登记中没有此人，只能评聘本单位在岗职工", ENTERPRISES)
    return met("在岗职工登记中有此人", ENTERPRISES)


@rule("具备前一等级")
def holds_the_rank_below(nominee: Nominee, day: date) -> Finding:
    """Whether the person has been 高级技师 (特级技师, for 首席技师) for the years laid down."""
    years = (YEARS_AS_SPECIAL if nominee.post is CHIEF else YEARS_AS_LEVEL_1).on(day)
    below = "受聘特级技师" if nominee.post is CHIEF else "取得高级技师证书"
    if nominee.held_since is None:
        return unmet(f"没有{below}", POSTS)
    months = full_months(nominee.held_since, day)
    if months < years.value * 12:
        return unmet(f"{nominee.held_since}{below}，到{day}只有{months}个月，应满{years.value}年", years.clause)
    if not nominee.shown:
        return unproven(f"所填{nominee.held_since}{below}没有核实", years.clause, ask_for="证书或聘书原件（登记核对情况）")
    return met(f"{nominee.held_since}{below}，已满{years.value}年", years.clause)


@rule("业绩有材料并经核对")
def achievements_shown(nominee: Nominee, day: date) -> Finding:
    """Whether what the person has done is written down, and was checked against evidence: the review is one of achievements."""
    del day
    clause = our_default("评聘业绩材料")
    if not nominee.achievements:
        return unmet("没有填写业绩", clause)
    if not nominee.evidenced:
        return unproven("业绩材料没有核对", clause, ask_for="技术攻关、获奖、带徒等业绩材料（上传后登记核对情况）")
    return met("业绩材料已核对", clause)


@rule("没有在聘同一岗位")
def not_serving_already(nominee: Nominee, day: date) -> Finding:
    """Whether the person does not hold this very post with the enterprise already: terms are renewed, not given twice."""
    del day
    clause = our_default("评聘不重复")
    if nominee.serving:
        return unmet(f"已经在聘{nominee.post.label}，期满前办理续聘即可", clause)
    return met(f"没有在聘{nominee.post.label}", clause)


def conditions_of(nominee: Nominee, day: date) -> tuple[Finding, ...]:
    """This function will check everything somebody put forward must fulfil."""
    rules = (nominee_in_post, holds_the_rank_below, achievements_shown, not_serving_already)
    return tuple(check(nominee, day) for check in rules)
