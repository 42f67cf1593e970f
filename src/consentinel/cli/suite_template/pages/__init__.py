"""Page objects of our own."""
