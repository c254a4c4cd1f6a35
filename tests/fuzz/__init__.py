"""Odd requests, odd words and odd files: nothing falls over."""
