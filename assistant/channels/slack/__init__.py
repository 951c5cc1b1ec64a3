"""Slack: events, taps and blocks."""
