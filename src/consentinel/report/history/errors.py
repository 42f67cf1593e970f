"""The errors of the history. The message is one line that names the remedy."""


class HistoryError(Exception):
    """The history or the file of exceptions cannot be used as asked."""
