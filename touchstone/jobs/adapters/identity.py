"""统一身份认证通道: how does an outside identity provider (随申办) say who somebody is?

OpenID Connect, authorisation code flow with PKCE. The token comes straight from the provider over TLS, which stands in for its signature
(OpenID Connect Core 3.1.3.7, 6); issuer, audience, time and nonce are checked here. Name, number and telephone come from the userinfo address:
`name`, `id_number`, `phone_number`. Without https only loopback is spoken to.
"""

import base64
import hashlib
import json
import os
import secrets
import time
import urllib.parse
from dataclasses import dataclass
from typing import Any

from touchstone.jobs.adapters.asking import Refused, Unavailable, ask_json, is_private


class IdentityUnavailable(Exception):
    """The provider does not answer, or answers what cannot be read: try again later."""


class IdentityRefused(Exception):
    """The provider answered, and what it says does not hold."""


@dataclass(frozen=True)
class Proved:
    """Who somebody is, as the provider has proved it."""

    name: str
    id_number: str
    phone: str


@dataclass(frozen=True)
class Attempt:
    """What this browser's attempt to log in is known by; kept in its session until it comes back, once."""

    state: str
    nonce: str
    verifier: str

    @staticmethod
    def new() -> "Attempt":
        """This method will make an attempt nobody can guess."""
        return Attempt(*(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True)
class Provider:
    """An identity provider: its issuer's address, and who we are to it; `timeout` in seconds."""

    issuer: str
    client: str
    secret: str
    timeout: float = 5.0

    def address(self, attempt: Attempt, back: str) -> str:
        """This method will give the address a browser goes to, to be proved there and come `back`."""
        digest = hashlib.sha256(attempt.verifier.encode()).digest()
        asked = {
            "response_type": "code", "scope": "openid profile phone", "client_id": self.client, "redirect_uri": back, "state": attempt.state,
            "nonce": attempt.nonce, "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), "code_challenge_method": "S256",
        }  # fmt: skip
        return f"{self.issuer}/authorize?{urllib.parse.urlencode(asked)}"

    def proved(self, code: str, attempt: Attempt, back: str) -> Proved:
        """This method will turn the code a browser came back with into who it is. :raises IdentityUnavailable: :raises IdentityRefused:"""
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": attempt.verifier}
        who = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        tokens = self._asked("/token", f"Basic {who}", urllib.parse.urlencode(asked).encode())
        claims = self._checked(str(tokens.get("id_token", "")), attempt)
        told = self._asked("/userinfo", f"Bearer {tokens.get('access_token', '')}")
        if told.get("sub") != claims.get("sub"):
            raise IdentityRefused("两次答复说的不是同一个人")
        name, number = str(told.get("name", "")).strip(), str(told.get("id_number", "")).strip()
        if not name or not number:
            raise IdentityRefused("答复中没有姓名或者证件号码")
        return Proved(name, number, str(told.get("phone_number", "")).strip())

    def _checked(self, token: str, attempt: Attempt) -> dict[str, Any]:
        try:
            part = token.split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
            audience, expires = claims["aud"], float(claims["exp"])
        except (IndexError, KeyError, TypeError, ValueError) as error:
            raise IdentityRefused("身份令牌无法读取") from error
        if claims.get("iss") != self.issuer or self.client not in (audience if isinstance(audience, list) else [audience]):
            raise IdentityRefused("身份令牌不是发给本平台的")
        if expires < time.time() or not secrets.compare_digest(str(claims.get("nonce", "")).encode(), attempt.nonce.encode()):
            raise IdentityRefused("身份令牌已经过期，或者不属于这次登录")
        return dict(claims)

    def _asked(self, path: str, authorization: str, body: bytes | None = None) -> dict[str, Any]:
        if not is_private(self.issuer):
            raise IdentityUnavailable("地址不是https")
        headers = {"Authorization": authorization, "Accept": "application/json"}
        try:
            return ask_json(self.issuer + path, content=body, headers=headers, timeout=self.timeout)
        except Refused as error:
            raise IdentityRefused(str(error)) from error
        except Unavailable as error:
            raise IdentityUnavailable(str(error)) from error


def configured() -> Provider | None:
    """This function will give the installation's identity provider, or None where none is configured."""
    issuer = os.environ.get("TOUCHSTONE_IDENTITY_URL", "").rstrip("/")
    if not issuer:
        return None
    return Provider(issuer, os.environ.get("TOUCHSTONE_IDENTITY_CLIENT", ""), os.environ.get("TOUCHSTONE_IDENTITY_SECRET", ""))
