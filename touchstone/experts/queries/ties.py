"""回避关系查询: to which people and bodies is somebody of the corps tied?"""

from touchstone.experts.models import Tie


def tied_to(person_id: int) -> tuple[set[int], set[int]]:
    """This function will give the people and the bodies (by key) to which a person of the corps was ever tied, as declared; one query."""
    rows = Tie.objects.filter(member__person_id=person_id).values_list("person_id", "body_id")
    found = list(rows)
    return {person for person, _ in found if person}, {body for _, body in found if body}
