"""题库指导: a district guides the banks on its ground, the centre every bank; the bank answers."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import WordsMissing
from touchstone.policy.roles import Role
from touchstone.questions import permissions
from touchstone.questions.models import GuidanceNote
from touchstone.questions.operations._case import LAW, NothingHere, locked_bank, note
from touchstone.tasks.operations import close_tasks, open_task

MATTER = "bank.guidance"


@transaction.atomic
def write_guidance(*, bank: str, content: str, by: Actor, at: datetime) -> GuidanceNote:
    """This function will write a note of guidance to a body's bank and put it before its keeper. :raises NotAllowed: on foreign ground."""
    kept = locked_bank(bank)
    permissions.check_may(by, "guide", kept)
    if not content.strip():
        raise WordsMissing("指导意见没有内容。", LAW, "请写明要补充、改进什么，依据哪一项标准。")
    made = GuidanceNote.objects.create(bank=kept, office_id=by.office_id, content=content.strip()[:1000], written_by_id=by.user_id, written_at=at)
    title = f"{by.office_name}对题库提出指导意见，请答复"
    open_task(case=kept.number, matter=MATTER, title=title, office_id=kept.office_id, role=Role.BANK_KEEPER, by=by, at=at)
    note("bank.guided", kept, by=by, at=at, reason=content.strip()[:200])
    return made


@transaction.atomic
def answer_guidance(*, note_id: int, answer: str, by: Actor, at: datetime) -> GuidanceNote:
    """This function will answer a note of guidance. :raises Refusal: when it was answered. :raises NotAllowed: for another bank."""
    found = GuidanceNote.objects.select_for_update(of=("self",)).select_related("bank__body").filter(pk=note_id).first()
    if found is None:
        raise NothingHere("没有这条指导意见。", LAW, "请从题库页面选择。")
    permissions.check_may(by, "answer_guidance", found.bank)
    if found.answered_at is not None:
        raise Refusal("这条指导意见已经答复。", LAW, "无需重复答复。")
    if not answer.strip():
        raise WordsMissing("答复没有内容。", LAW, "请写明采取的措施和完成时间。")
    found.answer, found.answered_at, found.answered_by_id = answer.strip()[:1000], at, by.user_id
    found.save()
    if not found.bank.guidance.filter(answered_at__isnull=True).exists():
        close_tasks(case=found.bank.number, matter=MATTER, by=by, at=at, outcome="已答复")
    note("bank.guidance_answered", found.bank, by=by, at=at, reason=answer.strip()[:200])
    return found
