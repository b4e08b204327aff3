"""Work that makes itself: papers at their hour, the downtime pack, the seal of the journal (N1, N2, N4, N6)."""
