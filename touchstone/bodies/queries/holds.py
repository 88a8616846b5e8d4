"""资料冻结查询: which things does a call still keep its body from altering?"""

from touchstone.bodies.models import RecordHold


def held_by(call: str) -> set[tuple[str, str]]:
    """This function will give (kind, number) of what a call keeps its body from altering now."""
    return set(RecordHold.objects.filter(call=call, released_at__isnull=True).values_list("thing", "reference"))
