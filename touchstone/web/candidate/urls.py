"""考生地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles or kinds of office that see it; none = all).
"""

from django.urls import path

from touchstone.web.appointments.urls import OWN_PAGES as APPOINTMENT_PAGES
from touchstone.web.candidate import applying, certificates, complaints, home, panel_papers, paying, registration, registrations
from touchstone.web.navigation_types import Line
from touchstone.web.revocations.urls import OWN_PAGES as REVOCATION_PAGES
from touchstone.web.violations.urls import PAGES as VIOLATION_PAGES

app_name = "candidate"
urlpatterns = [
    path("", home.home, name="home"),
    path("plans/<str:number>", applying.plan, name="plan"),
    path("apply/<str:number>", applying.apply, name="apply"),
    path("apply/<str:number>/photo", applying.apply_photo, name="apply_photo"),
    path("apply/<str:number>/evidence", applying.apply_evidence, name="apply_evidence"),
    path("apply/<str:number>/confirm", applying.apply_confirm, name="apply_confirm"),
    path("apply/<str:number>/files/<str:attachment>", applying.apply_file, name="apply_file"),
    path("registrations", registrations.registrations, name="registrations"),
    path("registrations/<str:number>", registration.registration, name="registration"),
    path("registrations/<str:number>/papers", panel_papers.panel_papers, name="panel_papers"),
    path("registrations/<str:number>/papers/<str:attachment>", panel_papers.panel_paper_file, name="panel_paper_file"),
    path("registrations/<str:number>/condition", registration.registration_condition, name="registration_condition"),
    path("registrations/<str:number>/ticket.pdf", registration.ticket_pdf, name="ticket_pdf"),
    path("registrations/<str:number>/files/<str:attachment>", registration.registration_file, name="registration_file"),
    path("registrations/<str:number>/pay", paying.pay, name="pay"),
    path("certificates", certificates.certificates, name="certificates"),
    path("certificates/<str:number>", certificates.certificate, name="certificate"),
    path("certificates/<str:number>/credential.json", certificates.credential_file, name="credential_file"),
    path("certificates/<str:number>/receipt.tlog-proof", certificates.receipt_file, name="receipt_file"),
    path("wallet", certificates.wallet, name="wallet"),
    path("wallet-worker.js", certificates.wallet_worker_file, name="wallet_worker_file"),
    path("wallet.webmanifest", certificates.wallet_manifest_file, name="wallet_manifest_file"),
    path("complaints", complaints.complaints, name="complaints"),
    *APPOINTMENT_PAGES,
    *VIOLATION_PAGES,
    *REVOCATION_PAGES,
]
NAVIGATION: list[Line] = [
    ("首页", "candidate:home", "home", ()),
    ("报名", "public:plans", "search", ()),
    ("我的报名", "candidate:registrations", "clipboard-check", ()),
    ("我的证书", "candidate:certificates", "certificate", ()),
    ("证书事项", "candidate:certificate_matters", "file-certificate", ()),
    ("特级首席评聘", "candidate:appointments", "award", ()),
    ("违纪处理", "candidate:violations", "gavel", ()),
    ("投诉举报", "candidate:complaints", "message", ()),
]
