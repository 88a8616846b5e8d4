"""规范JSON: one text, one reading."""

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as some

from touchstone.trust.canonical import Malformed, canonical, parse


def test_keys_are_ordered_as_utf_16_and_numbers_written_as_a_browser_does() -> None:
    document = parse('{"\\ud83d\\ude00": 1, "\\ufb01": 2, "a": [1.0, 1e21, 0.000001, 1e-7, -0.0, true, null], "职": "\\u000f/\\n"}')
    assert canonical(document) == '{"a":[1,1e+21,0.000001,1e-7,0,true,null],"职":"\\u000f/\\n","😀":1,"ﬁ":2}'.encode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a":1,"a":1}', "写了两次"),
        ('{"a":{"b":1,"\\u0062":2}}', "写了两次"),
        ('{"a":NaN}', "NaN"),
        ("[Infinity]", "Infinity"),
        ("[9007199254740992]", "安全范围"),
        ("[-9007199254740992]", "安全范围"),
        ("[" + "1" * 400 + "]", "安全范围"),
        ("[1e400]", "超出范围"),
        ('["\\ud800"]', "规范书写"),
        ("", "不是JSON"),
        ("{", "不是JSON"),
        ("{} {}", "不是JSON"),
        ('["\n"]', "不是JSON"),
        ("[" * 100_000, "不是JSON"),
        (b"\xef\xbb\xbf{}", "不是JSON"),
        (b'{"a":"\xff"}', "不是JSON"),
    ],
)
def test_a_text_that_two_readers_could_understand_differently_is_refused(text: str | bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        parse(text)


def test_a_file_too_large_is_not_read() -> None:
    with pytest.raises(Malformed, match="超过"):
        parse(" " * 2000, longest=1000)


_WORDS = some.text(some.characters(exclude_categories=["Cs"]), max_size=8)
_ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**53) + 1, 2**53 - 1) | some.floats(allow_nan=False, allow_infinity=False) | _WORDS,
    lambda held: some.lists(held, max_size=4) | some.dictionaries(_WORDS, held, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60)
@given(_ANYTHING)
def test_the_faster_writer_writes_what_the_reference_writes(document: object) -> None:
    assert canonical(document) == rfc8785.dumps(document)  # type: ignore[arg-type]


@pytest.mark.parametrize("document", [2**53, {"a": -(2**60)}, {1: 2}, {"a": object()}, "\ud800", {"\ud800": 1}, float("nan")], ids=range(7))
def test_what_has_no_canonical_form_is_refused(document: object) -> None:
    with pytest.raises(Malformed):
        canonical(document)
