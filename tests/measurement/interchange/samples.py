"""样题: one question of each kind, and strategies that draw any question."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from touchstone.measurement.interchange import (
    Criterion,
    Feedback,
    Kind,
    Media,
    Method,
    Option,
    Part,
    Question,
    Slot,
    Weight,
    Weights,
    When,
    blank,
    node,
    pair,
)
from touchstone.measurement.interchange.question import Rule


def options(*words: str) -> tuple[Option, ...]:
    return tuple(Option(letter, (word,)) for letter, word in zip("ABCDEFGH", words, strict=False))


def points(*numbers: str) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


CHOICE = Question(Kind.CHOICE, ("切削用量三要素中对刀具寿命影响最大的是",), options=options("切削速度", "进给量", "背吃刀量", "刀尖圆弧"), key=("A",))
TRUE_FALSE = Question(Kind.TRUE_FALSE, ("操作机床时可以戴手套。",), options=(Option("true", ("正确",)), Option("false", ("错误",))), key=("false",))
MULTIPLE = Question(
    Kind.MULTIPLE,
    ("下列属于劳动防护用品的有",),
    points=Decimal(2),
    options=options("护目镜", "安全帽", "手套", "领带"),
    key=("A", "B", "C"),
    method=Method.PARTIAL,
    each=Decimal("0.5"),
)
MATCH = Question(
    Kind.MATCH,
    ("把量具与所测的量连起来",),
    points=Decimal(3),
    options=options("千分尺", "百分表", "万能角度尺"),
    slots=(Slot("1", ("外径",)), Slot("2", ("跳动",)), Slot("3", ("角度",))),
    key=(pair("A", "1"), pair("B", "2"), pair("C", "3")),
    method=Method.WEIGHTS,
    weights=Weights(tuple(Weight(pair(a, b), Decimal(1)) for a, b in ("A1", "B2", "C3")), Decimal("-0.5"), Decimal(0), Decimal(3)),
)
ORDER = Question(Kind.ORDER, ("排列加工工序",), points=Decimal(4), options=options("粗车", "半精车", "精车", "磨削"), key=("A", "B", "C", "D"))
GAP_MATCH = Question(
    Kind.GAP_MATCH,
    (node("p", "淬火后应及时", blank("1"), "，以消除", blank("2"), "。"),),
    points=Decimal(2),
    options=options("回火", "内应力", "退火"),
    slots=(Slot("1"), Slot("2")),
    key=(pair("A", "1"), pair("B", "2")),
)
INLINE = Question(
    Kind.INLINE_CHOICE,
    ("主轴转速越高，切削速度越", blank("1"), "。"),
    options=(),
    slots=(Slot("1", options=options("高", "低"), answer="A", weights=Weights((Weight("A", Decimal(1)),))),),
    method=Method.WEIGHTS,
)
TEXT = Question(
    Kind.TEXT_ENTRY,
    ("φ50 mm 工件以 100 m/min 切削，转速约为 ", blank("n"), " r/min，单位 ", blank("u")),
    points=Decimal(3),
    slots=(
        Slot("n", answer="637", weights=Weights((Weight("637", Decimal(2), low=Decimal(630), high=Decimal(640)),)), numeric=True),
        Slot("u", answer="r/min", weights=Weights((Weight("r/min", Decimal(1)), Weight("转/分", Decimal(1)), Weight("转", Decimal("0.5"))))),
    ),
    method=Method.WEIGHTS,
)
EXTENDED = Question(
    Kind.EXTENDED,
    ("简述安全操作规程。",),
    points=Decimal(5),
    method=Method.MARKER,
    criteria=(Criterion("1", ("开机前检查",), Decimal(3)), Criterion("2", ("停机后清理",), Decimal(2))),
)
PRACTICAL = Question(
    Kind.PRACTICAL,
    (node("p", "车削阶台轴。"), node("p", node("img", src="drawing.png", alt="图样"))),
    points=Decimal(100),
    method=Method.MARKER,
    minutes=120,
    materials=("45钢 φ55×150 一根",),
    criteria=(
        Criterion("1", ("外径 φ48 0/-0.025",), Decimal(60), "超差不得分", "尺寸"),
        Criterion("2", ("安全文明生产",), Decimal(40), "每违反一项扣10分", "安全"),
    ),
    media=(Media("drawing.png", "image/png", "0" * 64, 10),),
)
COMPOSITE = Question(
    Kind.COMPOSITE, ("阅读下列图样，回答问题。",), points=Decimal(5), method=Method.WEIGHTS, parts=(Part("1", CHOICE), Part("2", ORDER))
)


def tree(name: str, *children: Rule, text: str = "", **attributes: str) -> Rule:
    return Rule(name, tuple(sorted(attributes.items())), children, text)


RULED = Question(
    Kind.CHOICE,
    ("选一项",),
    points=Decimal(2),
    options=options("甲", "乙", "丙"),
    key=("A",),
    method=Method.RULES,
    rules=tree(
        "responseProcessing",
        tree(
            "responseCondition",
            tree(
                "responseIf",
                tree("match", tree("variable", identifier="RESPONSE"), tree("correct", identifier="RESPONSE")),
                tree("setOutcomeValue", tree("baseValue", baseType="float", text="2"), identifier="SCORE"),
            ),
            tree(
                "responseElseIf",
                tree("match", tree("variable", identifier="RESPONSE"), tree("baseValue", baseType="identifier", text="B")),
                tree("setOutcomeValue", tree("baseValue", baseType="float", text="0.5"), identifier="SCORE"),
            ),
            tree("responseElse", tree("setOutcomeValue", tree("baseValue", baseType="float", text="-1"), identifier="SCORE")),
        ),
    ),
)
ALL = (CHOICE, TRUE_FALSE, MULTIPLE, MATCH, ORDER, GAP_MATCH, INLINE, TEXT, EXTENDED, PRACTICAL, COMPOSITE, RULED)


# ---- any question

words = st.text(st.sampled_from("车刀钻铣ab 1.5<>&\"'\\[]{}~=#:*^_%$!()/-"), min_size=1, max_size=12).filter(str.strip)
numbers = st.decimals(0, 100, places=2)
signed = st.decimals(-100, 100, places=2)
pieces = st.recursive(
    words.map(lambda word: (word,)),
    lambda inner: st.tuples(st.sampled_from(["p", "strong", "em", "sub", "sup", "ul", "pre"]), inner).map(lambda two: (node(two[0], *two[1]),)),
    max_leaves=3,
)
some = st.lists(pieces, min_size=1, max_size=3).map(lambda many: node("p", *(part for piece in many for part in piece)).children)


@st.composite
def weights_of(draw: st.DrawFn, keys: list[str]) -> Weights:
    chosen = draw(st.lists(st.sampled_from(keys), unique=True, max_size=4))
    entries = tuple(Weight(key, draw(signed), draw(st.booleans())) for key in chosen)
    return Weights(entries, draw(signed), draw(st.none() | st.just(Decimal(-5))), draw(st.none() | numbers))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Any question with options or blanks; those that a marker or rules score are covered by the samples."""
    kind = draw(st.sampled_from([Kind.CHOICE, Kind.MULTIPLE, Kind.ORDER, Kind.MATCH, Kind.GAP_MATCH, Kind.INLINE_CHOICE, Kind.TEXT_ENTRY]))
    count = draw(st.integers(2, 5))
    many = tuple(Option(letter, draw(some), draw(st.just(()) | some), draw(st.booleans())) for letter in "ABCDE"[:count])
    keys = [one.key for one in many]
    common: dict[str, Any] = {"title": draw(words), "shuffle": draw(st.booleans()), "hints": tuple(draw(st.lists(some, max_size=1)))}
    said = tuple(Feedback(when, draw(some)) for when in draw(st.lists(st.sampled_from(When), unique=True, max_size=2)))
    method = draw(st.sampled_from([Method.EXACT, Method.WEIGHTS]))
    stem, worth = draw(some), draw(numbers)
    if kind in (Kind.CHOICE, Kind.MULTIPLE, Kind.ORDER):
        length = {Kind.CHOICE: 1, Kind.ORDER: count}.get(kind, draw(st.integers(1, count)))
        key = tuple(draw(st.permutations(keys))[:length])
        weights = draw(weights_of(keys)) if method is Method.WEIGHTS else Weights()
        return Question(kind, stem, worth, options=many, key=key, method=method, weights=weights, feedback=said, **common)
    places = [str(place) for place in range(1, draw(st.integers(1, 3)) + 1)]
    gaps = (node("p", *stem, *(blank(place) for place in places)),)
    if kind in (Kind.MATCH, Kind.GAP_MATCH):
        pairs = [pair(a, b) for a in keys for b in places]
        key = tuple(draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=4)))
        weights = draw(weights_of(pairs)) if method is Method.WEIGHTS else Weights()
        slots = tuple(Slot(place, draw(some) if kind is Kind.MATCH else ()) for place in places)
        return Question(
            kind, stem if kind is Kind.MATCH else gaps, worth, options=many, slots=slots, key=key, method=method, weights=weights, **common
        )
    if kind is Kind.INLINE_CHOICE:
        slots = tuple(Slot(place, options=many, answer=draw(st.sampled_from(keys)), weights=draw(weights_of(keys))) for place in places)
    else:
        answers = [draw(st.lists(words.map(str.strip), unique=True, min_size=1, max_size=3)) for _ in places]
        slots = tuple(Slot(place, answer=found[0], weights=draw(weights_of(found))) for place, found in zip(places, answers, strict=True))
    return Question(kind, gaps, worth, slots=slots, method=method, **common)
