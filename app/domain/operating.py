"""What the operator is told when something was not done."""


class NotDoneError(Exception):
    """What the operator asked for was not done, and nothing changed. Its text is the plain sentence to show."""
