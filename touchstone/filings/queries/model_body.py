"""示范机构事实: what do a body's filings say for and against naming it a model?"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max, Min

from touchstone.bodies.queries.grades import grade_of
from touchstone.bodies.queries.restricted import barred_from
from touchstone.filings.models import Suspension
from touchstone.filings.queries.scope import filings_in_force
from touchstone.kernel.rules import Finding
from touchstone.policy.filing.model_body import ModelFacts, check_model
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.restrictions import Barred

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


def model_findings(body: "Body", day: date) -> tuple[Finding, ...]:
    """This function will check a body against the conditions for being named a model on `day`."""
    since = filings_in_force(day, body).order_by().aggregate(first=Min("in_force_from"))["first"]
    suspended = Suspension.objects.filter(filing__body=body, since__lte=day).aggregate(last=Max("since"))["last"]
    facts = ModelFacts(BodyKind(body.kind), since, suspended, grade_of(body, day))
    return (*check_model(facts, day), barred_from(body, Barred.MODEL, day))
