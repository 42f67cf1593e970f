"""What can go wrong with the history. The message is one line that a person can act on."""


class HistoryError(Exception):
    """The history or the file of exceptions cannot be used as asked."""
