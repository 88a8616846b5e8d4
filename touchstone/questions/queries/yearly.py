"""机构题库的更新: how many questions in use has each body's own bank, and how many of them came in lately?"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from touchstone.questions.models import Question
from touchstone.questions.states import QuestionState


def bank_years(bodies: Iterable[int], since: date, until: date) -> dict[int, tuple[int, int]]:
    """This function will give, by key of the body, how many questions its own bank has in use, and how many of them were approved from `since` to
    the day before `until`; who has no bank is not in it."""
    rows = Question.objects.filter(bank__body__in=list(bodies), state=QuestionState.APPROVED)
    new = Count("pk", filter=Q(approved_at__date__gte=since, approved_at__date__lt=until))
    return {body: (many, lately) for body, many, lately in rows.order_by().values_list("bank__body").annotate(many=Count("pk"), lately=new)}
