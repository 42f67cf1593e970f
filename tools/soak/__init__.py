"""Many scenario runs in a row: whether they agree, and whether anything stays behind."""
