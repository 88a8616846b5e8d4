import pytest

from touchstone.simulation.city import grow
from touchstone.uploads.models import Batch


@pytest.mark.django_db(transaction=True)
def test_city():
    grow(scale="small", seed=7)
    for b in Batch.objects.all():
        print(b.number, b.way, b.state, b.total, b.passed, b.broken, b.office.name)
        print(b.entries.exclude(sentence="").values_list("row_number","sentence")[:3])

