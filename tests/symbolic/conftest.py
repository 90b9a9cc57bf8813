"""A patient pool: what a formula looks like must not depend on how busy the machine is that runs the tests."""

import pytest

from explorer.symbolic import Pool, questions


@pytest.fixture(autouse=True, scope="session")
def patient_pool():
    pool = Pool(budget=60, margin=60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(questions, "shared_pool", lambda: pool)
        yield pool
    pool.close()
