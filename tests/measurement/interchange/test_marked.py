"""记号文本: what a person types, and what stays of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.measurement.interchange import blank, from_marked, node, to_marked


def test_paragraphs_blanks_pictures_and_letters():
    text = "求 x^{2}+H_{2}O 的 **值**：[[1]]\n\n见 ![图1](a.png)，写作 \\[[不是空位]]"
    assert from_marked(text) == (
        node("p", "求 x", node("sup", "2"), "+H", node("sub", "2"), "O 的 ", node("strong", "值"), "：", blank("1")),
        node("p", "见 ", node("img", src="a.png", alt="图1"), "，写作 [[不是空位]]"),
    )


def test_one_line_is_bare():
    assert from_marked("  只有一行 ") == ("只有一行",)
    assert from_marked(" \n ") == ()


@settings(derandomize=True, deadline=None)
@given(st.text(st.sampled_from("车刀 [](){}!*^_\\ab1"), max_size=30))
def test_any_words_come_back(words):
    text = " ".join(words.split())
    bare = (text,) if text else ()
    assert from_marked(to_marked(bare)[0]) == bare


@settings(derandomize=True, deadline=None)
@given(st.text(st.sampled_from("车刀 [](){}!*^_\\ab1\n"), max_size=40))
def test_what_was_typed_is_stable(words):
    once = from_marked(words)
    assert from_marked(to_marked(once)[0]) == once


def test_what_cannot_be_typed_is_named():
    assert to_marked((node("table", node("tr", node("td", "甲"), node("td", "乙"))),)) == ("甲 乙", ("td", "tr", "table"))
