"""For all tests: hypothesis draws the same examples every time; threads that switch often."""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("seeded", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("seeded")


@pytest.fixture
def busy_threads() -> Iterator[None]:
    """Python switches between threads as often as it can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)
