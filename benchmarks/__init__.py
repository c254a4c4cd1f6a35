"""One file per question, side by side with what it is compared to."""
