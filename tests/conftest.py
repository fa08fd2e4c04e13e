"""Properties are judged by their answers, never by the clock: machines are busy."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "kecan", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kecan")
