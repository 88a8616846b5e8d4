"""文本格式往返（GIFT）: every kind as people write it, what is refused by line, and the way there and back."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measurement.interchange import responses, samples
from touchstone.measurement.interchange import Kind, Method, When, plain, plain_text, score
from touchstone.measurement.interchange.delivery import Format, Outgoing
from touchstone.measurement.interchange.doors import read_file, write_file
from touchstone.measurement.interchange.gift.reading import read_gift
from touchstone.measurement.interchange.scoring import most


def read(text):
    return read_gift(text.encode()).incoming


def one(text):
    (found,) = read(text)
    assert found.refusal is None, found.refusal
    return found.taken


def test_comments_categories_names_and_labels():
    text = """// 题库
$CATEGORY: 车工/安全

// [id:A-1] [tag:四级]
::戴手套:: 操作车床可以戴手套。 {F#不可以#对}

$CATEGORY: 车工/刀具
硬质合金\\: YT15 {T}
"""
    first, second = read(text)
    assert (first.identifier, first.category, first.taken.title, first.taken.labels, first.line) == ("A-1", "车工/安全", "戴手套", ("四级",), 5)
    assert [(said.when, plain(said.content)) for said in first.taken.feedback] == [(When.WRONG, "不可以"), (When.RIGHT, "对")]
    assert (second.category, plain(second.taken.stem), second.taken.key) == ("车工/刀具", "硬质合金: YT15", ("true",))


def test_a_choice_with_feedback_and_partial_shares():
    question = one("最硬的是 {\n =金刚石 #对\n ~%50%陶瓷 #差一点\n ~木材\n ####见教材\n}")
    assert question.kind is Kind.CHOICE
    assert [score(question, key) for key in "ABC"] == [1, Decimal("0.5"), 0]
    assert plain(question.options[1].feedback) == "差一点"
    assert plain(question.feedback[0].content) == "见教材"


def test_a_multiple_choice_of_thirds_loses_no_point():
    question = one("劳保用品 {~%33.33333%护目镜 ~%33.33333%手套 ~%33.33333%安全帽 ~%-100%领带}")
    assert (question.kind, question.points) == (Kind.MULTIPLE, Decimal(3))
    assert [score(question, some) for some in (["A", "B", "C"], ["A"], ["A", "B", "C", "D"])] == [3, 1, 0]


def test_short_answers_and_the_missing_word():
    question = one("切削液的作用是 {=冷却 =%50%降温} 和润滑。")
    assert plain(question.stem) == "切削液的作用是 ____ 和润滑。"
    assert [score(question, word) for word in ("冷却", "降温", "加热")] == [1, Decimal("0.5"), 0]


@pytest.mark.parametrize(
    ("inside", "rows"),
    [
        ("#3.1416", {"3.1416": 1, "3.14160": 1, "3.14": 0}),
        ("#3.14:0.01", {"3.13": 1, "3.15": 1, "3.16": 0}),
        ("#1..5", {"1": 1, "5": 1, "5.1": 0, "x": 0}),
        ("#=1822:0 =%50%1822:2", {"1822": 1, "1824": Decimal("0.5"), "1825": 0}),
    ],
)
def test_numbers(inside, rows):
    question = one(f"是多少 {{{inside}}}")
    assert {word: score(question, word) for word in rows} == rows


def test_matching_essay_and_escapes():
    question = one("连线 {=千分尺 -> 外径 =百分表 -> 跳动 =卡尺 -> 外径 = -> 硬度}")
    assert (question.kind, len(question.options), len(question.slots), question.points) == (Kind.MATCH, 3, 3, 3)
    assert score(question, question.key) == 3
    assert one("简述 {}").kind is Kind.EXTENDED
    assert plain(one("写作 \\{ \\~ \\= \\# \\: \\\\n \\} {T}").stem) == "写作 { ~ = # : \\n }"
    assert plain(one("[html]<p>一</p><p>二<br></p>{=<b>甲</b> ~乙}").stem) == "一\n二"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\n只有说明", 2, "没有用{ }"),
        ("题 {=甲 ~乙", 1, "不配对"),
        ("题 {=甲} 又 {=乙}", 1, "两处答案"),
        ("题 {\n甲\n}", 1, "开头"),
        ("题 {\n~甲\n~乙\n}", 2, "没有写出正确答案"),
        ("题 {\n=甲\n=乙\n~丙}", 2, "几个正确答案"),
        ("题 {\n~%150%甲 ~%50%乙}", 2, "百分比"),
        ("题 {#abc}", 1, "读不懂"),
        ("题 {=a -> b\n=c}", 2, "有的没有"),
        ("::没有结束 {T}", 1, "::"),
    ],
)
def test_refused_with_line_and_reason(text, line, said):
    (found,) = read(text)
    assert found.question is None
    assert said in found.refusal.why
    assert found.refusal.line == line


def test_a_wrong_question_does_not_take_the_others_with_it():
    assert [found.question is not None for found in read("一 {T}\n\n二 {=\n\n三 {F}\n\n四 {#1e999999}\n\n五 {T}")] == [True, False, True, False, True]
    assert [found.question is not None for found in read("一 {T}\n\n二 {x}\n\n三 {F}")] == [True, False, True]


def scale(question, value):
    """GIFT knows shares, not points."""
    whole = most(question)
    return value / whole if whole else value


SAME = [samples.CHOICE, samples.TRUE_FALSE, samples.INLINE]


@pytest.mark.parametrize("question", SAME, ids=lambda one: one.kind.value)
def test_there_and_back_by_hand(question):
    shipped = write_file([Outgoing("q", question, "题库")], Format.GIFT, {})
    (found,) = read_file(shipped.content, "x.txt").incoming
    again = found.taken
    assert found.category == "题库"
    assert plain_text(again).split("\n")[0] == plain(question.stem)
    assert again.method in (Method.EXACT, Method.WEIGHTS)


def test_what_gift_has_no_kind_for_is_left_out_and_said():
    shipped = write_file(
        [Outgoing("a", samples.ORDER), Outgoing("b", samples.COMPOSITE), Outgoing("c", samples.TEXT), Outgoing("d", samples.MULTIPLE)],
        Format.GIFT,
        {},
    )
    assert [(one.identifier, one.refused) for one in shipped.left] == [("a", True), ("b", True), ("c", True), ("d", False)]
    assert "少选给分" in {loss.what for loss in shipped.left[3].losses}


@settings(derandomize=True, deadline=None, max_examples=150)
@given(samples.questions(), st.sampled_from([Format.GIFT, Format.MOODLE]))
def test_any_question_comes_back_or_is_left_out_with_a_reason(question, form):
    """What is written without a loss of points scores alike; the words are the same in any case."""
    shipped = write_file([Outgoing("q-1", question)], form, {})
    (left,) = shipped.left
    if left.refused:
        assert left.losses[0].why.endswith("。")
        return
    (found,) = read_file(shipped.content, "x").incoming
    assert found.refusal is None, found.refusal
    again = found.taken
    counted = {"得分办法", "全对才得分", "少选给分", "得分的上下限", "其他答案的得分和上下限", "下拉填空题", "区分大小写"}
    if counted & {loss.what for loss in left.losses} or any("的分值" in loss.what for loss in left.losses):
        return
    if again.kind is question.kind and len(again.options) == len(question.options) and question.kind in (Kind.CHOICE, Kind.MULTIPLE):
        assert [plain(option.content) for option in again.options] == [plain(option.content) for option in question.options]
        for response in responses.of(question):
            wanted = scale(question, score(question, response))
            got = scale(again, score(again, responses.translated(question, again, response)))
            assert abs(wanted - got) < Decimal("0.001"), response


def test_a_long_file_of_open_brackets_is_read_in_no_time():
    begun = time.monotonic()
    read("一 {\n" + "=答案\n" * 20_000 + "}")
    assert time.monotonic() - begun < 10
