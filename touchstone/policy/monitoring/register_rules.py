"""比对规则·登记: which comparisons hold certificates against each other, the register of bodies, scopes and occupations?"""

from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE, OCCUPATIONS_2022, notice
from touchstone.policy.monitoring.comparison import ComparisonRule, Owner, Population, Severity
from touchstone.policy.monitoring.limits import LADDER_MONTHS

_ALL = Population.CERTIFICATES
_BODY, _DISTRICT, _CENTRE = Owner.BODY, Owner.DISTRICT, Owner.CITY_CENTRE
_HIGH, _MEDIUM = Severity.HIGH, Severity.MEDIUM
_COMPARED, _UPLOAD = notice("三(二)4"), notice("三(四)2")

DUPLICATES = (
    ComparisonRule(
        "duplicates.number", "同一编号多张证书", CERTIFICATE_NUMBER_RULE.clause("第7部分"), _CENTRE, _ALL, _HIGH,
        "证书编号{number}出现{count}次，涉及{holders}人。",
    ),
    ComparisonRule(
        "duplicates.in_body", "同一机构对同一人重复发证", _COMPARED, _BODY, _ALL, _HIGH,
        "同一人在同一评价机构取得{occupation_name}{level}级有效证书{count}张：{numbers}。",
    ),
    ComparisonRule(
        "duplicates.across_bodies", "不同机构对同一人重复发证", _COMPARED, _CENTRE, _ALL, _MEDIUM,
        "同一人在{bodies}家评价机构取得{occupation_name}{level}级有效证书{count}张：{numbers}。",
    ),
    ComparisonRule(
        "duplicates.renamed", "同一证件号码姓名不同", _COMPARED, _DISTRICT, _ALL, _HIGH,
        "同一证件号码名下的有效证书有{names}个不同的姓名，涉及证书{count}张：{numbers}。", version=2,
    ),
    ComparisonRule(
        "duplicates.born_twice", "同一证件号码出生日期不同", _COMPARED, _DISTRICT, _ALL, _MEDIUM,
        "同一证件号码名下的有效证书有{birthdays}个不同的出生日期（{first}、{last}），涉及证书{count}张。", version=2,
    ),
)
SCOPE = (
    ComparisonRule(
        "scope.unknown_body", "评价机构不在名录", _UPLOAD, _CENTRE, _ALL, _HIGH, "证书{number}的评价机构“{body}”不在名录之内。"
    ),
    ComparisonRule(
        "number.prefix", "编号前缀不是该机构的", CERTIFICATE_NUMBER_RULE.clause("第1至4部分"), _BODY, _ALL, _HIGH,
        "证书编号{number}前13位为{found}，评价机构{body_name}的编码为{prefix}。",
    ),
    ComparisonRule(
        "scope.outside", "超出备案范围", _UPLOAD, _CENTRE, _ALL, _HIGH,
        "证书{number}为{occupation_name}{level}级，评价机构从未备案该职业等级。",
    ),
    ComparisonRule(
        "scope.not_in_force", "备案生效之前或终止之后评价", _UPLOAD, _CENTRE, _ALL, _HIGH,
        "证书{number}考试日期{examined_on}，该机构{occupation_name}{level}级的备案为{since}至{until}（不含）。",
    ),
    ComparisonRule(
        "scope.suspended", "暂停评价期间考试", _UPLOAD, _CENTRE, _ALL, _HIGH,
        "证书{number}考试日期{examined_on}，该机构于{since}至{until}（不含）暂停评价。",
    ),
    ComparisonRule(
        "occupations.unknown", "职业编码不在目录", notice("一"), _BODY, _ALL, _MEDIUM, "证书{number}的职业编码“{occupation_code}”不在目录之内。"
    ),
    ComparisonRule(
        "occupations.name", "职业名称与编码不符", OCCUPATIONS_2022.clause("职业名称"), _BODY, _ALL, _MEDIUM,
        "证书{number}职业编码{occupation_code}应为“{right}”，所填为“{occupation_name}”。",
    ),
    ComparisonRule(
        "occupations.not_valid", "职业在考试日不可评价", notice("一"), _CENTRE, _ALL, _HIGH,
        "证书{number}考试日期{examined_on}，职业{occupation_name}可评价的期间为{since}至{until}（不含）。",
    ),
)
LADDER = (
    ComparisonRule(
        "ladder.skipped", "越级取得技师、高级技师", notice("二(一)"), _DISTRICT, _ALL, _MEDIUM,
        "证书{number}为{occupation_name}{level}级，名下没有更早的低一级证书，报名时也没有填写所凭的证书。", version=2,
    ),
    ComparisonRule(
        "ladder.too_fast", "晋级过快", notice("二(一)"), _DISTRICT, _ALL, _MEDIUM,
        "证书{earlier}（{earlier_level}级）于{issued_on}发出，{months}个月后即参加{level}级考试取得{number}，应至少间隔{least}个月。",
        parameters={"least": LADDER_MONTHS},
    ),
    ComparisonRule(
        "ladder.backwards", "取得高等级后又取得低等级", _COMPARED, _DISTRICT, _ALL, _MEDIUM,
        "{issued_on}已取得{occupation_name}{earlier_level}级证书{earlier}，{examined_on}又参加{level}级考试取得{number}。",
    ),
    ComparisonRule(
        "ladder.earlier_not_found", "申报所凭证书查无此证", _COMPARED, _DISTRICT, Population.CANDIDATES, _HIGH,
        "考生{candidate_number}申报所凭证书{earlier}，编号前13位是{body_name}的编码；在平台所存该机构{held_since}起的证书中查无此号。",
        version=2,
    ),
)  # fmt: skip
RULES = (*DUPLICATES, *SCOPE, *LADDER)
