"""What a door says no to: a code, not a sentence (the sentences are in static/texts.*.json)."""


class RefusedError(Exception):
    """A request that is turned away.

    ``code`` names the sentence shown to the person, ``status`` is the HTTP status and ``wait`` the
    seconds until another try makes sense, if any.
    """

    def __init__(self, code: str, status: int, wait: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.wait = wait
