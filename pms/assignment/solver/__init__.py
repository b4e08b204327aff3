"""The search behind placing: arrays of stays and rooms in, a room for every stay out. Knows no rule and no database."""
