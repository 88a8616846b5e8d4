"""比对规则·证书各栏: which comparisons look at one row of certificate data alone?"""

from touchstone.policy.certificates.numbering import LETTER_OF_POST, NATIONAL_CODE, PROVINCE
from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE, ID_NUMBER_STANDARD, notice
from touchstone.policy.eligibility.years import LEAST_AGE
from touchstone.policy.exams.deadlines import NOTICE_WORKING_DAYS
from touchstone.policy.exams.parts import FULL_MARK, PARTS, PASS_MARK
from touchstone.policy.monitoring.comparison import ComparisonRule, Owner, Population, Severity

_FILES, _ALL = Population.FILES, Population.CERTIFICATES
_BODY, _DISTRICT, _CENTRE = Owner.BODY, Owner.DISTRICT, Owner.CITY_CENTRE
_HIGH, _MEDIUM = Severity.HIGH, Severity.MEDIUM
_UPLOAD = notice("三(四)2")
_READ_ALREADY = "平台的证书数据在收进来时已逐栏读过，没有空的必填栏和读不懂的内容"
_INDICES = "平台公布供比对的数据里没有证件号码，只有加盐索引；证件号码在登记本人时已经核对"
_RIGHT_FROM_PASS = PASS_MARK.values[-1].clause

CELLS = (
    ComparisonRule(
        "cells.required", "必填栏为空", _UPLOAD, _BODY, _FILES, _MEDIUM, "必填栏“{columns}”为空。", not_held=_READ_ALREADY,
    ),
    ComparisonRule(
        "cells.readable", "单元格内容无法识别", _UPLOAD, _BODY, _FILES, _MEDIUM, "无法识别：{cells}。", not_held=_READ_ALREADY,
    ),
)
NUMBER = (
    ComparisonRule(
        "number.grammar", "证书编号不合编码规则", CERTIFICATE_NUMBER_RULE.clause("编码结构"), _BODY, _ALL, _HIGH,
        "证书编号“{number}”共{length}位，不合“1位字母Y或S加21位数字”的22位编码规则（特级技师、首席技师第16位为字母）。",
    ),
    ComparisonRule(
        "number.post_outside_enterprise", "非用人单位的特级、首席技师编号", notice("二(一)"), _CENTRE, _ALL, _HIGH,
        "证书编号{number}第16位为{place}（特级技师或首席技师），首位却为{letter}；只有用人单位（Y）可以评聘。",
    ),
    ComparisonRule(
        "number.post_letter", "特级、首席技师编号字母不在规定之内", CERTIFICATE_NUMBER_RULE.clause("第6部分"), _BODY, _ALL, _MEDIUM,
        "证书编号{number}第16位为字母{place}，规定的字母为{letters}。", parameters={"letters": LETTER_OF_POST},
    ),
    ComparisonRule(
        "number.year", "编号年份与发证日期不一致", CERTIFICATE_NUMBER_RULE.clause("第5部分"), _BODY, _ALL, _HIGH,
        "证书编号{number}第14至15位为{year}，发证日期为{issued_on}。",
    ),
    ComparisonRule(
        "number.level", "编号等级与证书等级不一致", CERTIFICATE_NUMBER_RULE.clause("第6部分"), _BODY, _ALL, _HIGH,
        "证书编号{number}第16位为{place}，证书等级为{level}。",
    ),
    ComparisonRule(
        "number.province", "编号省级代码不是本市", CERTIFICATE_NUMBER_RULE.clause("第3部分"), _CENTRE, _ALL, _HIGH,
        "证书编号{number}第6至7位为{place}，在本市备案的评价机构应为{province}。", parameters={"province": PROVINCE, "national_code": NATIONAL_CODE},
    ),
    ComparisonRule(
        "number.stated_body", "编号与所填评价机构编码不一致", CERTIFICATE_NUMBER_RULE.clause("第1至4部分"), _BODY, _FILES, _HIGH,
        "证书编号{number}前13位为{prefix}，所填评价机构编码为{stated}。", not_held="平台的证书挂在机构名下，不另存所填的机构编码",
    ),
)
IDENTITY = (
    ComparisonRule(
        "identity.length", "身份证号码位数或字符不对", ID_NUMBER_STANDARD.clause("号码的结构"), _BODY, _FILES, _HIGH,
        "居民身份证号码应为17位数字加1位数字或X，现为{length}位。", not_held=_INDICES,
    ),
    ComparisonRule(
        "identity.check_digit", "身份证号码校验位不符", ID_NUMBER_STANDARD.clause("校验码"), _BODY, _FILES, _HIGH,
        "居民身份证号码末位为{found}，按前17位计算应为{expected}。", not_held=_INDICES,
    ),
    ComparisonRule(
        "identity.birthday", "身份证号码与出生日期不一致", ID_NUMBER_STANDARD.clause("出生日期码"), _BODY, _FILES, _HIGH,
        "居民身份证号码第7至14位为{found}，所填出生日期为{birthday}。", not_held=_INDICES,
    ),
    ComparisonRule(
        "identity.sex", "身份证号码与性别不一致", ID_NUMBER_STANDARD.clause("顺序码"), _BODY, _FILES, _MEDIUM,
        "居民身份证号码第17位为{place}（{found}），所填性别为{sex}。", not_held=_INDICES,
    ),
)
DATES = (
    ComparisonRule(
        "dates.before_exam", "发证早于考试", _UPLOAD, _DISTRICT, _ALL, _HIGH,
        "证书{number}发证日期{issued_on}早于考试日期{examined_on}，相差{days}天。",
    ),
    ComparisonRule(
        "dates.in_future", "日期在比对日之后", _UPLOAD, _BODY, _ALL, _MEDIUM,
        "证书{number}发证日期{issued_on}在比对日{day}之后。",
    ),
    ComparisonRule(
        "dates.under_age", "考试时不满最低年龄", LEAST_AGE.values[-1].clause, _DISTRICT, _ALL, _HIGH,
        "证书{number}的持有人{birthday}出生，考试日{examined_on}时为{age}周岁，应满{least}周岁。", parameters={"least": LEAST_AGE},
    ),
    ComparisonRule(
        "dates.inside_notice", "公示期内发证", NOTICE_WORKING_DAYS.values[-1].clause, _DISTRICT, _ALL, _HIGH,
        "证书{number}发证日期{issued_on}，成绩公示至{notice_until}，期满后方可发证。",
    ),
    ComparisonRule(
        "dates.exam_day_of_plan", "考试日期不在计划的考试期间", notice("三(二)4"), _DISTRICT, _ALL, _MEDIUM,
        "证书{number}考试日期{examined_on}，计划{plan_number}的考试期间为{first_day}至{last_day}。",
    ),
)
SCORES = (
    ComparisonRule(
        "scores.part_missing", "缺理论或技能成绩", PARTS.values[-1].clause, _BODY, _ALL, _HIGH,
        "证书{number}（{level}级）缺少成绩：{missing}。",
    ),
    ComparisonRule(
        "scores.panel_missing", "缺综合评审成绩", PARTS.values[-1].clause, _BODY, _ALL, _HIGH,
        "证书{number}为{level}级，应有综合评审成绩而没有。", parameters={"parts": PARTS},
    ),
    ComparisonRule(
        "scores.under_pass", "有科目不合格而发证", _RIGHT_FROM_PASS, _DISTRICT, _ALL, _HIGH,
        "证书{number}成绩为理论{theory}、技能{practical}、综合评审{panel}，低于合格分{pass_mark}分。", parameters={"pass_mark": PASS_MARK},
    ),
    ComparisonRule(
        "scores.out_of_range", "成绩超出满分或为负", _RIGHT_FROM_PASS, _BODY, _ALL, _MEDIUM,
        "证书{number}成绩为理论{theory}、技能{practical}、综合评审{panel}，应在0至{full_mark}分之间。", parameters={"full_mark": FULL_MARK},
    ),
    ComparisonRule(
        "scores.total", "总评成绩与各科不符", _RIGHT_FROM_PASS, _BODY, _FILES, _MEDIUM,
        "证书{number}评定成绩{total}，而各科最低{lowest}、最高{highest}，任何权重都得不出。",
        not_held="平台只保存各科成绩，不另存总评成绩",
    ),
)  # fmt: skip
RULES = (*CELLS, *NUMBER, *IDENTITY, *DATES, *SCORES)
