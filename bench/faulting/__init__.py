"""One fault put into a document that was read rightly, and whether the reading says so.

``edits`` changes the Document, ``kinds`` chooses what to change, ``judge`` compares the readings before and after,
``rates`` counts how often a value of each grade is wrong. ``python -m bench.faults`` runs them all.
"""
