from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from newskeep.search.index import SearchIndex


@pytest.fixture
def index() -> Iterator[SearchIndex]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    made = SearchIndex(connection)
    made.create()
    yield made
    connection.close()
