"""Notices of cases: an outbox, sent as webhooks and mails."""
