"""日志密钥: with which key does this installation sign its logs?

The key is a file that only its owner can read. A synthetic city makes it by itself; on a real installation somebody answers for it, and makes it
with `touchstone log key`.
"""

import os
import secrets
from pathlib import Path

from django.conf import settings


class NoKey(Exception):
    """There is no key yet, or it lies open to others."""


def private_key() -> bytes:
    """This function will read the key (32 bytes). :raises NoKey:"""
    path = Path(settings.LOG_KEY_FILE)
    try:
        if path.stat().st_mode & 0o077:
            raise NoKey(f"日志签名密钥 {path} 能被他人读取，请改为只有本用户可读（chmod 600）。")
        raw = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise NoKey("还没有日志签名密钥，请运行 touchstone log key 生成。") from None
    except ValueError:
        raise NoKey(f"日志签名密钥 {path} 不能读取，请从备份恢复。") from None
    if len(raw) != 32:
        raise NoKey(f"日志签名密钥 {path} 不完整，请从备份恢复。")
    return raw


def make_key() -> bool:
    """This function will make the key unless there is one, and say whether it did. Two that do so together agree on one."""
    path = Path(settings.LOG_KEY_FILE)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, secrets.token_hex(32).encode())
        os.fsync(descriptor)
        os.close(descriptor)
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
