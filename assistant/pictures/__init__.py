"""Drawings of exercises and of walking, made from a table of joint angles."""
