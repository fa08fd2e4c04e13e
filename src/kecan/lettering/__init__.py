"""How Vietnamese is written: names in order, numbers in words, letters in their width."""
