"""Holds the conversation together: what a turn changes, what is said. Plain Python, no Rasa, no spaCy, no web."""
