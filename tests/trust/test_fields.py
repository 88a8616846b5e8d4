"""敏感字段: what is sealed opens only in its own place, with its own key, unaltered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.trust.fields import FieldKey, SealBroken

KEY, OTHER = FieldKey(bytes(range(32))), FieldKey(bytes(32))


@given(st.text(), st.text(max_size=20))
def test_opens_as_sealed(text: str, place: str) -> None:
    """封存后原样打开。"""
    assert KEY.open(KEY.seal(text, place), place) == text


@given(st.data())
def test_any_changed_bit_is_found(data: st.DataObject) -> None:
    """改动任何一位都打不开。"""
    sealed = bytearray(KEY.seal("319900199001010018", "people|1|id"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        KEY.open(bytes(sealed), "people|1|id")


def test_opens_only_in_its_place_with_its_key() -> None:
    """换个位置或换把钥匙都打不开。"""
    sealed = KEY.seal("319900199001010018", "people|1|id")
    for key, place in ((KEY, "people|2|id"), (OTHER, "people|1|id")):
        with pytest.raises(SealBroken):
            key.open(sealed, place)
    with pytest.raises(SealBroken):
        KEY.open(b"", "people|1|id")


def test_blind_index_meets_equals_of_one_column_only() -> None:
    """盲索引，同值相遇，异列不相遇。"""
    assert KEY.blind_index("a", "id") == KEY.blind_index("a", "id")
    assert KEY.blind_index("a", "id") != KEY.blind_index("a", "phone") != OTHER.blind_index("a", "phone")


def test_refuses_a_key_of_the_wrong_length() -> None:
    """钥匙长度不对即拒绝。"""
    with pytest.raises(ValueError, match="32"):
        FieldKey(b"short")
