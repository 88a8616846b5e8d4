"""证书编号测试: are numbers composed by the national rule, and do they read back as they were written?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.kernel.law import NotInForce, Refusal
from touchstone.kernel.numbers import parse_certificate_number
from touchstone.kernel.rules import Outcome, weakest
from touchstone.policy.certificates.numbering import LETTER_OF_KIND, compose, number_matches, prefix_of
from touchstone.policy.eligibility.levels import Level, SeniorPost
from touchstone.policy.roles import BodyKind

ISSUED = date(2026, 6, 1)

COMPOSED = [
    ("企业三级", BodyKind.ENTERPRISE, Level.THREE, 1, "Y000031000123263000001"),
    ("社评五级", BodyKind.SOCIAL, Level.FIVE, 42, "S000031000123265000042"),
    ("院校参照企业", BodyKind.SCHOOL, Level.FOUR, 999_999, "Y000031000123264999999"),
    ("特级技师", BodyKind.ENTERPRISE, SeniorPost.SPECIAL_TECHNICIAN, 7, "Y00003100012326T000007"),
    ("首席技师", BodyKind.ENTERPRISE, SeniorPost.CHIEF_TECHNICIAN, 7, "Y00003100012326S000007"),
]


@pytest.mark.parametrize(("name", "kind", "level", "serial", "text"), COMPOSED, ids=[line[0] for line in COMPOSED])
def test_composed(name, kind, level, serial, text) -> None:
    assert str(compose(kind=kind, site_code="000123", issued_on=ISSUED, level=level, serial=serial)) == text


def test_official_example_of_a_body_filed_with_the_ministry() -> None:
    number = compose(
        kind=BodyKind.ENTERPRISE, site_code="000001", issued_on=date(2019, 5, 1), level=Level.FIVE, serial=1, national_code="0001", province="23"
    )
    assert str(number) == "Y000123000001195000001"


REFUSED = [
    ("没有站点序列码", {"site_code": ""}, "尚无六位站点序列码"),
    ("序列码五位", {"site_code": "12345"}, "尚无六位站点序列码"),
    ("全角数字的站点码", {"site_code": "１２３４５６"}, "尚无六位站点序列码"),
    ("序号为零", {"serial": 0}, "不在1至999999之间"),
    ("序号用尽", {"serial": 1_000_000}, "不在1至999999之间"),
    ("社评不能评聘首席技师", {"kind": BodyKind.SOCIAL, "level": SeniorPost.CHIEF_TECHNICIAN}, "不能评聘首席技师"),
]


@pytest.mark.parametrize(("name", "change", "sentence"), REFUSED, ids=[line[0] for line in REFUSED])
def test_refused_with_a_sentence(name, change, sentence) -> None:
    facts = {"kind": BodyKind.ENTERPRISE, "site_code": "000123", "issued_on": ISSUED, "level": Level.FIVE, "serial": 1}
    with pytest.raises(Refusal, match=sentence) as refusal:
        compose(**{**facts, **change})
    assert refusal.value.next_step


def test_schools_have_a_letter_only_since_the_notice() -> None:
    assert BodyKind.SCHOOL not in LETTER_OF_KIND.on(date(2024, 4, 30)).value
    assert LETTER_OF_KIND.on(date(2024, 5, 1)).value[BodyKind.SCHOOL] == "Y"


def test_before_the_rule_no_number_exists() -> None:
    with pytest.raises(NotInForce):
        prefix_of(BodyKind.ENTERPRISE, "000123", date(2018, 12, 31))


@given(
    st.sampled_from(list(BodyKind)),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.dates(date(2024, 5, 1), date(2099, 12, 31)),
    st.sampled_from(list(Level)),
    st.integers(1, 999_999),
)
def test_composed_numbers_read_back_and_match(kind, site, day, level, serial) -> None:
    number = compose(kind=kind, site_code=site, issued_on=day, level=level, serial=serial)
    assert len(str(number)) == 22
    assert parse_certificate_number(str(number)) == number
    assert int(number.serial) == serial
    prefix = prefix_of(kind, site, day)
    assert number.prefix == prefix
    assert weakest(number_matches(number, prefix=prefix, issued_on=day, level=level)) == Outcome.MET
