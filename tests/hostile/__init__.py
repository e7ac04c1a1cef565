"""Files made to break a reader: a zip that unpacks to a gigabyte, a page tree that runs in a circle …

``python -m tests.hostile FOLDER`` writes them all.
"""
