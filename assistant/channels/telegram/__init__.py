"""Telegram: webhook or long polling, keyboards, delivery."""
