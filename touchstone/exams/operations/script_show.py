"""机考示卷: the questions of a script in its own order, as they go to its browser, with what stands as answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from touchstone.exams.models import Script
from touchstone.exams.queries.scripts import standing
from touchstone.questions.delivery import as_sent, sent
from touchstone.questions.operations.delivering import DeliveredForm, delivered_form


@dataclass(frozen=True)
class ShownScript:
    """Questions in order, and answers by place (from 1) in the script."""

    script: Script
    form: DeliveredForm
    questions: list[dict[str, Any]]
    answers: dict[int, list[Any]]

    def media_of(self, place: int, number: int) -> tuple[str, str] | None:
        """This method will give the question and the name of a file that the question at a place shows; None when it shows none."""
        if not 1 <= place <= len(self.script.layout):
            return None
        position, _ = self.script.layout[place - 1]
        media = self.form.shown[position].media
        return (self.form.placed[position].question, media[number]) if number < len(media) else None


def questions_of(script: Script, *, at: datetime, address: Callable[[int], str]) -> ShownScript:
    """This function will give what a script's own browser is shown; `address` of a place is where its files are. Keys stay here.

    The beginning of the script is on record, and with it that this candidate saw this form; :raises Refusal: before the paper was opened.
    """
    form = delivered_form(script.exam.paper_id, script.letter, at)
    answered = standing(script)
    questions, answers = [], {}
    for place, (position, orders) in enumerate(script.layout, 1):
        one = form.shown[position]
        questions.append(sent(one, orders, address(place) if one.media else ""))
        if position in answered:
            answers[place] = as_sent(form.placed[position], orders, answered[position])
    return ShownScript(script, form, questions, answers)
