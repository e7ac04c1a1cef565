"""How the body of a table becomes rows and values; one file per shape."""
