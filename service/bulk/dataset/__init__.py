"""What thousands of results become: tables that any statistics program reads, and the papers that go with them."""
