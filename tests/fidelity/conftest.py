from __future__ import annotations

import pytest
from fidelity.measured import DATA, Measured


@pytest.fixture(scope="session")
def measured(tmp_path_factory) -> Measured:
    if not (DATA / "evaluate.py").is_file():
        pytest.skip("the pages of shared/extraction are not beside the repository")
    return Measured(tmp_path_factory.mktemp("fidelity"))
