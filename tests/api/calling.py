"""接口调用: a body's own system in the tests; every answer it gets is held against the document as served."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from tests.api.schema import faults
from tests.cast import Cast
from touchstone.policy.systems import Scope
from touchstone.simulation.identity import id_number, phone
from touchstone.systems.models import Key
from touchstone.systems.operations import make_key

EVERYTHING = [scope.value for scope in Scope]
BASE = "/api/v1"
_served: dict[str, Any] = {}


def served() -> dict[str, Any]:
    """Give the document as anybody gets it."""
    if not _served:
        _served.update(Client(headers={"host": "127.0.0.1"}).get(f"{BASE}/openapi.json").json())
    return _served


@dataclass
class System:
    """A body's own system with a key."""

    secret: str
    key: Key | None = None

    @property
    def key_row(self) -> Key:
        assert self.key is not None
        return self.key

    def get(self, address: str) -> Any:
        """Ask."""
        return self._checked(Client(headers=self._headers()).get(_whole(address)))

    def post(self, address: str, content: Any, request_key: str = "", **headers: str) -> Any:
        """Do, under a request key of its own unless one is named."""
        own = self._headers() | {"Idempotency-Key": request_key or str(uuid4())} | {name.replace("_", "-"): value for name, value in headers.items()}
        body = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
        return self._checked(Client(headers=own).post(_whole(address), body, content_type="application/json"))

    def _headers(self) -> dict[str, str]:
        return {"host": "127.0.0.1", "Authorization": f"Bearer {self.secret}"}

    @staticmethod
    def _checked(response: Any) -> Any:
        check_against_document(response)
        return response


def _whole(address: str) -> str:
    return address if address.startswith(BASE) else BASE + address


def check_against_document(response: Any) -> None:
    """Fail unless the document tells of this answer: address, method, code, kind of contents, and every place of it."""
    document = served()
    request = response.wsgi_request
    told = next((one for path, one in document["paths"].items() if _fits(path, request.path)), None)
    if told is None or request.method.lower() not in told:
        assert response.status_code in {404, 405}, request.path
        assert not faults(response.json(), document["components"]["schemas"]["Problem"], document)
        return
    operation = told[request.method.lower()]
    answer = operation["responses"].get(str(response.status_code))
    assert answer is not None, f"{operation['operationId']} 的文档没有 {response.status_code}：{response.content.decode()[:500]}"
    media = response.headers["Content-Type"].split(";")[0]
    assert media in answer["content"], f"{operation['operationId']} {response.status_code}：{media}"
    found = faults(response.json(), answer["content"][media]["schema"], document)
    assert not found, f"{operation['operationId']} {response.status_code}: {found}"


def _fits(path: str, address: str) -> bool:
    return re.fullmatch(BASE + re.sub(r"\{\w+\}", "[^/]+", path), address) is not None


def connected(cast: Cast, *, scopes: list[str] | None = None, holder: str = "sun", at: datetime | None = None, secret: str = "") -> System:
    """Give the system of body 甲, whose leader has opened a key for it today."""
    at = at or cast.at
    secret = secret or f"tsk_{uuid4().hex}"
    user = cast.person(holder).user
    key = make_key(
        body=cast.body_a, name="培训考务系统", holder_id=user.pk, scopes=scopes or EVERYTHING,
        since=at.date(), until=at.date() + timedelta(days=180), secret=secret, by=cast.qian, at=at,
    )  # fmt: skip
    return System(secret, key)


def registration(n: int, **changes: Any) -> dict[str, Any]:
    """Give the registration of the n-th of some people: five years in the trade, directly employed."""
    row: dict[str, Any] = {
        "ref": f"r{n}",
        "name": f"考生{n}",
        "id_number": id_number(n % 500, birthday=date(1995, 1, 1) + timedelta(days=n // 500), male=True),
        "phone": phone(n),
        "ground": "own_staff",
        "employment": "直接用工",
        "employer": "上海宏达机电设备有限公司",
        "condition": "5-2",
        "years_in_field": "12",
        "education": "高中",
    }
    return row | changes
