"""The hand-over: one page about a case, as HTML, PDF and text."""
