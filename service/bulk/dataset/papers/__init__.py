"""The papers that go with the tables: data package, codebook, citation, loading scripts, record of the run."""
