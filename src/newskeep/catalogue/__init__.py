"""The catalogue: what the captures say, in one SQLite file that can be rebuilt from them."""
