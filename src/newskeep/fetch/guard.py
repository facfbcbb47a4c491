"""The address guard: which hosts and addresses may be connected to at all.

A name is resolved once, every answer is checked, and the connection goes to a checked
address; a redirect is a new connection and is checked again. A source may name hosts
that it is allowed to reach although they are private (`allow_hosts`).
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

from newskeep.errors import AddressRefused, FetchError
from newskeep.url import usual

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""Resolves a name and port to addresses as text."""

# Beside what the ipaddress module calls not global: ranges that it lets pass, or that lead
# inside through a translator (RFC 6890, RFC 6052, RFC 3056, RFC 4380, cloud metadata).
_DENIED = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32",
        "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
        "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16",
        "fc00::/7", "fe80::/9", "ff00::/8",
    )
)  # fmt: skip
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f]|^ | $")
"""What readers of an address drop, each in its own way."""
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)
_PRIVATE_ENDINGS = (
    ".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet", ".onion",
)  # fmt: skip


def check_url(url: str, allow_hosts: Collection[str] = ()) -> None:
    """Refuse an address that may not be asked, before anything is resolved.

    Raises AddressRefused: another scheme than http and https, credentials, no proper host,
    an address in digits that is private or oddly spelt.
    """
    scheme, host, port = usual(url) or _unusual(url)
    if not is_named(host, port, scheme, allow_hosts):
        _check_host(host)


def _unusual(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address that has to be looked at closely."""
    if _INVISIBLE.search(url):
        raise AddressRefused(f"{url[:200]!r} has control characters or stray spaces", "bad-address")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressRefused(f"{url[:200]!r} is no web address", "bad-address") from None
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise AddressRefused(f"{url[:200]}: only http and https addresses are fetched", "not-web")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(f"{host}: an address with a name or password in it is not fetched")
    if port == 0:
        raise AddressRefused(f"{url[:200]}: port 0 cannot be asked", "bad-address")
    return parts.scheme, host, port


def is_named(host: str, port: int | None, scheme: str, allow_hosts: Collection[str]) -> bool:
    """Whether `allow_hosts` holds this host, or host:port, exactly as it stands in the address."""
    if not allow_hosts:
        return False
    number = port or (443 if scheme.lower() == "https" else 80)
    bracketed = f"[{host}]" if ":" in host else host
    names = {_ascii(host), _ascii(bracketed), _ascii(f"{bracketed}:{number}")}
    return not names.isdisjoint(map(_ascii, allow_hosts))


@lru_cache(maxsize=1024)  # a host is asked, and answers, many times in a run
def is_public(address: str) -> bool:
    """Whether an IP address may be connected to without a source's word for it."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(found.version == block.version and found in block for block in _DENIED):
        return False
    return found.is_global and not found.is_multicast and "%" not in address


class GuardedResolver(AbstractResolver):
    """Resolves once and hands on addresses only where every one of them may be reached."""

    def __init__(self, allow_hosts: Collection[str], lookup: Lookup | None = None) -> None:
        self._allow_hosts = allow_hosts
        self._lookup = lookup or _system_lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The checked addresses. Raises AddressRefused, FetchError (dns-failed)."""
        addresses = await self._resolved(host, port)
        allowed = is_named(host, port, "https" if port == 443 else "http", self._allow_hosts)
        for address in addresses:
            if not allowed and not is_public(address):
                raise AddressRefused(
                    f"{host} is at {address}, which is a private or reserved address; if it is "
                    f"meant, follow the source with --allow-host {host}"
                )
        return [_result(host, port, address) for address in addresses]

    async def close(self) -> None:
        """Nothing is held open."""

    async def _resolved(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = await self._lookup(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError(
                f"{host} has no address ({error}); is the name right?", "dns-failed"
            ) from error
        if not addresses:
            raise FetchError(f"{host} has no address; is the name right?", "dns-failed")
        return addresses


def check_peer(peer: Any, host: str, port: int, scheme: str, allow_hosts: Collection[str]) -> None:
    """A second look at whom we are connected to. Raises AddressRefused."""
    address = str(peer[0]) if peer else ""
    if not is_named(host, port, scheme, allow_hosts) and not is_public(address):
        raise AddressRefused(
            f"{host} led to {address or 'an unknown address'}, which is not public"
        )


@lru_cache(maxsize=1024)
def _check_host(host: str) -> None:
    literal = _literal(host)
    if literal is not None:
        if not is_public(literal):
            raise AddressRefused(
                f"{host} is a private or reserved address; if it is meant, follow the source "
                f"with --allow-host {host}"
            )
        return
    labels = host.rstrip(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        raise AddressRefused(f"{host} is an oddly spelt number, not a host", "bad-address")
    if not host.isascii() or not all(_NAME.fullmatch(label) for label in labels):
        _check_international(host)
    if f".{host.rstrip('.').lower()}".endswith(_PRIVATE_ENDINGS):
        raise AddressRefused(
            f"{host} is a private name; if it is meant, follow the source with --allow-host {host}"
        )


def _check_international(host: str) -> None:
    encoded = _ascii(host.rstrip("."))
    if encoded == host.rstrip(".").lower() or not all(map(_NAME.fullmatch, encoded.split("."))):
        raise AddressRefused(f"{host[:200]!r} is no proper host name", "bad-address")
    _check_host(encoded)


@lru_cache(maxsize=1024)
def _ascii(name: str) -> str:
    """A name in lower case as it is asked for; one that no name service takes comes back."""
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return name.lower()


def _literal(host: str) -> str | None:
    if ":" in host:
        return host
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        return None


def _result(host: str, port: int, address: str) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=socket.AF_INET6 if ":" in address else socket.AF_INET,
        proto=socket.IPPROTO_TCP,
        flags=socket.AI_NUMERICHOST,
    )


async def _system_lookup(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=socket.AF_UNSPEC)
    return list(dict.fromkeys(str(one[4][0]) for one in found))
