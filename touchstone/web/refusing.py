"""表单里的拒绝: how does a refusal stand above the form it came from, with everything typed kept?"""

from collections.abc import Iterator
from contextlib import contextmanager

from touchstone.kernel.law import Refusal
from touchstone.web.forms import Form


@contextmanager
def told_in(form: Form, field: str | None = None) -> Iterator[None]:
    """This context will turn a refusal raised inside it into an error of the form (of one field, when named).

    Use it around ONE operation call that ends in a redirect; what follows shows the form again, filled as it was.
    """
    try:
        yield
    except Refusal as refusal:
        form.add_error(field, str(refusal))
        for line in refusal.details:
            form.add_error(None, line)
