"""Plays many sites, each as a process of its own, and writes one page about all of them."""
