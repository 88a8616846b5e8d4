"""存取: how is a question written as JSON, and what JSON is taken back?

Version 1. What is empty is left out; what is not known is refused, never dropped: a question that an older platform cannot read whole must
not be read in part. `written` is canonical, so equal questions have equal digests.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from touchstone.measurement.interchange.question import (
    Criterion,
    Feedback,
    Kind,
    Media,
    Method,
    Option,
    Part,
    Question,
    Rule,
    Slot,
    Weight,
    Weights,
    When,
)
from touchstone.measurement.interchange.rich import Malformed, Rich, rich_from_json, rich_to_json
from touchstone.measurement.interchange.scoring import as_number
from touchstone.measurement.interchange.soundness import DEEPEST_RULE, check

VERSION = 1
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def written(question: Question) -> str:
    """This function will give the one text that stands for the question: what is sealed and what its digest is taken of."""
    return json.dumps(to_json(question), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str | bytes) -> Question:
    """This function will read what `written` gave. :raises Malformed:"""
    try:
        return from_json(json.loads(text))
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, Malformed):
            raise
        raise Malformed("不是JSON，或者已经损坏。") from None


def to_json(question: Question) -> dict[str, Any]:
    """This function will give the question as JSON values."""
    return {"form": VERSION, **_question(question)}


def from_json(raw: object) -> Question:
    """This function will read a question. :raises Malformed: for another version, an unknown name, a wrong value or pieces that do not fit."""
    if not isinstance(raw, dict):
        raise Malformed("试题应为一个JSON对象。")
    if type(raw.get("form")) is not int or raw["form"] != VERSION:
        raise Malformed(f"试题的格式版本是“{raw.get('form')}”，本平台只读版本{VERSION}。")
    question = _Reader({name: value for name, value in raw.items() if name != "form"}, "试题").whole(_read_question)
    check(question)
    return question


# ---- writing


def _kept(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if (value == 0 and value is not False) or value not in ("", None, [], {})}


def _question(one: Question) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "stem": rich_to_json(one.stem),
        "points": _number(one.points),
        "method": one.method.value,
        **_kept(
            title=one.title,
            options=[_option(option) for option in one.options],
            slots=[_slot(slot) for slot in one.slots],
            key=list(one.key),
            weights=_weights(one.weights),
            each=_number(one.each) if one.each else "",
            rules=_rule(one.rules) if one.rules else None,
            criteria=[
                {"key": c.key, "content": rich_to_json(c.content), "points": _number(c.points), **_kept(rule=c.rule, group=c.group)}
                for c in one.criteria
            ],
            parts=[{"key": part.key, "question": _question(part.question)} for part in one.parts],
            shuffle=one.shuffle,
            least=one.least or None,
            most=one.most or None,
            minutes=one.minutes,
            materials=rich_to_json(one.materials),
            feedback=[{"when": said.when.value, "content": rich_to_json(said.content)} for said in one.feedback],
            hints=[rich_to_json(hint) for hint in one.hints],
            media=[{"name": m.name, "mime": m.mime, "sha256": m.sha256, "size": m.size} for m in one.media],
            labels=list(one.labels),
            language=one.language if one.language != "zh-CN" else "",
        ),
    }


def _option(one: Option) -> dict[str, Any]:
    most = one.most if one.most != 1 else None
    return {"key": one.key, "content": rich_to_json(one.content), **_kept(feedback=rich_to_json(one.feedback), fixed=one.fixed), **_set(most=most)}


def _slot(one: Slot) -> dict[str, Any]:
    return {
        "key": one.key,
        **_kept(
            prompt=rich_to_json(one.prompt),
            options=[_option(option) for option in one.options],
            answer=one.answer,
            weights=_weights(one.weights),
            length=one.length,
            numeric=one.numeric,
        ),
        **_set(most=one.most if one.most != 1 else None),
    }


def _set(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _weights(one: Weights) -> dict[str, Any]:
    bounds = {"lower": one.lower, "upper": one.upper}
    return _kept(
        entries=[
            {
                "of": w.of,
                "points": _number(w.points),
                **_kept(exact_case=w.exact_case, feedback=rich_to_json(w.feedback)),
                **{name: _number(end) for name, end in (("low", w.low), ("high", w.high)) if end is not None},
            }
            for w in one.entries
        ],
        otherwise=_number(one.otherwise) if one.otherwise else "",
    ) | {name: _number(bound) for name, bound in bounds.items() if bound is not None}


def _rule(one: Rule) -> dict[str, Any]:
    return {"name": one.name, **_kept(attributes=dict(one.attributes), children=[_rule(child) for child in one.children], text=one.text)}


def _number(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


# ---- reading


class _Reader:
    """One JSON object being read: every name asked for is ticked off, and what is left at the end is refused."""

    def __init__(self, raw: object, where: str) -> None:
        if not isinstance(raw, dict):
            raise Malformed(f"{where}应为一个JSON对象。")
        self.raw, self.where, self.left = raw, where, set(raw)

    def whole(self, build: "Callable[[_Reader], T]") -> T:
        built = build(self)
        if self.left:
            raise Malformed(f"{self.where}里有不认识的内容“{min(map(str, self.left))[:40]}”。")
        return built

    def take(self, name: str) -> Any:
        self.left.discard(name)
        return self.raw.get(name)

    def text(self, name: str, needed: bool = False) -> str:
        value = self.take(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str):
            raise Malformed(f"{self.where}的“{name}”应为文字。")
        return value

    def flag(self, name: str) -> bool:
        value = self.take(name)
        if value is not None and type(value) is not bool:
            raise Malformed(f"{self.where}的“{name}”应为true或false。")
        return bool(value)

    def count(self, name: str) -> int | None:
        value = self.take(name)
        if value is not None and (type(value) is not int or value < 0):
            raise Malformed(f"{self.where}的“{name}”应为不小于0的整数。")
        return value

    def number(self, name: str, needed: bool = False) -> Decimal | None:
        text = self.text(name, needed)
        if not text:
            return None
        value = as_number(text)
        if value is None:
            raise Malformed(f"{self.where}的“{name}”不是数：“{text[:20]}”。")
        return value

    def points(self, name: str) -> Decimal:
        return self.number(name) or Decimal(0)

    def choice(self, name: str, kinds: type[E]) -> E:
        value = self.text(name, needed=True)
        try:
            return kinds(value)
        except ValueError:
            raise Malformed(f"{self.where}的“{name}”写的是“{value[:30]}”，不是我们认识的。") from None

    def rich(self, name: str) -> Rich:
        raw = self.take(name)
        return () if raw is None else rich_from_json(raw, f"{self.where}的“{name}”")

    def many(self, name: str, build: "Callable[[_Reader], T]") -> tuple[T, ...]:
        return tuple(_Reader(one, f"{self.where}的“{name}”第{place}项").whole(build) for place, one in enumerate(self.listed(name), 1))

    def words(self, name: str) -> tuple[str, ...]:
        found = self.listed(name)
        if not all(isinstance(one, str) for one in found):
            raise Malformed(f"{self.where}的“{name}”应为文字的列表。")
        return tuple(found)

    def listed(self, name: str) -> list[Any]:
        raw = self.take(name)
        if raw is not None and not isinstance(raw, list):
            raise Malformed(f"{self.where}的“{name}”应为列表。")
        return raw or []


def _read_question(r: _Reader) -> Question:
    rules, weights = r.take("rules"), r.take("weights")
    return Question(
        kind=r.choice("kind", Kind),
        stem=r.rich("stem"),
        points=r.points("points"),
        title=r.text("title"),
        options=r.many("options", _read_option),
        slots=r.many("slots", _read_slot),
        key=r.words("key"),
        method=r.choice("method", Method),
        weights=_read_weights(weights, r.where),
        each=r.points("each"),
        rules=None if rules is None else _read_rule(rules, 0),
        criteria=r.many("criteria", _read_criterion),
        parts=r.many("parts", lambda part: Part(part.text("key", True), _Reader(part.take("question"), part.where).whole(_read_question))),
        shuffle=r.flag("shuffle"),
        least=r.count("least") or 0,
        most=r.count("most") or 0,
        minutes=r.count("minutes"),
        materials=r.rich("materials"),
        feedback=r.many("feedback", lambda said: Feedback(said.choice("when", When), said.rich("content"))),
        hints=tuple(rich_from_json(one, f"{r.where}的提示") for one in r.listed("hints")),
        media=r.many("media", _read_media),
        labels=r.words("labels"),
        language=r.text("language") or "zh-CN",
    )


def _read_media(r: _Reader) -> Media:
    return Media(r.text("name", True), r.text("mime", True), r.text("sha256", True), r.count("size") or 0)


def _read_option(r: _Reader) -> Option:
    most = r.count("most")
    return Option(r.text("key", True), r.rich("content"), r.rich("feedback"), r.flag("fixed"), 1 if most is None else most)


def _read_slot(r: _Reader) -> Slot:
    most, weights = r.count("most"), r.take("weights")
    return Slot(
        r.text("key", True),
        r.rich("prompt"),
        r.many("options", _read_option),
        r.text("answer"),
        _read_weights(weights, r.where),
        1 if most is None else most,
        r.count("length"),
        r.flag("numeric"),
    )


def _read_criterion(r: _Reader) -> Criterion:
    return Criterion(r.text("key", True), r.rich("content"), r.points("points"), r.text("rule"), r.text("group"))


def _read_weights(raw: object, where: str) -> Weights:
    if raw is None:
        return Weights()
    return _Reader(raw, f"{where}的得分表").whole(
        lambda r: Weights(r.many("entries", _read_weight), r.points("otherwise"), r.number("lower"), r.number("upper"))
    )


def _read_weight(r: _Reader) -> Weight:
    return Weight(r.text("of", True), r.points("points"), r.flag("exact_case"), r.number("low"), r.number("high"), r.rich("feedback"))


def _read_rule(raw: object, depth: int) -> Rule:
    if depth > DEEPEST_RULE:
        raise Malformed("判分表达式嵌套过深。")
    r = _Reader(raw, "判分表达式")
    attributes = r.take("attributes") or {}
    if not isinstance(attributes, dict) or not all(isinstance(value, str) for value in attributes.values()):
        raise Malformed("判分表达式的属性应为文字。")
    children = tuple(_read_rule(one, depth + 1) for one in r.listed("children"))
    return r.whole(lambda found: Rule(found.text("name", True), tuple(sorted(attributes.items())), children, found.text("text")))
