"""Tests of the report: answers, pages, machine formats, and what a browser and a screen reader make of them."""
