"""Reads what people write: findings, who has them, when, and what is denied. Plain Python, no Rasa."""
