"""Fetching: one polite client, through which every request goes, behind one address guard."""
