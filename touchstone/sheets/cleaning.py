"""清洗: what did the person mean, and what do we tell them we put right?

Every function takes the text of a cell and gives `Cleaned(text, notes)`. Cleaning twice changes nothing more. What can be read
in two ways is refused, never guessed.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from touchstone.kernel.numbers import clean_name as kernel_clean_name

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE_LETTERS = {code: half for code, half in _FULL_WIDTH.items() if chr(half).isalnum()}
_BLANKS = re.compile(r"[\s\u00a0\u3000\u2000-\u200a\u202f\u205f]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HAN = r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 73_051)  # 1927-05-18 … 2100-01-01
_YEARS = range(1900, 2101)


class Unreadable(ValueError):
    """A text that cannot be read without guessing. `sentence` says how to write it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Cleaned:
    """A text put right, and what was put right."""

    text: str
    notes: tuple[str, ...] = ()


def clean_text(text: str) -> Cleaned:
    """This function will put right ordinary text: stray blanks, invisible marks, full-width digits and letters.

    Chinese punctuation and rare characters stay as they are.
    """
    notes = []
    visible = _INVISIBLE.sub("", text)
    if visible != text:
        notes.append("去掉了看不见的字符")
    tidy = _BLANKS.sub(" ", visible).strip()
    if tidy != visible:
        notes.append("去掉了多余的空格")
    half = tidy.translate(_WIDE_LETTERS)
    if half != tidy:
        notes.append("全角字母、数字改为半角")
    return Cleaned(half, tuple(notes))


def clean_code(text: str) -> Cleaned:
    """This function will put right a number or code: half-width throughout, no blanks, letters in capitals."""
    first = clean_text(text)
    notes = list(first.notes)
    half = first.text.translate(_FULL_WIDTH)
    if half != first.text and "全角字母、数字改为半角" not in notes:
        notes.append("全角字母、数字改为半角")
    bare = half.replace(" ", "").strip("'`‘’")
    if bare != half and "去掉了多余的空格" not in notes:
        notes.append("去掉了多余的空格")
    capital = "".join(letter.upper() if letter.isascii() else letter for letter in bare)
    if capital != bare:
        notes.append("末位小写x改为大写X" if capital[:-1] == bare[:-1] and capital[-1] == "X" else "小写字母改为大写")
    return Cleaned(capital, tuple(notes))


def clean_phone(text: str) -> Cleaned:
    """This function will put right a mobile number: no country code, blanks or dashes."""
    code = clean_code(text)
    bare = re.sub(r"[-‐–—()（）.]", "", code.text)
    while re.fullmatch(r"(?:\+|00)?86\d{11}", bare, re.ASCII):
        bare = bare[-11:]
    notes = code.notes if bare == code.text else (*code.notes, "去掉了区号和分隔符")
    return Cleaned(bare, notes)


def clean_name(text: str) -> Cleaned:
    """This function will put right a person's name: one form of the middle dot (·), no blanks between Chinese characters."""
    bare = _INVISIBLE.sub("", text)
    tidy = kernel_clean_name(bare)
    dotted = re.sub(rf"(?<={_HAN})[.．](?={_HAN})", "·", tidy)
    dotted = re.sub(r"\s*·\s*", "·", dotted)
    notes = []
    if bare != text or re.sub(r"\s", "", tidy) != tidy or len(tidy) != len(bare):
        notes.append("去掉了姓名中多余的空格")
    if dotted.count("·") != bare.count("·"):
        notes.append("姓名间隔号统一为“·”")
    if dotted != text and not notes:
        notes.append("姓名的写法已统一")
    return Cleaned(dotted, tuple(notes) if dotted != text else ())


def clean_date(text: str) -> Cleaned:
    """This function will write a day as 2024-01-05, from 2024/1/5, 2024.1.5, 2024年1月5日, 20240105 or an Excel serial.

    :raises Unreadable: for anything that could be two days, or none.
    """
    bare = clean_text(text).text.translate(_FULL_WIDTH).replace(" 00:00:00", "").replace(" ", "")
    bare = bare.replace("．", ".").replace("。", ".")
    found = (
        re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", bare, re.ASCII)
        or re.fullmatch(r"(\d{4})(年)(\d{1,2})月(\d{1,2})日?", bare, re.ASCII)
        or re.fullmatch(r"(\d{4})()(\d{2})(\d{2})", bare, re.ASCII)
    )
    if found:
        day = _day(text, int(found[1]), int(found[3]), int(found[4]))
    elif re.fullmatch(r"\d{5}", bare, re.ASCII) and int(bare) in _SERIALS:
        day = _EXCEL_ZERO + timedelta(days=int(bare))
    else:
        raise Unreadable(_why_unreadable(text.strip(), bare))
    iso = day.isoformat()
    return Cleaned(iso, () if iso == text else (f"日期“{text.strip()}”读作{iso}",))


def _day(text: str, year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise Unreadable(f"日期“{text.strip()}”的年份不合理。请按2024-01-05的样子填写。")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"日期“{text.strip()}”不存在，请核对月和日。") from None


def _why_unreadable(shown: str, bare: str) -> str:
    shown = shown if len(shown) <= 20 else shown[:20] + "…"
    if re.fullmatch(r"\d{4}[-/.年]?\d{1,2}月?", bare, re.ASCII):
        return f"日期“{shown}”只有年和月，请补上日，按2024-01-05的样子填写。"
    if re.fullmatch(r"\d{1,2}[-/.年]\d{1,2}[-/.月](\d{1,2}|\d{4})日?", bare, re.ASCII):
        return f"日期“{shown}”分不清年、月、日的次序，不能猜测。请按2024-01-05的样子填写。"
    return f"日期“{shown}”认不出来。请按2024-01-05的样子填写。"
