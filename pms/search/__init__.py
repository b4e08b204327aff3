"""The command search: pages, guests, rooms, confirmation numbers and luggage tags behind one box."""
