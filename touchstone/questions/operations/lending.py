"""出借与贡献: the city bank lends a question to a paper of a licensed body; a body gives a question to the city bank and earns the credit."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.files.operations import carry_over
from touchstone.kernel.law import Refusal
from touchstone.measurement.interchange.media import shown
from touchstone.policy.questions.lending import LENT_A_YEAR, lent_rarely_enough, licence_in_force
from touchstone.policy.roles import Role
from touchstone.questions import permissions
from touchstone.questions.facts import lent_within_a_year, licence_facts
from touchstone.questions.models import Lending, Licence, Question
from touchstone.questions.operations._case import LAW, locked_bank, locked_question, must_hold, note, owes
from touchstone.questions.operations.banks import CITY_BANK
from touchstone.questions.operations.opening import open_contents
from touchstone.questions.operations.writing import About, enter_question
from touchstone.questions.states import QUESTION_MOVES, QuestionState


@transaction.atomic
def lend_questions(*, paper: str, numbers: Sequence[str], body_id: int, by: Actor, at: datetime) -> list[Lending]:
    """This function will lend questions of the city bank to one paper of a body: all of them or none; lent once, they stay lent to that paper.

    :raises Refusal: without a licence for a question's standard, for one that may not be used, or was lent too often.
    """
    made, day = [], at.date()
    for number in sorted(set(numbers)):
        question = locked_question(number)
        if Lending.objects.filter(question=question, paper=paper).exists():
            continue
        if question.bank.body_id is not None:
            raise Refusal(f"试题{number}不在市级题库中，不能出借。", LAW, "出借只限市级题库的试题。")
        if question.state != QuestionState.APPROVED or question.stale_because:
            raise Refusal(f"试题{number}{'已过时' if question.stale_because else '未入库'}，不能出借。", LAW, "请改用其他试题。")
        licence = Licence.objects.filter(body=body_id, standard=question.standard, since__lte=day, ended_because="").order_by("-until").first()
        findings = (licence_in_force(licence_facts(licence), day), lent_rarely_enough(lent_within_a_year(question, at), day))
        must_hold(findings, f"试题{number}不能出借给试卷{paper}。", f"请申请许可，或改用一年内出借少于{LENT_A_YEAR.on(day).value}次的试题。")
        assert licence is not None
        if licence.body.office_id != by.office_id and not by.is_platform:
            raise Refusal("试题只出借给本机构的试卷。", LAW, "请由组卷机构的题库管理员办理。")
        made.append(Lending.objects.create(licence=licence, question=question, paper=paper, lent_at=at))
        note("question.lent", question, by=by.with_key(""), at=at, licence=licence.number, paper=paper)
    return made


@transaction.atomic
def contribute_question(*, number: str, reason: str, by: Actor, at: datetime) -> Question:
    """This function will give a copy of a body's approved question to the city bank, where it is judged anew; the credit stays the body's.

    :raises Refusal: for a question that is not approved, is stale, or rests on the body's own specification.
    """
    question = locked_question(number)
    permissions.check_may(by, "contribute", question.bank)
    if question.state != QuestionState.APPROVED or question.stale_because:
        raise Refusal(f"试题当前为“{question.get_state_display()}”，不能推荐给市级题库。", LAW, "请先入库；有过时标记的请先复核。")
    if question.standard.owner_id is not None:
        raise Refusal("依据本单位评价规范的试题不能用于其他机构。", LAW, "市级题库只收依据国家职业标准的试题。")
    opened = open_contents(number=number, reason=reason or "推荐给市级题库", by=by.with_key(""), at=at)
    about = About(
        question.standard.number, question.level, question.part, question.kind, question.element, question.difficulty, max(question.secrecy, 2)
    )
    city = locked_bank(CITY_BANK)
    made = enter_question(city, about, opened.content, by=by.with_key(""), at=at, contributor=by.office_id, author=question.written_by_id)
    if pictures := shown(opened.content):
        carry_over(from_case=number, to_case=made.number, names=pictures, by=by.with_key(""), at=at)
    made.move_to(QUESTION_MOVES.check("submit", QuestionState(made.state)))
    owes(made, "question.appoint", "机构推荐的试题，请指定或抽取审题人", Role.BANK_KEEPER, by=by, at=at)
    note("question.contributed", question, by=by, at=at, reason=reason, given_as=made.number)
    return made

