"""判分（QTI）: which of our ways of giving points is this item's response processing?

Recognised where a simpler way gives the same points for every response (a template, a sum of mappings, all matches or nothing, points for
each match); otherwise the expression tree itself is kept, as far as it touches the score. What cannot be computed is refused by name.
"""

from dataclasses import dataclass
from decimal import Decimal

from touchstone.measurement.interchange.delivery import Loss, Refused
from touchstone.measurement.interchange.elements import Element
from touchstone.measurement.interchange.qti.declarations import Declared, Outcome, rule
from touchstone.measurement.interchange.question import Method, Rule
from touchstone.measurement.interchange.rich import Malformed
from touchstone.measurement.interchange.rules import check_order
from touchstone.measurement.interchange.scoring import as_number

PATTERN = "patternMatch"
TEMPLATES = {
    "match_correct": Method.EXACT, "CC2_match": Method.EXACT, "CC2_match_basic": Method.EXACT,
    "map_response": Method.WEIGHTS, "CC2_map_response": Method.WEIGHTS,
}  # fmt: skip


@dataclass(frozen=True)
class Processing:
    """How points are given: a method with the points per variable (EXACT: one number for all), or a tree."""

    method: Method
    points: dict[str, Decimal] | None = None
    tree: Rule | None = None
    full: Rule | None = None
    """The whole tree with feedback, to find out when a feedback is shown."""
    each_matched: bool = False
    """WEIGHTS, but each variable gives its points when it matches what is right, instead of its mapping."""


def processing(item: Element, declared: dict[str, Declared], outcomes: dict[str, Outcome], losses: list[Loss]) -> Processing:
    """This function will read the response processing of an item. :raises Refused: for what cannot be computed."""
    element = item.first("responseProcessing")
    if element is None:
        return Processing(Method.NONE)
    template = element.get("template") or element.get("templateLocation")
    if template and not list(element.each()):
        return _template(element, template, declared)
    full = rule(element)
    if not full.children:
        return Processing(Method.NONE)
    try:
        check_order(full)
    except Malformed as fault:
        raise Refused(element.line, "responseProcessing", fault.sentence) from None
    foreign = next((one for one in element.walk() if one.name == PATTERN), None)
    if foreign is not None:
        # A pattern of a stranger may run for years on one answer, and no check of ours can tell in general: it is never run.
        losses.append(Loss(foreign.line, f"判分表达式“{PATTERN}”", "外来的正则表达式不予运行，判分办法没有带入；请补上答案和分值"))
        return Processing(Method.NONE)
    needed = _needed(full, "SCORE")
    kept = _pruned(full, needed)
    for dropped in sorted(_set_names(full) - needed):
        if outcomes.get(dropped, Outcome(dropped, "", "", 0, False)).base in ("float", "integer"):
            losses.append(Loss(_line(element, dropped), f"判分变量“{dropped}”", "与得分无关，没有带入"))
    if not kept.children:
        return Processing(Method.NONE, full=full)
    tree = _begun(kept, needed, outcomes)
    simple = recognised(kept) if tree.children == kept.children else None
    if simple is not None:
        return Processing(simple.method, simple.points, tree, full, simple.each_matched)
    return Processing(Method.RULES, tree=tree, full=full)


def _line(element: Element, name: str) -> int:
    return next((one.line for one in element.walk() if one.name == "setOutcomeValue" and one.get("identifier") == name), element.line)


def _template(element: Element, template: str, declared: dict[str, Declared]) -> Processing:
    name = template.rstrip("/").rsplit("/", 1)[-1].removesuffix(".xml")
    if name.startswith("map_response_point"):
        raise Refused(element.line, name, "按图上坐标给分，本平台没有这种题型。")
    if name not in TEMPLATES:
        raise Refused(element.line, f"判分模板“{name[:60]}”", "不是标准模板，本平台不知道它怎样给分。")
    if "RESPONSE" not in declared:
        raise Refused(element.line, f"判分模板“{name}”", "模板判RESPONSE，但题目没有声明这个作答变量。")
    if TEMPLATES[name] is Method.WEIGHTS and declared["RESPONSE"].mapping is None:
        raise Refused(element.line, f"判分模板“{name}”", "模板按得分表给分，但题目没有写得分表（mapping）。")
    return Processing(TEMPLATES[name], {"RESPONSE": Decimal(1)}, _as_tree(TEMPLATES[name]))


def _as_tree(method: Method) -> Rule:
    """What a standard template does, for an item that has other variables beside RESPONSE."""
    here = (("identifier", "RESPONSE"),)
    if method is Method.WEIGHTS:
        return Rule("responseProcessing", (), (set_score(Rule("mapResponse", here)),))
    test = Rule("match", (), (Rule("variable", here), Rule("correct", here)))
    then = Rule("responseIf", (), (test, set_score(Rule("baseValue", (("baseType", "float"),), (), "1"))))
    return Rule("responseProcessing", (), (Rule("responseCondition", (), (then,)),))


def set_score(value: Rule) -> Rule:
    """This function will give the step that sets SCORE to a value."""
    return Rule("setOutcomeValue", (("identifier", "SCORE"),), (value,))


def _set_names(tree: Rule) -> set[str]:
    own = {tree.get("identifier")} if tree.name in ("setOutcomeValue", "lookupOutcomeValue") else set()
    return own.union(*(_set_names(child) for child in tree.children))


def _variables(tree: Rule) -> set[str]:
    own = {tree.get("identifier")} if tree.name == "variable" else set()
    return own.union(*(_variables(child) for child in tree.children))


def _needed(tree: Rule, start: str) -> set[str]:
    """The outcomes on which `start` depends, directly or by a condition."""
    needed: set[str] = {start}
    before: set[str] = set()
    while needed != before:
        before = set(needed)
        needed |= _read_for(tree, needed)
    return needed & (_set_names(tree) | {start})


def _read_for(tree: Rule, needed: set[str]) -> set[str]:
    if not _set_names(tree) & needed and not _exits(tree):
        return set()
    if tree.name in ("setOutcomeValue", "lookupOutcomeValue"):
        return _variables(tree)
    found: set[str] = set()
    for child in tree.children:
        if _set_names(child) & needed or _exits(child):
            found |= _read_for(child, needed)
        elif tree.name in ("responseIf", "responseElseIf"):
            found |= _variables(child) if child is tree.children[0] else set()
        elif tree.name == "responseCondition":
            found |= _variables(child.children[0]) if child.children and child.name != "responseElse" else set()
    return found


def _exits(tree: Rule) -> bool:
    return tree.name == "exitResponse" or any(_exits(child) for child in tree.children)


def _pruned(tree: Rule, needed: set[str]) -> Rule:
    kept: list[Rule] = []
    for place, child in enumerate(tree.children):
        if tree.name in ("responseIf", "responseElseIf") and place == 0:
            kept.append(child)
        elif child.name in ("setOutcomeValue", "lookupOutcomeValue"):
            if child.get("identifier") in needed:
                kept.append(child)
        elif child.name == "responseCondition":
            if _set_names(child) & needed or _exits(child):
                branches = [_pruned(branch, needed) for branch in child.children]
                while branches and branches[-1].name in ("responseElse", "responseElseIf", "responseIf"):
                    empty = not branches[-1].children if branches[-1].name == "responseElse" else len(branches[-1].children) == 1
                    if not empty:
                        break
                    branches.pop()
                kept.append(Rule(child.name, child.attributes, tuple(branches), child.text))
        elif child.name == "responseProcessingFragment":
            kept += _pruned(child, needed).children
        else:
            kept.append(child)
    return Rule(tree.name, tuple(one for one in tree.attributes if tree.name != "responseProcessing"), tuple(kept), tree.text)


def _begun(tree: Rule, needed: set[str], outcomes: dict[str, Outcome]) -> Rule:
    """With the outcomes' first values set at the head, so that the tree needs no declarations."""
    head: list[Rule] = []
    for name in sorted(needed | _variables(tree)):
        one = outcomes.get(name)
        if one is None:
            continue
        first = one.initial or ("0" if one.base in ("float", "integer") else "")
        if first and not (name == "SCORE" and as_number(first) == 0):
            value = Rule("baseValue", (("baseType", one.base),), (), first)
            head.append(Rule("setOutcomeValue", (("identifier", name),), (value,)))
    return Rule(tree.name, tree.attributes, (*head, *tree.children))


# ---- recognising


def recognised(tree: Rule) -> Processing | None:
    """This function will give the simpler way that gives the same points, if there is one."""
    steps = tree.children
    if len(steps) > 1 and _constant(steps[0]) == 0 and not _additions(steps):
        steps = steps[1:]
    return _mapped(steps) or _all_or_nothing(steps) or _added(steps)


def _constant(step: Rule) -> Decimal | None:
    """The number that a step sets SCORE to."""
    if step.name != "setOutcomeValue" or step.get("identifier") != "SCORE" or len(step.children) != 1:
        return None
    return _number(step.children[0])


def _number(value: Rule) -> Decimal | None:
    return as_number(value.text) if value.name == "baseValue" and value.get("baseType") in ("float", "integer") else None


def _mapped(steps: tuple[Rule, ...]) -> Processing | None:
    """SCORE = the mapping of one variable, or the sum of several."""
    if len(steps) != 1:
        return None
    step = steps[0]
    if step.name == "responseCondition":
        return _mapped_unless_null(step)
    if step.name != "setOutcomeValue" or step.get("identifier") != "SCORE" or len(step.children) != 1:
        return None
    value = step.children[0]
    terms = value.children if value.name == "sum" else (value,)
    names = [term.get("identifier") for term in terms if term.name == "mapResponse"]
    if len(names) != len(terms) or len(set(names)) != len(names) or not names:
        return None
    return Processing(Method.WEIGHTS, dict.fromkeys(names, Decimal(1)))


def _mapped_unless_null(step: Rule) -> Processing | None:
    """The standard template, written out: nothing for nothing, else the mapping."""
    if len(step.children) != 2 or len(step.children[0].children) != 2 or len(step.children[1].children) != 1:
        return None
    test, nothing = step.children[0].children
    found = _mapped((step.children[1].children[0],)) if step.children[1].children[0].name == "setOutcomeValue" else None
    if test.name != "isNull" or _constant(nothing) != 0 or found is None or found.points is None:
        return None
    return found if [child.get("identifier") for child in test.children] == list(found.points) else None


def _matched(test: Rule) -> list[str] | None:
    """The variables that a test wants to match what is right."""
    if test.name == "and":
        found = [_matched(child) for child in test.children]
        return None if any(one is None for one in found) else [name for one in found for name in one or []]
    if test.name in ("match", "equal") and len(test.children) == 2 and test.get("toleranceMode") in ("", "exact"):
        first, second = sorted(test.children, key=lambda one: one.name)
        if first.name == "correct" and second.name == "variable" and first.get("identifier") == second.get("identifier"):
            return [first.get("identifier")]
    return None


def _condition(step: Rule) -> tuple[list[str], Rule, Decimal | None] | None:
    """(variables that must match, the step then taken, what SCORE is set to otherwise) of `if match then … [else SCORE = n]`."""
    if step.name != "responseCondition" or not 1 <= len(step.children) <= 2 or len(step.children[0].children) != 2:
        return None
    names = _matched(step.children[0].children[0])
    if not names or len(set(names)) != len(names):
        return None
    otherwise: Decimal | None = None
    if len(step.children) == 2:
        last = step.children[1]
        if last.name != "responseElse" or len(last.children) != 1:
            return None
        otherwise = _constant(last.children[0])
        if otherwise is None:
            return None
    return names, step.children[0].children[1], otherwise


def _all_or_nothing(steps: tuple[Rule, ...]) -> Processing | None:
    if len(steps) != 1:
        return None
    found = _condition(steps[0])
    if found is None:
        return None
    names, then, otherwise = found
    points = _constant(then)
    if points is None:
        points = _adds(then)
    if points is None or points <= 0 or otherwise not in (None, Decimal(0)):
        return None
    return Processing(Method.EXACT, dict.fromkeys(names, points))


def _adds(step: Rule) -> Decimal | None:
    """n of SCORE = SCORE + n."""
    if step.name != "setOutcomeValue" or step.get("identifier") != "SCORE" or len(step.children) != 1 or step.children[0].name != "sum":
        return None
    terms = step.children[0].children
    if len(terms) != 2 or sorted(term.name for term in terms) != ["baseValue", "variable"]:
        return None
    value, variable = sorted(terms, key=lambda term: term.name)
    return _number(value) if variable.get("identifier") == "SCORE" else None


def _additions(steps: tuple[Rule, ...]) -> bool:
    return any(
        _adds(one) is not None for step in steps for one in step.children[0].children[1:2] if step.name == "responseCondition" and step.children
    )


def _added(steps: tuple[Rule, ...]) -> Processing | None:
    """Points for each variable that matches: `if match then SCORE = SCORE + n`, one after the other."""
    points: dict[str, Decimal] = {}
    if len(steps) > 1 and _constant(steps[0]) == 0:
        steps = steps[1:]
    for place, step in enumerate(steps):
        found = _condition(step)
        if found is None or found[2] is not None or len(found[0]) != 1:
            return None
        worth = _adds(found[1])
        if worth is None and place == 0:
            worth = _constant(found[1])
        if worth is None or worth <= 0 or found[0][0] in points:
            return None
        points[found[0][0]] = worth
    return Processing(Method.WEIGHTS, points, each_matched=True) if len(points) > 1 else None
