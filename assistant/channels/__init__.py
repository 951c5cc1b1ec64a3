"""Doors for people: the web page, Telegram, Slack."""
