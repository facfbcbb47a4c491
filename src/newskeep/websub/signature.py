"""Whether a push is signed with our secret (WebSub §8)."""

from __future__ import annotations

import hmac

_METHODS = ("sha1", "sha256", "sha384", "sha512")


def is_signed(body: bytes, secret: str, signature: str) -> bool:
    """Whether `method=hexdigest` is the HMAC of these bytes; compared in constant time."""
    method, _, given = signature.strip().partition("=")
    if method.lower() not in _METHODS:
        return False
    right = hmac.new(secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(right.encode(), given.strip().lower().encode("utf-8", "replace"))
