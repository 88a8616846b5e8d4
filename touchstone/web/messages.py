"""站内信: what has a person been told?"""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from touchstone.notices.messages import mark_read
from touchstone.notices.queries import messages_to
from touchstone.web.doors import Request
from touchstone.web.paging import CappedPaginator, page_size


@login_required
def messages(request: Request) -> HttpResponseBase:
    """This page will list a person's messages, newest first."""
    found = messages_to(request.user)
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    return render(request, "messages.html", {"page": page})


@require_POST
@login_required
def open_message(request: Request, message_id: int) -> HttpResponseBase:
    """This page will mark a message as read and lead to what it is about. :raises Http404: when it is another person's."""
    try:
        message = mark_read(user=request.user, message_id=message_id, at=request.now)
    except ObjectDoesNotExist:
        raise Http404 from None
    return redirect(message.link or "messages")
