"""写出（QTI）: how is one of our questions written as an item of 2.1, 2.2 or 3.0, and what does it lose?"""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from touchstone.measurement.interchange.delivery import Format, Loss, Outgoing, Refused
from touchstone.measurement.interchange.elements import Element
from touchstone.measurement.interchange.qti.body import CRITERIA
from touchstone.measurement.interchange.qti.render import TEMPLATES, TextWriter, make, render
from touchstone.measurement.interchange.qti.scored import constant, given, number, right, rule, set_score, simple_slot, steps, when
from touchstone.measurement.interchange.question import Kind, Method, Option, Question, Rule, Slot, Weight, Weights, When
from touchstone.measurement.interchange.soundness import BY_MARKER, BY_PAIRS, SINGLE, WITH_BLANKS

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


class Names:
    """Our keys as QTI identifiers, each once in an item."""

    def __init__(self) -> None:
        self.taken: set[str] = {"SCORE", "MAXSCORE", "FEEDBACK"}

    def give(self, keys: Iterable[str], prefix: str) -> dict[str, str]:
        """This method will name each key: its own if it may stand, else with the prefix."""
        found: dict[str, str] = {}
        for key in keys:
            wanted = key if _NAME.fullmatch(key) else prefix + re.sub(r"[^A-Za-z0-9_.-]", "_", key)
            name, again = wanted, 1
            while name in self.taken:
                again += 1
                name = f"{wanted}_{again}"
            self.taken.add(name)
            found[key] = name
        return found


def identifier_of(name: str) -> str:
    """This function will make an identifier that QTI takes of any name."""
    kept = re.sub(r"[^A-Za-z0-9_.-]", "_", name)
    return kept if _NAME.fullmatch(kept) else f"q{kept}"


def write_item(outgoing: Outgoing, version: Format, media: dict[str, str]) -> tuple[bytes, list[Loss]]:
    """This function will write one item. `media` says where each picture lies as seen from the item.

    :raises Refused: for a question that QTI cannot put.
    """
    writer = _Writer(outgoing.question, version, media)
    root = writer.item(outgoing)
    return render(root, version), writer.losses


class _Writer:
    def __init__(self, question: Question, version: Format, media: dict[str, str]) -> None:
        self.question, self.version = question, version
        self.losses: list[Loss] = []
        self.text = TextWriter(version, self.losses, media)
        self.names = Names()
        self.declarations: list[Element] = []
        self.renamed: dict[str, str] = {}
        self.said = False
        self.said_of_options = False

    def lose(self, what: str, why: str) -> None:
        self.losses.append(Loss(0, what, why))

    def item(self, outgoing: Outgoing) -> Element:
        question = self.question
        body = self._parts(question) if question.kind is Kind.COMPOSITE else self._one(question, "RESPONSE")
        modal = self._modal(question)
        steps_ = self._processing()
        human = question.method is Method.MARKER
        if human and self.version is Format.QTI21:
            self.lose("由人评分", "QTI 2.1没有这样的标记，写为没有判分办法的题")
        score = make("outcomeDeclaration", _default("0"), identifier="SCORE", cardinality="single", baseType="float",
                     externalScored="human" if human and self.version is not Format.QTI21 else "")  # fmt: skip
        highest = make("outcomeDeclaration", _default(number(question.points)), identifier="MAXSCORE", cardinality="single", baseType="float")
        outcomes = [score, highest]
        if self.said:
            outcomes.append(make("outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier"))
        self._not_carried(question)
        return make("assessmentItem", *self.declarations, *outcomes, make("itemBody", *self._rubrics(question), *body), *steps_, *modal,
                    identifier=identifier_of(outgoing.identifier), title=question.title or outgoing.identifier, adaptive="false",
                    timeDependent="false", lang=question.language)  # fmt: skip

    def _not_carried(self, question: Question) -> None:
        if question.hints:
            self.lose("提示", "QTI的单题没有逐步提示，没有写出")
        if question.labels:
            self.lose("标签", "没有写出")
        if question.minutes is not None:
            self.lose("用时", "QTI的单题不写限时，没有写出")

    # ---- response variables and interactions

    def _declare(self, name: str, cardinality: str, base: str, right_: Iterable[str], mapping: Weights | None) -> None:
        values = [make("value", one) for one in right_]
        children = [make("correctResponse", *values)] if values else []
        if mapping is not None:
            bounds = {"lowerBound": mapping.lower, "upperBound": mapping.upper}
            entries = [
                Element(
                    "mapEntry",
                    0,
                    {"mapKey": one.of, "mappedValue": number(one.points), **({"caseSensitive": _bool(one.exact_case)} if base == "string" else {})},
                )
                for one in mapping.entries
            ]
            written = {key: number(value) for key, value in bounds.items() if value is not None}
            children.append(Element("mapping", 0, {**written, "defaultValue": number(mapping.otherwise)}, [*entries]))
        self.declarations.append(make("responseDeclaration", *children, identifier=name, cardinality=cardinality, baseType=base))

    def _parts(self, question: Question) -> "list[Element | str]":
        body = self.text.blocks(question.stem)
        keys = [part.key for part in question.parts if not _by_slots(part.question)]
        self.renamed |= self.names.give(keys, "R")
        for part in question.parts:
            inner = self._one(part.question, self.renamed.get(part.key, ""))
            body.append(make("div", *self._rubrics(part.question), *inner))
            self._not_carried(part.question)
            if part.question.feedback or any(one.feedback for one in part.question.options):
                self.lose(f"小题“{part.key}”的反馈", "多个作答区的题不写反馈")
        return body

    def _one(self, question: Question, name: str) -> "list[Element | str]":
        if _by_slots(question):
            return self._blanks(question)
        if question.kind in BY_MARKER:
            self._declare(name, "single", "string", (), None)
            if question.kind is Kind.PRACTICAL:
                self.lose("实操题", "QTI没有这种题型，写成由人评分的长文本题")
            return [*self.text.blocks(question.stem), make("extendedTextInteraction", responseIdentifier=name)]
        first = f"{question.options[0].key} {question.slots[0].key}" if question.kind in BY_PAIRS else question.options[0].key
        mapping = _mappable(question.weights, first, question.method)
        if question.kind in BY_PAIRS:
            return self._pairs(question, name, mapping)
        own = self._choices(question.options)
        self.renamed |= own
        cardinality = "single" if question.kind in SINGLE else "ordered" if question.kind is Kind.ORDER else "multiple"
        self._declare(name, cardinality, "identifier", (own[key] for key in question.key), _renamed(mapping, own))
        choices = [self._choice("simpleChoice", one, own[one.key]) for one in question.options]
        if question.kind is Kind.ORDER:
            bounds = {"minChoices": str(question.least or ""), "maxChoices": str(question.most or "")}
            whole = make("orderInteraction", *choices, responseIdentifier=name, shuffle=_bool(question.shuffle), **bounds)
        else:
            top = "1" if question.kind in SINGLE else str(question.most)
            whole = make(
                "choiceInteraction",
                *choices,
                responseIdentifier=name,
                shuffle=_bool(question.shuffle),
                maxChoices=top,
                minChoices=str(question.least or ""),
            )
        return [*self.text.blocks(question.stem), whole]

    def _choice(self, tag: str, option: Option, name: str, **more: str) -> Element:
        content = self.text.inline(option.content)
        if option.feedback and self.question.kind in (Kind.CHOICE, Kind.TRUE_FALSE, Kind.MULTIPLE):
            self.said = self.said_of_options = True
            content.append(make("feedbackInline", *self.text.inline(option.feedback), outcomeIdentifier="FEEDBACK", identifier=name, showHide="show"))
        elif option.feedback and self.question.kind is not Kind.COMPOSITE:
            self.lose(f"选项“{option.key}”的反馈", "这种题型不写选项的反馈")
        return make(tag, *content, identifier=name, fixed="true" if option.fixed else "", **more)

    def _pairs(self, question: Question, name: str, mapping: Weights | None) -> "list[Element | str]":
        left = self.names.give((one.key for one in question.options), "L")
        right_ = self.names.give((one.key for one in question.slots), "S")
        both = {f"{a} {b}": f"{left[a]} {right_[b]}" for a in left for b in right_}
        self.renamed |= {**left, **right_, **both}
        self._declare(name, "multiple", "directedPair", (both[key] for key in question.key), _renamed(mapping, both))
        if question.kind is Kind.GAP_MATCH:
            options = [self._choice("gapText", one, left[one.key], matchMax=str(one.most)) for one in question.options]
            for slot in question.slots:
                self.text.places[slot.key] = make("gap", identifier=right_[slot.key])
            return [make("gapMatchInteraction", *options, *self.text.blocks(question.stem), responseIdentifier=name, shuffle=_bool(question.shuffle))]
        first = [self._choice("simpleAssociableChoice", one, left[one.key], matchMax=str(one.most)) for one in question.options]
        second = [
            make("simpleAssociableChoice", *self.text.inline(one.prompt), identifier=right_[one.key], matchMax=str(one.most))
            for one in question.slots
        ]
        whole = make("matchInteraction", make("simpleMatchSet", *first), make("simpleMatchSet", *second), responseIdentifier=name,
                     shuffle=_bool(question.shuffle), maxAssociations=str(question.most), minAssociations=str(question.least or ""))  # fmt: skip
        return [*self.text.blocks(question.stem), whole]

    def _blanks(self, question: Question) -> "list[Element | str]":
        keys = [slot.key for slot in question.slots]
        wanted = {keys[0]: "RESPONSE"} if len(keys) == 1 and self.question.kind is not Kind.COMPOSITE else {}
        self.names.taken |= set(wanted.values())
        self.renamed |= wanted or self.names.give(keys, "R")
        for slot in question.slots:
            self.text.places[slot.key] = self._blank(question, slot, self.renamed[slot.key])
        return self.text.blocks(question.stem)

    def _choices(self, options: tuple[Option, ...]) -> dict[str, str]:
        """Names of choices: each once in the item, unless rules name them, which know only one `A`."""
        names = Names() if self.question.method is Method.RULES else self.names
        return names.give((one.key for one in options), "C")

    def _blank(self, question: Question, slot: Slot, name: str) -> Element:
        some = slot.answer or (slot.options[0].key if slot.options else "-")
        mapping = _mappable(slot.weights, some, question.method) if simple_slot(slot) else None
        if slot.options:
            own = self._choices(slot.options)
            self.renamed |= {**own, **{f"{slot.key}\0{key}": value for key, value in own.items()}}
            answers = [own[slot.answer]] if slot.answer else []
            self._declare(name, "single", "identifier", answers, _renamed(mapping, own))
            choices = [self._choice("inlineChoice", one, own[one.key]) for one in slot.options]
            return make("inlineChoiceInteraction", *choices, responseIdentifier=name, shuffle=_bool(question.shuffle))
        if any(one.feedback for one in slot.weights.entries):
            self.lose(f"空位“{slot.key}”各答案的反馈", "没有写出")
        numeric = slot.numeric or not simple_slot(slot)
        answer = slot.answer or (slot.weights.entries[0].of if slot.weights.entries else "")
        self._declare(name, "single", "float" if numeric else "string", [answer] if answer else [], mapping)
        return make("textEntryInteraction", responseIdentifier=name, expectedLength=str(slot.length or ""))

    # ---- points

    def _processing(self) -> list[Element]:
        question = self.question
        if question.method in (Method.MARKER, Method.NONE):
            return []
        if question.method is Method.RULES and question.rules is not None:
            tree = self._translated(question.rules)
            return [self._tree(rule("responseProcessing", *tree.children, *self._feedback_steps(question)))]
        slots = self.renamed
        plain_ = not self.said and not question.feedback and question.kind is not Kind.COMPOSITE
        if plain_ and (template := self._template(question)):
            return [make("responseProcessing", template=TEMPLATES[self.version] + template)]
        if question.kind is Kind.COMPOSITE:
            found = self._composite(question)
        else:
            found = [self._translated(one) for one in steps(question, "RESPONSE", slots)]
        return [self._tree(rule("responseProcessing", *found, *self._feedback_steps(question)))]

    def _template(self, question: Question) -> str:
        """The standard template that does it, if one does."""
        one = len(question.slots) == 1 and _by_slots(question)
        if _by_slots(question) and not (
            one and simple_slot(question.slots[0]) and question.method is Method.WEIGHTS and question.slots[0].weights.entries
        ):
            return ""
        if question.method is Method.WEIGHTS:
            return "map_response"
        return "match_correct" if question.method is Method.EXACT and question.points == Decimal(1) else ""

    def _composite(self, question: Question) -> list[Rule]:
        if question.method is Method.EXACT:
            tests = [self._translated(right(part.question, self.renamed.get(part.key, ""), self.renamed)) for part in question.parts]
            return [when((rule("and", *tests), set_score(constant(question.points))))]
        found: list[Rule] = []
        for part in question.parts:
            if part.question.method in (Method.MARKER, Method.NONE):
                if part.question.method is Method.MARKER:
                    self.lose(f"小题“{part.key}”由人评分", "写出的判分不含这一小题的分")
                continue
            if part.question.method is Method.RULES:
                raise Refused(0, f"小题“{part.key}”", "按自己的表达式判分，QTI不能并入整题。")
            found += [self._translated(one) for one in steps(part.question, self.renamed.get(part.key, ""), self.renamed)]
        return found

    def _translated(self, tree: Rule) -> Rule:
        """Our keys inside an expression, as the item calls them."""
        if tree.name == "baseValue" and tree.get("baseType") in ("identifier", "directedPair", "pair"):
            words = " ".join(self.renamed.get(word, word) for word in tree.text.split())
            return Rule(tree.name, tree.attributes, tree.children, self.renamed.get(tree.text, words))
        own = tree.get("identifier")
        attributes = tree.attributes
        if tree.name in ("variable", "correct", "mapResponse") and own in self.renamed:
            attributes = tuple((key, self.renamed[own] if key == "identifier" else value) for key, value in attributes)
        return Rule(tree.name, attributes, tuple(self._translated(child) for child in tree.children), tree.text)

    def _tree(self, tree: Rule) -> Element:
        children: list[Element | str] = [self._tree(child) for child in tree.children]
        return Element(tree.name, 0, dict(tree.attributes), children or ([tree.text] if tree.text else []))

    # ---- what is said afterwards, what the marker sees

    def _feedback_steps(self, question: Question) -> list[Rule]:
        found: list[Rule] = []
        if self.said_of_options:
            chosen = given("RESPONSE")
            found.append(rule("setOutcomeValue", rule("multiple", chosen) if question.kind in SINGLE else chosen, identifier="FEEDBACK"))
        if question.feedback and self.said and question.kind is not Kind.COMPOSITE and question.method is not Method.RULES:
            test = self._translated(right(question, "RESPONSE", self.renamed))
            found += [when((test, _say("right"))), when((rule("not", test), _say("wrong")))]
        return found

    def _modal(self, question: Question) -> list[Element]:
        found: list[Element] = []
        for said in question.feedback:
            if question.kind is Kind.COMPOSITE or question.method in (Method.RULES, Method.MARKER, Method.NONE) or said.when is When.PARTLY:
                self.lose("反馈", "这种判分办法或时机的反馈，没有写出")
                continue
            self.said = True
            words = ["right", "wrong"] if said.when is When.ALWAYS else ["right" if said.when is When.RIGHT else "wrong"]
            found += [
                make("modalFeedback", *self.text.inline(said.content), outcomeIdentifier="FEEDBACK", identifier=word, showHide="show")
                for word in words
            ]
        return found

    def _rubrics(self, question: Question) -> list[Element]:
        found = []
        if question.materials:
            found.append(make("rubricBlock", *self.text.blocks(question.materials), view="candidate"))
            self.lose("材料准备", "写在给考生的说明里，读回后并入题干")
        if question.criteria:
            rows = [
                make(
                    "tr",
                    make("td", one.key),
                    make("td", one.group),
                    make("td", *self.text.inline(one.content)),
                    make("td", number(one.points)),
                    make("td", one.rule),
                )
                for one in question.criteria
            ]
            head = make("tr", *(make("th", word) for word in ("代号", "标题", "要点", "分值", "扣分办法")))
            found.append(make("rubricBlock", make("table", make("tbody", head, *rows), class_=CRITERIA), view="scorer"))
        return found


def _say(word: str) -> Rule:
    more = rule("multiple", given("FEEDBACK"), rule("baseValue", baseType="identifier", text=word))
    return rule("setOutcomeValue", more, identifier="FEEDBACK")


def _by_slots(question: Question) -> bool:
    return question.kind in WITH_BLANKS and question.kind not in BY_PAIRS


def _mappable(weights: Weights, key: str, method: Method) -> Weights | None:
    """The weights as a mapping, which must hold at least one entry where it is used."""
    if weights.entries:
        return weights
    return replace(weights, entries=(Weight(key, weights.otherwise),)) if method is Method.WEIGHTS else None


def _renamed(weights: Weights | None, names: dict[str, str]) -> Weights | None:
    if weights is None:
        return None
    return replace(weights, entries=tuple(replace(one, of=names[one.of]) for one in weights.entries))


def _default(value: str) -> Element:
    return make("defaultValue", make("value", value))


def _bool(value: bool) -> str:
    return "true" if value else "false"
