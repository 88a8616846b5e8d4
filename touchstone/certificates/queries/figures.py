"""发证数字: how many certificates were issued in a month, by district? The register only grows, so a month stays what it was."""

from datetime import date

from django.db.models import Count

from touchstone.certificates.models import Certificate


def issued_by_district(since: date, until: date) -> dict[str, int]:
    """This function will count the certificates dated from `since` until before `until`, whatever became of them, by where the body is registered."""
    rows = Certificate.objects.filter(issued_on__gte=since, issued_on__lt=until)
    return dict(rows.order_by().values_list("body__district").annotate(many=Count("pk")))
