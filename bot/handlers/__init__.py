"""One module per noun: asks the rules, saves, promises messages."""
