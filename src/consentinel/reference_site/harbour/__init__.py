"""The shop itself: pages, accounts, basket and billing, and its help centre."""
