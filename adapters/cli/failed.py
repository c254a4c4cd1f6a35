"""What a command says when it could not do its work."""


class Failed(Exception):
    """The message is the one line a person reads, remedy included."""
