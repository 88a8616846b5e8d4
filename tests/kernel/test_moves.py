"""迁移测试: a table of moves refuses everything it does not name, and says what could be done."""

from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.kernel.law import Document
from touchstone.kernel.moves import MoveRefused, Moves, Side, move


class Light(StrEnum):
    """States of a lamp."""

    OFF = "off"
    ON = "on"
    BROKEN = "broken"

    @property
    def label(self) -> str:
        return {"off": "熄灭", "on": "点亮", "broken": "损坏"}[self.value]


class Hand(StrEnum):
    """Who may touch it."""

    OWNER = "owner"
    FITTER = "fitter"


CLAUSE = Document("lamp", "用灯规定", date(2020, 1, 1), rank=1).clause("一")
MOVES = Moves(
    move("light", {Light.OFF}, Light.ON, by=Hand.OWNER, title="开灯", clause=CLAUSE),
    move("darken", {Light.ON}, Light.OFF, by=Hand.OWNER, title="关灯"),
    move("smash", {Light.ON, Light.OFF}, Light.BROKEN, by={Hand.OWNER, Hand.FITTER}, title="打碎"),
    move("mend", {Light.BROKEN}, Light.OFF, by=Hand.FITTER, title="修理"),
)
WHOLE_TABLE = {
    ("light", Light.OFF): Light.ON,
    ("darken", Light.ON): Light.OFF,
    ("smash", Light.ON): Light.BROKEN,
    ("smash", Light.OFF): Light.BROKEN,
    ("mend", Light.BROKEN): Light.OFF,
}


@given(st.sampled_from(["light", "darken", "smash", "mend"]), st.sampled_from(list(Light)))
def test_the_whole_table(verb: str, state: Light) -> None:
    if (verb, state) in WHOLE_TABLE:
        assert MOVES.check(verb, state) == WHOLE_TABLE[verb, state]
        assert verb in {line.verb for line in MOVES.open_from(state)}
        return
    with pytest.raises(MoveRefused) as refused:
        MOVES.check(verb, state)
    assert state.label in refused.value.sentence
    assert refused.value.next_step
    assert verb not in {line.verb for line in MOVES.open_from(state)}


@given(st.lists(st.sampled_from(["light", "darken", "smash", "mend"]), max_size=30))
def test_no_sequence_of_moves_leaves_the_table(verbs: list[str]) -> None:
    state = Light.OFF
    for verb in verbs:
        before = state
        try:
            state = MOVES.check(verb, state)
        except MoveRefused:
            assert (verb, before) not in WHOLE_TABLE
        assert MOVES.open_from(state)


def test_refusal_names_state_verb_clause_and_where_it_could_be_done() -> None:
    with pytest.raises(MoveRefused) as refused:
        MOVES.check("light", Light.ON)
    assert str(refused.value).startswith("当前为“点亮”，不能开灯。（依据：用灯规定 一）只有在“熄灭”时")


def test_unknown_verb_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        MOVES.check("paint", Light.ON)


def test_roles_of_a_verb() -> None:
    assert MOVES.roles("smash") == {Hand.OWNER, Hand.FITTER}
    assert MOVES.roles("paint") == frozenset()


def test_every_side_has_a_chinese_name() -> None:
    assert all(side.label for side in Side)
