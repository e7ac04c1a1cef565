"""The ways from one shape of the database to the next; run at start (see ``database.py``)."""
