"""One module per noun: a state becomes a card, in the words the reader sees."""
