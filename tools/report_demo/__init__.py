"""A report made from invented data: to look at, to photograph, and to measure."""
