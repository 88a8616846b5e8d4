"""导出试题: chosen questions leave the bank as a file; each is opened on record for the reason given, and what each lost is kept."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import field_key
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.measurement.interchange.delivery import Format, Left, Outgoing, Shipment
from touchstone.measurement.interchange.doors import table_rows, write_file
from touchstone.measurement.interchange.media import renamed
from touchstone.measurement.interchange.table import DIFFICULTY, ELEMENT, LEVEL, PART, SECRECY
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.secrecy import LEVELS
from touchstone.questions import permissions
from touchstone.questions.models import Bank, Question, QuestionExport
from touchstone.questions.operations._case import LAW, NothingHere, locked_bank
from touchstone.questions.operations.opening import Opened, open_many
from touchstone.questions.workbook import questions_workbook

MOST = 500
KEPT_FOR = timedelta(hours=24)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic
def export_questions(*, bank: str, numbers: Sequence[str], form: str, reason: str, by: Actor, at: datetime) -> QuestionExport:
    """This function will write questions of one bank to a file, open each on record, and keep the file sealed for a day.

    :raises NotAllowed: for another bank, or naming the first question whose secrecy forbids it. :raises WordsMissing: without a reason.
    :raises Refusal: for no or too many questions, or when the format can carry none of them.
    """
    kept = locked_bank(bank)
    permissions.check_may(by, "keep", kept)
    wanted = list(dict.fromkeys(numbers))
    if not wanted or len(wanted) > MOST:
        raise Refusal("没有选择试题。" if not wanted else f"一次最多导出{MOST}题。", LAW, "请在试题列表中查询后选择，分几次导出。")
    foreign = set(wanted) - set(Question.objects.filter(bank=kept, number__in=wanted).values_list("number", flat=True))
    if foreign:
        raise NothingHere(f"本题库没有编号为{min(foreign)}的试题。", LAW, "请从试题列表中选择。")
    opened = open_many(numbers=wanted, reason=reason, by=by, at=at)
    shipped = _shipped(opened, Format(form), kept)
    carried = [one for one in shipped.left if not one.refused]
    if not carried:
        first = shipped.left[0].losses[0]
        raise Refusal(f"所选的{len(wanted)}题都不能写成{Format(form).label}：{first.what}，{first.why}", LAW, "请换一种格式。")
    made = QuestionExport(number=f"DC{at:%Y}{next_serial(f'question-export-{at:%Y}'):05d}", bank=kept, form=form, mime=shipped.mime)
    made.name = f"{kept.name}-{made.number}.{shipped.name.partition('.')[2]}"
    made.sealed = field_key().seal_bytes(shipped.content, _place(made.number))
    made.sha256, made.reason, made.questions = hashlib.sha256(shipped.content).hexdigest(), reason.strip()[:200], len(carried)
    made.left = [[one.identifier, one.refused, [[loss.what, loss.why] for loss in one.losses]] for one in shipped.left]
    made.made_by_id, made.made_at = by.user_id, at
    made.save()
    detail = {"form": form, "questions": len(carried), "left_out": len(shipped.left) - len(carried), "sha256": made.sha256, "bank": kept.number}
    record("questions.exported", made.number, by=by, at=at, reason=made.reason, detail=detail)
    return made


def _place(number: str) -> str:
    return f"questions|export|{number}"


def _shipped(opened: Sequence[Opened], form: Format, bank: Bank) -> Shipment:
    outgoing: list[Outgoing] = []
    files: dict[str, bytes] = {}
    for one in opened:
        kept = {found.name: found for found in of_case(one.question.number)}
        names = {media.name: f"{one.question.number}/{media.name}" for media in one.content.media}
        files |= {names[media.name]: content_of(kept[media.name]) for media in one.content.media if media.name in kept}
        category = f"{one.question.occupation.name}/{one.question.element}"
        outgoing.append(Outgoing(one.question.number, renamed(one.content, names), category))
    if form is not Format.SHEET:
        return write_file(outgoing, form, files)
    rows, left = table_rows(outgoing)
    tied = {one.question.number: one.question for one in opened}
    whole = [{**row, **_columns(tied[number])} for row, number in zip(rows, _carried(left), strict=True)]
    return Shipment(form, "questions.xlsx", _XLSX, questions_workbook(whole), left)


def _carried(left: Sequence[Left]) -> list[str]:
    return [one.identifier for one in left if not one.refused]


def _columns(question: Question) -> dict[str, str]:
    secrecy = LEVELS.on(question.written_at.date()).value.get(question.secrecy, "")
    return {
        LEVEL: Level(question.level).label,
        PART: Part(question.part).label,
        ELEMENT: question.element,
        DIFFICULTY: str(question.difficulty),
        SECRECY: secrecy,
    }


def exported_file(*, number: str, by: Actor, at: datetime) -> tuple[QuestionExport, bytes]:
    """This function will give the file to whoever made it, within a day. :raises Refusal: to anybody else, or later; it is gone by then."""
    found = QuestionExport.objects.filter(number=number, made_by_id=by.user_id).first()
    if found is None:
        raise NothingHere(f"没有编号为{number}的导出，或者它不是您导出的。", LAW, "导出的文件只由导出人下载。")
    if found.sealed is None or at > found.made_at + KEPT_FOR:
        raise Refusal(f"{number}的文件已经过了24小时的下载期，不再保存。", LAW, "确需使用的，请重新导出并写明事由。")
    return found, field_key().open_bytes(bytes(found.sealed), _place(number))


def forget_exports(*, at: datetime) -> int:
    """This function will remove the files of exports older than a day and count them; what went out, why and to whom stays on record."""
    return QuestionExport.objects.filter(made_at__lt=at - KEPT_FOR, sealed__isnull=False).update(sealed=None)
