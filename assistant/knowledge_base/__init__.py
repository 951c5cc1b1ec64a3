"""Keeps what is known: builds one read-only file out of the documents and the YAML content, and reads it back."""
