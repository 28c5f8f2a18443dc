"""For all tests: the cases that hypothesis draws; threads that switch often.

The cases are the same every time.  `python -m pytest --hypothesis-profile=fresh` draws others, and ten
times as many; CI does it once a week.  What fails is printed with a line that draws it again.
"""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("seeded", derandomize=True, deadline=None, max_examples=60)
# hypothesis itself takes the same cases every time where CI is set: derandomize says no
settings.register_profile(
    "fresh", derandomize=False, deadline=None, max_examples=600, print_blob=True
)
settings.load_profile("seeded")


@pytest.fixture
def busy_threads() -> Iterator[None]:
    """Python switches between threads as often as it can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)
