"""The menu's rows and letters of what is one's own: home, mine, overdue, who."""

from bot.handlers import home, mine, overdue, who

ROWS = (*home.ROWS, *mine.ROWS, *overdue.ROWS, *who.ROWS)
LETTERS = {**home.LETTERS, **mine.LETTERS, **overdue.LETTERS, **who.LETTERS}
NOUNS = ("home", "mine", "overdue", "who")
