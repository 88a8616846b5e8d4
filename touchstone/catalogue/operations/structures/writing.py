"""结构办理: what was read becomes a draft, is put forward, approved by a second person or returned, and takes the place of the one before."""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre
from touchstone.catalogue import permissions
from touchstone.catalogue.facts import structure_facts
from touchstone.catalogue.models import (
    ExamForm,
    Standard,
    Structure,
    StructureElement,
    StructureFunction,
    StructureImport,
    StructureWeight,
    WorkContent,
)
from touchstone.catalogue.queries.structures import base_of
from touchstone.catalogue.states import MOVES, OPEN, StructureState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.filing.scope import Basis
from touchstone.policy.questions.comparison import Change, compare
from touchstone.policy.questions.structure import FunctionFacts, check_structure, parent_of, stands_in_the_way
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.operations import close_tasks, open_task

LAW = notice("三(二)1")


@transaction.atomic
def keep_structure(*, number: str, by: Actor, at: datetime) -> Structure:
    """This function will write what a trial read as the draft of the edition's next version, in place of a draft that lies there.

    A trial that was kept already gives the same draft. :raises Refusal: for a trial with rows to put right, or while a draft is being judged.
    """
    run = StructureImport.objects.select_for_update(of=("self",)).select_related("standard").get(number=number)
    standard = Standard.objects.select_for_update(of=("self",)).get(pk=run.standard_id)
    permissions.check_may_draft(by, standard)
    if run.made is not None:
        return run.made
    if run.finished_at is None or run.failed_because or not run.read:
        raise Refusal(f"{number}还有需要改正的内容，不能写成草稿。", LAW, "请下载带核对结果的工作簿，改好后重新上传。")
    draft = Structure.objects.filter(standard=standard, state__in=OPEN).select_for_update(of=("self",)).first()
    if draft is None:
        latest = Structure.objects.filter(standard=standard).order_by("-sequence").first()
        serial = next_serial(f"structure-{at.year}")
        draft = Structure(number=f"JG{at.year}{serial:05d}", standard=standard, sequence=(latest.sequence if latest else 0) + 1)
    else:
        MOVES.check("rewrite", StructureState(draft.state))
        draft.functions.all().delete()
        draft.forms.all().delete()
    draft.office_id, draft.loaded_from, draft.loaded_by_id, draft.loaded_at = by.office_id or None, number, by.user_id, at
    draft.findings = []
    draft.move_to(StructureState.DRAFTED)
    _write(draft, run.read)
    run.made = draft
    run.save(update_fields=["made"])
    close_tasks(case=draft.number, by=by, at=at, outcome="已重新导入", matter="structure.redo")
    record("structure.drafted", draft.number, by=by, at=at, detail={"standard": standard.number, "import": number, "sequence": draft.sequence})
    return draft


def _write(draft: Structure, read: dict[str, list[list[Any]]]) -> None:
    functions = StructureFunction.objects.bulk_create(
        StructureFunction(structure=draft, kind=FunctionFacts(code, name).kind, code=code, name=name, place=place)
        for place, (code, name) in enumerate(read["functions"], 1)
    )
    by_code = {one.code: one for one in functions}
    contents = WorkContent.objects.bulk_create(
        WorkContent(function=by_code[parent_of(code)], code=code, name=name, place=place) for place, (code, name) in enumerate(read["contents"], 1)
    )
    content_of = {one.code: one for one in contents}
    StructureElement.objects.bulk_create(
        (
            StructureElement(
                structure=draft, content=content_of[".".join(code.split(".")[:2])], kind=kind, level=level or None, code=code, text=text,
                weighty=weighty, place=place,
            )
            for place, (code, level, kind, text, weighty) in enumerate(read["elements"], 1)
        ),
        batch_size=1000,
    )  # fmt: skip
    StructureWeight.objects.bulk_create(
        StructureWeight(structure=draft, function=by_code[code], level=level, part=part, percent=Decimal(percent))
        for code, level, part, percent in read["weights"]
    )
    ExamForm.objects.bulk_create(
        ExamForm(
            structure=draft, level=level, part=part, form=form, minutes=minutes, candidates_per_assessor=most, least_assessors=least,
            disagreement_limit=Decimal(limit) if limit else None,
        )
        for level, part, form, minutes, most, least, limit in read["forms"]
    )  # fmt: skip


def _locked(number: str) -> Structure:
    return Structure.objects.select_for_update(of=("self",)).select_related("standard", "office").get(number=number)


@transaction.atomic
def submit_structure(*, number: str, by: Actor, at: datetime) -> Structure:
    """This function will put a draft before the centre, with what the rules find on it. :raises Refusal: while a rule stands in the way."""
    found = _locked(number)
    permissions.check_may_draft(by, found.standard)
    target = MOVES.check("submit", StructureState(found.state))
    findings = check_structure(structure_facts(found), at.date())
    against = [one for one in findings if stands_in_the_way(one, Basis(found.standard.kind))]
    if against:
        raise Refusal(f"{against[0].reason}。", against[0].clause, "请改正后重新导入。")
    found.findings, found.submitted_by_id, found.submitted_at = records(findings), by.user_id, at
    found.move_to(target)
    title = f"核准标准结构：{found}"
    open_task(
        case=number, matter="structure.approve", title=title, office_id=city_centre().pk, role=Role.POLICY_OFFICER, by=by, at=at
    )
    record("structure.submitted", number, by=by, at=at, detail={"standard": found.standard.number, "findings": len(findings)})
    return found


@transaction.atomic
def approve_structure(*, number: str, since: date, by: Actor, at: datetime) -> Structure:
    """This function will approve a structure from `since` on, end the one before that day, and note the approval of a specification that had none.

    What rests on the one before is marked by a job that reads the ledger's line. :raises NotAllowed: for whoever wrote or put it forward.
    :raises Refusal: for a day before the edition's own, or not after the version before.
    """
    found = _locked(number)
    permissions.check_may_decide(by, found)
    target = MOVES.check("approve", StructureState(found.state))
    before = Structure.objects.select_for_update(of=("self",)).filter(standard=found.standard, state=StructureState.APPROVED).first()
    _check_day(found, before, since, at.date())
    base = base_of(found)
    difference = compare(structure_facts(base), structure_facts(found)) if base is not None else None
    if before is not None:
        before.until = since
        before.move_to(MOVES.check("supersede", StructureState(before.state)))
    found.since, found.approved_by_id, found.approved_at = since, by.user_id, at
    found.move_to(target)
    _note_specification(found.standard, by, at)
    close_tasks(case=number, by=by, at=at, outcome="已核准", matter="structure.approve")
    counts = dict(Counter(str(one.change) for one in difference.elements)) if difference is not None else {}
    detail = {
        "standard": found.standard.number,
        "since": since.isoformat(),
        "replaces": base.number if base is not None else "",
        "changes": {change.value: counts.get(change.value, 0) for change in Change} if base is not None else {},
    }
    record("structure.approved", number, by=by, at=at, detail=detail)
    return found


def _check_day(found: Structure, before: Structure | None, since: date, today: date) -> None:
    if since < found.standard.in_force_from:
        words = f"标准自{found.standard.in_force_from:%Y年%m月%d日}起施行"
        raise Refusal(f"结构的施行日不能早于标准：{words}。", LAW, "请改填标准施行以后的日期。")
    if before is not None and before.since is not None and since <= before.since:
        raise Refusal(f"前一版自{before.since:%Y年%m月%d日}起施行，后一版须晚于它。", LAW, "请改填以后的日期。")
    if before is not None and since < today:
        raise Refusal("替代前一版的结构不能追溯施行。", LAW, "考试和试卷已按前一版办理，请填今天或者以后的日期。")


def _note_specification(standard: Standard, by: Actor, at: datetime) -> None:
    """What a specification says is approved: so is the specification (`通知 三(二)1`)."""
    if standard.kind != Standard.Kind.SPECIFICATION or standard.approved_on is not None:
        return
    standard.approved_on = at.date()
    standard.save(update_fields=["approved_on"])
    record("standard.approved", standard.number, by=by.with_key(""), at=at, detail={"approved_on": standard.approved_on.isoformat()})


@transaction.atomic
def return_structure(*, number: str, reason: str, by: Actor, at: datetime) -> Structure:
    """This function will return a structure to whoever wrote it, with a reason. :raises Refusal: without one."""
    found = _locked(number)
    permissions.check_may_decide(by, found)
    target = MOVES.check("return", StructureState(found.state))
    if not reason.strip():
        raise Refusal("没有写明退回的理由。", LAW, "请写明哪一项需要怎样改。")
    found.returned_because = reason.strip()
    found.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已退回", matter="structure.approve")
    if found.office is not None:
        kind = OfficeKind(found.office.kind)
        role = Role.BODY_FILER if kind is OfficeKind.ASSESSMENT_BODY else Role.REGISTRAR if kind is OfficeKind.CITY_CENTRE else Role.POLICY_OFFICER
        open_task(case=number, matter="structure.redo", title=f"修改被退回的标准结构：{found}", office_id=found.office.pk, role=role, by=by, at=at)
    record("structure.returned", number, by=by, at=at, reason=reason.strip(), detail={"standard": found.standard.number})
    return found
