"""Decides: a pure function of findings and rules. Standard library only; knows no database, no Rasa and no web."""
