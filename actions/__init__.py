"""Rasa actions: each unpacks the tracker, calls one plain function of the conversation room, and packs what it says."""
