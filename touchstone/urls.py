"""地址: which door does an address lead to?"""

from allauth.account.views import login
from django.urls import include, path

from touchstone.web.candidate.paying import payment_notice
from touchstone.web.health import health_file
from touchstone.web.messages import messages, open_message
from touchstone.web.public import demo, identity_log_in
from touchstone.web.public.login import home, switch_office

urlpatterns = [
    path("login", login, name="account_login"),
    path("login/identity", identity_log_in.identity_begin, name="identity_begin"),
    path("login/identity/back", identity_log_in.identity_back, name="identity_back"),
    path("home", home, name="home"),
    path("pay/notice", payment_notice, name="payment_notice"),
    path("switch-office", switch_office, name="switch_office"),
    path("health", health_file, name="health_file"),
    path("messages", messages, name="messages"),
    path("messages/<int:message_id>", open_message, name="open_message"),
    path("demo", demo.demo_people, name="demo_people"),
    path("demo/clock", demo.demo_clock, name="demo_clock"),
    path("demo/<str:username>", demo.demo_log_in, name="demo_log_in"),
    path("account/", include("allauth.urls")),
    path("", include("touchstone.web.public.urls")),
    path("body/", include("touchstone.web.body.urls")),
    path("desk/", include("touchstone.web.authority.urls")),
    path("expert/", include("touchstone.web.expert.urls")),
    path("me/", include("touchstone.web.candidate.urls")),
    path("exam/", include("touchstone.web.exam.urls")),
    path("advise/", include("touchstone.web.adviser.urls")),
    path("ops/", include("touchstone.web.operators.urls")),
    path("api/v1/", include("touchstone.api.urls")),
]
handler500 = "touchstone.web.away.failed"
