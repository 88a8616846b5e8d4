"""系统对接页面: does the leader keep keys through pages, is a secret shown once, and who sees how the interface is used?"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.web.test_body_pages import client_of, text
from touchstone.systems.models import Key

SECRET = re.compile(r"tsk_[\w-]{43}")


def form(cast: Cast, **changes: object) -> dict[str, object]:
    facts = {"name": "培训考务系统", "holder": cast.person("sun").user.pk, "since": "2030-01-01", "until": "2030-06-01", "scopes": ["read"]}
    return facts | changes


def opened(cast: Cast) -> tuple[Client, str, str]:
    """Give the leader's browser, the address of a new key, and its page as first shown."""
    qian = client_of(cast, "qian")
    answer = qian.post(reverse("body:system_new"), form(cast))
    assert answer.status_code == 302, text(answer)
    address = answer.headers["Location"]
    return qian, address, qian.get(address).content.decode()


def test_a_secret_is_shown_once(cast: Cast) -> None:
    """开通后的第一页显示密钥，再打开就没有；更换后又显示一次新的。"""
    qian, address, first = opened(cast)
    secret = SECRET.search(first)
    assert secret is not None
    assert not SECRET.search(qian.get(address).content.decode())
    qian.post(address, {"act": "rotate"})
    other = SECRET.search(qian.get(address).content.decode())
    assert other is not None
    assert other[0] != secret[0]
    assert "旧密钥" in text(qian.get(address))


def test_what_was_typed_stays_when_refused(cast: Cast) -> None:
    """到期日太远：说明原因，已填内容仍在。"""
    answer = client_of(cast, "qian").post(reverse("body:system_new"), form(cast, until="2039-01-01"))
    assert "最长366天" in text(answer)
    assert "培训考务系统" in answer.content.decode()
    assert not Key.objects.exists()


def test_limits_change_and_a_key_is_retired(cast: Cast) -> None:
    """调整范围和责任人，停用；流转记录里都有。"""
    qian, address, _ = opened(cast)
    qian.post(address, {"act": "limit", "holder": cast.person("qian").user.pk, "scopes": ["plans", "read"]})
    key = Key.objects.get()
    assert (key.scopes, key.holder_id) == (["plans", "read"], cast.person("qian").user.pk)
    assert "请选择" in text(qian.post(address, {"act": "limit", "holder": cast.person("qian").user.pk}))
    qian.post(address, {"act": "retire", "reason": "系统下线"})
    page = text(qian.get(address))
    for word in ("已停用", "系统下线", "开通接口密钥", "调整接口密钥权限", "停用接口密钥"):
        assert word in page


def test_others_look_but_do_not_touch(cast: Cast) -> None:
    """经办人看得到、不能开通；别家看不到；主管部门和运行人员看次数，不看密钥。"""
    _, address, _ = opened(cast)
    sun = client_of(cast, "sun")
    assert "由本机构负责人开通" in text(sun.get(reverse("body:systems")))
    assert sun.get(reverse("body:system_new")).status_code == 403
    sun.post(address, {"act": "retire", "reason": "试"})
    assert Key.objects.get().retired_at is None
    assert client_of(cast, "shi").get(address).status_code == 403
    for who, page in (("zhou", "authority:systems"), ("han", "authority:systems"), ("zhu", "operators:systems")):
        shown = client_of(cast, who).get(reverse(page))
        assert cast.body_a.name in text(shown), who
    assert cast.body_a.name not in text(client_of(cast, "lv").get(reverse("authority:systems")))


@pytest.mark.parametrize("page", ["body:systems", "authority:systems"])
def test_lists_take_few_queries(cast: Cast, page: str, django_assert_max_num_queries) -> None:
    """密钥多了，查询次数不变。"""
    for _ in range(3):
        opened(cast)
    client = client_of(cast, "qian" if page.startswith("body") else "han")
    client.get(reverse(page))
    with django_assert_max_num_queries(16):
        client.get(reverse(page))


def test_developers_page_explains_and_gives_the_example(db: None) -> None:
    """公开的接口说明：怎样开始、全部接口、每类问题、示例程序可以下载。"""
    client = Client(headers={"host": "127.0.0.1"})
    page = text(client.get(reverse("public:developers")))
    for word in ("怎样开始", "Idempotency-Key", "成批报名", "不能办理", "openapi.json", "120次"):
        assert word in page
    example = client.get(reverse("public:developers_example_file"))
    assert b"def main(" in example.content
