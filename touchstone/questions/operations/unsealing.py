"""启封与使用: the holders give up their shares at the hour, the paper is printed, and its use is noted."""

import base64
import hashlib
import json
import re
import secrets
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.people import field_key
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.measurement.interchange.form import from_json
from touchstone.parameters.queries import in_force
from touchstone.policy.questions.papers import LOCK_MINUTES, SEALING, WRONG_SHARES, hour_has_come
from touchstone.policy.roles import Role
from touchstone.questions import permissions
from touchstone.questions.models import KeyShare, Paper, PaperItem, Question
from touchstone.questions.operations._case import LAW, must_hold
from touchstone.questions.operations._seal import clock, digest_of_share, own_share, place_of, waits_at, xored
from touchstone.questions.operations.composing import locked_paper
from touchstone.questions.operations.opening import open_many
from touchstone.questions.placing import Placed
from touchstone.questions.states import PAPER_MOVES, PaperState
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.trust.fields import FieldKey

DOCUMENTS = {"paper": "试卷", "sheet": "答题卡", "guide": "评分标准与参考答案"}
_SHARE = re.compile(r"[0-9A-F]{64}", re.ASCII)


def give_share(*, number: str, share: str, by: Actor, at: datetime) -> Paper:
    """This function will take a holder's share at the hour; with the last one the paper opens.

    A wrong share is counted, and after too many the holder has to wait. :raises Refusal: before the hour, for a wrong share, while locked.
    """
    with transaction.atomic():
        paper = locked_paper(number)
        permissions.check_may(by, "hold", paper.bank)
        PAPER_MOVES.check("open", PaperState(paper.state))
        assert paper.opens_at is not None
        must_hold((hour_has_come(paper.opens_at, at),), f"试卷{number}还不能启封。", f"启封时间为{clock(paper.opens_at)}，请到时再来。")
        mine = own_share(paper, by)
        if mine.given_at is not None:
            raise Refusal("您已经交出密钥份额。", SEALING, "请等待其他保管人交出。")
        if mine.locked_until is not None and at < mine.locked_until:
            raise Refusal("连续输错次数过多，已经锁定。", SEALING, f"请在{clock(mine.locked_until)}以后再试。")
        secret = _read(share)
        right = secret is not None and secrets.compare_digest(digest_of_share(secret), mine.digest)
        if right and secret is not None:
            _given(paper, mine, secret, by, at)
        else:
            _wrong(paper, mine, by, at)
    if not right:
        left = in_force(WRONG_SHARES, at.date()).value - mine.wrong
        told = f"还可以再试{left}次。" if mine.locked_until is None else f"已经锁定，请在{clock(mine.locked_until)}以后再试。"
        raise Refusal("密钥份额不对，已经记录。", SEALING, f"请对照抄录逐位核对。{told}")
    return paper


def _given(paper: Paper, mine: KeyShare, secret: bytes, by: Actor, at: datetime) -> None:
    mine.given_at, mine.wrong, mine.locked_until = at, 0, None
    mine.waiting = field_key().seal_bytes(secret, waits_at(paper, mine.holder_id))
    mine.save()
    record("paper.share_given", paper.number, by=by, at=at, detail={"digest": mine.digest})
    if not paper.shares.filter(given_at__isnull=True).exists():
        _open(paper, by.with_key(""), at)


def _wrong(paper: Paper, mine: KeyShare, by: Actor, at: datetime) -> None:
    most = in_force(WRONG_SHARES, at.date()).value
    mine.wrong += 1
    mine.locked_until = None
    if mine.wrong >= most:
        mine.wrong, mine.locked_until = 0, at + timedelta(minutes=in_force(LOCK_MINUTES, at.date()).value)
    mine.save(update_fields=["wrong", "locked_until"])
    record("paper.share_wrong", paper.number, by=by.with_key(""), at=at, detail={"locked": mine.locked_until is not None})


def _open(paper: Paper, by: Actor, at: datetime) -> None:
    """All shares are in: from here on the paper lies under the installation's key, for those who print it."""
    shares = list(paper.shares.select_related("holder__person"))
    parts = [field_key().open_bytes(bytes(one.waiting or b""), waits_at(paper, one.holder_id)) for one in shares]
    key = reduce(xored, parts[1:], parts[0])
    who = "、".join(one.holder.display_name for one in shares)
    for form in paper.forms.order_by("letter"):
        content = FieldKey(key).open_bytes(bytes(form.sealed or b""), place_of(form))
        if hashlib.sha256(content).hexdigest() != form.digest:
            raise Refusal(f"{form.letter}卷的内容与封存时不一致，没有启封。", SEALING, "请立即报告本单位负责人，启用备用试卷。")
        numbers = [one["question"] for one in json.loads(content)["items"]]
        open_many(numbers=numbers, reason=f"试卷{paper.number}启封（保管人：{who}）"[:200], by=PLATFORM, at=at)
        form.sealed = field_key().seal_bytes(content, f"{place_of(form)}|opened")
        form.save(update_fields=["sealed"])
    paper.shares.update(waiting=None)
    paper.opened_at = at
    paper.move_to(PAPER_MOVES.check("open", PaperState(paper.state)))
    close_tasks(case=paper.number, by=by, at=at, outcome="已启封")
    office = paper.bank.office_id
    title = f"试卷已启封，考试结束后请登记使用：{paper.number}"
    open_task(case=paper.number, matter="paper.use", title=title, office_id=office, role=Role.BANK_KEEPER, by=by, at=at)
    record("paper.unsealed", paper.number, by=by, at=at, detail={"holders": who})


@transaction.atomic
def printed_form(*, number: str, letter: str, what: str, by: Actor, at: datetime) -> bytes:
    """This function will hand out one document of an opened form as PDF, and put on record who printed what.

    :raises Refusal: before the paper is opened, or for a form or document that is none.
    """
    paper = locked_paper(number)
    permissions.check_may(by, "hold", paper.bank)
    held = opened_content(paper, letter)
    if what not in DOCUMENTS:
        raise Refusal("没有这种文件。", LAW, "请从试卷页面选择。")
    record("paper.printed", number, by=by, at=at, detail={"letter": letter, "what": what})
    return base64.b64decode(held["documents"][what])


def opened_content(paper: Paper, letter: str) -> dict[str, Any]:
    """This function will read an opened form; the caller has checked who may and puts it on record. :raises Refusal: before it was opened."""
    if paper.state not in {PaperState.OPENED, PaperState.USED}:
        raise Refusal(f"试卷当前为“{paper.get_state_display()}”，内容没有启封。", SEALING, "请到启封时间由保管人共同启封。")
    form = paper.forms.filter(letter=letter).first()
    if form is None or form.sealed is None:
        raise Refusal(f"试卷没有{letter}卷。", LAW, "请从试卷页面选择。")
    held: dict[str, Any] = json.loads(field_key().open_bytes(bytes(form.sealed), f"{place_of(form)}|opened"))
    return held


def placed_of(held: dict[str, Any]) -> list[Placed]:
    """This function will read the questions of an opened form."""
    return [
        Placed(
            one["position"],
            one["question"],
            one["kind"],
            one["element"],
            Decimal(one["points"]),
            from_json(one["content"]),
            tuple(one["order"]),
        )
        for one in held["items"]
    ]


@transaction.atomic
def use_paper(*, number: str, case: str = "", by: Actor, at: datetime) -> Paper:
    """This function will note that an opened paper was used (for a plan, when named): its questions were seen. It counts for their exposure."""
    paper = locked_paper(number)
    permissions.check_may(by, "compose", paper.bank)
    target = PAPER_MOVES.check("use", PaperState(paper.state))
    paper.used_at = at
    if case.strip():
        paper.case = case.strip()[:64]
        paper.save(update_fields=["case"])
    paper.move_to(target)
    held = PaperItem.objects.filter(form__paper=paper).values("question")
    Question.objects.filter(pk__in=held).update(uses=F("uses") + 1, last_used_on=localtime(at).date())
    close_tasks(case=number, by=by, at=at, outcome="已登记使用")
    record("paper.used", number, by=by, at=at, detail={"case": paper.case})
    return paper


def _read(text: str) -> bytes | None:
    bare = re.sub(r"[\s\-－—]", "", text).upper().replace("Ｏ", "0").replace("O", "0")
    return bytes.fromhex(bare) if _SHARE.fullmatch(bare) else None


