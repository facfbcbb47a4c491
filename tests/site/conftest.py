"""The paper's site, published once."""

from __future__ import annotations

import pytest
from support.paper import library

from newskeep.publish import site


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The folder of the paper's site."""
    folder = tmp_path_factory.mktemp("site")
    site.publish(library(base_url="https://archive.example/news/"), folder)
    return folder
