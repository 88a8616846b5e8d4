"""反馈（QTI）: when is a feedback shown?

In QTI a feedback is tied to an outcome that response processing sets. Instead of guessing from names we run the item's own processing on every
single choice (or on the key and on nothing) and look when the feedback would be shown.
"""

from dataclasses import dataclass, replace
from typing import Any

from touchstone.measurement.interchange.delivery import Loss, Refused
from touchstone.measurement.interchange.elements import Element
from touchstone.measurement.interchange.qti.body import BodyReader
from touchstone.measurement.interchange.qti.names import renamed
from touchstone.measurement.interchange.qti.processing import Processing
from touchstone.measurement.interchange.question import Feedback, Kind, Method, Question, Rule, When
from touchstone.measurement.interchange.rich import Malformed, Rich
from touchstone.measurement.interchange.rules import RESPONSE, check_rules, outcomes_of, variables

CHOICES = frozenset({Kind.CHOICE, Kind.TRUE_FALSE, Kind.MULTIPLE})


@dataclass(frozen=True)
class Said:
    """A feedback element and the option in which it stands, if any."""

    element: Element
    option: str


def place_feedback(question: Question, said: list[Said], given: Processing, reader: BodyReader, losses: list[Loss], name: str) -> Question:
    """This function will put every feedback where it belongs: an option's, right, wrong, always; or say that it was lost."""
    if not said:
        return question
    tree = _runnable(question, given.full, name)
    for one in said:
        try:
            text = reader.text(one.element)
        except Refused as refusal:
            losses.append(refusal.loss)
            continue
        placed = _placed(question, one, text, tree) if tree is not None and text else None
        if placed is None and text:
            losses.append(Loss(one.element.line, f"反馈“{one.element.get('identifier')[:40]}”", "何时显示不能用“答对、答错、某选项”说清"))
        question = placed or question
    return question


def _runnable(question: Question, full: Rule | None, name: str) -> Rule | None:
    if full is None or question.kind is Kind.COMPOSITE:
        return None
    known = variables(replace(question, method=Method.NONE))
    tree = renamed(full, {name: RESPONSE}) if known == {RESPONSE} else full
    try:
        check_rules(tree, known)
    except Malformed:
        return None
    return tree


def _shown(question: Question, one: Said, tree: Rule, response: Any) -> bool:
    found = outcomes_of(tree, question, response).get(one.element.get("outcomeIdentifier"))
    matches = found is not None and one.element.get("identifier") in found.items
    return matches is (one.element.get("showHide", "show") == "show")


def _placed(question: Question, one: Said, text: Rich, tree: Rule) -> Question | None:
    if question.kind not in CHOICES:
        if not question.key and not question.slots:
            return None
        key: Any = {slot.key: slot.answer for slot in question.slots} if question.kind in (Kind.INLINE_CHOICE, Kind.TEXT_ENTRY) else question.key
        return _general(question, text, _shown(question, one, tree, key), _shown(question, one, tree, None))
    wrap = (lambda chosen: [chosen]) if question.kind is Kind.MULTIPLE else (lambda chosen: chosen)
    picked = {option.key for option in question.options if _shown(question, one, tree, wrap(option.key))}
    every = {option.key for option in question.options}
    if one.option:
        return _to_option(question, one.option, text) if one.option in picked else None
    if picked == every:
        return _general(question, text, True, True)
    if question.kind is Kind.MULTIPLE:
        right = _shown(question, one, tree, question.key)
        if len(question.key) > 1 and right is not bool(picked):
            return _general(question, text, right, bool(picked)) if picked in (set(), every) else None
        return _to_option(question, next(iter(picked)), text) if len(picked) == 1 else None
    if picked == set(question.key) or picked == every - set(question.key):
        return _general(question, text, picked == set(question.key), picked != set(question.key))
    return _to_option(question, next(iter(picked)), text) if len(picked) == 1 else None


def _general(question: Question, text: Rich, right: bool, wrong: bool) -> Question | None:
    if not right and not wrong:
        return None
    when = When.ALWAYS if right and wrong else When.RIGHT if right else When.WRONG
    return replace(question, feedback=(*question.feedback, Feedback(when, text)))


def _to_option(question: Question, key: str, text: Rich) -> Question:
    options = tuple(replace(one, feedback=(*one.feedback, *text)) if one.key == key else one for one in question.options)
    return replace(question, options=options)
