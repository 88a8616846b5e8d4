"""封存与启封: a composed paper is printed and locked under a key the platform does not keep; its holders open it together at the hour.

The key is 32 random bytes; each holder has one share, the shares' exclusive or is the key. A share lies here, under the installation's key, only
until its holder has taken it (once), and again from when the holder gives it up at the hour until the last has; of the rest there are digests.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.people import field_key
from touchstone.accounts.queries import people_with
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.measurement.assembly import seed_number
from touchstone.measurement.interchange.form import to_json
from touchstone.policy.questions.papers import (
    SEALING,
    PaperFacts,
    SealFacts,
    fresh,
    held_apart,
    sealed_before_the_hour,
)
from touchstone.policy.roles import Role
from touchstone.print.press import CannotPrint
from touchstone.questions import permissions
from touchstone.questions.models import KeyShare, Paper, PaperForm
from touchstone.questions.operations._case import LAW, must_hold, words
from touchstone.questions.operations._seal import digest_of_share, own_share, place_of, waits_at, xored
from touchstone.questions.operations.composing import locked_paper
from touchstone.questions.operations.opening import open_many
from touchstone.questions.placing import Placed, shuffled
from touchstone.questions.press_room import documents_of
from touchstone.questions.queries.papers import stale_in, why_stale
from touchstone.questions.states import PAPER_MOVES, PaperState
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.trust.fields import FieldKey

if TYPE_CHECKING:
    from touchstone.accounts.models import Person



def holders_eligible(paper: Paper, at: datetime) -> list["Person"]:
    """This function will give the people who may hold a share: keepers of the bank and of papers in the office that owns it who can log in, by
    name."""
    office = paper.bank.office
    found = {one.pk: one for role in (Role.BANK_KEEPER, Role.PAPER_KEEPER) for one in people_with(role, office, at.date())}
    able = (one for one in found.values() if getattr(one, "user", None) is not None and one.user.is_active)
    return sorted(able, key=lambda one: (one.name_key, one.pk))


@transaction.atomic
def seal_paper(*, number: str, holders: Sequence[int], opens_at: datetime, by: Actor, at: datetime) -> Paper:
    """This function will print every form, lock it, and hold one share ready for each holder (by user), to be taken once.

    :raises Refusal: for a question that became stale, holders who are not different persons of the office, or an hour that has passed.
    """
    paper = locked_paper(number)
    permissions.check_may(by, "compose", paper.bank)
    target = PAPER_MOVES.check("seal", PaperState(paper.state))
    _seal(paper, holders, opens_at, by, at)
    paper.move_to(target)
    record("paper.sealed", number, by=by, at=at, detail=_of_seal(paper))
    return paper


@transaction.atomic
def seal_again(*, number: str, holders: Sequence[int], opens_at: datetime, reason: str, by: Actor, at: datetime) -> Paper:
    """This function will lock a sealed paper under a new key, since a share was lost or a holder left; the old shares are worth nothing from then on.

    :raises WordsMissing: without a reason. :raises Refusal: as `seal_paper`.
    """
    paper = locked_paper(number)
    permissions.check_may(by, "compose", paper.bank)
    target = PAPER_MOVES.check("seal_again", PaperState(paper.state))
    reason = words(reason, "重新封存须写明理由。", "例如：一名保管人丢失了密钥份额。")
    paper.shares.all().delete()
    _seal(paper, holders, opens_at, by, at)
    paper.move_to(target)
    record("paper.sealed_again", number, by=by, at=at, reason=reason, detail=_of_seal(paper))
    return paper


def _of_seal(paper: Paper) -> dict[str, Any]:
    digests = {one.letter: one.digest for one in paper.forms.all()}
    return {"opens_at": paper.opens_at.isoformat() if paper.opens_at else "", "forms": digests, "shares": [one.digest for one in paper.shares.all()]}


def _seal(paper: Paper, holders: Sequence[int], opens_at: datetime, by: Actor, at: datetime) -> None:
    able = {one.user.pk: one for one in holders_eligible(paper, at)}
    if strange := [one for one in holders if one not in able]:
        raise Refusal("所选的保管人不是本单位的题库管理员或者试卷保管员。", SEALING, f"请从列表中选择（共{len(able)}人可选，{len(strange)}人不符）。")
    facts = SealFacts([able[one].pk for one in holders], at, opens_at)
    findings = (
        held_apart(facts, at.date()),
        sealed_before_the_hour(facts, at.date()),
        fresh(PaperFacts({}, (), paper.forms_asked, stale_in(paper), why_stale(paper, localtime(opens_at).date())), at.date()),
    )
    must_hold(findings, f"试卷{paper.number}还不能封存。", "请按下列各项改正；试题或者试卷过时的，请作废，按现行标准重新组卷。")
    key = secrets.token_bytes(32)
    printed = dict[str, list[tuple[str, ...]]]()
    for form in paper.forms.order_by("letter"):
        content = _content(paper, form, printed, by, at)
        form.sealed, form.digest = FieldKey(key).seal_bytes(content, place_of(form)), hashlib.sha256(content).hexdigest()
        form.save(update_fields=["sealed", "digest"])
    shares = [secrets.token_bytes(32) for _ in holders[1:]]
    shares.append(reduce(xored, shares, key))
    for holder, share in zip(holders, shares, strict=True):
        KeyShare.objects.create(
            paper=paper, holder_id=holder, digest=digest_of_share(share), handed_at=at, waiting=field_key().seal_bytes(share, waits_at(paper, holder))
        )
    paper.opens_at, paper.sealed_at = opens_at, at
    close_tasks(case=paper.number, by=by, at=at, outcome="已封存")
    for role in {Role.PAPER_KEEPER, Role.BANK_KEEPER} & _roles(able, holders, paper, at):
        title = f"请领取试卷密钥份额，只显示一次：{paper.number}"
        open_task(case=paper.number, matter="paper.take_share", title=title, office_id=paper.bank.office_id, role=role, by=by, at=at)


def _roles(able: dict[int, "Person"], holders: Sequence[int], paper: Paper, at: datetime) -> set[Role]:
    people = {able[one].pk for one in holders}
    return {
        role for role in (Role.PAPER_KEEPER, Role.BANK_KEEPER) if people_with(role, paper.bank.office, at.date()).filter(pk__in=people).exists()
    }


def _content(paper: Paper, form: PaperForm, printed: dict[str, list[tuple[str, ...]]], by: Actor, at: datetime) -> bytes:
    """Everything a form is: its questions with their keys, options in printed order, and its three documents. `printed` are the orders of the
    forms before, so that neighbours with different forms do not have the same letters for a question they share."""
    items = list(form.items.select_related("question").order_by("position"))
    opened = open_many(numbers=[one.question.number for one in items], reason=f"试卷{paper.number}封存排印（{by.label}）"[:200], by=PLATFORM, at=at)
    placed = [
        Placed(
            item.position,
            item.question.number,
            item.question.kind,
            item.question.element,
            item.points,
            one.content,
            shuffled(
                one.content, seed_number(f"{paper.seed}/{form.letter}/{item.question.number}"), printed.get(item.question.number, ())
            ),
        )
        for item, one in zip(items, opened, strict=True)
    ]
    for each in placed:
        printed.setdefault(each.question, []).append(each.order)
    try:
        documents = documents_of(paper, form.letter, placed, at)
    except CannotPrint as fault:
        raise Refusal(fault.sentence, LAW, "请修订有问题的试题，再重新组卷。") from fault
    kept = {
        "items": [
            {
                "position": one.position,
                "question": one.question,
                "kind": one.kind,
                "element": one.element,
                "points": str(one.points),
                "order": list(one.order),
                "content": to_json(one.content),
            }
            for one in placed
        ],
        "documents": {name: base64.b64encode(pdf).decode() for name, pdf in documents.items()},
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()


@transaction.atomic
def take_share(*, number: str, by: Actor, at: datetime) -> str:
    """This function will give the actor's own share, once; afterwards only its digest is kept.

    :raises NotAllowed: to anybody but a holder. :raises Refusal: when it was shown already.
    """
    paper = locked_paper(number)
    permissions.check_may(by, "hold", paper.bank)
    if paper.state != PaperState.SEALED:
        raise Refusal(f"试卷当前为“{paper.get_state_display()}”，没有待领取的密钥份额。", SEALING, "请在封存以后领取。")
    mine = own_share(paper, by)
    if mine.waiting is None or mine.shown_at is not None:
        raise Refusal("您的密钥份额已经显示过一次，平台不再保存。", SEALING, "已抄录的请妥善保管；遗失的，请题库管理员重新封存。")
    share = field_key().open_bytes(bytes(mine.waiting), waits_at(paper, mine.holder_id))
    mine.waiting, mine.shown_at = None, at
    mine.save(update_fields=["waiting", "shown_at"])
    if not paper.shares.filter(shown_at__isnull=True).exists():
        close_tasks(case=number, by=by, at=at, outcome="密钥份额均已领取", matter="paper.take_share")
    record("paper.share_taken", number, by=by, at=at, detail={"digest": mine.digest})
    return written(share)


def written(share: bytes) -> str:
    """This function will write a share as people copy it: eight groups of eight places."""
    text = share.hex().upper()
    return "-".join(text[place : place + 8] for place in range(0, len(text), 8))
