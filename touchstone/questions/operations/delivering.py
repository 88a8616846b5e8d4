"""机考用卷: an opened form for a sitting at the computer, read once by each process and then at hand for every seat."""

from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from touchstone.kernel.law import Refusal
from touchstone.policy.questions.kinds import KINDS
from touchstone.policy.questions.papers import SEALING
from touchstone.questions.delivery import Shown, shown
from touchstone.questions.models import PaperForm
from touchstone.questions.operations.unsealing import opened_content, placed_of
from touchstone.questions.placing import Placed
from touchstone.questions.states import PaperState


@dataclass(frozen=True)
class DeliveredForm:
    """An opened form by position: questions with their keys, which stay on the server, and as they go out."""

    placed: dict[int, Placed]
    shown: dict[int, Shown]


def delivered_form(paper_id: int, letter: str, at: datetime) -> DeliveredForm:
    """This function will give an opened form; the caller has checked who may, and puts the use on record.

    One short query; the contents are kept in this process, as long as the form is the same. :raises Refusal: before the paper was opened.
    """
    found = PaperForm.objects.filter(paper_id=paper_id, letter=letter).values_list("pk", "digest", "paper__state").first()
    if found is None or found[2] not in {PaperState.OPENED, PaperState.USED}:
        raise Refusal("试卷还没有启封。", SEALING, "请到启封时间由保管人共同启封。")
    key = (found[0], found[1], at.date())
    if (form := _kept.get(key)) is not None:
        return form
    with _reading:  # a room that begins at the same bell: one reads, the others wait for it instead of reading too
        if (form := _kept.get(key)) is None:
            form = _kept[key] = _read(*key)
            if len(_kept) > _MOST:
                del _kept[next(iter(_kept))]
    return form


_Key = tuple[int, str, date]
_MOST = 12
_kept: dict[_Key, DeliveredForm] = {}
_reading = Lock()


def _read(form_id: int, digest: str, day: date) -> DeliveredForm:
    form = PaperForm.objects.select_related("paper").get(pk=form_id, digest=digest)
    placed = {one.position: one for one in placed_of(opened_content(form.paper, form.letter))}
    labels = {one.key: one.label for one in KINDS.on(day).value}
    return DeliveredForm(placed, {position: shown(one, labels.get(one.kind, one.kind)) for position, one in placed.items()})
