"""The one error that content and input can cause: it says what is wrong, where, and what to do about it."""


class InputError(Exception):
    """Something a person wrote cannot be used. `messages` holds every problem found, each naming file, place and remedy."""

    def __init__(self, *messages: str):
        super().__init__(*messages)
        self.messages = messages

    def __str__(self) -> str:
        return "\n".join(self.messages)
