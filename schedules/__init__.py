"""When things happen: a few fixed jobs that wake workers."""
