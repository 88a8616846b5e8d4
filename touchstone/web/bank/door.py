"""题库的门: which bank or question is the visitor's to see, and which pages belong together?"""

from typing import Any

from django.http import Http404

from touchstone.accounts.actor import NotAllowed
from touchstone.policy.documents import notice
from touchstone.questions import permissions, queries
from touchstone.questions.queries import BankRow, QuestionRow
from touchstone.web.doors import Request, own_side


def own_bank(request: Request) -> BankRow:
    """Give the bank the visitor's office keeps. :raises NotAllowed: where it keeps none, or the visitor has no role in it."""
    found = queries.own_bank(request.actor)
    if found is None:
        raise NotAllowed("您所在的单位还没有题库。", notice("三(二)3"), "请先在题库页面建立题库。")
    check_may_work(request)
    return found


def check_may_work(request: Request) -> None:
    """Let pass who holds a role of the bank. :raises NotAllowed:"""
    if not request.actor.has(*permissions.BANK_ROLES):
        raise NotAllowed("试题由本题库的命题人、审题人和题库管理员查看。", notice("三(二)3"), "需要参与题库工作的，请由安全管理员授予岗位。")


def own_question(request: Request, number: str) -> QuestionRow:
    """Give a question of the visitor's own bank, as a row. :raises Http404: :raises NotAllowed: for another's."""
    try:
        found = queries.question(number, request.actor)
    except QuestionRow.DoesNotExist:
        raise Http404 from None
    if found.bank.office_id != request.actor.office_id:
        raise NotAllowed(f"试题{number}不在您所在单位的题库中。", notice("三(二)3"), "别的题库只能查看数量和覆盖情况，不能查看试题。")
    check_may_work(request)
    return found


def tabs(request: Request, bank: BankRow, active: str) -> list[dict[str, Any]]:
    """Give the pages of a bank, those this visitor may open."""
    own = bank.office_id == request.actor.office_id and request.actor.has(*permissions.BANK_ROLES)
    pages: list[tuple[str, str, bool]] = [
        ("bank", "概况", True),
        ("questions", "试题", own),
        ("my_reviews", "待我审题", own and permissions.can(request.actor, "review", bank)),
        ("question_imports", "导入", own and permissions.can(request.actor, "write", bank)),
        ("question_exports", "导出", own and permissions.can(request.actor, "keep", bank)),
        ("bank_coverage", "覆盖", True),
        ("bank_stale", "过时复核", own and permissions.can(request.actor, "keep", bank)),
        ("bank_openings", "调阅记录", permissions.can(request.actor, "see_openings", bank)),
        ("licences", "共享许可", own),
        ("lendings", "出借与贡献", own),
        ("papers", "试卷", own),
    ]
    addressed = {"bank", "bank_coverage", "bank_openings"}
    return [
        {"label": label, "url": own_side(request, name, bank.number) if name in addressed else own_side(request, name), "active": name == active}
        for name, label, shown in pages
        if shown
    ]


def crumbs(request: Request, bank: BankRow, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Give the way back: the bank, and further pages as (label, address); the last has none."""
    found = [{"label": bank.name, "url": own_side(request, "bank", bank.number)}]
    return found + [{"label": label, "url": url} if url else {"label": label} for label, url in more]
