"""案例·直接认定和破格: facts for who, by which merit, how far, how many."""

from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.eligibility import exceptions
from touchstone.policy.eligibility.admission import Ground
from touchstone.policy.eligibility.exceptions import Mode
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import BodyKind

DAY = date(2026, 3, 20)
D, A = Mode.DIRECT, Mode.ABOVE

CASES = [
    *table(
        exceptions.open_to_own_staff,
        ("企业本单位职工", (BodyKind.ENTERPRISE, Ground.OWN_STAFF, DAY), MET),
        ("企业受委托的职工", (BodyKind.ENTERPRISE, Ground.COMMISSIONED, DAY), UNMET, "只有本单位在岗职工"),
        ("社会培训评价组织", (BodyKind.SOCIAL, Ground.PUBLIC, DAY), UNMET, "只有企业可以"),
        ("院校", (BodyKind.SCHOOL, Ground.OWN_STUDENT, DAY), UNMET, "只有企业可以"),
    ),
    *table(
        exceptions.merit_opens_the_level,
        ("获奖直接认定高级工", ("award", D, Level.THREE, DAY), MET),
        ("获奖不能直接认定高级技师", ("award", D, Level.ONE, DAY), UNMET, "不适用于一级"),
        ("带徒只能破格", ("mentor", D, Level.THREE, DAY), UNMET, "任何等级都不适用"),
        ("业绩定级到中级工", ("performance", D, Level.FOUR, DAY), MET),
        ("业绩定级不到高级工", ("performance", D, Level.THREE, DAY), UNMET, "五级、四级"),
        ("不在清单", ("friend", A, Level.THREE, DAY), UNMET, "不在清单"),
    ),
    *table(
        exceptions.merit_is_shown,
        ("有材料", ("获全国技能大赛金奖", 1, DAY), MET),
        ("没有材料", ("获全国技能大赛金奖", 0, DAY), UNPROVEN, "没有业绩材料"),
        ("没有写明", (" ", 1, DAY), UNMET, "没有写明"),
    ),
    *table(
        exceptions.leap_is_in_bounds,
        ("中级工越一级报技师", (A, Level.FOUR, Level.TWO, DAY), MET, "越过1级"),
        ("初级工越两级报技师", (A, Level.FIVE, Level.TWO, DAY), UNMET, "最多可以越过1级"),
        ("没有等级报中级工", (A, None, Level.FOUR, DAY), MET, "越过1级"),
        ("没有等级报高级工", (A, None, Level.THREE, DAY), UNMET, "越过2级"),
        ("已有更高等级", (A, Level.TWO, Level.THREE, DAY), UNMET, "不必破格"),
        ("直接认定不限", (D, None, Level.THREE, DAY), MET, "不受资历限制"),
    ),
    *table(
        exceptions.share_is_in_bounds,
        ("十人两名以内", (A, 1, 10, DAY), MET),
        ("十人已有两名", (A, 2, 10, DAY), UNMET, "破格最多2人"),
        ("三人也可一名", (A, 0, 3, DAY), MET),
        ("直接认定不限", (D, 99, 10, DAY), MET, "不受比例限制"),
    ),
]
