"""Fernbank, the second reference site: a botanical garden whose policy is unlike the shop's in every way that matters.

It has five categories under names of its own, and one of them is on until the visitor objects. It has a settings page
instead of a dialog, and the server reads and writes the choice. Its policy has a version and a table of lifetimes. It
speaks two languages and knows no social network.
"""
