"""魔灯格式往返（Moodle XML）: every kind as Moodle exports it, and the way there and back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.measurement.interchange import responses, samples
from touchstone.measurement.interchange import Kind, Media, Method, Option, Slot, Weight, Weights, blank, node, plain, plain_text, score
from touchstone.measurement.interchange.delivery import Format, Outgoing, Refused
from touchstone.measurement.interchange.doors import read_file, write_file


def quiz(*questions):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{"".join(questions)}</quiz>'.encode()


def asked(kind, inside, text="<![CDATA[<p>题干</p>]]>", grade="1"):
    return (
        f'<question type="{kind}"><name><text>名</text></name><questiontext format="html"><text>{text}</text></questiontext>'
        f"<defaultgrade>{grade}</defaultgrade>{inside}</question>"
    )


def answer(text, fraction, more=""):
    return f'<answer fraction="{fraction}" format="plain_text"><text>{text}</text>{more}</answer>'


def one(content):
    (found,) = read_file(content, "x.xml").incoming
    assert found.refusal is None, found.refusal
    return found.taken


def test_choices():
    single = one(quiz(asked("multichoice", "<single>true</single>" + answer("甲", 100) + answer("乙", 50) + answer("丙", 0), grade="2")))
    assert [score(single, key) for key in "ABC"] == [2, 1, 0]
    thirds = "".join(answer(word, "33.33333") for word in "甲乙丙") + answer("丁", "-100")
    many = one(quiz(asked("multichoice", "<single>false</single>" + thirds)))
    assert (many.kind, score(many, ["A", "B", "C"]), score(many, ["A", "D"])) == (Kind.MULTIPLE, Decimal(1), Decimal(0))
    truth = one(quiz(asked("truefalse", answer("true", 0) + answer("false", 100))))
    assert (truth.kind, truth.key) == (Kind.TRUE_FALSE, ("false",))


def test_words_numbers_pairs_and_order():
    short = one(quiz(asked("shortanswer", "<usecase>1</usecase>" + answer("Ra", 100) + answer("Rz", 50))))
    assert [score(short, word) for word in ("Ra", "ra", "Rz")] == [1, 0, Decimal("0.5")]
    number = one(quiz(asked("numerical", answer("637", 100, "<tolerance>3</tolerance>"))))
    assert [score(number, word) for word in ("634", "640", "641")] == [1, 1, 0]
    pairs = "".join(
        f"<subquestion format='html'><text>{a}</text><answer><text>{b}</text></answer></subquestion>" for a, b in ("甲一", "乙二", "丙一")
    )
    match = one(quiz(asked("matching", pairs, grade="3")))
    assert (match.kind, len(match.slots), score(match, match.key), score(match, match.key[:1])) == (Kind.MATCH, 2, Decimal(3), Decimal(1))
    order = one(quiz(asked("ordering", answer("先", 1) + answer("后", 2) + "<gradingtype>-1</gradingtype>")))
    assert (order.kind, order.method, order.key) == (Kind.ORDER, Method.EXACT, ("A", "B"))


def test_gaps_and_cloze():
    gaps = "".join(f"<selectoption><text>{word[:-1]}</text><group>{word[-1]}</group></selectoption>" for word in ("高1", "低1", "回火2"))
    select = one(quiz(asked("gapselect", gaps, "转速越[[1]]，之后[[3]]", "2")))
    assert (select.kind, [len(slot.options) for slot in select.slots], score(select, {"g1": "1", "g2": "3"})) == (
        Kind.INLINE_CHOICE,
        [2, 1],
        Decimal(2),
    )
    drag = one(quiz(asked("ddwtos", "<dragbox><text>回火</text></dragbox><dragbox><text>退火</text></dragbox>", "淬火后[[1]]")))
    assert (drag.kind, drag.key) == (Kind.GAP_MATCH, ("1 g1",))
    cloze = one(quiz(asked("cloze", "", "转速{1:NUMERICAL:=637:3}，符号{2:SHORTANSWER:=Ra~%50%Rz}，材料{1:MC:=钢~铁}")))
    assert (cloze.kind, cloze.points) == (Kind.TEXT_ENTRY, 4)
    assert score(cloze, {"b1": "640", "b2": "rz", "b3": "A"}) == 3


def test_pictures_come_along_and_what_does_not_is_named():
    text = '<![CDATA[<p>看<img src="@@PLUGINFILE@@/a.png" alt="图"/><img src="http://example.org/b.png"/><script>x</script></p>]]>'
    kind = asked("essay", "", text).replace("</questiontext>", '<file name="a.png" path="/" encoding="base64">cG5n</file></questiontext>')
    delivery = read_file(quiz(kind), "x.xml")
    assert delivery.files == {"q1/a.png": b"png"}
    assert {"<script>", "文件“http://example.org/b.png”"} == {loss.what for loss in delivery.incoming[0].losses}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (asked("calculated", ""), "calculated"),
        (asked("description", ""), "说明文字"),
        (asked("multichoice", answer("甲", 0)), "不知道哪个正确"),
        (asked("multichoice", answer("甲", "x")), "百分比"),
        (asked("truefalse", answer("true", 100)), "true和false"),
        (asked("numerical", answer("约六百", 100)), "不是数"),
        (asked("gapselect", "", "[[1]]"), "对不上"),
        (asked("cloze", "", "{1:MULTIRESPONSE:=甲~乙}"), "没有"),
        (asked("cloze", "", "没有空"), "空位"),
        (asked("shortanswer", answer("甲", 100), grade="x"), "不是分值"),
    ],
)
def test_refused_with_a_reason(question, said):
    (found,) = read_file(quiz("\n\n", question), "x.xml").incoming
    assert found.question is None
    assert said in found.why
    assert found.line >= 3


def test_another_xml_is_not_taken_for_moodle():
    with pytest.raises(Refused):
        read_file(b"<quiz", "x.xml")


TWO_GAPS = replace(
    samples.INLINE,
    stem=(*samples.INLINE.stem, "，", blank("2")),
    points=Decimal(2),
    slots=(
        *samples.INLINE.slots,
        Slot("2", options=(Option("A", ("甲",)), Option("B", ("乙",))), answer="B", weights=Weights((Weight("B", Decimal(1)),))),
    ),
)
CARRIED = [samples.CHOICE, samples.TRUE_FALSE, samples.ORDER, samples.INLINE, TWO_GAPS, samples.TEXT]


@pytest.mark.parametrize("question", CARRIED, ids=lambda one: f"{one.kind.value}-{len(one.slots)}")
def test_there_and_back(question):
    shipped = write_file([Outgoing("q-1", question, "题库/一")], Format.MOODLE, {})
    (found,) = read_file(shipped.content, "x.xml").incoming
    assert found.refusal is None, found.refusal
    again = found.taken
    assert (again.kind, again.points, found.category, found.identifier) == (question.kind, question.points, "题库/一", "q-1")
    assert plain_text(again).replace(" ", "").startswith(plain(question.stem).replace(" ", "")[:10])
    for response in responses.of(question):
        assert score(again, responses.translated(question, again, response)) == score(question, response), response


def test_a_practical_task_goes_as_an_essay_with_its_picture_and_what_a_composite_cannot():
    shipped = write_file([Outgoing("q-1", samples.PRACTICAL), Outgoing("q-2", samples.COMPOSITE)], Format.MOODLE, {"drawing.png": b"png"})
    delivery = read_file(shipped.content, "x.xml")
    assert "φ48" in plain(delivery.incoming[0].taken.criteria[0].content)
    assert list(delivery.files.values()) == [b"png"]
    assert [one.refused for one in shipped.left] == [False, True]


def test_more_than_26_options_are_lettered_on():
    answers = "".join(answer(f"第{place}项", 100 if place == 29 else 0) for place in range(30))
    question = one(quiz(asked("multichoice", "<single>true</single>" + answers)))
    assert [option.key for option in question.options][25:28] == ["Z", "AA", "AB"]
    assert question.key == ("AD",)
    cloze = "选 {1:MC:" + "~".join(f"{'=' if place == 28 else ''}第{place}项" for place in range(30)) + "}"
    (slot,) = one(quiz(asked("cloze", "", cloze))).slots
    assert slot.answer == "AC"


def test_a_question_too_large_to_be_read_back_is_left_out_and_the_rest_goes_out():
    large = replace(samples.CHOICE, stem=("看图", node("img", src="a.png")), media=(Media("a.png", "image/png", "0" * 64, 16_000_000),))
    shipped = write_file([Outgoing("a", large), Outgoing("b", samples.CHOICE)], Format.MOODLE, {"a.png": b"0" * 16_000_000})
    assert [one.refused for one in shipped.left] == [True, False]
    assert "20MB" in shipped.left[0].losses[0].why
