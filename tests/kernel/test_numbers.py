"""号码测试: identity numbers, credit codes, certificate numbers, names; any text gets an answer, never a crash."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.kernel import numbers

DIGITS = st.text("0123456789", min_size=3, max_size=3)
DISTRICTS = st.sampled_from(["310101", "310115", "310151", "110101", "650101", "830000"])
BIRTHDAYS = st.dates(date(1930, 1, 1), date(2026, 1, 1))
USCC_TAIL = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9)
FULL_WIDTH = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})
ANY_TEXT = st.one_of(st.text(max_size=40), st.text("0123456789XxYySs０１Ｘ ", min_size=15, max_size=23))


@given(DISTRICTS, BIRTHDAYS, DIGITS)
def test_identity_number_reads_back(district: str, birthday: date, order: str) -> None:
    first17 = f"{district}{birthday:%Y%m%d}{order}"
    text = first17 + numbers.id_check_place(first17)
    found = numbers.parse_id_number(text)
    assert (found.text, found.birthday, found.district_code) == (text, birthday, district)
    assert found.sex == ("男" if int(order[2]) % 2 else "女")
    for written in (text.lower(), text.translate(FULL_WIDTH), f" {text} ", f"{text[:6]} {text[6:]}"):
        assert numbers.parse_id_number(written) == found


@given(DISTRICTS, BIRTHDAYS, DIGITS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(district: str, birthday: date, order: str, place: int, shift: int) -> None:
    first17 = f"{district}{birthday:%Y%m%d}{order}"
    wrong = first17[:place] + str((int(first17[place]) + shift) % 10) + first17[place + 1 :] + numbers.id_check_place(first17)
    with pytest.raises(ValueError, match="证件号码"):
        numbers.parse_id_number(wrong)


IDENTITY_REFUSED = [
    ("15位旧号", "310101490101001", "15位旧号"),
    ("17位", "31010119490101001", "现为17位"),
    ("空", "", "现为0位"),
    ("中间有字母", "31010119A90101001X", "前17位应为数字"),
    ("二月三十日", "310101194902300011", "出生日期"),
    ("上标数字", "31010119490101001²", "证件号码"),
    ("阿拉伯文数字", "٣١٠١٠١١٩٤٩٠١٠١٠٠١X", "前17位应为数字"),
]


@pytest.mark.parametrize(("name", "text", "words"), IDENTITY_REFUSED, ids=[line[0] for line in IDENTITY_REFUSED])
def test_identity_number_refused_with_a_sentence(name: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        numbers.parse_id_number(text)


@given(st.sampled_from(["91", "51", "12", "Y1", "N2"]), st.from_regex(r"31[0-9]{4}", fullmatch=True), USCC_TAIL)
def test_credit_code_reads_back(kind: str, district: str, tail: str) -> None:
    first17 = kind + district + tail
    text = first17 + numbers.uscc_check_place(first17)
    assert numbers.parse_uscc(text.lower()) == text
    assert numbers.parse_uscc(text.translate(FULL_WIDTH)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [("913101150000", "现为12位"), ("91310115MA1K00000I", "不使用字母"), ("91310115MA1K000000", "校验位不符")],
    ids=["位数不足", "含字母I", "校验位错"],
)
def test_credit_code_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        numbers.parse_uscc(text)


@given(st.from_regex(r"[YS][0-9]{14}[1-5][0-9]{6}|Y[0-9]{14}[A-Z][0-9]{6}", fullmatch=True))
def test_certificate_number_reads_back(text: str) -> None:
    found = numbers.parse_certificate_number(text)
    assert str(found) == text
    assert found.prefix == text[:13]
    assert numbers.parse_certificate_number(text.lower().translate(FULL_WIDTH)) == found


CERTIFICATE_REFUSED = [
    ("21位", "Y00003100012326300001", "现为21位"),
    ("首位为X", "X000031000123263000001", "1位字母Y或S"),
    ("等级为6", "Y000031000123266000001", "1位字母Y或S"),
    ("社评的特级技师", "S00003100012326T000001", "只有用人单位"),
    ("20位RSN旧号", "RSN00003100012326300", "现为20位"),
]


@pytest.mark.parametrize(("name", "text", "words"), CERTIFICATE_REFUSED, ids=[line[0] for line in CERTIFICATE_REFUSED])
def test_certificate_number_refused_with_a_sentence(name: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        numbers.parse_certificate_number(text)


@pytest.mark.parametrize("parse", [numbers.parse_id_number, numbers.parse_uscc, numbers.parse_certificate_number])
@given(text=ANY_TEXT)
def test_any_text_is_read_or_refused_with_a_chinese_sentence(parse, text: str) -> None:
    try:
        parse(text)
    except ValueError as error:
        assert str(error).endswith("。")


NAMES = [
    ("中圆点统一", "阿依古丽•买买提", "阿依古丽·买买提"),
    ("首尾和中间空格", " 张　三 ", "张三"),
    ("外文名空格保留一个", "John   Smith", "John Smith"),
    ("生僻字不动", "𬍛𫖯", "𬍛𫖯"),
]


@pytest.mark.parametrize(("name", "text", "clean"), NAMES, ids=[line[0] for line in NAMES])
def test_names_are_tidied(name: str, text: str, clean: str) -> None:
    assert numbers.clean_name(text) == clean


@given(st.text(max_size=20))
def test_tidying_twice_changes_nothing_and_keys_agree(text: str) -> None:
    clean = numbers.clean_name(text)
    assert numbers.clean_name(clean) == clean
    assert numbers.name_key(clean) == numbers.name_key(text)


@given(st.text(min_size=8, max_size=30))
def test_masks_hide_the_middle_and_keep_the_length(text: str) -> None:
    masked = numbers.mask_id_number(text)
    assert len(masked) == len(text)
    assert masked[3:-4] == "*" * (len(text) - 7)


@pytest.mark.parametrize(("name", "masked"), [("张三", "张*"), ("张小三", "张*三"), ("三", "*"), ("", "*"), ("欧阳小明", "欧**明")])
def test_names_are_masked(name: str, masked: str) -> None:
    assert numbers.mask_name(name) == masked
