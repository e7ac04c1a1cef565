"""PDF files drawn by the tests and read back."""
