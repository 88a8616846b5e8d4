"""比对规则·现场: which comparisons hold sittings, attendance, rooms and assessors against each other?"""

from touchstone.policy.documents import notice
from touchstone.policy.exams.parts import LEAST_MINUTES
from touchstone.policy.monitoring import limits
from touchstone.policy.monitoring.comparison import ComparisonRule, Owner, Population, Severity

_ALL, _SITTINGS, _ASSIGNED = Population.CERTIFICATES, Population.SITTINGS, Population.ASSIGNMENTS
_DISTRICT, _CENTRE = Owner.DISTRICT, Owner.CITY_CENTRE
_HIGH, _MEDIUM, _LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
_COMPARED, _TRUE, _STAFF = notice("三(二)4"), notice("三(三)2"), notice("三(二)2")

PRESENCE = (
    ComparisonRule(
        "presence.two_places", "同一人同时在两处", _COMPARED, _CENTRE, _SITTINGS, _HIGH,
        "同一人{first_starts}至{first_ends}在场次{first}到考，又于{second_starts}至{second_ends}在场次{second}到考，时间重叠。",
    ),
    ComparisonRule(
        "presence.no_time_to_travel", "同一人来不及赶到另一考核点", _COMPARED, _CENTRE, _SITTINGS, _MEDIUM,
        "同一人{first_ends}离开场次{first}，{minutes}分钟后在另一考核点的场次{second}到考，至少需要{least}分钟。",
        parameters={"least": limits.TRAVEL_MINUTES},
    ),
    ComparisonRule(
        "presence.more_than_present", "证书多于到考人数", _TRUE, _DISTRICT, _ALL, _HIGH,
        "计划{plan_number}发证{certificates}张，到考{present}人，多{more}张。",
    ),
    ComparisonRule(
        "presence.absent_yet_certified", "没有到考记录而发证", _TRUE, _DISTRICT, _ALL, _HIGH,
        "证书{number}的持有人在计划{plan_number}没有到考记录（该计划有{present}人到考）。",
    ),
    ComparisonRule(
        "presence.more_than_seats", "到考人数多于座位", _TRUE, _DISTRICT, _SITTINGS, _HIGH,
        "场次{sitting}到考{present}人，考场核定座位{seats}个。",
    ),
    ComparisonRule(
        "presence.more_than_registered", "证书多于报名人数", _TRUE, _DISTRICT, _ALL, _HIGH,
        "计划{plan_number}发证{certificates}张，报名{registered}人，多{more}张。",
    ),
    ComparisonRule(
        "presence.signed_outside", "签到时间在场次之外", _TRUE, _DISTRICT, _SITTINGS, _MEDIUM,
        "场次{sitting}于{starts}至{ends}进行，有人于{signed}签到（最早可提前{slack}分钟）。", parameters={"slack": limits.SIGN_IN_SLACK},
    ),
)
PACE = (
    ComparisonRule(
        "pace.sitting_too_short", "场次时间短于规定", LEAST_MINUTES.values[-1].clause, _DISTRICT, _SITTINGS, _MEDIUM,
        "场次{sitting}（{part}）进行{minutes}分钟，至少应为{least}分钟。", parameters={"least": LEAST_MINUTES},
    ),
    ComparisonRule(
        "pace.stations", "技能考核人次超过考位可轮换次数", _TRUE, _DISTRICT, _SITTINGS, _HIGH,
        "技能考核场次{sitting}有考位{seats}个，到考{present}人，每个考位最多轮换{rounds}人次。", parameters={"rounds": limits.STATION_ROUNDS},
    ),
    ComparisonRule(
        "pace.venue_day", "考核点一天接待人次不可能", _TRUE, _DISTRICT, _SITTINGS, _HIGH,
        "考核点{venue}在{held_on}到考{present}人次，座位共{seats}个，每座一天最多{rounds}人次。", parameters={"rounds": limits.VENUE_DAY_ROUNDS},
    ),
    ComparisonRule(
        "pace.scores", "登分速度不可能", _TRUE, _DISTRICT, _SITTINGS, _MEDIUM,
        "同一人在{minute}这一分钟内登记了{count}名考生的{part}成绩，最多{most}名。", parameters={"most": limits.SCORES_A_MINUTE},
    ),
    ComparisonRule(
        "pace.night", "夜间场次", _TRUE, _DISTRICT, _SITTINGS, _MEDIUM,
        "场次{sitting}于{starts}开始，应在{earliest}时至{latest}时之间开始。",
        parameters={"earliest": limits.EARLIEST_HOUR, "latest": limits.LATEST_HOUR},
    ),
    ComparisonRule(
        "pace.weekend", "周末集中发证", _TRUE, _DISTRICT, _ALL, _LOW,
        "评价机构{body}在{month}发证{count}张，其中周末发出{weekend}张，占{percent}%，达到{limit}%。",
        parameters={"limit": limits.WEEKEND_PERCENT, "size": limits.BATCH_SIZE},
    ),
)
ASSESSORS = (
    ComparisonRule(
        "assessors.two_places", "考评人员同时在两处", _STAFF, _CENTRE, _ASSIGNED, _HIGH,
        "同一考评人员{first_starts}至{first_ends}派往场次{first}，又于{second_starts}至{second_ends}派往场次{second}，时间重叠。",
    ),
    ComparisonRule(
        "assessors.no_time_to_travel", "考评人员来不及赶到另一考核点", _STAFF, _CENTRE, _ASSIGNED, _MEDIUM,
        "同一考评人员{first_ends}离开场次{first}，{minutes}分钟后派往另一考核点的场次{second}，至少需要{least}分钟。",
        parameters={"least": limits.CLOSED_MINUTES},
    ),
    ComparisonRule(
        "assessors.too_many_a_day", "考评人员一天场次过多", _STAFF, _DISTRICT, _ASSIGNED, _MEDIUM,
        "同一考评人员在{held_on}派往{count}场，最多{most}场。", parameters={"most": limits.ASSESSOR_DAY},
    ),
    ComparisonRule(
        "assessors.not_qualified", "考评人员没有该职业的资格", _STAFF, _DISTRICT, _ASSIGNED, _HIGH,
        "场次{sitting}（{occupation_code}，{held_on}）的考评人员当日没有该职业的有效资格。",
    ),
    ComparisonRule(
        "assessors.examines_self", "考评人员同场应考", _STAFF, _CENTRE, _ASSIGNED, _HIGH,
        "同一人既是计划{plan_number}的考评人员（场次{assigned}），又在该计划的场次{attended}应考。",
    ),
)  # fmt: skip
RULES = (*PRESENCE, *PACE, *ASSESSORS)
