"""题库和试卷页面收到乱写的地址和表单: is the answer always a page or a sentence, never a fault of ours?"""

import pytest
from django.urls import reverse

from tests.questions.conftest import Stand, stand  # noqa: F401
from tests.questions.papers import laid_down, structured
from tests.web.test_filing_pages import client
from touchstone.questions import operations
from touchstone.questions.models import Paper, Question

ODD = ("²", "1.5")
"""What `isdigit` takes for a number and `int` does not; what is a number, but none of ours."""
NAMES = ("level", "part", "standard", "kind", "page", "per_page", "version", "note", "papers", "blueprint", "state", "element", "stale", "sort",
         "bank", "difficulty", "question", "flag", "district", "unanswered", "first", "second", "forms_asked", "row", "base")  # fmt: skip


@pytest.fixture
def paper(stand: Stand) -> Paper:  # noqa: F811
    """Give a paper that was asked for, and a draft."""
    structured()
    stand.question("drafted")
    return operations.ask_paper(blueprint=laid_down(stand).number, forms=1, by=stand.yun, at=stand.at)


def places(stand: Stand, paper: Paper) -> list[str]:  # noqa: F811
    """Every page of the bank and of papers that the keeper may open."""
    question, bank = Question.objects.get().number, stand.bank.number
    named = {
        "bank": bank, "bank_coverage": bank, "bank_openings": bank, "question": question, "question_edit": question, "paper": paper.number,
        "paper_figures": paper.number, "question_figures": question, "blueprint": paper.blueprint.number, "paper_seal": paper.number,
    }  # fmt: skip
    plain = ("questions", "question_new", "bank_stale", "licences", "licence_new", "lendings", "papers", "paper_new", "blueprints", "blueprint_new",
             "enemies", "question_imports", "question_exports", "question_export_new")  # fmt: skip
    return [reverse(f"body:{name}", args=[one]) for name, one in named.items()] + [reverse(f"body:{name}") for name in plain]


@pytest.mark.parametrize("odd", ODD)
def test_garbage_is_answered(odd: str, stand: Stand, paper: Paper) -> None:  # noqa: F811
    """乱写的查询条件和表单：页面照常或者说明哪里不对，从不出错。"""
    keeper = client("yun")
    keeper.raise_request_exception = True
    for where in places(stand, paper):
        assert keeper.get(where, dict.fromkeys(NAMES, odd)).status_code in {200, 302, 403, 404}, where
        for act in ("answer", "lift"):
            sent = {**dict.fromkeys(NAMES, odd), "act": act, "answer": "已经补充。", "content": "请补充。", "reason": "核对答案"}
            assert keeper.post(where, sent).status_code in {200, 302, 403, 404, 405, 409}, (where, act)
