"""未经备案查询: which evaluators may somebody see, and of which is the public warned?"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.complaints.models import Evaluator, EvaluatorSet
from touchstone.complaints.states import EvaluatorState
from touchstone.policy.supervision.unfiled import LAW


def evaluators(actor: Actor) -> EvaluatorSet:
    """This function will give the evaluators the actor may see, newest first."""
    return Evaluator.objects.visible_to(actor).select_related("office", "body").order_by("-id")


def evaluator(number: str, actor: Actor) -> Evaluator:
    """This function will give an evaluator the actor may see. :raises NotAllowed:"""
    found = evaluators(actor).select_related("lead", "looked_up_by__person", "warned_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这件未经备案的评价，或者它不归您查看。", LAW, "请从清单中打开。")
    return found


def number_waiting(actor: Actor) -> int:
    """This function will count the evaluators of the actor's office that wait to be looked up or dealt with."""
    return Evaluator.objects.filter(office_id=actor.office_id, state__in=[EvaluatorState.SEEN, EvaluatorState.CHECKED]).count()


def warnings() -> EvaluatorSet:
    """This function will give all of whom the public is or was warned, newest first: one that was taken off stays, with the reason."""
    return Evaluator.objects.filter(warned_at__isnull=False).select_related("office").order_by("-warned_at", "-id")


def standing_warning(name: str) -> Evaluator | None:
    """This function will give the warning that stands about somebody of this very name."""
    return warnings().filter(name=name.strip(), state=EvaluatorState.WARNED).first() if name.strip() else None
