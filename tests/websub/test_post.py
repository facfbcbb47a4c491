"""The one kind of request that is no GET: a form, sent to a hub."""

from __future__ import annotations

import asyncio

import pytest
from support.hub import Hub

from newskeep.errors import AddressRefused
from newskeep.fetch.client import Client
from newskeep.fetch.settings import Settings

FORM = {"hub.mode": "subscribe", "hub.topic": "https://example.com/feed?a=1&b=气候 +"}


@pytest.fixture
def hub():
    with Hub() as running:
        yield running


def post(url, allow_hosts=("127.0.0.1",)):
    async def run():
        async with Client(Settings()) as client:
            return await client.post(url, FORM, allow_hosts=allow_hosts)

    return asyncio.run(run())


def test_a_form_arrives_as_it_was_given(hub):
    assert post(hub.url).status == 202
    assert hub.asked == [FORM]


def test_a_redirect_is_returned_and_not_followed(hub):
    hub.status, hub.fields = 307, {"Location": "/other"}
    assert post(hub.url).status == 307
    assert hub.targets == ["/hub"]


def test_the_address_guard_stands_before_hubs_too(hub):
    with pytest.raises(AddressRefused):
        post(hub.url, allow_hosts=())
    assert hub.asked == []
