"""Character encodings: labels, decoders, declarations, and a guess from the bytes alone."""
