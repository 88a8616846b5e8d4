"""依据: which documents do our rules rest on, since when, and which of them gives way?"""

from datetime import date

from touchstone.kernel.law import Clause, Document

STANDARD_2018 = Document(
    "standard-2018",
    "《国家职业技能标准编制技术规程（2018年版）》",
    date(2018, 3, 7),
    rank=10,
    number="人社厅发〔2018〕26号",
    repealed_on=date(2023, 10, 1),
)
STANDARD_2023 = Document("standard-2023", "《国家职业标准编制技术规程（2023年版）》", date(2023, 10, 1), rank=20, short="2023年版《规程》")
EIGHT_LEVELS_2022 = Document(
    "eight-levels-2022",
    "《关于健全完善新时代技能人才职业技能等级制度的意见（试行）》",
    date(2022, 3, 18),
    rank=20,
    number="人社部发〔2022〕14号",
)
ORDER_31 = Document("order-31", "《专业技术人员资格考试违纪违规行为处理规定》", date(2017, 4, 1), rank=10, number="人社部令第31号", short="31号令")
OCCUPATIONS_2022 = Document("occupations-2022", "《中华人民共和国职业分类大典（2022年版）》", date(2022, 9, 28), rank=20)
CERTIFICATE_NUMBER_RULE = Document("certificate-number", "《职业技能等级证书编码规则（试行）》", date(2019, 1, 1), rank=20, short="证书编码规则")
ID_NUMBER_STANDARD = Document("gb-11643", "GB 11643《公民身份号码》", date(1999, 7, 1), rank=10)
USCC_STANDARD = Document("gb-32100", "GB 32100《法人和其他组织统一社会信用代码编码规则》", date(2015, 10, 1), rank=10)
NOTICE_2024 = Document(
    "notice-2024", "上海市《关于加强职业技能等级认定规范管理有关事项的通知》", date(2024, 5, 1), rank=50, short="通知"
)
RECONSIDERATION_1999 = Document(
    "reconsideration-1999", "《中华人民共和国行政复议法》（1999年）", date(1999, 10, 1), rank=100, repealed_on=date(2024, 1, 1)
)
RECONSIDERATION_2023 = Document("reconsideration-2023", "《中华人民共和国行政复议法》", date(2024, 1, 1), rank=100, number="2023年修订")
ADMINISTRATIVE_LITIGATION_1989 = Document(
    "litigation-1989", "《中华人民共和国行政诉讼法》（1989年）", date(1990, 10, 1), rank=100, repealed_on=date(2015, 5, 1)
)
ADMINISTRATIVE_LITIGATION_2014 = Document(
    "litigation-2014", "《中华人民共和国行政诉讼法》", date(2015, 5, 1), rank=100, number="2014年修正，2017年修正"
)
PLATFORM_DEFAULT = Document("platform-default", "本平台默认值", date(2018, 1, 1), rank=0, platform_default=True)


def notice(label: str) -> Clause:
    """This function will cite the notice of 2024, for example `通知 三(一)1`."""
    return NOTICE_2024.clause(label)


def our_default(topic: str) -> Clause:
    """This function will mark a value nobody has laid down: our default, open to change by the office."""
    return PLATFORM_DEFAULT.clause(topic)


ALL = (
    STANDARD_2018,
    STANDARD_2023,
    EIGHT_LEVELS_2022,
    ORDER_31,
    OCCUPATIONS_2022,
    CERTIFICATE_NUMBER_RULE,
    ID_NUMBER_STANDARD,
    USCC_STANDARD,
    NOTICE_2024,
    RECONSIDERATION_1999,
    RECONSIDERATION_2023,
    ADMINISTRATIVE_LITIGATION_1989,
    ADMINISTRATIVE_LITIGATION_2014,
    PLATFORM_DEFAULT,
)
