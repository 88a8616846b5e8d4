"""判分: every kind by hand, and what holds for any question."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from tests.measurement.interchange import samples
from tests.measurement.interchange.samples import tree
from touchstone.measurement.interchange import Malformed, Method, Question, ResponseMalformed, check, score
from touchstone.measurement.interchange.scoring import as_count, as_number, most

ROWS = [
    ("单选答对", samples.CHOICE, "A", "1"),
    ("单选答错", samples.CHOICE, "B", "0"),
    ("未作答", samples.CHOICE, None, "0"),
    ("判断", samples.TRUE_FALSE, "false", "1"),
    ("多选全对", samples.MULTIPLE, ["C", "A", "B"], "2"),
    ("多选少选，每项半分", samples.MULTIPLE, ["A", "C"], "1.0"),
    ("多选有错不得分", samples.MULTIPLE, ["A", "B", "C", "D"], "0"),
    ("多选什么也不选", samples.MULTIPLE, [], "0"),
    ("匹配全对", samples.MATCH, [("A", "1"), ("B", "2"), ("C", "3")], "3"),
    ("匹配一对一错", samples.MATCH, [("A", "1"), ("B", "3")], "0.5"),
    ("匹配全错，不低于下限", samples.MATCH, [("A", "2"), ("B", "3")], "0"),
    ("排序", samples.ORDER, ["A", "B", "C", "D"], "4"),
    ("排序颠倒", samples.ORDER, ["A", "B", "D", "C"], "0"),
    ("选词填空", samples.GAP_MATCH, ["B 2", "A 1"], "2"),
    ("选词填空少一空", samples.GAP_MATCH, ["A 1"], "0"),
    ("下拉填空", samples.INLINE, {"1": "A"}, "1"),
    ("填空在数值范围的边上", samples.TEXT, {"n": "640", "u": " R/MIN "}, "3"),
    ("填空出了范围", samples.TEXT, {"n": "640.01", "u": "转"}, "0.5"),
    ("填空不是数", samples.TEXT, {"n": "六百", "u": ""}, "0"),
    ("评分要点", samples.EXTENDED, {"1": Decimal("2.5"), "2": 2}, "4.5"),
    ("实操", samples.PRACTICAL, {"1": "60", "2": "30"}, "90"),
    ("综合题", samples.COMPOSITE, {"1": "A", "2": ["A", "B", "C", "D"]}, "5"),
    ("综合题少答", samples.COMPOSITE, {"2": ["A", "B", "C", "D"]}, "4"),
    ("按表达式，对", samples.RULED, "A", "2"),
    ("按表达式，半对", samples.RULED, "B", "0.5"),
    ("按表达式，错", samples.RULED, "C", "-1"),
]


@pytest.mark.parametrize(("question", "response", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_points(question, response, expected):
    assert score(question, response) == Decimal(expected)


def test_an_order_may_give_points_for_each_right_place():
    question = replace(samples.ORDER, method=Method.PARTIAL, each=Decimal(1))
    assert score(question, ["A", "C", "B", "D"]) == 2


@pytest.mark.parametrize(
    ("question", "response"),
    [
        (samples.CHOICE, ["A"]),
        (samples.MULTIPLE, "A"),
        (samples.MULTIPLE, [1]),
        (samples.MATCH, [("A", "1", "2")]),
        (samples.TEXT, {"x": "1"}),
        (samples.TEXT, ["637"]),
        (samples.PRACTICAL, {"1": 10}),
        (samples.PRACTICAL, {"1": 61, "2": 0}),
        (samples.PRACTICAL, {"1": -1, "2": 0}),
        (samples.PRACTICAL, {"1": "NaN", "2": 0}),
        (samples.COMPOSITE, {"3": "A"}),
    ],
)
def test_what_is_not_a_response_is_refused_not_counted_as_wrong(question, response):
    with pytest.raises(ResponseMalformed):
        score(question, response)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(samples.questions())
def test_the_key_earns_the_points_and_nothing_earns_nothing(question: Question):
    blank: object = {} if question.slots and not question.options else None
    assert score(question, blank) == 0
    if question.method is Method.EXACT and not (question.slots and not question.options):
        key = question.key[0] if question.kind.value == "choice" else question.key
        assert score(question, key) == question.points == most(question)


def _value(expression, response: str = "A"):
    rules = tree("responseProcessing", tree("setOutcomeValue", expression, identifier="SCORE"))
    question = replace(samples.RULED, rules=rules)
    check(question)
    return score(question, response)


def number(text: str, base: str = "float"):
    return tree("baseValue", baseType=base, text=text)


def asked(condition):
    """1 when the condition holds."""
    return _if(condition)


def _if(condition):
    rules = tree(
        "responseProcessing",
        tree("responseCondition", tree("responseIf", condition, tree("setOutcomeValue", number("1"), identifier="SCORE"))),
    )
    question = replace(samples.RULED, rules=rules)
    check(question)
    return score(question, "A") == 1


def many(*items: str, base: str = "identifier", name: str = "multiple"):
    return tree(name, *(number(item, base) for item in items))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (tree("sum", number("1"), number("2.5")), "3.5"),
        (tree("product", number("2"), number("3"), number("0.5")), "3"),
        (tree("subtract", number("1"), number("4")), "-3"),
        (tree("divide", number("1"), number("0")), "0"),
        (tree("divide", number("3"), number("4")), "0.75"),
        (tree("integerModulus", number("-7", "integer"), number("3", "integer")), "2"),
        (tree("integerDivide", number("-7", "integer"), number("2", "integer")), "-4"),
        (tree("round", number("6.5")), "7"),
        (tree("round", number("-6.5")), "-6"),
        (tree("truncate", number("-6.9")), "-6"),
        (tree("max", number("1"), number("9")), "9"),
        (tree("containerSize", many("A", "B")), "2"),
        (tree("sum", number("1"), tree("null")), "0"),
        (tree("mapResponse", identifier="RESPONSE"), "0"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_numbers_of_rules(expression, expected):
    assert _value(expression) == Decimal(expected)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (tree("and", number("true", "boolean"), number("true", "boolean")), True),
        (tree("and", number("true", "boolean"), tree("null")), False),
        (tree("or", number("true", "boolean"), tree("null")), True),
        (tree("not", tree("and", tree("null"), number("false", "boolean"))), True),
        (tree("not", tree("null")), False),
        (tree("anyN", number("true", "boolean"), number("false", "boolean"), min="1", max="1"), True),
        (tree("equal", number("10"), number("10.4"), toleranceMode="absolute", tolerance="0.5"), True),
        (tree("equal", number("10"), number("10.6"), toleranceMode="relative", tolerance="5"), False),
        (tree("equal", number("10"), number("10.5"), toleranceMode="absolute", tolerance="0.5", includeUpperBound="false"), False),
        (tree("equalRounded", number("3.175"), number("3.183"), roundingMode="significantFigures", figures="2"), True),
        (tree("equalRounded", number("3.175"), number("3.183"), roundingMode="decimalPlaces", figures="2"), True),
        (tree("gte", number("2"), number("2")), True),
        (tree("lt", number("2"), number("2")), False),
        (tree("member", number("B", "identifier"), many("A", "B")), True),
        (tree("contains", many("A", "B", "C"), many("C", "A")), True),
        (tree("contains", many("A", "B", "C", name="ordered"), many("A", "C", name="ordered")), False),
        (tree("match", many("A B", base="pair"), many("B A", base="pair")), True),
        (tree("match", many("A B", base="directedPair"), many("B A", base="directedPair")), False),
        (tree("match", many("A", "B", name="ordered"), many("B", "A", name="ordered")), False),
        (tree("equal", many("1", "2", base="float"), number("1")), False),
        (tree("isNull", tree("null")), True),
        (tree("stringMatch", number("Ab", "string"), number("aB", "string"), caseSensitive="false"), True),
        (tree("substring", number("切削", "string"), number("切削速度", "string"), caseSensitive="true"), True),
        (tree("match", tree("index", many("A", "B", name="ordered"), n="2"), number("B", "identifier")), True),
    ],
    ids=lambda value: str(value) if isinstance(value, bool) else value.name,
)
def test_conditions_of_rules(condition, holds):
    assert _if(condition) is holds


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (tree("random", many("A")), "random"),
        (tree("mapResponsePoint", identifier="RESPONSE"), "mapResponsePoint"),
        (tree("variable", identifier="ELSEWHERE"), "没有声明"),
        (tree("equal", number("1")), "操作数"),
        (number("x"), "不是float"),
        (tree("patternMatch", number("a", "string"), pattern="[0-9]"), "patternMatch"),
        (tree("and", tree("setOutcomeValue", number("1"), identifier="SCORE")), "不成立"),
        (tree("index", many("A"), n="x"), "不是数"),
    ],
    ids=lambda value: "" if isinstance(value, str) else value.name,
)
def test_what_cannot_be_computed_is_refused_by_name(expression, said):
    with pytest.raises(Malformed) as refused:
        _value(expression)
    assert said in refused.value.sentence


@pytest.mark.parametrize("words", ["1e999999", "-1E+31", "0.1e-999999", "9" * 10_000, "²", "٣", "1_0", "NaN", "Infinity"])
def test_what_nobody_writes_as_a_number_in_a_question_is_none(words):
    assert as_number(words) is None
    assert as_count(words) is None


@pytest.mark.parametrize(
    "rules",
    [
        tree("responseProcessing", tree("responseCondition")),
        tree("responseProcessing", tree("responseCondition", tree("exitResponse"))),
        tree("responseProcessing", tree("responseCondition", tree("responseIf"))),
        tree("responseProcessing", tree("setOutcomeValue", identifier="SCORE")),
        tree("responseProcessing", tree("match", tree("null"), tree("null"))),
        tree("responseProcessing", tree("responseCondition", tree("responseIf", tree("null")), tree("responseElse"), tree("responseElse"))),
    ],
    ids=["空的条件", "条件里没有如果", "如果什么", "赋什么值", "表达式当步骤", "两个否则"],
)
def test_a_tree_whose_pieces_stand_in_the_wrong_place_is_refused(rules):
    with pytest.raises(Malformed):
        check(replace(samples.RULED, rules=rules))


def test_a_tree_deeper_than_can_be_stored_is_refused():
    deep = number("true", "boolean")
    for _ in range(80):
        deep = tree("not", deep)
    with pytest.raises(Malformed, match="过深"):
        _if(deep)
