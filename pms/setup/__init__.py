"""A new house: read from a hotel file, checked as a whole, set up once."""
