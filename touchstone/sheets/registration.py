"""报名行: what does this row of the registration workbook say, and what is wrong with it?"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from touchstone.kernel.numbers import parse_id_number
from touchstone.sheets.cleaning import Cleaned, Unreadable, clean_code, clean_date, clean_name, clean_phone, clean_text
from touchstone.sheets.options import choose
from touchstone.sheets.registration_fields import FIELDS, NO, RESIDENT_ID, YES, Field, PlanOptions
from touchstone.sheets.shapes import PASSED, CellSentence, Row

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SUSPECT_IN_NAME = re.compile(r"[0-9?？*＊=<>#@&]")


class ReadIdNumber(Protocol):
    """What the check of an identity number gives."""

    @property
    def text(self) -> str: ...
    @property
    def birthday(self) -> date: ...
    @property
    def sex(self) -> str: ...


IdReader = Callable[[str], ReadIdNumber]


@dataclass(frozen=True)
class RegistrationRow:
    """One candidate as registered. Texts are cleaned; what was empty is "" or None."""

    number: int
    sequence: str
    occupation: str
    level: str
    condition: str
    id_kind: str
    id_number: str
    name: str
    sex: str
    birthday: date
    phone: str
    holds_certificate: bool
    certificate_level: str
    certificate_number: str
    education: str
    region: str
    source: str
    employer: str
    registering_body: str
    assessment_kind: str
    major: str
    exam_kind: str
    ethnicity: str
    started_work_on: date | None
    email: str
    years_in_field: Decimal
    household: str
    political: str
    diploma_number: str
    experience: str
    address: str
    collect_by: str
    postcode: str
    mailing_address: str


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row: the candidate, or every fault found; and what was put right. `name` is who stands in it, as far as read."""

    number: int
    row: RegistrationRow | None
    errors: tuple[CellSentence, ...] = ()
    notes: tuple[CellSentence, ...] = ()
    name: str = ""

    @property
    def sentence(self) -> str:
        """One sentence for the result column; empty when the row passed."""
        return "；".join(error.sentence.rstrip("。") for error in self.errors) + "。" if self.errors else ""

    @property
    def verdict(self) -> str:
        """What stands in the result column: the faults, or 通过 and what was put right."""
        if self.errors:
            return self.sentence
        righted = "；".join(f"{note.column}：{note.sentence}" for note in self.notes)
        return f"{PASSED}（已更正：{righted}）" if righted else PASSED


Person = tuple[str, str, str]


def parse_rows(rows: Iterable[Row], options: PlanOptions, read_id: IdReader = parse_id_number) -> Iterator[RowOutcome]:
    """This function will parse every row and name the rows that repeat a person for the same occupation and level."""
    seen: dict[Person, int] = {}
    for row in rows:
        outcome, person = _parse(row, options, read_id)
        first = seen.setdefault(person, row.number) if all(person) else row.number
        if first != row.number:
            again = f"第{row.number}行与第{first}行是同一人（证件号码、职业、等级都相同），请删去其中一行。"
            errors = (*outcome.errors, CellSentence("证件号码", again))
            outcome = RowOutcome(row.number, None, errors, outcome.notes, outcome.name)
        yield outcome


def parse_row(row: Row, options: PlanOptions, read_id: IdReader = parse_id_number) -> RowOutcome:
    """This function will read one row and find all its faults at once, not only the first."""
    return _parse(row, options, read_id)[0]


def _parse(row: Row, options: PlanOptions, read_id: IdReader) -> tuple[RowOutcome, Person]:
    lost = {fault.column for fault in row.faults}
    errors = list(row.faults)
    notes: list[CellSentence] = []
    values: dict[str, Any] = {}
    for field in FIELDS:
        if field.header in lost:
            continue
        try:
            cleaned = _clean(field, row.values.get(field.header, ""))
            notes += [CellSentence(field.header, note) for note in cleaned.notes]
            values[field.key] = _value(field, cleaned.text, options, notes)
        except Unreadable as fault:
            errors.append(CellSentence(field.header, fault.sentence))
    errors += _cross_checks(values, read_id)
    person = (values.get("id_number", ""), values.get("occupation", ""), values.get("level", ""))
    name = str(values.get("name", ""))
    if errors:
        return RowOutcome(row.number, None, tuple(errors), tuple(notes), name), person
    return RowOutcome(row.number, RegistrationRow(number=row.number, **values), (), tuple(notes), name), person


_CLEANERS: dict[str, Callable[[str], Cleaned]] = {
    "text": clean_text,
    "name": clean_name,
    "code": clean_code,
    "phone": clean_phone,
    "postcode": clean_code,
    "years": clean_text,
    "email": clean_text,
}


def _clean(field: Field, text: str) -> Cleaned:
    if field.reads_as == "date":
        return clean_date(text) if text.strip() else Cleaned("")
    return _CLEANERS[field.reads_as](text)


def _value(field: Field, text: str, options: PlanOptions, notes: list[CellSentence]) -> Any:
    """The typed value. :raises Unreadable: with the sentence for the row."""
    if not text:
        if field.required:
            raise Unreadable(f"“{field.header}”没有填写，请补上。")
        return None if field.reads_as == "date" else ""
    if len(text) > field.max_length:
        raise Unreadable(f"“{field.header}”有{len(text)}个字，超过{field.max_length}个字的上限，请缩短。")
    allowed = options.of(field)
    if allowed or field.of_plan:
        chosen = choose(text, allowed)
        if chosen is None:
            shown = "、".join(allowed[:6]) + ("等" if len(allowed) > 6 else "")
            where = "本计划的范围" if field.of_plan else "选项"
            raise Unreadable(f"“{field.header}”填的“{_short(text)}”不在{where}内，请从下拉表中选择（{shown or '本计划没有可选项'}）。")
        if chosen != text:
            notes.append(CellSentence(field.header, f"“{_short(text)}”读作“{chosen}”"))
        return chosen == YES if field.key == "holds_certificate" else chosen
    return _READERS[field.reads_as](field, text)


def _read_name(field: Field, text: str) -> str:
    if _SUSPECT_IN_NAME.search(text):
        raise Unreadable(f"姓名“{_short(text)}”里有数字或符号。请按证件填写；打不出的生僻字请用输入法的生僻字表，不要用问号代替。")
    return text


def _read_phone(field: Field, text: str) -> str:
    if not _MOBILE.fullmatch(text):
        raise Unreadable(f"手机号码“{_short(text)}”不是11位手机号码，请核对。")
    return text


def _read_email(field: Field, text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise Unreadable(f"电子邮箱“{_short(text)}”的写法不对，请改正或清空。")
    return text


def _read_postcode(field: Field, text: str) -> str:
    if not re.fullmatch(r"\d{6}", text, re.ASCII):
        raise Unreadable(f"邮政编码“{_short(text)}”应为6位数字，请改正或清空。")
    return text


def _read_years(field: Field, text: str) -> Decimal:
    found = re.fullmatch(r"(\d{1,2}(?:\.\d)?)年?", text, re.ASCII)
    if not found or Decimal(found[1]) > 70:
        raise Unreadable(f"专业年限“{_short(text)}”应为0到70之间的年数（可带一位小数），如5或5.5。")
    return Decimal(found[1])


def _read_text(field: Field, text: str) -> str:
    return text


_READERS: dict[str, Callable[[Field, str], Any]] = {
    "text": _read_text,
    "code": _read_text,
    "name": _read_name,
    "phone": _read_phone,
    "email": _read_email,
    "postcode": _read_postcode,
    "years": _read_years,
    "date": lambda field, text: date.fromisoformat(text),
}


def _cross_checks(values: dict[str, Any], read_id: IdReader) -> list[CellSentence]:
    errors = []
    if values.get("id_kind") == RESIDENT_ID and values.get("id_number"):
        errors += _against_id(values, read_id)
    elif values.get("id_number") and not re.fullmatch(r"[A-Z0-9()（）]{5,20}", values["id_number"]):
        errors.append(CellSentence("证件号码", f"证件号码“{_short(values['id_number'])}”应为5至20位字母和数字，请核对。"))
    if values.get("holds_certificate") is True:
        for key, header in (("certificate_level", "证书等级"), ("certificate_number", "证书编号")):
            if values.get(key) == "":
                errors.append(CellSentence(header, f"“是否有职业资格证书”填了“{YES}”，请补上“{header}”；没有证书请改填“{NO}”。"))
    return errors


def _against_id(values: dict[str, Any], read_id: IdReader) -> list[CellSentence]:
    try:
        read = read_id(values["id_number"])
    except ValueError as fault:
        return [CellSentence("证件号码", str(fault))]
    errors = []
    birthday: date | None = values.get("birthday")
    if birthday is not None and birthday != read.birthday:
        errors.append(CellSentence("出生日期", f"出生日期{birthday}与证件号码中的{read.birthday}不一致，请核对哪一处填错。"))
    if values.get("sex") and values["sex"] != read.sex:
        errors.append(CellSentence("性别", f"性别填“{values['sex']}”，证件号码显示为“{read.sex}”，请核对哪一处填错。"))
    return errors


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
