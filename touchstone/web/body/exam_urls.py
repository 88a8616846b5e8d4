"""考务与证书地址: which address shows which page of an exam, and of the certificates?"""

from django.urls import path

from touchstone.web import script_pages
from touchstone.web.body import (
    arrangement,
    attendance,
    certificate,
    certificates,
    computer_exam,
    dispatch,
    dual,
    exam_papers,
    marking,
    panel,
    results,
    scores,
    sitting_marks,
)

EXAM_PAGES = [
    path("plans/<str:number>/arrangement", arrangement.arrangement, name="arrangement"),
    path("plans/<str:number>/attendance", attendance.attendance, name="attendance"),
    path("plans/<str:number>/scores", scores.scores, name="scores"),
    path("plans/<str:number>/scores/row", scores.score_row, name="score_row"),
    path("plans/<str:number>/scores/sheet", scores.score_sheet, name="score_sheet"),
    path("plans/<str:number>/scores/returned/<str:attachment>", scores.score_sheet_returned, name="score_sheet_returned"),
    path("plans/<str:number>/dual", dual.dual, name="dual"),
    path("plans/<str:number>/results", results.results, name="results"),
    path("plans/<str:number>/results/printing", results.printing_progress, name="printing_progress"),
    path("plans/<str:number>/results/printed/<str:attachment>", results.printed_part, name="printed_part"),
    path("plans/<str:number>/certificates.pdf", certificate.plan_certificates, name="plan_certificates"),
    path("plans/<str:number>/papers/<str:paper>", exam_papers.plan_paper, name="plan_paper"),
    path("plans/<str:number>/panel", panel.panel, name="panel"),
    path("plans/<str:number>/sittings/<str:sitting>/panel.pdf", panel.panel_summary_paper, name="panel_summary_paper"),
    path("plans/<str:number>/sittings/<str:sitting>/panel/<str:ticket>.pdf", panel.defence_minutes_paper, name="defence_minutes_paper"),
    path("plans/<str:number>/sittings/<str:sitting>/computer", computer_exam.computer_exam, name="computer_exam"),
    path("plans/<str:number>/sittings/<str:sitting>/computer/progress", computer_exam.computer_exam_progress, name="computer_exam_progress"),
    path("plans/<str:number>/sittings/<str:sitting>/scripts", script_pages.scripts_of, name="scripts"),
    path("plans/<str:number>/sittings/<str:sitting>/scripts/<str:script>", script_pages.script_log, name="script_log"),
    path("plans/<str:number>/sittings/<str:sitting>/marking", marking.marking, name="marking"),
    path("plans/<str:number>/sittings/<str:sitting>/marks", sitting_marks.sitting_marks, name="sitting_marks"),
    path("plans/<str:number>/sittings/<str:sitting>/marks/template", sitting_marks.scoring_sheet_template, name="scoring_sheet_template"),
    path("plans/<str:number>/sittings/<str:sitting>/marks/photos/<str:attachment>", sitting_marks.marking_photo, name="marking_photo"),
    path("plans/<str:number>/sittings/<str:sitting>/marks/<str:ticket>.pdf", sitting_marks.marking_paper, name="marking_paper"),
    path("plans/<str:number>/sittings/<str:sitting>/<str:paper>", exam_papers.sitting_paper, name="sitting_paper"),
    path("dispatch/<str:number>", dispatch.dispatch_request, name="dispatch_request"),
    path("certificates", certificates.certificates, name="certificates"),
    path("certificates/<str:number>", certificate.certificate, name="certificate"),
    path("certificates/<str:number>/pdf", certificate.certificate_pdf, name="certificate_pdf"),
]
