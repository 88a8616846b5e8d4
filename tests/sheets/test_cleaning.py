"""清洗: is what was meant put right, with a note, and never guessed?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.sheets.cleaning import Cleaned, Unreadable, clean_code, clean_date, clean_name, clean_phone, clean_text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("2024-01-05", "2024-01-05", id="标准写法"),
        pytest.param("2024/1/5", "2024-01-05", id="斜线"),
        pytest.param("2024.1.5", "2024-01-05", id="点"),
        pytest.param("2024年1月5日", "2024-01-05", id="年月日"),
        pytest.param("20240105", "2024-01-05", id="八位数字"),
        pytest.param("45296", "2024-01-05", id="Excel序号"),
        pytest.param("２０２４／１／５", "2024-01-05", id="全角"),
        pytest.param(" 2024-01-05 00:00:00 ", "2024-01-05", id="带零点时间"),
        pytest.param("2024-02-29", "2024-02-29", id="闰日"),
    ],
)
def test_forms_of_a_date(written: str, read: str) -> None:
    cleaned = clean_date(written)
    assert cleaned.text == read
    assert bool(cleaned.notes) == (written != read), "every change carries a note, and only a change does"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        pytest.param("01/05/2024", "分不清", id="月日年还是日月年"),
        pytest.param("24-1-5", "分不清", id="两位年份"),
        pytest.param("2024-01", "只有年和月", id="缺日"),
        pytest.param("2024年1月", "只有年和月", id="中文缺日"),
        pytest.param("2023-02-29", "不存在", id="没有的日子"),
        pytest.param("20241301", "不存在", id="十三月"),
        pytest.param("0024-01-05", "年份不合理", id="年份太早"),
        pytest.param("2024-1/5", "认不出来", id="两种分隔"),
        pytest.param("昨天", "认不出来", id="文字"),
        pytest.param("2024011", "认不出来", id="七位数字"),
    ],
)
def test_ambiguous_dates_are_refused(written: str, why: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        clean_date(written)
    assert why in refusal.value.sentence


@pytest.mark.parametrize(
    ("written", "read", "note"),
    [
        pytest.param("31019919900101001x", "31019919900101001X", "末位小写x改为大写X", id="末位小写x"),
        pytest.param("３１０１９９１９９００１０１００１Ｘ", "31019919900101001X", "全角字母、数字改为半角", id="全角数字"),
        pytest.param("31019919900101001X \u00a0", "31019919900101001X", "去掉了多余的空格", id="尾部空格"),
        pytest.param("310199 19900101 001X", "31019919900101001X", "去掉了多余的空格", id="中间空格"),
        pytest.param("'31019919900101001X", "31019919900101001X", "去掉了多余的空格", id="前导撇号"),
        pytest.param("\u200e31019919900101001X", "31019919900101001X", "去掉了看不见的字符", id="不可见字符"),
    ],
)
def test_codes_are_put_right_with_a_note(written: str, read: str, note: str) -> None:
    assert clean_code(written) == Cleaned(read, (note,))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("阿卜杜拉•买买提", "阿卜杜拉·买买提", id="圆点"),
        pytest.param("阿卜杜拉・买买提", "阿卜杜拉·买买提", id="日文间隔号"),
        pytest.param("阿卜杜拉.买买提", "阿卜杜拉·买买提", id="英文句点"),
        pytest.param("阿卜杜拉 · 买买提", "阿卜杜拉·买买提", id="间隔号旁空格"),
        pytest.param("张　三", "张三", id="全角空格"),
        pytest.param("王璟㛃𬍛𫖯", "王璟㛃𬍛𫖯", id="生僻字不动"),
        pytest.param("John  Smith", "John Smith", id="外文名留一个空格"),
    ],
)
def test_names(written: str, read: str) -> None:
    cleaned = clean_name(written)
    assert cleaned.text == read
    assert bool(cleaned.notes) == (written != read)


def test_phone_loses_country_code_and_dashes() -> None:
    assert clean_phone("+86 138-0000-0001").text == "13800000001"
    assert clean_phone("13800000001").notes == ()


def test_chinese_punctuation_stays() -> None:
    assert clean_text("上海（浦东），１２号") == Cleaned("上海（浦东），12号", ("全角字母、数字改为半角",))


ANY = st.text() | st.text("0123456789０１２xXＸ -/.年月日·•・.()+86\u00a0\u3000\u200b张三", max_size=24)


@pytest.mark.parametrize("clean", [clean_text, clean_code, clean_phone, clean_name], ids=["文字", "号码", "电话", "姓名"])
@given(text=ANY)
def test_cleaning_never_crashes_and_cleaning_twice_changes_nothing(clean, text: str) -> None:
    once = clean(text)
    assert clean(once.text) == Cleaned(once.text)
    if once.text == text:
        assert once.notes == ()
    else:
        assert once.notes != ()


@given(ANY)
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    try:
        once = clean_date(text)
    except Unreadable as refusal:
        assert refusal.sentence.endswith("。")
    else:
        assert clean_date(once.text) == Cleaned(once.text)


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 12, 31)))
def test_all_forms_of_every_day_agree(day) -> None:
    serial = (day - date(1899, 12, 30)).days
    forms = [f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", str(serial)]
    assert {clean_date(form).text for form in forms} == {day.isoformat()}
