"""公开的处理决定: which decisions about bodies does the public see, those taken back too?"""

from touchstone.enforcement.models import Case, CaseSet


def published() -> CaseSet:
    """This function will give the decisions that were published, the latest first; one that was taken back stays, and says so."""
    return Case.objects.filter(published_at__isnull=False).select_related("office", "body").order_by("-published_at", "-id")


def published_case(number: str) -> Case | None:
    """This function will give one published decision."""
    return published().filter(number=number).first()
