"""企业标准证书: how is a certificate by an enterprise's own standard numbered, so that nobody takes it for a national one?

The national rule numbers certificates by national standards and approved specifications only; the notice (`三(二)5`) is silent on the second one of
一考双证. The day is the day of issue.
"""

import re
from datetime import date

from touchstone.kernel.law import Dated, Refusal, Value
from touchstone.kernel.numbers import half_width, parse_certificate_number
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.certificates.numbering import SERIAL_LIMIT, check_site_code
from touchstone.policy.documents import CERTIFICATE_NUMBER_RULE, our_default
from touchstone.policy.eligibility.levels import Level

_SINCE = date(2024, 5, 1)
PREFIX = Dated(
    "企业标准证书编号的开头字母",
    Value(_SINCE, "QB", our_default("企业标准证书编号")),
    key="certificates.enterprise_prefix",
    changeable=True,
)
TITLE = Dated(
    "企业标准证书的名称",
    Value(_SINCE, "企业技能等级证书", our_default("企业标准证书名称")),
    key="certificates.enterprise_title",
    changeable=True,
)
_SHAPE = re.compile(r"[A-Z]{2}[0-9]{15}")


@rule("企业标准证书的编号不与全国统一编号相混")
def not_like_a_national_one(number: str, day: date) -> Finding:
    """Whether a number cannot be read as one of the national rule."""
    prefix = PREFIX.on(day)
    try:
        parse_certificate_number(number)
    except ValueError:
        if number.startswith(prefix.value):
            return met(f"编号以{prefix.value}开头，不是全国统一编号", prefix.clause)
        return unmet(f"编号没有以{prefix.value}开头", prefix.clause)
    return unmet("编号与职业技能等级证书的全国统一编号相同", CERTIFICATE_NUMBER_RULE.clause("第1部分"))


def stem_of(site_code: str, level: Level, day: date) -> str:
    """This function will give the places that stay the same within one body, year and level. :raises Refusal: without a site code."""
    prefix = PREFIX.on(day)
    check_site_code(site_code, prefix.clause)
    return f"{prefix.value}{site_code}{day:%y}{int(level)}"


def compose(*, site_code: str, level: Level, serial: int, day: date) -> str:
    """This function will compose a number: two letters, site (6), year (2), level (1), serial (6). :raises Refusal: when serials have run out."""
    if not 1 <= serial <= SERIAL_LIMIT:
        raise Refusal(f"证书序列码{serial}不在1至{SERIAL_LIMIT}之间。", PREFIX.on(day).clause, "请联系市职鉴中心增配站点序列码。")
    return f"{stem_of(site_code, level, day)}{serial:06d}"


def parse_number(text: str) -> str:
    """This function will read a certificate number of either kind; full-width places and blanks are understood.

    :raises ValueError: with a sentence.
    """
    cleaned = half_width(text).upper().replace(" ", "")
    if _SHAPE.fullmatch(cleaned):
        return cleaned
    return str(parse_certificate_number(text))
