"""备案件: which filings and reports may an actor see, and what lies in one?"""

from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.models import (
    AssessorSheet,
    CentreReport,
    Consent,
    Decision,
    Filing,
    FilingSet,
    ReportSet,
    Submission,
    SupplementRequest,
    TechnicalAssessment,
)
from touchstone.filings.states import GRANTED, OVER
from touchstone.notices.queries import notices
from touchstone.policy.documents import notice
from touchstone.tasks.queries import open_on

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

def filings(actor: Actor) -> FilingSet:
    """This function will give the filings an actor may see, newest first."""
    return Filing.objects.visible_to(actor).select_related("body", "body__office", "body__superior", "root").order_by("-id")


def with_deadline(found: FilingSet) -> FilingSet:
    """This function will note on each filing the day by which the next step is owed (`due_on`), the most urgent where there are several."""
    owed = open_on(OuterRef("number")).filter(due_on__isnull=False)  # type: ignore[arg-type]
    return found.annotate(due_on=Subquery(owed.values("due_on")[:1]))


def filing(number: str, actor: Actor) -> Filing:
    """This function will give one filing. :raises NotAllowed: when there is none, or it lies on others' ground."""
    found = filings(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed(
            f"没有找到备案申请{number}，或者它不在您的职责范围内。", notice("一"), "请核对编号；如已调整岗位，请在右上角切换身份。"
        )
    return found


def filings_of(body: "Body") -> QuerySet[Filing]:
    """This function will give every filing of a body that was accepted, newest first; these are public."""
    return Filing.objects.filter(body=body, state__in=GRANTED, root__isnull=True).order_by("-in_force_from", "-id")


def active_filing(office_id: int) -> Filing | None:
    """This function will give the new filing that a body has under way, if any; what changes or renews one is `changing.under_way`."""
    return Filing.objects.filter(body__office_id=office_id, root__isnull=True).exclude(state__in=OVER).select_related("body").order_by("-id").first()


def consents(filing: Filing) -> QuerySet[Consent]:
    """This function will give every request for consent, oldest first."""
    return filing.consents.select_related("office", "answered_by__person").order_by("id")


def latest_submission(filing: Filing) -> Submission | None:
    """This function will give what was last submitted."""
    return filing.submissions.order_by("-round").first()


def open_supplement(filing: Filing) -> SupplementRequest | None:
    """This function will give what the applicant was asked to put right and has not yet."""
    return filing.supplements.filter(answered_at__isnull=True).select_related("asked_by__person").first()


def assessments(filing: Filing) -> QuerySet[TechnicalAssessment]:
    """This function will give every technical assessment, newest first."""
    return filing.assessments.prefetch_related("sheets__assessor", "visits__venue", "visits__recorded_by", "visits__confirmed_by").order_by("-round")


def latest_assessment(filing: Filing) -> TechnicalAssessment | None:
    """This function will give the assessment of the present round."""
    return assessments(filing).filter(round=filing.round, superseded_at__isnull=True).first()


def sheets_shown_to(assessment: TechnicalAssessment, actor: Actor) -> list[AssessorSheet]:
    """This function will give the sheets whose scores an actor may read: one's own, and all once both are in."""
    sheets = sorted(assessment.sheets.all(), key=lambda sheet: sheet.pk)
    if all(sheet.submitted_at or sheet.returned_at for sheet in sheets):
        return sheets
    own = set(assessment.sheets.filter(assessor__user__pk=actor.user_id or 0).values_list("pk", flat=True))
    return [sheet for sheet in sheets if sheet.pk in own]


def decisions(filing: Filing) -> QuerySet[Decision]:
    """This function will give every decision, newest first."""
    return filing.decisions.select_related("decided_by__person").order_by("-id")


def reports(actor: Actor) -> ReportSet:
    """This function will give the reports to 市职鉴中心 an actor may see, newest first."""
    return CentreReport.objects.visible_to(actor).select_related("filing__body__office", "signed_by__person").order_by("-id")


def report(number: str, actor: Actor) -> CentreReport:
    """This function will give one report. :raises NotAllowed: when there is none, or it is not the actor's to see."""
    found = reports(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed(f"没有找到报送件{number}，或者它不在您的职责范围内。", notice("三(一)1"), "请核对编号，或返回报送列表查找。")
    return found


def objected() -> list[str]:
    """This function will give the numbers of filings whose notice stands and has objections nobody has answered."""
    standing = notices().filter(matter="filing", closed_at__isnull=True, objections__isnull=False, objections__answered_at__isnull=True)
    return sorted(set(standing.values_list("case", flat=True)))
