"""密钥: which secret keys does this installation hold?"""

import os
import secrets as random
from pathlib import Path


def secret(folder: Path, name: str, length: int) -> str:
    """Give the key `name` (hex, `length` bytes), from `TOUCHSTONE_SECRET_<NAME>` or the folder, making it on first use.

    The file is made exclusively, so that two processes starting together agree on one key.
    """
    if chosen := os.environ.get(f"TOUCHSTONE_SECRET_{name.upper()}"):
        return chosen
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{name}.{os.getpid()}"
    if not path.exists():
        draft.write_text(random.token_hex(length), encoding="ascii")
        draft.chmod(0o600)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
