"""试题的存取: what is written comes back, and what is not wholly known is refused."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from tests.measurement.interchange import samples
from touchstone.measurement.interchange import (
    Kind,
    Malformed,
    Method,
    Question,
    check,
    from_json,
    node,
    plain_text,
    read,
    to_html,
    to_json,
    unready,
    written,
)


@pytest.mark.parametrize("question", samples.ALL, ids=lambda one: one.kind.label)
def test_every_kind_comes_back_as_it_was(question):
    check(question)
    assert unready(question) == []
    assert read(written(question)) == question
    assert from_json(json.loads(json.dumps(to_json(question)))) == question


@settings(derandomize=True, deadline=None, max_examples=150)
@given(samples.questions())
def test_any_question_comes_back_and_equal_ones_are_written_alike(question):
    check(question)
    again = read(written(question))
    assert again == question
    assert written(again) == written(question)
    plain_text(question)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"form": 2}, "版本"),
        ({"form": None}, "版本"),
        ({"colour": "red"}, "不认识"),
        ({"kind": "riddle"}, "不是我们认识的"),
        ({"points": 2}, "应为文字"),
        ({"points": "many"}, "不是数"),
        ({"points": "NaN"}, "不是数"),
        ({"points": "-1"}, "负数"),
        ({"shuffle": 1}, "true或false"),
        ({"least": -1}, "不小于0"),
        ({"stem": "text"}, "列表"),
        ({"stem": [["script", {}, ["x"]]]}, "不允许的标记"),
        ({"stem": [["p", {"onclick": "x"}, []]]}, "不允许的属性"),
        ({"stem": [["img", {"src": "https://example.org/x.png"}, []]]}, "附件的名称"),
        ({"stem": [["img", {"src": "x.png"}, []]]}, "附件清单"),
        ({"stem": ["a\u0000b"]}, "控制字符"),
        ({"key": ["Z"]}, "不在选项里"),
        ({"key": ["A", "B"]}, "只能有一个答案"),
        ({"options": []}, "没有选项"),
        ({"options": [{"key": "A", "content": []}, {"key": "A", "content": []}]}, "重复"),
        ({"options": [{"key": "A B", "content": []}]}, "代号"),
        ({"method": "rules"}, "表达式"),
        ({"method": "marker"}, "评分办法"),
        ({"criteria": [{"key": "1", "content": [], "points": "1"}]}, "不能有评分要点"),
        ({"options": [{"key": "A", "content": [], "surprise": 1}]}, "不认识"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(next(iter(value))),
)
def test_what_does_not_hang_together_is_refused_with_a_reason(change, said):
    raw = {**to_json(samples.CHOICE), **change}
    with pytest.raises(Malformed) as refused:
        from_json(raw)
    assert said in refused.value.sentence


def test_blanks_and_slots_are_the_same():
    with pytest.raises(Malformed, match="空位"):
        check(replace(samples.TEXT, stem=("没有空位",)))


def test_not_json_is_refused():
    for text in ("", "{", "[1]", "[" * 5000):
        with pytest.raises(Malformed):
            read(text)


def test_a_bank_is_told_what_is_missing():
    bare = Question(Kind.CHOICE, (), points=Decimal(0), options=samples.options("甲"), method=Method.NONE)
    check(bare)
    assert len(unready(bare)) == 5


def test_html_is_safe_whatever_the_words():
    assert to_html((node("p", "<b>&", node("strong", '"')),)) == "<p>&lt;b&gt;&amp;<strong>&quot;</strong></p>"
    assert 'src="/media/7/a.png"' in to_html((node("img", src="a.png"),), source=lambda name: f"/media/7/{name}")


def test_nought_is_a_number_and_stays():
    question = replace(samples.PRACTICAL, minutes=0)
    assert from_json(to_json(question)).minutes == 0
