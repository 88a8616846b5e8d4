"""比对规则·人员: which comparisons hold people against outside registers, and what they share against each other?"""

from touchstone.policy.documents import notice
from touchstone.policy.eligibility.populations import GRADUATION_YEAR
from touchstone.policy.exams.parts import PASS_MARK
from touchstone.policy.monitoring import limits
from touchstone.policy.monitoring.comparison import ComparisonRule, Owner, Population, Severity

_ALL, _CANDIDATES, _SITTINGS = Population.CERTIFICATES, Population.CANDIDATES, Population.SITTINGS
_DISTRICT, _CENTRE = Owner.DISTRICT, Owner.CITY_CENTRE
_HIGH, _MEDIUM, _LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
_COMPARED = notice("三(二)4")

REUSED = (
    ComparisonRule(
        "reused.phone", "同一手机号码多人多机构使用", _COMPARED, _CENTRE, _ALL, _MEDIUM,
        "同一手机号码由{holders}人在{bodies}家评价机构使用，达到{limit}人。", parameters={"limit": limits.PHONE_HOLDERS},
    ),
    ComparisonRule(
        "reused.address", "同一联系地址多人多机构使用", _COMPARED, _CENTRE, Population.FILES, _LOW,
        "同一联系地址由{holders}人在{bodies}家评价机构使用，达到{limit}人。", parameters={"limit": limits.ADDRESS_HOLDERS},
        not_held="平台不保存持有人的联系地址：报名表里填写的，只封存在所交的表里",
    ),
    ComparisonRule(
        "reused.photo", "同一照片多人使用", _COMPARED, _CENTRE, _ALL, _HIGH,
        "同一张照片用于{holders}人的{count}张证书：{numbers}。", parameters={"limit": limits.PHOTO_HOLDERS},
    ),
    ComparisonRule(
        "reused.device_across_bodies", "同一设备在不同机构签到", _COMPARED, _CENTRE, _SITTINGS, _MEDIUM,
        "同一签到设备在{bodies}家评价机构登记了{holders}人到考。", parameters={"limit": limits.DEVICE_BODIES},
    ),
    ComparisonRule(
        "reused.device_in_sitting", "同一答题设备同场多人使用", _COMPARED, _DISTRICT, _SITTINGS, _HIGH,
        "场次{sitting}的同一答题设备由{holders}人使用。", parameters={"limit": limits.DEVICE_HOLDERS},
    ),
)
OUTSIDE = (
    ComparisonRule(
        "outside.after_death", "去世之后考试", _COMPARED, _CENTRE, _ALL, _HIGH,
        "证书{number}考试日期{examined_on}，持有人已于{died_on}去世（民政登记）。",
    ),
    ComparisonRule(
        "outside.no_student", "申报为学生而没有学籍", notice("二(三)"), _DISTRICT, _CANDIDATES, _HIGH,
        "考生{candidate_number}以在校学生身份申报，学籍登记中没有此人在{school}的学籍。",
    ),
    ComparisonRule(
        "outside.not_graduating", "学生不在毕业学年", notice("二(三)"), _DISTRICT, _CANDIDATES, _MEDIUM,
        "考生{candidate_number}以毕业学年学生身份申报，{registered_on}报名，学籍登记的毕业日期为{graduates_on}。",
        parameters={"months": GRADUATION_YEAR},
    ),
    ComparisonRule(
        "outside.insured_elsewhere", "申报为本单位职工而在他处参保", notice("二(一)"), _DISTRICT, _CANDIDATES, _HIGH,
        "考生{candidate_number}以本单位职工身份申报，{registered_on}时社会保险由另外{others}家单位缴纳，本单位没有缴纳。",
    ),
)
BATCH = (
    ComparisonRule(
        "batch.same_scores", "同批成绩雷同", _COMPARED, _DISTRICT, _ALL, _MEDIUM,
        "计划{plan_number}的{count}张证书中有{same}张成绩同为理论{theory}、技能{practical}，占{percent}%，达到{limit}%。",
        parameters={"limit": limits.SAME_SCORES_PERCENT, "size": limits.BATCH_SIZE},
    ),
    ComparisonRule(
        "batch.too_equal", "同批成绩过于接近", _COMPARED, _DISTRICT, _ALL, _LOW,
        "计划{plan_number}的{count}人理论成绩在{lowest}至{highest}分之间，标准差不到{limit}分。",
        parameters={"limit": limits.EQUAL_SPREAD, "size": limits.BATCH_SIZE},
    ),
    ComparisonRule(
        "batch.just_passed", "同批多数恰好合格", _COMPARED, _DISTRICT, _ALL, _MEDIUM,
        "计划{plan_number}的{count}人中有{same}人理论成绩恰为{pass_mark}分，占{percent}%，达到{limit}%。",
        parameters={"limit": limits.JUST_PASSED_PERCENT, "size": limits.BATCH_SIZE, "pass_mark": PASS_MARK},
    ),
    ComparisonRule(
        "batch.last_digits", "成绩末位数字分布异常", _COMPARED, _DISTRICT, _ALL, _LOW,
        "评价机构{body}{year}年的{count}个成绩，末位数字分布的卡方值为{chi_square}，超过{limit}；出现最多的末位为{digit}（{most}次）。",
        parameters={"limit": limits.DIGIT_CHI_SQUARE, "size": limits.DIGIT_SAMPLE},
    ),
)  # fmt: skip
RULES = (*REUSED, *OUTSIDE, *BATCH)
