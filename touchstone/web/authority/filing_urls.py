"""主管备案地址: which address shows which page of a filing to an office?"""

from django.urls import path

from touchstone.web.authority import filing, filing_acts, filing_assessment, filing_opinions, filing_side, filings, loading, reports

PAGES = [
    path("filings", filings.filings, name="filings"),
    path("filings/<str:number>", filing.filing, name="filing"),
    path("filings/<str:number>/note", filing.filing_note, name="filing_note"),
    path("filings/<str:number>/print", filing.filing_print, name="filing_print"),
    path("filings/<str:number>/files/<str:file>", filing.filing_file, name="filing_file"),
    path("filings/<str:number>/consent", filing_acts.filing_consent, name="filing_consent"),
    path("filings/<str:number>/appoint", filing_acts.filing_appoint, name="filing_appoint"),
    path("filings/<str:number>/assessment", filing_assessment.filing_assessment, name="filing_assessment"),
    path("filings/<str:number>/assessment/save", filing_assessment.filing_assessment_save, name="filing_assessment_save"),
    path("filings/<str:number>/visit", filing_assessment.filing_visit, name="filing_visit"),
    path("filings/<str:number>/conclude", filing_acts.filing_conclude, name="filing_conclude"),
    path("filings/<str:number>/return", filing_acts.filing_return, name="filing_return"),
    path("filings/<str:number>/decision", filing_acts.filing_decision, name="filing_decision"),
    path("filings/<str:number>/objection", filing_acts.filing_objection, name="filing_objection"),
    path("filings/<str:number>/first-opinion", filing_opinions.filing_first_opinion, name="filing_first_opinion"),
    path("filings/<str:number>/panel", filing_opinions.filing_panel, name="filing_panel"),
    path("filings/<str:number>/panel/conclude", filing_opinions.filing_panel_conclude, name="filing_panel_conclude"),
    path("filings/<str:number>/review", filing_opinions.filing_review, name="filing_review"),
    path("filings/<str:number>/return-to-step", filing_side.filing_return_to_step, name="filing_return_to_step"),
    path("filings/<str:number>/opinions/ask", filing_side.filing_ask, name="filing_ask"),
    path("filings/<str:number>/opinions/<int:opinion>", filing_side.filing_answer, name="filing_answer"),
    path("filings/<str:number>/opinions/<int:opinion>/call-back", filing_side.filing_call_back, name="filing_call_back"),
    path("filings/<str:number>/urge", filing_side.filing_urge, name="filing_urge"),
    path("loading", loading.loadings, name="loadings"),
    path("loading/template", loading.loading_template, name="loading_template"),
    path("loading/<str:number>", loading.loading, name="loading"),
    path("loading/<str:number>/progress", loading.loading_progress, name="loading_progress"),
    path("loading/<str:number>/files/<str:which>", loading.loading_file, name="loading_file"),
    path("loading/<str:number>/undo", loading.loading_undo, name="loading_undo"),
    path("reports", reports.reports, name="reports"),
    path("reports/<str:number>", reports.report, name="report"),
]
