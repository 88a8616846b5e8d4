"""市级根密钥: the key by which the city vouches for the bodies' keys is made once, into a file that only the platform's user reads."""

import os
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.certificates.facts.keys import city_root, city_root_file
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.policy.certificates.keys import SIGNED_BY_ISSUER
from touchstone.trust.signing import SoftwareKey, fingerprint


@transaction.atomic
def make_city_root(*, by: Actor, at: datetime) -> str:
    """This function will make the city root where there is none, and give its fingerprint.

    :raises NotAllowed: unless the platform itself asks, from the terminal. :raises Refusal: when there is one: bodies' keys rest on it.
    """
    if not by.is_platform:
        raise NotAllowed("市级根密钥只能在平台的终端上生成。", SIGNED_BY_ISSUER, "请平台系统管理员运行 touchstone keys root。")
    if city_root() is not None:
        raise Refusal("市级根密钥已经有了。", SIGNED_BY_ISSUER, "各机构的发证密钥都由它加签，不能重新生成；备份见运维说明。")
    path = city_root_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = SoftwareKey.generate()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made.secret.hex())
        file.flush()
        os.fsync(file.fileno())
    told = fingerprint(made.public_key)
    record("city_root.made", "city_root", by=by, at=at, detail={"fingerprint": told})
    return told
