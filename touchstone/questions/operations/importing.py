"""导入试题: a file of questions is gone through question by question, confirmed, made drafts of, and taken back as a whole.

Going through makes nothing: every question gets an outcome, its losses by line, and the questions of the bank that say nearly the same. What is
loaded are drafts; they take the same way through review as any other. A run that was killed resumes and makes each question once.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import field_key
from touchstone.catalogue import queries as catalogue
from touchstone.files.operations import attach, check
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.measurement.interchange.delivery import Delivery, Incoming, Refused
from touchstone.measurement.interchange.doors import is_workbook, read_file
from touchstone.measurement.interchange.media import renamed
from touchstone.measurement.interchange.question import Media
from touchstone.measurement.interchange.question import Question as Content
from touchstone.measurement.interchange.scoring import as_number
from touchstone.measurement.interchange.table import DIFFICULTY, ELEMENT, KIND, LEVEL, PART, SECRECY
from touchstone.parameters.queries import in_force
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.secrecy import LEVELS
from touchstone.policy.questions.similarity import ALIKE_FROM
from touchstone.questions import permissions
from touchstone.questions.contents import grams_of, words_of
from touchstone.questions.models import Bank, ImportedRow, Question, QuestionImport
from touchstone.questions.operations._case import LAW, NothingHere, locked_bank, words
from touchstone.questions.operations.writing import PICTURE, About, check_tied, enter_question
from touchstone.questions.queries.similar import alike, comparable_banks
from touchstone.questions.states import QUESTION_MOVES, QuestionState
from touchstone.questions.workbook import read_workbook, returned_workbook

LARGEST = 20 * 1024 * 1024
CHUNK = 20
RETURNED = "核对结果"
Outcome = ImportedRow.Outcome


@transaction.atomic
def receive_import(*, bank: str, name: str, content: bytes, about: Mapping[str, Any], by: Actor, at: datetime) -> QuestionImport:
    """This function will take a file of questions to be gone through; whoever calls it lines the work up in the same transaction.

    `about` is what the questions are tied to unless their row says otherwise. The same file sent again while it waits gives the same run.

    :raises Refusal: for an empty or too large file, or without a standard. :raises NotAllowed: for another bank.
    """
    kept = locked_bank(bank)
    permissions.check_may(by, "write", kept)
    if not content or len(content) > LARGEST:
        raise Refusal(f"“{name}”是空的，或者超过{LARGEST // 1048576}MB。", LAW, "请检查文件，或分成几份上传。")
    if not about.get("standard"):
        raise Refusal("没有选择所依据的标准。", LAW, "请先选择标准、等级和科目。")
    sha256 = hashlib.sha256(content).hexdigest()
    waiting = QuestionImport.objects.filter(
        bank=kept, sha256=sha256, about=dict(about), received_by_id=by.user_id, asked_at__isnull=True, failed_because="", undone_at__isnull=True
    )
    if (same := waiting.order_by("-id").first()) is not None and same.checked_at is None:
        return same
    run = QuestionImport(number=f"DR{at:%Y}{next_serial(f'question-import-{at:%Y}'):05d}", bank=kept, name=name[:200], sha256=sha256)
    run.about, run.received_by_id, run.received_at = dict(about), by.user_id, at
    run.sealed = field_key().seal_bytes(content, _place(run.number))
    run.save()
    record("questions.import_received", run.number, by=by, at=at, detail={"bank": kept.number, "name": name, "sha256": sha256})
    return run


def _place(number: str) -> str:
    return f"questions|import|{number}"


def _content(run: QuestionImport) -> bytes:
    return field_key().open_bytes(bytes(run.sealed or b""), _place(run.number))


def _delivery(run: QuestionImport) -> Delivery:
    content = _content(run)
    return read_workbook(content) if is_workbook(content, run.name) else read_file(content, run.name)


def process_import(*, number: str, by: Actor, at: datetime, after_chunk: Callable[[int], None] = lambda done: None) -> QuestionImport:
    """This function will go through a file that came, or load one that was confirmed, from where it stands. `after_chunk` hears the place reached."""
    permissions.check_may(by, "clock")
    run = QuestionImport.objects.select_related("bank__body").get(number=number)
    if not run.at_work:
        return run
    try:
        delivery = _delivery(run)
    except Refused as refusal:
        return _fail(number, refusal.loss.sentence, by=by, at=at)
    if run.checked_at is None:
        _check(run, delivery, after_chunk, by=by, at=at)
    else:
        _load(run, delivery, after_chunk, by=by, at=at)
    return QuestionImport.objects.get(number=number)


@transaction.atomic
def _fail(number: str, sentence: str, *, by: Actor, at: datetime) -> QuestionImport:
    run = QuestionImport.objects.select_for_update(of=("self",)).get(number=number)
    if run.at_work:
        run.failed_because, run.sealed = sentence, None
        run.save()
        record("questions.import_failed", number, by=by, at=at, reason=sentence[:200])
    return run


# ---- going through


def _check(run: QuestionImport, delivery: Delivery, after_chunk: Callable[[int], None], *, by: Actor, at: datetime) -> None:
    banks = comparable_banks(run.bank)
    seen: dict[tuple[int, ...], int] = {}
    rows = [_row(run, place, one, delivery, banks, seen, at) for place, one in _told(delivery, run, after_chunk)]
    results = {row.line: _result(row) for row in rows}
    returned = returned_workbook(_content(run), results) if delivery.format == "xlsx" else None
    with transaction.atomic():
        fresh = QuestionImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if fresh.checked_at is not None:
            return
        fresh.rows.all().delete()
        ImportedRow.objects.bulk_create(rows, batch_size=500)
        fresh.form, fresh.total, fresh.done, fresh.checked_at = delivery.format, len(rows), len(rows), at
        fresh.counts = dict(Counter(str(row.outcome) for row in rows))
        fresh.losses = [[loss.line, loss.what, loss.why] for loss in delivery.losses]
        if returned is not None:
            name = fresh.name.removesuffix(".xlsx") + f"（{RETURNED}）.xlsx"
            fresh.returned = attach(case=fresh.number, label=RETURNED, name=name, content=returned, by=by, at=at).number
        fresh.save()
        record("questions.import_checked", fresh.number, by=by, at=at, detail={"counts": fresh.counts, "form": fresh.form})


def _told(delivery: Delivery, run: QuestionImport, after_chunk: Callable[[int], None]) -> Iterator[tuple[int, Incoming]]:
    """Each question with its place; how far it is stands where the page can read it."""
    QuestionImport.objects.filter(pk=run.pk).update(total=len(delivery.incoming))
    for place, one in enumerate(delivery.incoming, 1):
        yield place, one
        if place % CHUNK == 0:
            QuestionImport.objects.filter(pk=run.pk).update(done=place)
            after_chunk(place)


def _row(
    run: QuestionImport, place: int, one: Incoming, delivery: Delivery, banks: Sequence[int], seen: dict[tuple[int, ...], int], at: datetime
) -> ImportedRow:
    row = ImportedRow(run=run, position=place, place=one.place[-200:], line=one.line, identifier=one.identifier[:120])
    row.losses = [[loss.line, loss.what[:160], loss.why[:200]] for loss in one.losses]
    if one.question is None:
        row.outcome, row.sentence = Outcome.REFUSED, one.why[:500]
        return row
    try:
        about, content = _about(run, one, at), _prepared(one.question, delivery.files)[0]
        row.kind = about.kind
        check_tied(about, catalogue.standard(about.standard), content, at)
    except Refusal as refusal:
        row.outcome, row.sentence = Outcome.REFUSED, (str(refusal) + "".join(refusal.details))[:500]
        return row
    grams = grams_of(words_of(content))
    row.alike = [[like.question.number, like.percent] for like in alike(grams, banks, percent=in_force(ALIKE_FROM, at.date()).value, limit=5)]
    first = seen.setdefault(tuple(grams), place)
    said = [f"与本份第{first}题的文字相同"] if first != place else []
    said += [f"与题库中的{row.alike[0][0]}相似{row.alike[0][1]}%"] if row.alike else []
    said += [f"有{len(row.losses)}处没有带入"] if row.losses else []
    row.outcome = Outcome.WARNED if said else Outcome.READY
    row.sentence = "，".join(said) + ("。" if said else "")
    return row


def _result(row: ImportedRow) -> str:
    return row.sentence if row.outcome == Outcome.REFUSED else f"通过：{row.sentence}" if row.sentence else ""


def _about(run: QuestionImport, one: Incoming, at: datetime) -> About:
    """What a question is tied to: its own columns first, then what was chosen for the file. :raises Refusal: for words that cannot be read."""
    said, given = one.columns, run.about
    content = one.taken
    kind = "essay" if said.get(KIND) == "论述题" else content.kind.value
    level = _known(said.get(LEVEL, ""), {**{str(n): n for n in range(1, 6)}, **_LEVELS}, LEVEL)
    part = _known(said.get(PART, ""), {**{one.label: one.value for one in Part}, "理论": "theory", "技能": "practical", "操作": "practical"}, PART)
    secrecy = _known(said.get(SECRECY, ""), {label: key for key, label in LEVELS.on(at.date()).value.items()}, SECRECY)
    difficulty = said.get(DIFFICULTY, "") or str(given.get("difficulty") or "0.50")
    hard = as_number(difficulty)
    if hard is None or abs(hard) > 1:
        raise Refusal(f"{DIFFICULTY}“{difficulty[:10]}”不是0到1之间的数。", LAW, "请写0到1之间的数，例如0.70。")
    return About(
        standard=str(given["standard"]),
        level=int(given["level"] if level is None else level),
        part=str(given["part"] if part is None else part),
        kind=kind,
        element=said.get(ELEMENT, "") or str(given.get("element") or ""),
        difficulty=hard.quantize(Decimal("0.01")),
        secrecy=int(given.get("secrecy", 1) if secrecy is None else secrecy),
    )


_LEVELS = {word: 5 - place for place, words_ in enumerate((("五级", "初级工", "五级/初级工"), ("四级", "中级工", "四级/中级工"),
    ("三级", "高级工", "三级/高级工"), ("二级", "技师", "二级/技师"), ("一级", "高级技师", "一级/高级技师"))) for word in words_}  # fmt: skip


def _known(text: str, known: Mapping[str, Any], header: str) -> Any:
    text = text.strip()
    if text and text not in known:
        raise Refusal(f"{header}“{text[:20]}”读不懂。", LAW, f"可以写：{'、'.join(list(known)[:8])}。")
    return known.get(text)


def _prepared(content: Content, files: Mapping[str, bytes]) -> tuple[Content, dict[str, bytes]]:
    """The question with its pictures under plain names, as the bank keeps them. :raises FileRefused: for anything but JPEG and PNG."""
    names: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    media: dict[str, Media] = {}
    for one in content.media:
        base = one.name.rsplit("/", 1)[-1]
        plain = base if base not in kept else f"{len(kept) + 1}-{base}"
        ending, clean = check(plain, files[one.name], ("jpg", "jpeg", "png"))
        names[one.name], kept[plain] = plain, files[one.name]
        mime = "image/png" if ending == "png" else "image/jpeg"
        media[plain] = Media(plain, mime, hashlib.sha256(clean).hexdigest(), len(clean))
    moved = renamed(content, names)
    return _with_media(moved, media), kept


def _with_media(content: Content, media: Mapping[str, Media]) -> Content:
    parts = tuple(replace(part, question=_with_media(part.question, media)) for part in content.parts)
    return replace(content, parts=parts, media=tuple(media[one.name] for one in content.media))


# ---- loading


@transaction.atomic
def confirm_import(*, number: str, by: Actor, at: datetime) -> QuestionImport:
    """This function will have what was found fit in a file made into drafts; whoever calls it lines the work up in the same transaction.

    :raises Refusal: while it is being gone through, when nothing in it is fit, or when it was given up. Confirmed twice, it is loaded once.
    """
    run = _mine(number, by)
    permissions.check_may(by, "write", run.bank)
    if run.asked_at is not None and run.undone_at is None:
        return run
    if run.checked_at is None or run.failed_because or run.undone_at is not None:
        raise Refusal(f"{number}当前为“{run.state_label}”，不能导入。", LAW, "请重新上传文件。")
    if not run.rows.filter(outcome__in=[Outcome.READY, Outcome.WARNED]).exists():
        raise Refusal("这份文件里没有可以导入的试题。", LAW, "请按各行的说明改正后重新上传。")
    run.asked_at, run.done = at, 0
    run.save()
    record("questions.import_confirmed", number, by=by, at=at, detail={"counts": run.counts})
    return run


def _mine(number: str, by: Actor) -> QuestionImport:
    found = QuestionImport.objects.visible_to(by).select_for_update(of=("self",)).select_related("bank__body").filter(number=number).first()
    if found is None:
        raise NothingHere(f"没有编号为{number}的导入，或者它不是您上传的。", LAW, "请从导入列表中选择。")
    return found


def _load(run: QuestionImport, delivery: Delivery, after_chunk: Callable[[int], None], *, by: Actor, at: datetime) -> None:
    author = run.received_by_id
    while rows := list(run.rows.filter(outcome__in=[Outcome.READY, Outcome.WARNED]).order_by("position")[:CHUNK]):
        with transaction.atomic():
            fresh = QuestionImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
            left = list(fresh.rows.filter(pk__in=[row.pk for row in rows], outcome__in=[Outcome.READY, Outcome.WARNED]).order_by("position"))
            if not fresh.at_work or len(left) != len(rows):
                return  # somebody else is at it
            bank = Bank.objects.select_related("body", "office").get(pk=run.bank_id)
            for row in left:
                _make(row, bank, delivery, fresh, author, by=by, at=at)
            fresh.done += len(left)
            fresh.save(update_fields=["done"])
        after_chunk(fresh.done)
    _finish(run, by=by, at=at)


def _make(row: ImportedRow, bank: Bank, delivery: Delivery, run: QuestionImport, author: int | None, *, by: Actor, at: datetime) -> None:
    one = delivery.incoming[row.position - 1]
    try:
        with transaction.atomic():
            content, pictures = _prepared(one.taken, delivery.files)
            row.question = enter_question(bank, _about(run, one, at), content, by=by.with_key(""), at=at, author=author)
            for name, picture in pictures.items():
                attach(case=row.question.number, label=PICTURE, name=name, content=picture, by=by, at=at)
    except Refusal as refusal:  # the standard moved between the check and now
        row.question, row.outcome, row.sentence = None, Outcome.REFUSED, (str(refusal) + "".join(refusal.details))[:500]
    else:
        row.outcome = Outcome.MADE
    row.save()


@transaction.atomic
def _finish(run: QuestionImport, *, by: Actor, at: datetime) -> None:
    fresh = QuestionImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not fresh.at_work:
        return
    fresh.loaded_at, fresh.sealed = at, None
    fresh.counts = dict(Counter(fresh.rows.values_list("outcome", flat=True)))
    fresh.save()
    made = list(fresh.rows.filter(outcome=Outcome.MADE).values_list("question__number", flat=True))
    detail = {"counts": fresh.counts, "first": made[0] if made else "", "last": made[-1] if made else ""}
    record("questions.import_loaded", fresh.number, by=by, at=at, detail=detail)


# ---- taking back


@transaction.atomic
def undo_import(*, number: str, reason: str, by: Actor, at: datetime) -> QuestionImport:
    """This function will retire every draft a file made (or give the file up, when nothing was made yet); its rows and the ledger stay.

    :raises Refusal: while it is in work, when it is undone, or when some of its questions have been sent to review since: nothing is taken back.
    :raises WordsMissing: without a reason.
    """
    run = _mine(number, by)
    permissions.check_may(by, "write", run.bank)
    if run.undone_at is not None:
        raise Refusal(f"{number}已经撤销。", LAW, "不需要再办理。")
    if run.at_work:
        raise Refusal(f"{number}还在处理，不能撤销。", LAW, "请等它处理完成后再撤销。")
    reason = words(reason, "撤销须写明理由。", "例如：选错了标准。")
    places = dict(run.rows.filter(outcome=Outcome.MADE).values_list("question", "position"))
    made = list(Question.objects.select_for_update().filter(pk__in=places).order_by("pk"))  # nobody sends one to review meanwhile
    moved = [one for one in made if one.state != QuestionState.DRAFTED]
    if moved:
        told = tuple(f"第{places[one.pk]}题 {one.number}：{one.get_state_display()}" for one in moved[:20])
        raise Refusal(f"有{len(moved)}题已经送审或另行办理，不能整份撤销，没有撤销任何试题。", LAW, "请逐题办理停用。", told)
    for one in made:
        one.retired_because = f"导入{number}整份撤销：{reason}"[:200]
        one.move_to(QUESTION_MOVES.check("retire", QuestionState(one.state)))
    run.rows.filter(outcome=Outcome.MADE).update(outcome=Outcome.UNDONE)
    run.undone_at, run.undone_because, run.sealed = at, reason, None
    run.counts = dict(Counter(run.rows.values_list("outcome", flat=True)))
    run.save()
    record("questions.import_undone", number, by=by, at=at, reason=reason, detail={"questions": [one.number for one in made]})
    return run
