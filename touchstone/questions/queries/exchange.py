"""试题交换查询: which files of questions came to a bank and went out of it, and which are still to be gone through?"""

from datetime import datetime

from django.db.models import QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.documents import notice
from touchstone.questions.models import Bank, ImportedRow, QuestionExport, QuestionImport, QuestionImportSet

ImportRow = ImportedRow
IMPORT_OUTCOMES = ImportedRow.Outcome.choices


def imports(bank: Bank, actor: Actor) -> QuestionImportSet:
    """This function will give the files brought to a bank that an actor may see, newest first; never the file itself."""
    return QuestionImport.objects.visible_to(actor).filter(bank=bank).defer("sealed").select_related("received_by__person").order_by("-id")


def question_import(number: str, actor: Actor) -> QuestionImport:
    """This function will give one file that came. :raises NotAllowed: when there is none, or it is another's."""
    found = QuestionImport.objects.visible_to(actor).defer("sealed").select_related("bank__body", "received_by__person").filter(number=number).first()
    if found is None:
        raise NotAllowed(f"没有编号为{number}的导入，或者它不是您上传的。", notice("三(二)3"), "请从导入列表中选择。")
    return found


def import_rows(run: QuestionImport) -> QuerySet[ImportedRow]:
    """This function will give what came of each question of a file, in its order."""
    return run.rows.select_related("question").order_by("position")


def exports(bank: Bank) -> QuerySet[QuestionExport]:
    """This function will give the files that went out of a bank, newest first; never the file itself."""
    return QuestionExport.objects.filter(bank=bank).defer("sealed").select_related("made_by__person").order_by("-id")


def question_export(number: str, bank: Bank) -> QuestionExport | None:
    """This function will give one file that went out; None when there is none."""
    return exports(bank).filter(number=number).first()


def unfinished_imports(before: datetime) -> list[str]:
    """This function will give the numbers of files that came before a moment and that the queue has not finished with."""
    waiting = [one for one in QuestionImport.objects.filter(received_at__lt=before, failed_because="", undone_at__isnull=True) if one.at_work]
    return [one.number for one in waiting]
