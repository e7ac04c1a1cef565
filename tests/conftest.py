"""Settings for every test."""

from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

# A busy machine is no failure: how long an example takes, or takes to be made up, is never held against the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# A shell that starts the tests in the background has them ignore interrupts, and all that they start as well; those
# that are about interrupts would wait for nothing.
signal.signal(signal.SIGINT, signal.default_int_handler)
