"""组卷: a paper is asked for; the queue composes its forms and keeps how well every demand was met, or says in words which demands conflict."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

import numpy as np
from django.db import transaction

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.measurement.assembly import LETTERS, Forms, Infeasible, OutOfTime, assemble, seed_number
from touchstone.measurement.assembly_program import PATIENCE
from touchstone.parameters.queries import in_force
from touchstone.policy.questions.papers import FORMS_MOST, PaperFacts, forms_enough, fresh, weights_exact
from touchstone.policy.roles import Role
from touchstone.questions import permissions
from touchstone.questions.conflicts import told_conflicts
from touchstone.questions.models import Paper, PaperForm, PaperItem
from touchstone.questions.operations._case import LAW, NothingHere, words
from touchstone.questions.operations.blueprints import locked_blueprint
from touchstone.questions.operations.lending import lend_questions
from touchstone.questions.pool import Stock, function_counts, material, stock_of
from touchstone.questions.queries.papers import stale_in, why_stale
from touchstone.questions.states import PAPER_MOVES, PaperState
from touchstone.questions.terms import Terms, read_terms
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def ask_paper(*, blueprint: str, forms: int, case: str = "", by: Actor, at: datetime) -> Paper:
    """This function will ask for parallel forms of a blueprint; the caller lines the work up. The seed is drawn and recorded before it is used.

    :raises Refusal: for a blueprint that has ended or rests on a standard that moved, or for too many forms.
    """
    found = locked_blueprint(blueprint)
    permissions.check_may(by, "compose", found.bank)
    most = in_force(FORMS_MOST, at.date())
    if not 1 <= forms <= most.value:
        raise Refusal(f"平行套数应为1至{most.value}套。", most.clause, "请改写套数；需要更多的，请分次组卷。")
    if found.ended_at is not None:
        raise Refusal("细目表已经停用，不能据以组卷。", LAW, "请选择有效的细目表。")
    if found.stale_because:
        raise Refusal(f"细目表已过时：{found.stale_because}。", LAW, "请按现行标准新编细目表，再组卷。")
    made = Paper.objects.create(
        number=f"SJ{at:%Y}{next_serial(f'paper-{at:%Y}'):05d}",
        blueprint=found,
        bank=found.bank,
        case=case.strip()[:64],
        state=PaperState.ASKED,
        forms_asked=forms,
        seed=secrets.token_hex(16),
        composed_by_id=by.user_id,
        composed_at=at,
    )
    record("paper.asked", made.number, by=by, at=at, detail={"blueprint": blueprint, "forms": forms, "case": made.case, "seed": made.seed})
    return made


def compose_paper(*, number: str, by: Actor, at: datetime, patience: float = PATIENCE) -> Paper:
    """This function will compose a paper that was asked for; done already, it changes nothing. For the platform only.

    What conflicts is no failure of the work: it is what the paper's page then says. `patience`: the seconds that one search may take.
    """
    permissions.check_may(by, "clock")
    waiting = Paper.objects.select_related("blueprint__standard", "bank__body").filter(number=number, state=PaperState.ASKED).first()
    if waiting is None:
        return _paper(number)
    stock = stock_of(waiting.blueprint, waiting.bank, waiting.forms_asked, at, but=waiting.pk)
    terms = read_terms(waiting.blueprint.terms)
    try:
        found = assemble(stock.pool, stock.demand, seed=seed_number(waiting.seed), seconds=terms.seconds, enough=terms.gap, patience=patience)
    except Infeasible as conflict:
        return _given_up(number, told_conflicts(conflict.conflicts, stock, waiting.forms_asked), stock, at)
    except OutOfTime:
        return _given_up(number, [_UNKNOWN], stock, at, unknown=True)
    return _composed(number, found, stock, terms, at)


_UNKNOWN = "在限定的时间内没有算完：既没有组成，也不能说组不出。请再组一次；仍算不完的，减少套数，或者放宽难度范围、重复题的限制。"


@transaction.atomic
def _given_up(number: str, sentences: Sequence[str], stock: Stock, at: datetime, *, unknown: bool = False) -> Paper:
    paper = locked_paper(number)
    target = PAPER_MOVES.check("give_up", PaperState(paper.state))
    paper.report = {
        **_of_stock(stock),
        "conflicts": list(sentences),
        "unknown": unknown,
        "material": material(stock, read_terms(paper.blueprint.terms)),
    }
    paper.save(update_fields=["report"])
    paper.move_to(target)
    _owes(paper, "paper.adjust", "组卷不成，请按提示补充试题或调整细目表", at)
    event = "paper.out_of_time" if unknown else "paper.impossible"
    record(event, number, by=PLATFORM, at=at, detail={"conflicts": list(sentences)[:20], "pool": stock.digest})
    return paper


@transaction.atomic
def _composed(number: str, found: Forms, stock: Stock, terms: Terms, at: datetime) -> Paper:
    paper = locked_paper(number)
    target = PAPER_MOVES.check("compose", PaperState(paper.state))
    city = sorted({stock.questions[place].number for place in found.chosen.ravel().tolist() if stock.questions[place].from_city})
    if city and paper.bank.body_id is not None:
        lend_questions(paper=number, numbers=city, body_id=paper.bank.body_id, by=PLATFORM, at=at)
    for letter, form, information in zip(LETTERS, found.chosen.tolist(), found.information.tolist(), strict=False):
        row = PaperForm.objects.create(paper=paper, letter=letter, information=[round(one, 4) for one in information])
        places = _in_print_order(form, stock, terms, f"{paper.seed}/{letter}")
        PaperItem.objects.bulk_create(
            PaperItem(
                form=row,
                question_id=stock.questions[place].pk,
                version=stock.questions[place].version,
                position=position,
                points=terms.kinds[stock.questions[place].kind].points,
            )
            for position, place in enumerate(places, 1)
        )
    found_so = {"findings": _findings(found, stock, paper, at), "material": material(stock, terms, found.rounds)}
    paper.report = {**_of_stock(stock), **_of_forms(found, stock, terms), **found_so}
    paper.save(update_fields=["report"])
    paper.move_to(target)
    _owes(paper, "paper.seal", "试卷已组成，请核对后封存", at)
    numbers = {letter: [stock.questions[place].number for place in form] for letter, form in zip(LETTERS, found.chosen.tolist(), strict=False)}
    detail = {"forms": numbers, "pool": stock.digest, "gap": round(found.gap, 6), "lent": len(city)}
    record("paper.composed", number, by=PLATFORM, at=at, detail=detail)
    return paper


def _in_print_order(form: Sequence[int], stock: Stock, terms: Terms, seed: str) -> list[int]:
    """Kind by kind as the blueprint names them; within a kind by chance, from the seed."""
    mixed = [int(place) for place in np.random.default_rng(seed_number(seed)).permutation(sorted(form))]
    order = {key: n for n, key in enumerate(terms.kinds)}
    return sorted(mixed, key=lambda place: order[stock.questions[place].kind])


def _of_stock(stock: Stock) -> dict[str, Any]:
    return {
        "functions": [[one.code, one.name, str(one.percent), f"{one.exact:.2f}", one.count] for one in stock.functions],
        "pool": len(stock.questions),
        "pool_digest": stock.digest,
        "calibrated": stock.calibrated,
        "last": list(stock.last),
    }


def _of_forms(found: Forms, stock: Stock, terms: Terms) -> dict[str, Any]:
    chosen = [form.tolist() for form in found.chosen]
    return {
        "forms": [_of_form(letter, form, row, stock) for letter, form, row in zip(LETTERS, chosen, found.information.tolist(), strict=False)],
        "abilities": list(terms.abilities),
        "target": [round(one, 4) for one in found.target.tolist()],
        "gap": round(found.gap, 4),
        "first_gap": round(found.first_gap, 4),
        "seconds": round(found.seconds, 1),
        "shared": [[LETTERS[one], LETTERS[two], len(set(chosen[one]) & set(chosen[two]))] for one, two in combinations(range(len(chosen)), 2)],
    }


def _of_form(letter: str, form: Sequence[int], information: Sequence[float], stock: Stock) -> dict[str, Any]:
    questions = [stock.questions[place] for place in form]
    elements = [one.element for one in questions]
    return {
        "letter": letter,
        "difficulty": round(float(np.mean(stock.pool.difficulty[list(form)])), 4),
        "information": [round(one, 4) for one in information],
        "functions": function_counts(elements),
        "element_most": max(elements.count(one) for one in elements),
        "recent": sum(1 for one in questions if one.pk in stock.recent),
        "city": sum(1 for one in questions if one.from_city),
        "used_most": int(stock.pool.used[list(form)].max()),
        "calibrated": sum(1 for one in questions if one.model),
    }


def _findings(found: Forms, stock: Stock, paper: Paper, at: datetime) -> list[dict[str, str]]:
    facts = PaperFacts(
        {one.code: one.count for one in stock.functions},
        tuple(function_counts([stock.questions[place].element for place in form]) for form in found.chosen.tolist()),
        paper.forms_asked,
        stale_in(paper),  # composing takes seconds; a standard may have moved meanwhile
        why_stale(paper, at.date()),
    )
    return [one.as_record() for one in (weights_exact(facts, at.date()), forms_enough(facts, at.date()), fresh(facts, at.date()))]


def _owes(paper: Paper, matter: str, title: str, at: datetime) -> None:
    close_tasks(case=paper.number, by=PLATFORM, at=at, outcome=paper.get_state_display())
    office = paper.bank.office_id
    open_task(case=paper.number, matter=matter, title=f"{title}：{paper.number}", office_id=office, role=Role.BANK_KEEPER, by=PLATFORM, at=at)


@transaction.atomic
def choose_paper(*, number: str, case: str, by: Actor, at: datetime) -> Paper:
    """This function will say what a paper is for (a plan's number). :raises Refusal: when it was used or discarded already."""
    paper = locked_paper(number)
    permissions.check_may(by, "compose", paper.bank)
    if paper.state not in {PaperState.COMPOSED, PaperState.SEALED, PaperState.OPENED}:
        raise Refusal(f"试卷当前为“{paper.get_state_display()}”，不能选用。", LAW, "请选择已组卷而未使用的试卷。")
    paper.case = words(case, "没有写明用于哪个计划。", "请填写认定计划的编号。")[:64]
    paper.save(update_fields=["case"])
    record("paper.chosen", number, by=by, at=at, detail={"case": paper.case})
    return paper


@transaction.atomic
def discard_paper(*, number: str, reason: str, by: Actor, at: datetime) -> Paper:
    """This function will discard a paper for good; its seal, if any, is never opened. :raises WordsMissing: without a reason."""
    paper = locked_paper(number)
    permissions.check_may(by, "compose", paper.bank)
    target = PAPER_MOVES.check("discard", PaperState(paper.state))
    paper.reason = words(reason, "作废试卷须写明理由。", "例如：启封前怀疑泄题；理由随试卷保存。")
    paper.shares.update(waiting=None)
    paper.move_to(target)
    close_tasks(case=number, by=by, at=at, outcome="已作废")
    record("paper.discarded", number, by=by, at=at, reason=paper.reason)
    return paper


def locked_paper(number: str) -> Paper:
    """This function will give a paper, locked until the transaction ends. :raises NothingHere: when there is none."""
    rows = Paper.objects.select_for_update(of=("self",)).select_related("bank__body", "bank__office", "blueprint__standard__occupation")
    found = rows.filter(number=number).first()
    if found is None:
        raise NothingHere(f"没有编号为{number}的试卷。", LAW, "请从试卷列表中选择。")
    return found


def _paper(number: str) -> Paper:
    found = Paper.objects.filter(number=number).first()
    if found is None:
        raise NothingHere(f"没有编号为{number}的试卷。", LAW, "请从试卷列表中选择。")
    return found
