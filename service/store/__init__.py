"""What is kept: documents, jobs and results in a database, their bytes as files named by their hash."""
