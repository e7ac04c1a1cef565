"""Hard pages: a generator of tables drawn in every way, with their truth, and a bench of four readers of them."""
