"""Rasa's stores: where conversations are kept between two turns, and in which order their turns are taken."""
