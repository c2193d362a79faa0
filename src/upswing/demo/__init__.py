"""A made-up year of one person, to look around in: the same for the same seed and day."""
