"""How hypothesis draws here: always the same examples, or with EXAMPLES=5000 so many new ones."""

import os

from hypothesis import HealthCheck, settings

MORE = os.environ.get("EXAMPLES")
settings.register_profile(
    "matching",
    deadline=None,
    derandomize=MORE is None,
    database=None,
    max_examples=int(MORE or 100),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("matching")
