"""Settings for all tests: hypothesis draws the same examples every time, without a deadline."""

from hypothesis import settings

settings.register_profile("seeded", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("seeded")
