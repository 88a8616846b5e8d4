"""通用格式往返（QTI）: what is written in 2.1, 2.2 and 3.0 is read again and earns the same points."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measurement.interchange import responses, samples
from touchstone.measurement.interchange import Feedback, Kind, Method, When, plain_text, score
from touchstone.measurement.interchange.delivery import Format, Outgoing
from touchstone.measurement.interchange.qti.packages import read_package
from touchstone.measurement.interchange.qti.shipping import write_package

VERSIONS = (Format.QTI21, Format.QTI22, Format.QTI30)
SAMPLES = [one for one in samples.ALL if one.kind not in (Kind.EXTENDED, Kind.PRACTICAL)]


def there_and_back(question, version):
    shipped = write_package([Outgoing("q-1", question)], version, {"drawing.png": b"png"})
    delivery = read_package(shipped.content)
    assert delivery.format is version
    (found,) = delivery.incoming
    assert found.refusal is None, found.refusal
    return found, shipped, delivery


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("question", SAMPLES, ids=lambda one: f"{one.kind.value}-{one.method.value}")
def test_every_kind_keeps_its_points(question, version):
    found, _, _ = there_and_back(question, version)
    again = found.taken
    assert again.kind is question.kind
    assert again.points == question.points
    assert plain_text(again) == plain_text(question)
    for response in responses.of(question):
        assert score(again, responses.translated(question, again, response)) == score(question, response), response


@settings(derandomize=True, deadline=None, max_examples=120)
@given(samples.questions(), st.sampled_from(VERSIONS))
def test_any_question_keeps_its_points(question, version):
    found, shipped, _ = there_and_back(question, version)
    again = found.taken
    assert plain_text(again) == plain_text(question)
    assert len(again.options) == len(question.options)
    assert len(again.slots) == len(question.slots)
    for response in responses.of(question):
        assert score(again, responses.translated(question, again, response)) == score(question, response), response
    if question.hints:
        assert "提示" in {loss.what for loss in shipped.left[0].losses}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_practical_task_goes_as_long_text_with_its_scoring_points_and_says_so(version):
    found, shipped, delivery = there_and_back(samples.PRACTICAL, version)
    assert found.taken.kind is Kind.EXTENDED
    assert found.taken.method is Method.MARKER
    assert found.taken.criteria == samples.PRACTICAL.criteria
    assert {"实操题", "用时", "材料准备"} <= {loss.what for loss in shipped.left[0].losses}
    assert delivery.files == {"media/drawing.png": b"png"}


def test_the_same_questions_give_the_same_bytes_and_a_missing_picture_is_named():
    questions = [Outgoing("q-1", samples.PRACTICAL), Outgoing("q-1", samples.CHOICE)]
    first = write_package(questions, Format.QTI21, {})
    assert first.content == write_package(questions, Format.QTI21, {}).content
    assert any("drawing.png" in loss.what for loss in first.left[0].losses)
    assert len(read_package(first.content).incoming) == 2


def test_feedback_goes_and_comes():
    said = replace(
        samples.CHOICE,
        options=tuple(replace(one, feedback=(f"说{one.key}",)) for one in samples.CHOICE.options),
        feedback=(Feedback(When.RIGHT, ("对了",)), Feedback(When.WRONG, ("再想想",))),
    )
    again = there_and_back(said, Format.QTI22)[0].taken
    assert [one.feedback for one in again.options] == [one.feedback for one in said.options]
    assert set(again.feedback) == set(said.feedback)
