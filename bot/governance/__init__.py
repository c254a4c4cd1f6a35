"""The rules of a partnership: pure functions over values, with no input, output or clock."""
