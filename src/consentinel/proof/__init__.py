"""The proof of the harness: its features against seeded defects, and against sites that are right."""
