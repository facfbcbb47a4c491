"""X-Hub-Signature: the HMAC of the body under our secret, by one of four methods."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.websub.signature import is_signed

# RFC 2202 §3 and RFC 4231 §4.3, test case 2: key "Jefe"
BODY = b"what do ya want for nothing?"
RIGHT = {
    "sha1": "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
    "sha256": "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "sha384": "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
    "8e2240ca5e69e2c78b3239ecfab21649",
    "sha512": "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
    "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
}


@pytest.mark.parametrize("method", RIGHT)
def test_the_published_vectors_are_right(method):
    assert is_signed(BODY, "Jefe", f"{method}={RIGHT[method]}")
    assert is_signed(BODY, "Jefe", f" {method.upper()}={RIGHT[method].upper()} ")


@pytest.mark.parametrize("method", RIGHT)
def test_another_body_secret_or_method_is_wrong(method):
    assert not is_signed(BODY + b" ", "Jefe", f"{method}={RIGHT[method]}")
    assert not is_signed(BODY, "jefe", f"{method}={RIGHT[method]}")
    for other in RIGHT.keys() - {method}:
        assert not is_signed(BODY, "Jefe", f"{other}={RIGHT[method]}")


@pytest.mark.parametrize(
    "signature", ["", "=", "sha256", "sha256=", "md5=x", "sha3_256=x", "\udcff=\udcff"]
)
def test_what_is_no_signature_is_wrong(signature):
    assert not is_signed(BODY, "Jefe", signature)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    st.binary(max_size=50), st.text(max_size=50), st.sampled_from([*RIGHT]), st.text(max_size=80)
)
def test_nobody_signs_by_chance(body, secret, method, signature):
    assert not is_signed(body, secret + "x", f"{method}={signature}")
