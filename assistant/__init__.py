"""A rule-based triage assistant: does walking help my tight psoas, and how should I walk?"""
