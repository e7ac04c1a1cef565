"""What the service promises, as scenarios against real servers. Long ones run with ``pytest -m long``."""
