"""按字查找测试: a piece of a name is found by its characters, in either case, and nothing else is."""

import pytest
from django.db import connection

from tests.cast import Cast
from touchstone.bodies.models import Body
from touchstone.ledger.text_search import grams_asked

NAMES = ("上海申和机电设备有限公司", "上海海申电机有限公司", "上海ABC_培训中心", "上海百分之5%培训学校")


@pytest.fixture
def bodies(cast: Cast) -> None:
    """Give four names to bodies of the cast."""
    for name, body in zip(NAMES, Body.objects.order_by("pk")[:4], strict=False):
        Body.objects.filter(pk=body.pk).update(name=name, name_key=name)


@pytest.mark.parametrize(
    "piece, found",
    [
        ("申和", {NAMES[0]}),
        ("机", {NAMES[0], NAMES[1]}),
        ("海申电", {NAMES[1]}),
        ("申电设备", set()),  # every pair of it stands somewhere, the piece itself does not
        ("abc", {NAMES[2]}),
        ("C_培", {NAMES[2]}),
        ("C%培", set()),
        ("5%", {NAMES[3]}),
        ("没有的", set()),
    ],
)
def test_a_piece_is_found_where_it_stands(bodies: None, piece: str, found: set[str]) -> None:
    """写名称中的几个字，找到含有它的；百分号、下划线只是字。"""
    assert set(Body.objects.filter(name_key__holds=piece, name__in=NAMES).values_list("name", flat=True)) == found & set(
        Body.objects.values_list("name", flat=True)
    )


def test_nothing_asked_is_everything(bodies: None) -> None:
    """什么也没有写，就是不限。"""
    assert Body.objects.filter(name_key__holds="").count() == Body.objects.count()


def test_the_database_and_the_question_cut_a_text_alike(db: None) -> None:
    """数据库里的字对，与查询里的字对，切法相同。"""
    with connection.cursor() as cursor:
        for text in ("上海ÄBc", "机", ""):
            cursor.execute("SELECT text_grams(%s)", [text])
            kept = cursor.fetchone()
            assert kept is not None
            assert not text or set(grams_asked(text)) <= set(kept[0])


def test_a_name_is_found_by_index(bodies: None) -> None:
    """按名称查找用得上索引，不逐行看。"""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "bodies_by_name_part" in Body.objects.filter(name_key__holds="申和").explain()
