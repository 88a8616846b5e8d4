"""办理公用: how is a filing locked, who owes the next step, and by when?"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor
from touchstone.filings.models import AddedOpinion, Filing
from touchstone.filings.queries.routing import handler
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import written
from touchstone.ledger.operations import record
from touchstone.logs.lines import PublicLine
from touchstone.policy.documents import notice
from touchstone.policy.roles import Role
from touchstone.tasks.operations import open_task

if TYPE_CHECKING:
    from touchstone.accounts.models import Office

ROUTE = notice("三(一)")


class NothingToDo(Refusal):
    """There is nothing here to which this could be done."""


def locked(number: str) -> Filing:
    """This function will give a filing, locked until the transaction ends. :raises NothingToDo: when there is none of this number."""
    found = Filing.objects.select_for_update(of=("self",)).select_related("body__office", "body__superior", "root").filter(number=number).first()
    if found is None:
        raise NothingToDo(f"没有编号为{number}的备案申请。", None, "请核对编号后再办理。")
    return found


def words(text: str, sentence: str, next_step: str) -> str:
    """This function will give what was said, trimmed. :raises WordsMissing: when nothing was."""
    return written(text, sentence, ROUTE, next_step)


def bureau(filing: Filing, step: str = "") -> "Office":
    """This function will give the office that has the present step of a filing's review (or the step named)."""
    return handler(filing, filing.rules_day or filing.begun_at.date(), step)


def check_nobody_asked(filing: Filing) -> None:
    """This function will let pass a step on which no added opinion (加签) is awaited. :raises Refusal: naming whose is."""
    waiting = AddedOpinion.objects.filter(filing=filing, answered_at__isnull=True, called_back_at__isnull=True).select_related("office")
    if names := [one.office.name for one in waiting.order_by("id")]:
        raise Refusal(f"{'、'.join(names)}的加签意见尚未答复，本环节不能办结。", ROUTE, "请等待答复、催办，或撤回加签后再办理。")


def ask_nobody(filing: Filing, at: datetime) -> None:
    """This function will no longer ask for the added opinions that are open: the case leaves the step that asked."""
    filing.added_opinions.filter(answered_at__isnull=True, called_back_at__isnull=True).update(called_back_at=at)


def owes(filing: Filing, matter: str, title: str, *, office: "Office", role: Role, by: Actor, at: datetime, due_on: date | None) -> None:
    """This function will put a step of the filing before an office."""
    open_task(
        case=filing.number, matter=matter, title=f"{title}：{filing.body.name}", office_id=office.pk, role=role, by=by, at=at, due_on=due_on
    )


def note(event: str, filing: Filing, *, by: Actor, at: datetime, reason: str = "", **detail: object) -> None:
    """This function will write the filing's line of the ledger; `state` is where it now stands."""
    note_publicly((), event, filing, by=by, at=at, reason=reason, **detail)


def note_publicly(
    public: PublicLine | Sequence[PublicLine], event: str, filing: Filing, /, *, by: Actor, at: datetime, reason: str = "", **detail: object
) -> None:
    """This function will write the filing's line of the ledger as `note` does, and the public log's."""
    family = {"root": filing.root.number} if filing.root is not None else {}
    told = {"state": str(filing.state), **family, **detail}
    record(event, filing.number, by=by, at=at, reason=reason, detail=told, public=public)
