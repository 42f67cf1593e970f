"""Runs many scenarios in a row and checks that they agree and leak nothing."""
