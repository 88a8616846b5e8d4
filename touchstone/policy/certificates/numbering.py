"""证书编号: which number does a certificate get, and does a given number fit what it stands on?

Seven parts, 22 places (职业技能等级证书编码规则). The day is the day of issue.
"""

from collections.abc import Mapping
from datetime import date

from touchstone.kernel.law import Clause, Dated, Refusal, Value
from touchstone.kernel.numbers import CertificateNumber, parse_certificate_number
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE, PLATFORM_DEFAULT, notice
from touchstone.policy.eligibility.levels import Level, SeniorPost
from touchstone.policy.roles import BodyKind

_SINCE = date(2019, 1, 1)

LETTER_OF_KIND: Dated[Mapping[BodyKind, str]] = Dated(
    "证书编号第1位：评价机构类别",
    Value(_SINCE, {BodyKind.ENTERPRISE: "Y", BodyKind.SOCIAL: "S"}, CERTIFICATE_NUMBER_RULE.clause("第1部分")),
    Value(
        date(2024, 5, 1),
        {BodyKind.ENTERPRISE: "Y", BodyKind.SOCIAL: "S", BodyKind.SCHOOL: "Y"},
        notice("三(一)3"),
    ),
    key="certificates.letter_of_kind",
)
NATIONAL_CODE = Dated(
    "证书编号第2至5位：在本市备案的评价机构代码",
    Value(_SINCE, "0000", CERTIFICATE_NUMBER_RULE.clause("第2部分")),
    key="certificates.national_code",
)
PROVINCE = Dated("证书编号第6至7位：上海市代码", Value(_SINCE, "31", CERTIFICATE_NUMBER_RULE.clause("第3部分")), key="certificates.province")
LETTER_OF_POST: Dated[Mapping[SeniorPost, str]] = Dated(
    "证书编号第16位：特级技师、首席技师的字母",
    Value(
        _SINCE,
        {SeniorPost.SPECIAL_TECHNICIAN: "T", SeniorPost.CHIEF_TECHNICIAN: "S"},
        PLATFORM_DEFAULT.clause("特级技师、首席技师编号字母"),
    ),
    key="certificates.letter_of_post",
    changeable=True,
)
SERIAL_LIMIT = 999_999


@rule("评价机构类型有对应的证书编号字母")
def letter_laid_down(kind: BodyKind, day: date) -> Finding:
    """Whether this kind of body has a first place of its number; a school's follows the enterprise's (`通知 三(一)3` 评价机构类型参照企业)."""
    found = LETTER_OF_KIND.on(day)
    letter = found.value.get(kind)
    if letter is None:
        return unmet(f"{day}时还没有规定{kind.label}的类型", found.clause)
    if kind is BodyKind.SCHOOL:
        return met(f"院校的评价机构类型参照企业，证书编号首位为{letter}", found.clause)
    return met(f"{kind.label}，证书编号首位为{letter}", found.clause)


def level_place(level: Level | SeniorPost, day: date) -> str:
    """This function will give the sixteenth place of a number: a digit for a level, a letter for a post."""
    return str(int(level)) if isinstance(level, Level) else LETTER_OF_POST.on(day).value[level]


def label_of_place(place: str, day: date) -> str:
    """This function will write what the sixteenth place of a number issued on `day` stands for: a level, a post, or else the place itself."""
    if place.isdigit():
        return Level(int(place)).label
    posts = {letter: post.label for post, letter in LETTER_OF_POST.on(day).value.items()}
    return posts.get(place, place)


def check_site_code(site_code: str, clause: Clause) -> None:
    """This function will let pass a site code of six digits. :raises Refusal: while the centre has not assigned one."""
    if not (len(site_code) == 6 and site_code.isascii() and site_code.isdigit()):
        raise Refusal("评价机构尚无六位站点序列码，不能生成证书编号。", clause, "请等待市职鉴中心签收备案结果并赋予站点序列码。")


def prefix_of(kind: BodyKind, site_code: str, day: date, *, national_code: str = "", province: str = "") -> str:
    """This function will give the thirteen places that stay the same for one body and site during one filing.

    :raises Refusal: while the centre has not assigned the six-digit site code.
    """
    check_site_code(site_code, CERTIFICATE_NUMBER_RULE.clause("第4部分"))
    letter = LETTER_OF_KIND.on(day).value[kind]
    return f"{letter}{national_code or NATIONAL_CODE.on(day).value}{province or PROVINCE.on(day).value}{site_code}"


def compose(
    *,
    kind: BodyKind,
    site_code: str,
    issued_on: date,
    level: Level | SeniorPost,
    serial: int,
    national_code: str = "",
    province: str = "",
) -> CertificateNumber:
    """This function will compose the number of one certificate.

    :raises Refusal: without a site code, when the serial has run out, or for a post outside an enterprise.
    """
    if not 1 <= serial <= SERIAL_LIMIT:
        raise Refusal(
            f"证书序列码{serial}不在1至{SERIAL_LIMIT}之间，不能生成证书编号。",
            CERTIFICATE_NUMBER_RULE.clause("第7部分"),
            "请联系市职鉴中心增配站点序列码。",
        )
    if isinstance(level, SeniorPost) and kind is not BodyKind.ENTERPRISE:
        raise Refusal(f"{kind.label}不能评聘{level.label}。", notice("二(一)"), f"{level.label}由企业按岗位评聘，请核对技能等级。")
    prefix = prefix_of(kind, site_code, issued_on, national_code=national_code, province=province)
    return parse_certificate_number(f"{prefix}{issued_on:%y}{level_place(level, issued_on)}{serial:06d}")


@rule("证书编号前13位为评价机构本次备案的编码")
def prefix_is_the_bodys(number: CertificateNumber, prefix: str) -> Finding:
    """Whether places 1 to 13 are those of the body and site."""
    clause = CERTIFICATE_NUMBER_RULE.clause("第1至4部分")
    if number.prefix != prefix:
        return unmet(f"编号前13位为{number.prefix}，评价机构的编码为{prefix}", clause)
    return met("编号前13位与评价机构一致", clause)


@rule("证书编号第14至15位为发证年份")
def year_is_that_of_issue(number: CertificateNumber, issued_on: date) -> Finding:
    """Whether places 14 and 15 are the year of issue."""
    clause = CERTIFICATE_NUMBER_RULE.clause("第5部分")
    if number.year != f"{issued_on:%y}":
        return unmet(f"编号年份为{number.year}，发证日期为{issued_on}", clause)
    return met("编号年份与发证日期一致", clause)


@rule("证书编号第16位为证书等级")
def level_is_that_of_the_certificate(number: CertificateNumber, level: Level | SeniorPost, issued_on: date) -> Finding:
    """Whether place 16 is the level of the certificate."""
    clause = CERTIFICATE_NUMBER_RULE.clause("第6部分")
    if number.level != level_place(level, issued_on):
        return unmet(f"编号第16位为{number.level}，证书等级为{level.label}", clause)
    return met("编号第16位与证书等级一致", clause)


def number_matches(number: CertificateNumber, *, prefix: str, issued_on: date, level: Level | SeniorPost) -> tuple[Finding, ...]:
    """This function will compare a number with what it stands on, part by part."""
    return (
        prefix_is_the_bodys(number, prefix),
        year_is_that_of_issue(number, issued_on),
        level_is_that_of_the_certificate(number, level, issued_on),
    )
