"""Rasa graph components, one a file: thin doors to the language room."""
