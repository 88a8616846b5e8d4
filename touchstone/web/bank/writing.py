"""命题页: a question is written for an element of a standard, written anew, and given pictures."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from touchstone.catalogue import queries as catalogue
from touchstone.files.queries import of_case
from touchstone.measurement.interchange.question import Media
from touchstone.measurement.interchange.rich import media_names
from touchstone.measurement.interchange.soundness import texts
from touchstone.parameters.queries import in_force
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.questions.similarity import ALIKE_FROM
from touchstone.questions import operations, permissions, queries
from touchstone.questions.contents import words_of
from touchstone.web.bank.about_form import AboutForm, PlaceForm, standards_for
from touchstone.web.bank.content_form import AUTHORED, ContentForm
from touchstone.web.bank.door import crumbs, own_bank, own_question
from touchstone.web.bank.words import KIND_LABELS, PART_CHOICES
from touchstone.web.doors import Request, either_door, own_side, told
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.measurement.interchange.question import Question
    from touchstone.questions.queries import BankRow

EDITING = "编写修改"


@either_door
def question_new(request: Request) -> HttpResponseBase:
    """This page will ask where a question belongs, then what it says, and keep it as a draft."""
    bank = own_bank(request)
    permissions.check_may(request.actor, "write", bank)
    place = PlaceForm(request.GET if "kind" in request.GET else None, bank=bank, day=request.today)
    way = crumbs(request, bank, ("试题", own_side(request, "questions")), ("编写试题", ""))
    if not place.is_bound or not place.is_valid():
        return render(request, "bank/question_place.html", {"form": place, "crumbs": way, "bank": bank})
    where = place.cleaned_data
    standard = catalogue.standard(where["standard"])
    posted = request.POST if request.method == "POST" else None
    about = AboutForm(posted, standard=standard, level=where["level"], part=where["part"], day=request.today)
    form = ContentForm(posted, kind=where["kind"])
    alike: list[queries.Alike] = []
    if posted is not None and about.is_valid() and form.is_valid():
        content = form.content()
        if request.POST.get("act") == "compare":
            alike = _alike(request, bank, content)
        else:
            tied = about.about(level=where["level"], part=where["part"], kind=where["kind"])
            with told_in(form):
                made = operations.draft_question(bank=bank.number, about=tied, content=content, by=request.actor, at=request.now)
                messages.success(request, f"已保存为{made.number}，可以继续修改、增加图片，或者送审。")
                return redirect(own_side(request, "question", made.number))
    context = {
        "form": form,
        "about": about,
        "bank": bank,
        "crumbs": way,
        "title": f"编写{KIND_LABELS[where['kind']]}",
        "where": f"{standard} · {Level(where['level']).label} · {dict(PART_CHOICES)[where['part']]}",
        "back_url": f"{own_side(request, 'question_new')}",
        "compared": posted is not None and request.POST.get("act") == "compare" and form.is_valid() and about.is_valid(),
        "alike": alike,
        "percent": in_force(ALIKE_FROM, request.today).value,
    }
    return render(request, "bank/question_form.html", context)


def _alike(request: Request, bank: "BankRow", content: "Question", but: int = 0) -> list[queries.Alike]:
    return queries.alike_text(words_of(content), bank, percent=in_force(ALIKE_FROM, request.today).value, but=but)


@either_door
def question_edit(request: Request, number: str) -> HttpResponseBase:
    """This page will open a question to be written anew; the opening is on record, and who saves second is told."""
    found = own_question(request, number)
    permissions.check_may(request.actor, "write", found.bank)
    back = own_side(request, "question", number)
    if found.kind not in AUTHORED or found.state not in operations.OPEN_TO_CHANGE:
        messages.error(request, "这道试题现在不能在页面上修改。")
        return redirect(back)
    opened = operations.open_contents(number=number, reason=EDITING, by=request.actor, at=request.now)
    posted = request.POST if request.method == "POST" else None
    initial = {"element": found.element, "difficulty": found.difficulty, "secrecy": found.secrecy}
    offered = dict(standards_for(found.bank, request.today))
    chosen = request.POST.get("standard", found.standard.number)
    standard = catalogue.standard(chosen) if chosen in offered else found.standard
    about = AboutForm(
        posted, standard=standard, level=found.level, part=found.part, day=request.today, initial=initial, standards=list(offered.items())
    )  # fmt: skip
    form = ContentForm(posted, kind=found.kind, kept=opened.content)
    base = request.POST.get("base", opened.digest)
    alike: list[queries.Alike] = []
    compared = posted is not None and request.POST.get("act") == "compare"
    if posted is not None and about.is_valid() and form.is_valid():
        content = form.content(_media(number, form.content()))
        if compared:
            alike = _alike(request, found.bank, content, found.pk)
        else:
            tied = about.about(level=found.level, part=found.part, kind=found.kind)
            reason = request.POST.get("reason", "")
            with told_in(form):
                operations.rewrite_question(number=number, about=tied, content=content, reason=reason, base=base, by=request.actor, at=request.now)
                messages.success(request, "已保存。")
                return redirect(back)
    judged = queries.versions_of(found).filter(sequence=found.current, reviews__isnull=False).exists()
    context: dict[str, Any] = {
        "form": form,
        "about": about,
        "bank": found.bank,
        "question": found,
        "base": base,
        "judged": judged,
        "reason": request.POST.get("reason", ""),
        "crumbs": crumbs(request, found.bank, ("试题", own_side(request, "questions")), (number, back), ("修改", "")),
        "title": f"修改{KIND_LABELS[found.kind]}",
        "where": f"{found.standard} · {Level(found.level).label} · {dict(PART_CHOICES).get(found.part, '')}",
        "back_url": back,
        "compared": compared and form.is_valid() and about.is_valid(),
        "alike": alike,
        "percent": in_force(ALIKE_FROM, request.today).value,
        "pictures": of_case(number),
    }
    return render(request, "bank/question_form.html", context)


def _media(number: str, content: "Question") -> list[Media]:
    """The pictures a question shows, by what was uploaded for it."""
    named = {name for _, text in texts(content) for name in media_names(text)}
    return [Media(one.name, one.media, one.sha256, one.size) for one in of_case(number) if one.name in named]


@require_POST
@either_door
def question_picture(request: Request, number: str) -> HttpResponseBase:
    """This page will keep a picture for a question that is being written."""
    found = own_question(request, number)
    upload = request.FILES.get("picture")
    if upload is None:
        messages.error(request, "没有选择图片。")
    else:
        with told(request):
            kept = operations.add_picture(number=number, name=str(upload.name), content=upload.read(), by=request.actor, at=request.now)
            messages.success(request, f"图片已保存。请在题干或选项中写 ![说明]({kept.name}) 放入题目。")
    return redirect(own_side(request, "question_edit", found.number))

