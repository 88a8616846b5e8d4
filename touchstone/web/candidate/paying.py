"""缴费页: how does a candidate pay the fee, and how does the provider tell that it was paid?"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from touchstone.exams.operations.payments import begin_payment, note_paid
from touchstone.exams.queries import own
from touchstone.jobs.adapters.payment import PaymentUnavailable, configured
from touchstone.kernel.law import Refusal
from touchstone.web import clock
from touchstone.web.doors import Request, candidate_door, told
from touchstone.web.plan_view import what_of


@candidate_door
@require_POST
def pay(request: Request, number: str) -> HttpResponseBase:
    """This page will ask the payment provider for an order of what the person owes, and lead there."""
    found, here = own.own_candidacy(number, request.actor), redirect("candidate:registration", number)
    gateway = configured()
    if gateway is None:
        messages.error(request, f"本平台还没有接通网上缴费。请按评价机构的通知缴费，联系人：{found.plan.contact}。")
        return here
    with told(request):
        payment = begin_payment(candidate_number=number, by=request.actor.with_key(""), at=request.now)
        back = request.build_absolute_uri(reverse("candidate:registration", args=[number]))
        notify = settings.PUBLIC_URL.rstrip("/") + reverse("payment_notice")
        try:
            address = gateway.order(reference=payment.number, amount=payment.amount, title=what_of(found.plan), back=back, notify=notify)
            # a link and no redirect: a form may lead to this site only
            return render(request, "candidate/pay.html", {"payment": payment, "address": address, "what": what_of(found.plan), "back": back})
        except PaymentUnavailable:
            messages.error(request, "支付机构暂时没有应答，没有扣款。请稍后再试。")
    return here


@csrf_exempt
@require_POST
def payment_notice(request: HttpRequest) -> HttpResponse:
    """This address will hear what the payment provider tells by itself; what it did not sign is not believed, what it says twice counts once."""
    gateway = configured()
    heard = gateway.heard(request.body, request.headers.get("X-Signature", "")) if gateway else None
    if heard is None:
        return HttpResponseBadRequest("签名不符")
    reference, state, amount = heard
    try:
        if state == "paid":
            note_paid(number=reference, amount=amount, at=clock.now())
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse("收到", content_type="text/plain; charset=utf-8")
