"""性质: do the parsers stand any text and any bytes, and does an export give back what went in?"""

import csv
import io
from decimal import Decimal

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.sheets.cleaning import Unreadable
from touchstone.sheets.occupations import csv_rows, parse_occupations
from touchstone.sheets.options import choose, level_of
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.registration_fields import EDUCATION, ETHNICITIES, LEVELS
from touchstone.sheets.scores import read_score
from touchstone.sheets.tables import csv_bytes, is_risky, table_bytes

PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=30)


@given(st.text(max_size=12) | st.text("0123456789.０１缺考分 -", max_size=6))
def test_any_text_is_a_score_or_a_sentence(text: str) -> None:
    try:
        score = read_score("理论成绩", text)
    except Unreadable as refusal:
        assert refusal.sentence.endswith("。")
    else:
        assert score is None or Decimal(0) <= score <= Decimal(100)


@given(st.decimals(0, 100, places=1))
def test_every_score_with_one_decimal_is_read(score: Decimal) -> None:
    assert read_score("技能成绩", str(score)) == score


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda body: f"code,name\n{body}".encode("utf-8", "ignore")))
def test_any_bytes_are_occupations_or_a_sentence(content: bytes) -> None:
    try:
        outcomes = list(parse_occupations(csv_rows(content)))
    except FileRefused as refusal:
        assert refusal.sentence.endswith("。")
    else:
        assert all((outcome.row is None) == bool(outcome.errors) for outcome in outcomes)


@given(PLAIN, st.sampled_from([LEVELS, EDUCATION, ETHNICITIES]))
def test_an_option_is_one_of_the_list_or_nothing(text: str, options: tuple[str, ...]) -> None:
    chosen = choose(text, options)
    assert chosen is None or chosen in options
    assert choose(options[0], options) == options[0]


@given(st.sampled_from(LEVELS), st.booleans())
def test_both_names_of_a_level_mean_it(level: str, first: bool) -> None:
    assert level_of(level.split("/")[0 if first else 1]) == level


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(PLAIN, min_size=3, max_size=3), max_size=5))
def test_an_export_gives_back_every_text(rows: list[list[str]]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_bytes("导出", ["甲", "乙", "丙"], rows))).worksheets[0]
    for number, row in enumerate(rows, 3):
        assert [sheet.cell(number, place).value or "" for place in (1, 2, 3)] == row


@given(st.lists(st.lists(PLAIN, min_size=2, max_size=2), max_size=5))
def test_a_csv_gives_back_every_text_and_never_a_formula(rows: list[list[str]]) -> None:
    lines = list(csv.reader(io.StringIO(csv_bytes(["甲", "乙"], rows).decode("utf-8-sig"), newline="")))[1:]
    for line, row in zip(lines, rows, strict=True):
        assert [text.removeprefix("'") if is_risky(original) else text for text, original in zip(line, row, strict=True)] == row
        assert not any(is_risky(text) for text in line)
