"""题目读入（QTI）: which question is this item?"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from touchstone.measurement.interchange.delivery import Loss, Refused
from touchstone.measurement.interchange.elements import Element
from touchstone.measurement.interchange.markup import tidy
from touchstone.measurement.interchange.media import described
from touchstone.measurement.interchange.qti.body import BodyReader, cut, option
from touchstone.measurement.interchange.qti.declarations import Declared, outcomes, responses
from touchstone.measurement.interchange.qti.feedback import Said, place_feedback
from touchstone.measurement.interchange.qti.processing import Processing, processing
from touchstone.measurement.interchange.question import (
    NO_WEIGHTS,
    ZERO,
    Criterion,
    Kind,
    Method,
    Option,
    Part,
    Question,
    Slot,
    Weight,
    Weights,
    pair,
)
from touchstone.measurement.interchange.rich import BLOCKS, Malformed, Node, Rich, blank, blanks, joined, plain
from touchstone.measurement.interchange.rules import RESPONSE, variables
from touchstone.measurement.interchange.scoring import as_count, as_number, most, score
from touchstone.measurement.interchange.soundness import check

ONE = Decimal(1)


def read_item(item: Element, source: Callable[[str], str | None], files: Mapping[str, bytes]) -> tuple[Question, list[Loss]]:
    """This function will read an `assessmentItem`. `source` gives the name under which a picture travels, or None when it is not there; `files`
    holds the pictures that `source` has named.

    :raises Refused: with the line and the reason, when the item is not a question that we can put and score as it was meant.
    """
    if item.get("adaptive") == "true":
        raise Refused(item.line, "adaptive", "题目分几次作答、逐步变化，本平台没有这种题型。")
    for one in item.each("templateDeclaration", "templateProcessing"):
        raise Refused(one.line, one.name, "题目每次随机变化，不是一道固定的题。")
    return _Item(item, source, files).read()


class _Item:
    def __init__(self, item: Element, source: Callable[[str], str | None], files: Mapping[str, bytes]) -> None:
        self.item, self.files, self.losses = item, files, list[Loss]()
        self.reader = BodyReader(self.losses, source)
        self.said: list[Said] = []

    def read(self) -> tuple[Question, list[Loss]]:
        item = self.item
        self.declared = responses(item, self.losses)
        self.outcomes = outcomes(item)
        self.body = self.reader.read(item)
        for one in item.each("stylesheet"):
            self.losses.append(Loss(one.line, "样式表", "颜色、字号、版式等样式不带入题目"))
        if not self.body.interactions:
            raise Refused(item.line, "itemBody", "题目没有作答区。")
        for name, element in self.body.interactions.items():
            if name not in self.declared:
                raise Refused(element.line, element.name, f"作答变量“{name}”没有声明。")
        self.processing = processing(item, self.declared, self.outcomes, self.losses)
        question = described(self._built(), self.files)
        question = replace(question, title=" ".join(item.get("title").split()), language=item.get("lang") or item.get("language") or "zh-CN")
        question = described(self._fed_back(self._pointed(question)), self.files)
        if item.get("timeDependent") == "true":
            self.losses.append(Loss(item.line, "timeDependent", "题目不单独计时"))
        try:
            check(question)
        except Malformed as fault:
            raise Refused(item.line, item.get("identifier"), fault.sentence) from None
        return question, sorted(self.losses, key=lambda loss: loss.line)

    # ---- from the body to a question

    def _built(self) -> Question:
        pieces = cut(self.body.text)
        blocks = [piece for piece in pieces if isinstance(piece, str)]
        inline = [name for piece in pieces if not isinstance(piece, str) for name in blanks(piece)]
        if not blocks:
            stem = pieces[0]
            return self._scored(self._gaps(stem if not isinstance(stem, str) else (), inline))
        if len(blocks) == 1 and not inline:
            before, _, after = pieces
            stem = before if not isinstance(before, str) else ()
            if not isinstance(after, str) and after:
                if plain(after):
                    self.losses.append(Loss(self.body.interactions[blocks[0]].line, "作答区后面的文字", "移到了作答区前面"))
                stem = tidy((*_paragraphed(stem), *_paragraphed(after)))
            return self._scored(self._block(blocks[0], stem))
        return self._scored(self._composite(pieces))

    def _composite(self, pieces: "list[Rich | str]") -> Question:
        parts: list[Part] = []
        shared: Rich | None = None
        waiting: Rich = ()
        for piece in pieces:
            if isinstance(piece, str):
                if shared is None and not parts:
                    shared, waiting = waiting, ()
                parts.append(Part(piece, self._block(piece, waiting)))
                waiting = ()
            elif names := list(blanks(piece)):
                shared = () if shared is None and not parts else shared
                key = names[0] if len(names) == 1 else f"part-{len(parts) + 1}"
                parts.append(Part(key, self._gaps(piece, names)))
            else:
                waiting = tidy((*_paragraphed(waiting), *_paragraphed(piece)))
        if plain(waiting):
            self.losses.append(Loss(self.item.line, "最后一个作答区后面的文字", "移到了题目前面"))
        return Question(Kind.COMPOSITE, tidy((*_paragraphed(shared or ()), *_paragraphed(waiting))), method=Method.WEIGHTS, parts=tuple(parts))

    def _gaps(self, stem: Rich, names: list[str]) -> Question:
        slots = tuple(self._slot(name, self.body.interactions[name]) for name in names)
        kind = Kind.INLINE_CHOICE if all(slot.options for slot in slots) else Kind.TEXT_ENTRY
        shuffle = any(self.body.interactions[name].get("shuffle") == "true" for name in names)
        return Question(kind, stem, slots=slots, shuffle=shuffle)

    def _slot(self, name: str, element: Element) -> Slot:
        one = self.declared[name]
        if element.name == "inlineChoiceInteraction":
            self._expect(one, element, {"single"}, {"identifier"})
            options = self._options(element, "inlineChoice")
            return Slot(name, options=options, answer=self._answer(one))
        self._expect(one, element, {"single"}, {"string", "integer", "float"})
        if element.get("patternMask"):
            self.losses.append(Loss(element.line, "patternMask", "作答时不检查格式"))
        if one.base != "string" and element.get("base", "10") != "10":
            raise Refused(element.line, element.name, "不是十进制数，本平台不能照样判分。")
        length = element.get("expectedLength")
        return Slot(name, answer=self._answer(one), length=as_count(length), numeric=one.numeric)

    def _answer(self, one: Declared) -> str:
        return one.correct[0] if one.correct else ""

    def _expect(self, one: Declared, element: Element, cardinalities: set[str], bases: set[str]) -> None:
        if one.cardinality not in cardinalities or one.base not in bases:
            raise Refused(one.line, f"作答变量“{one.identifier}”", f"{one.cardinality} {one.base}与{element.name}不相配，本平台不能照样判分。")

    def _options(self, element: Element, *names: str) -> tuple[Option, ...]:
        found: list[Option] = []
        for one in element.each(*names):
            most = as_count(one.get("matchMax", "1"))
            built, own = option(self.reader, one, 1 if most is None else most)
            found.append(built)
            self.said += [Said(feedback, built.key) for feedback in own]
        return tuple(found)

    def _prompted(self, stem: Rich, element: Element) -> Rich:
        prompt = element.first("prompt")
        words = self.reader.text(prompt) if prompt is not None else ()
        if not stem or not words:
            return stem or words
        return (*_paragraphed(stem), *_paragraphed(words))

    def _block(self, name: str, stem: Rich) -> Question:
        element, one = self.body.interactions[name], self.declared[name]
        stem = self._prompted(stem, element)
        shuffle = element.get("shuffle") == "true"
        match element.name:
            case "choiceInteraction":
                self._expect(one, element, {"single", "multiple"}, {"identifier"})
                options = self._options(element, "simpleChoice")
                kind = Kind.MULTIPLE if one.cardinality == "multiple" else Kind.CHOICE
                if kind is Kind.CHOICE and sorted(each.key for each in options) == ["false", "true"]:
                    kind = Kind.TRUE_FALSE
                bounds = _bounds(element, "minChoices", "maxChoices", "1") if kind is Kind.MULTIPLE else (0, 0)
                return Question(kind, stem, options=options, key=one.correct, shuffle=shuffle, least=bounds[0], most=bounds[1])
            case "orderInteraction":
                self._expect(one, element, {"ordered"}, {"identifier"})
                least, top = _bounds(element, "minChoices", "maxChoices", "0")
                options = self._options(element, "simpleChoice")
                if one.correct and not top and set(one.correct) != {each.key for each in options}:
                    raise Refused(one.line, f"作答变量“{name}”", "排序题的答案没有写全每一项。")
                return Question(Kind.ORDER, stem, options=options, key=one.correct, shuffle=shuffle, least=least, most=top)
            case "matchInteraction":
                return self._matching(element, one, stem)
            case "gapMatchInteraction":
                return self._gap_matching(element, one, stem)
        return self._extended(element, one, stem)

    def _matching(self, element: Element, one: Declared, stem: Rich) -> Question:
        self._expect(one, element, {"single", "multiple"}, {"directedPair"})
        sets = list(element.each("simpleMatchSet"))
        if len(sets) != 2:
            raise Refused(element.line, element.name, "匹配题应有两组选项。")
        options = self._options(sets[0], "simpleAssociableChoice")
        slots = tuple(Slot(each.key, each.content, most=each.most) for each in self._options(sets[1], "simpleAssociableChoice"))
        least, top = _bounds(element, "minAssociations", "maxAssociations", "1")
        return Question(
            Kind.MATCH, stem, options=options, slots=slots, key=one.correct, shuffle=element.get("shuffle") == "true", least=least, most=top
        )

    def _gap_matching(self, element: Element, one: Declared, stem: Rich) -> Question:
        self._expect(one, element, {"single", "multiple"}, {"directedPair"})
        options = self._options(element, "gapText", "gapImg")
        content = [child for child in element.children if isinstance(child, str) or child.name not in ("prompt", "gapText", "gapImg")]
        text = tidy(self.reader.markup.text(content))
        whole = (*_paragraphed(stem), *_paragraphed(text)) if stem else text
        slots = tuple(Slot(key) for key in blanks(whole))
        return Question(Kind.GAP_MATCH, whole, options=options, slots=slots, key=one.correct, shuffle=element.get("shuffle") == "true")

    def _extended(self, element: Element, one: Declared, stem: Rich) -> Question:
        if one.cardinality == "record" or element.get("stringIdentifier"):
            raise Refused(element.line, element.name, "要求把数拆成几个部分作答，本平台没有这种题型。")
        scored = self.processing.method is not Method.NONE and one.identifier in self._used()
        if not scored:
            return Question(Kind.EXTENDED, stem, method=Method.NONE)
        self._expect(one, element, {"single"}, {"string", "integer", "float"})
        self.losses.append(Loss(element.line, "多行作答框", "由系统判分，改为一行的填空"))
        slot = Slot(one.identifier, answer=self._answer(one), numeric=one.numeric)
        place = blank(one.identifier)
        stem = (*_paragraphed(stem), Node("p", (place,))) if stem else (place,)
        return Question(Kind.TEXT_ENTRY, stem, slots=(slot,))

    def _used(self) -> set[str]:
        found = set(self.processing.points or ())
        waiting = [self.processing.tree] if self.processing.tree else []
        while waiting:
            one = waiting.pop()
            found.add(one.get("identifier"))
            waiting += one.children
        return found

    # ---- points

    def _scored(self, question: Question) -> Question:
        names = {part.key: self._names(part.question, part.key) for part in question.parts} or {"": self._names(question, "")}
        every = {name for each in names.values() for name in each}
        given = self.processing
        if given.method is Method.NONE:
            return self._unscored(question)
        simple = given.method is not Method.RULES and set(given.points or ()) == every
        if (
            given.method is Method.WEIGHTS
            and not given.each_matched
            and any(self.declared[name].mapping is None for name in every & set(given.points or ()))
        ):
            raise Refused(self.item.line, "responseProcessing", "按得分表给分，但作答变量没有写得分表（mapping）。")
        if not simple:
            return self._ruled(question, names)
        if question.kind is not Kind.COMPOSITE:
            return self._simply(question, names[""], given)
        points = given.points or {}
        if given.method is Method.EXACT:
            whole = replace(given, points=dict.fromkeys(points, ONE))
            parts = tuple(Part(part.key, self._simply(part.question, names[part.key], whole)) for part in question.parts)
            return replace(question, parts=parts, method=Method.EXACT, points=next(iter(points.values())))
        parts = tuple(Part(part.key, self._simply(part.question, names[part.key], given)) for part in question.parts)
        return replace(question, parts=parts, method=Method.WEIGHTS)

    def _names(self, question: Question, key: str) -> list[str]:
        """The item's own names of the variables of a question."""
        if question.slots and question.kind in (Kind.INLINE_CHOICE, Kind.TEXT_ENTRY):
            return [slot.key for slot in question.slots]
        return [key or next(iter(self.body.interactions))]

    def _unscored(self, question: Question) -> Question:
        if question.kind is Kind.COMPOSITE:
            return replace(question, method=Method.WEIGHTS, parts=tuple(Part(part.key, self._unscored(part.question)) for part in question.parts))
        if question.kind is not Kind.EXTENDED:
            return self._weighted(replace(question, method=Method.NONE))
        worth = self._declared_most()
        criteria = self.body.criteria
        if not criteria and self.body.marking:
            criteria = tuple(Criterion(str(place), text, worth or ONE) for place, (_, text) in enumerate(self.body.marking[:1], 1))
            for line, _ in self.body.marking[1:]:
                self.losses.append(Loss(line, "评分说明", "只带入了第一段"))
            if not worth:
                self.losses.append(Loss(self.body.marking[0][0], "评分说明", "没有写明满分，暂按1分"))
        total = sum((one.points for one in criteria), ZERO) or worth or ONE
        if not criteria and not worth:
            self.losses.append(Loss(self.item.line, "满分", "没有写明，暂按1分"))
        return replace(question, method=Method.MARKER, criteria=criteria, points=total)

    def _simply(self, question: Question, names: list[str], given: Processing) -> Question:
        points = given.points or {}
        if question.kind is Kind.EXTENDED:
            return question
        if question.kind in (Kind.INLINE_CHOICE, Kind.TEXT_ENTRY):
            slots = []
            for slot in question.slots:
                one = self.declared[slot.key]
                if given.method is Method.WEIGHTS and not given.each_matched and one.mapping is not None:
                    slots.append(replace(slot, weights=self._known(one, slot.options)))
                    continue
                if one.mapping is not None:
                    self.losses.append(Loss(one.line, f"作答变量“{slot.key}”的得分表", "判分没有用到它"))
                worth = ONE if given.method is Method.EXACT else points[slot.key]
                slots.append(replace(slot, weights=Weights((Weight(slot.answer, worth, not slot.options),)) if slot.answer else NO_WEIGHTS))
            question = replace(question, slots=tuple(slots), method=given.method, points=points[names[0]])
            return replace(question, points=max(most(question), ZERO)) if given.method is Method.WEIGHTS else question
        one = self.declared[names[0]]
        if given.method is Method.WEIGHTS and not given.each_matched:
            question = replace(question, method=Method.WEIGHTS, weights=self._known(one, question.options, question.slots))
            return replace(question, points=max(most(question), ZERO))
        if one.mapping is not None:
            self.losses.append(Loss(one.line, f"作答变量“{names[0]}”的得分表", "判分没有用到它"))
        return replace(question, method=Method.EXACT, points=points[names[0]])

    def _known(self, one: Declared, options: tuple[Option, ...], slots: tuple[Slot, ...] = ()) -> Weights:
        """The mapping without entries that cannot be answered."""
        weights = one.mapping or NO_WEIGHTS
        keys = {pair(a.key, b.key) for a in options for b in slots} if slots else {each.key for each in options}
        if not keys:
            return weights
        for entry in weights.entries:
            if entry.of not in keys:
                self.losses.append(Loss(one.line, f"得分表里的“{entry.of[:40]}”", "没有这样的选项，不会有人答到"))
        return replace(weights, entries=tuple(entry for entry in weights.entries if entry.of in keys))

    def _weighted(self, question: Question) -> Question:
        """With every mapping that the rules may ask for."""
        if question.slots and question.kind in (Kind.INLINE_CHOICE, Kind.TEXT_ENTRY):
            slots = tuple(replace(slot, weights=self._known(self.declared[slot.key], slot.options)) for slot in question.slots)
            return replace(question, slots=slots)
        return question

    def _ruled(self, question: Question, names: dict[str, list[str]]) -> Question:
        tree = self.processing.tree
        if tree is None:
            raise Refused(self.item.line, "responseProcessing", "判分办法读不懂。")
        if question.kind is Kind.COMPOSITE:
            parts = []
            for part in question.parts:
                inner = self._weighted(replace(part.question, method=Method.NONE))
                if not inner.slots or inner.kind in (Kind.MATCH, Kind.GAP_MATCH):
                    inner = replace(inner, weights=self._known(self.declared[part.key], inner.options, inner.slots)) if inner.options else inner
                parts.append(Part(part.key, inner))
            return replace(question, method=Method.RULES, rules=tree, parts=tuple(parts))
        question = self._weighted(question)
        if variables(replace(question, method=Method.NONE)) == {RESPONSE}:
            name = names[""][0]
            if question.options:
                question = replace(question, weights=self._known(self.declared[name], question.options, question.slots))
            from touchstone.measurement.interchange.qti.names import renamed

            tree = renamed(tree, {name: RESPONSE})
        return replace(question, method=Method.RULES, rules=tree)

    def _declared_most(self) -> Decimal | None:
        for name in ("MAXSCORE", "MAX_SCORE", "MaxScore"):
            if (one := self.outcomes.get(name)) is not None and (found := as_number(one.initial)):
                return found
        element = next((one for one in self.item.each("outcomeDeclaration") if one.get("identifier") == "SCORE"), None)
        return as_number(element.get("normalMaximum")) if element is not None and element.get("normalMaximum") else None

    def _pointed(self, question: Question) -> Question:
        """With the most points it can give."""
        stated = self._declared_most()
        if question.kind is Kind.COMPOSITE and question.method is Method.WEIGHTS:
            question = replace(question, points=sum((part.question.points for part in question.parts), ZERO))
        elif question.method is Method.RULES:
            try:
                reached = _reached(question)
            except Malformed as fault:
                raise Refused(self.item.line, "responseProcessing", fault.sentence) from None
            if stated is None:
                self.losses.append(Loss(self.item.line, "满分", f"没有写明，按标准答案所得取{reached}分"))
            return replace(question, points=max(stated or reached, ZERO))
        if stated is not None and stated != question.points and question.method is not Method.NONE:
            self.losses.append(Loss(self.item.line, f"满分{stated}", f"判分办法最多给{question.points}分，以判分办法为准"))
        return question

    def _fed_back(self, question: Question) -> Question:
        said = [*self.said, *(Said(one, "") for one in (*self.body.feedback, *self.item.each("modalFeedback")))]
        return place_feedback(question, said, self.processing, self.reader, self.losses, next(iter(self.body.interactions)))


def _reached(question: Question) -> Decimal:
    """The points that the key earns, or the best single choice when there is no key."""
    check(question)
    best = score(question, _key_of(question))
    for each in question.options if question.kind in (Kind.CHOICE, Kind.TRUE_FALSE) else ():
        best = max(best, score(question, each.key))
    return best


def _key_of(question: Question) -> object:
    if question.kind is Kind.COMPOSITE:
        return {part.key: _key_of(part.question) for part in question.parts}
    if question.slots and question.kind in (Kind.INLINE_CHOICE, Kind.TEXT_ENTRY):
        return {slot.key: slot.answer for slot in question.slots}
    if question.kind in (Kind.CHOICE, Kind.TRUE_FALSE):
        return question.key[0] if question.key else None
    return None if question.kind is Kind.EXTENDED else question.key


def _bounds(element: Element, least: str, top: str, default: str) -> tuple[int, int]:
    return as_count(element.get(least, "0")) or 0, as_count(element.get(top, default)) or 0


def _paragraphed(text: Rich) -> Rich:
    """Loose words as a paragraph, so that another text may follow."""
    if not text or any(isinstance(part, Node) and part.tag in BLOCKS for part in text):
        return text
    return (Node("p", joined(text)),)
