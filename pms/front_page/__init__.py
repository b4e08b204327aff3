"""The desk's first page: who comes, who leaves, who is here, what waits; and the way to every other page."""
