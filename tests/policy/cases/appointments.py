"""案例·特级技师、首席技师评聘: facts for who appoints, whom, by which votes, for which term."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.appointments import conditions, panel, term
from touchstone.policy.appointments.conditions import CHIEF, SPECIAL, Nominee
from touchstone.policy.appointments.panel import Ballot
from touchstone.policy.appointments.term import Grade, Serving
from touchstone.policy.roles import BodyKind

DAY = date(2026, 3, 20)
NOMINEE = Nominee(SPECIAL, True, date(2023, 3, 20), True, True, True)
BALLOT = Ballot("韩大匠", 5, 0, 4, 1)
TERM = Serving(date(2024, 5, 1), date(2026, 5, 1), [(1, Grade.EXCELLENT), (2, Grade.COMPETENT)])
BAD = replace(TERM, grades=[(1, Grade.UNFIT), (2, Grade.COMPETENT)])

CASES = [
    *table(
        conditions.appointed_by_enterprise,
        ("企业", (BodyKind.ENTERPRISE, DAY), MET),
        ("社会培训评价组织", (BodyKind.SOCIAL, DAY), UNMET, "不能评聘"),
        ("院校", (BodyKind.SCHOOL, DAY), UNMET, "不能评聘"),
    ),
    *table(
        conditions.occupation_has_level_1,
        ("设到一级", ("车工", (5, 4, 3, 2, 1), DAY), MET),
        ("只设到二级", ("某职业", (5, 4, 3, 2), DAY), UNMET, "没有设高级技师"),
    ),
    *table(
        conditions.filed_high_enough,
        ("备案到一级", ("车工", (3, 1), DAY), MET),
        ("只备案到三级", ("车工", (5, 4, 3), DAY), UNMET, "只备案到三级"),
        ("没有备案", ("车工", (), DAY), UNMET, "没有车工的有效备案"),
    ),
    *table(
        conditions.nominee_in_post,
        ("在岗", (NOMINEE, DAY), MET),
        ("不在岗", (replace(NOMINEE, in_post=False), DAY), UNMET, "没有此人"),
    ),
    *table(
        conditions.holds_the_rank_below,
        ("高级技师满三年整", (NOMINEE, DAY), MET),
        ("差一天", (replace(NOMINEE, held_since=date(2023, 3, 21)), DAY), UNMET, "应满3年"),
        ("没有证书", (replace(NOMINEE, held_since=None), DAY), UNMET, "没有取得高级技师证书"),
        ("证书没有核实", (replace(NOMINEE, shown=False), DAY), UNPROVEN, "没有核实"),
        ("首席要求受聘特级", (replace(NOMINEE, post=CHIEF), DAY), MET, "受聘特级技师"),
        ("首席没有受聘特级", (replace(NOMINEE, post=CHIEF, held_since=None), DAY), UNMET, "没有受聘特级技师"),
    ),
    *table(
        conditions.achievements_shown,
        ("已核对", (NOMINEE, DAY), MET),
        ("没有核对", (replace(NOMINEE, evidenced=False), DAY), UNPROVEN, "没有核对"),
        ("没有填写", (replace(NOMINEE, achievements=False), DAY), UNMET, "没有填写业绩"),
    ),
    *table(
        conditions.not_serving_already,
        ("没有在聘", (NOMINEE, DAY), MET),
        ("已经在聘", (replace(NOMINEE, serving=True), DAY), UNMET, "续聘"),
    ),
    *table(
        panel.panel_is_odd_and_large_enough,
        ("五人一名外单位", (5, 1, DAY), MET),
        ("六人", (6, 1, DAY), UNMET, "应为奇数"),
        ("三人", (3, 1, DAY), UNMET, "应不少于5人"),
        ("没有外单位专家", (5, 0, DAY), UNMET, "外单位专家0人"),
    ),
    *table(
        panel.members_are_not_nominees,
        ("没有重合", ((), DAY), MET),
        ("一人两边都在", (("韩大匠",), DAY), UNMET, "不能担任评委"),
    ),
    *table(
        panel.ballot_adds_up,
        ("五票", (BALLOT, DAY), MET),
        ("少一票", (replace(BALLOT, votes_against=0), DAY), UNMET, "应有5票"),
        ("一人回避四票", (replace(BALLOT, recused=1, votes_against=0), DAY), MET),
        ("三人回避不够半数", (replace(BALLOT, recused=3, votes_for=2, votes_against=0), DAY), UNMET, "半数"),
    ),
    *table(
        panel.carried,
        ("五人中四票", (BALLOT, DAY), MET),
        ("五人中三票", (replace(BALLOT, votes_for=3, votes_against=2), DAY), UNMET, "应得4票"),
        ("回避一人三票", (replace(BALLOT, recused=1, votes_for=3, votes_against=1), DAY), MET, "达到3票"),
    ),
    *table(
        panel.within_the_posts,
        ("不超过", (1, 1, DAY), MET),
        ("同票超过", (2, 1, DAY), UNMET, "复投"),
    ),
    *table(
        term.term_is_in_bounds,
        ("三年整", (DAY, date(2029, 3, 20), DAY), MET),
        ("三年零一天", (DAY, date(2029, 3, 21), DAY), UNMET, "超过3年"),
        ("截止早于起始", (DAY, DAY, DAY), UNMET, "应晚于"),
    ),
    *table(
        term.year_can_be_appraised,
        ("第二年临近期满", (replace(TERM, grades=[(1, Grade.EXCELLENT)]), 2, DAY), MET),
        ("已经考核", (TERM, 2, DAY), UNMET, "已经考核"),
        ("聘期没有第三年", (TERM, 3, DAY), UNMET, "没有第3年度"),
        ("第一年刚开始", (Serving(date(2026, 3, 1), date(2028, 3, 1), []), 1, DAY), UNMET, "2026-12-01起"),
    ),
    *table(
        term.may_be_renewed,
        ("期满前三个月内", (TERM, DAY), MET),
        ("太早", (TERM, date(2026, 1, 31)), UNMET, "2026-02-01起"),
        ("已经届满", (TERM, date(2026, 5, 1)), UNMET, "重新评聘"),
        ("有一年没有考核", (replace(TERM, grades=[(1, Grade.EXCELLENT)]), DAY), UNMET, "第2年度还没有考核"),
        ("有一年不称职", (BAD, DAY), UNMET, "不能续聘"),
    ),
    *table(
        term.may_be_dismissed,
        ("年度不称职", (BAD, False, DAY), MET, "不称职"),
        ("严重情形", (TERM, True, DAY), MET, "严重违纪"),
        ("没有情形", (TERM, False, DAY), UNMET, "不能解聘"),
    ),
    *table(
        term.post_ends_with_the_term,
        ("届满当日", (date(2026, 3, 20), DAY), MET),
        ("前一日", (date(2026, 3, 21), DAY), UNMET, "2026-03-21为止"),
    ),
]
