"""Both companies' administrators may do the same: every step of setting up, asked by each of them."""

import re

from bot.governance.company import LINES
from bot.handlers.first_steps import STEPS
from tests.beginnings import say

OWN = {  # what one side alone has by the nature of the contract
    "setup.studies": "a study is its sponsor's",
}
TYPED = [one for one in STEPS if one.typed and one.verb.startswith("setup.") and one.verb not in OWN]
COMPANY = re.compile("Halcyra Therapeutics AG|Northmere Clinical Ltd|Quillon Data Sciences SL")
OPENERS = ("Choose somebody", "Fill in the form", "Choose", "Name them")


def offered(voice, words):
    """The fields of the form that these words open, else the buttons of what they show."""
    shown = say(voice, words)
    if shown and "with which partner" in shown:
        shown = voice.press("Northmere Clinical Ltd", shown)
    opener = next((label for label in OPENERS if shown and list(shown.buttons) == [label]), None)
    if opener:
        voice.press(opener, shown)
    if form := voice.form:
        voice.dismiss()
        return sorted(form.fields)
    return sorted({COMPANY.sub("…", label) for label in shown.buttons})


def test_every_step_offers_the_same_to_both(world):
    priya, david = world.as_("priya"), world.as_("david")
    for step in TYPED:
        words = f"setup {step.typed[0]}"
        ours, theirs = offered(priya, words), offered(david, words)
        assert kind(ours) == kind(theirs), words
    for voice in (priya, david):
        assert "Your role does not include that" not in (say(voice, "setup") or "")


def kind(labels):
    """Which lines and which invitations there are differs; what can be done does not."""
    lines = {line for side in LINES.values() for line in side}
    return {label for label in labels if not any(line in label for line in lines)}
