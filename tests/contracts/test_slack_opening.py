"""A form that Slack does not open is not lost: what stands for it is told privately, and opens it."""

import pytest

from playground.faults import Fault

WHOLE = {"title": "Courier lost two kits", "class": "Both companies", "severity": "Minor: not expected to"}
OWNER = "Annika Lindqvist (Northmere Clinical Ltd)"


@pytest.mark.parametrize("kind", ["500", "503", "429", "forbidden", "hang_before"])
def test_a_command_whose_form_does_not_open_offers_it_again(world, kind):
    annika = world.as_("annika")
    world.playground.faults.add(Fault("views.open", kind))
    told = annika.say("issue")
    assert annika.form is None
    annika.press("Fill in the form", told)
    assert "Logged NOR-ISS-008" in annika.submit(**WHOLE, owner_id=OWNER)


def test_a_shortcut_in_a_channel_where_we_are_not_is_answered_directly(world):
    annika, side = world.as_("annika"), world.playground.slack
    said = annika.chat("The courier lost two kits again.", at="general")
    side.remove_bot(annika.face.workspace.id, said.place)
    world.playground.faults.add(Fault("views.open", "500"))
    annika.shortcut("Log as issue", said)
    told = annika.inbox[-1]
    annika.press("Fill in the form", told)
    assert "Logged NOR-ISS-008" in annika.submit(**WHOLE, owner_id=OWNER)


def test_a_form_opened_in_a_channel_where_we_are_not_is_confirmed_directly(world):
    annika, side = world.as_("annika"), world.playground.slack
    side.remove_bot(annika.face.workspace.id, annika.place("general"))
    annika.say("issue", at="general")
    assert "Logged NOR-ISS-008" in annika.submit(**WHOLE, owner_id=OWNER)
    assert "Logged NOR-ISS-008" in annika.inbox[-1]


def test_a_client_insists_on_what_is_needed_before_anything_is_sent(world):
    annika = world.as_("annika")
    world.playground.slack.insists = True
    annika.say("issue")
    sent = len(world.playground.wire.exchanges())
    annika.submit(title="Courier lost two kits")
    assert set(annika.form.errors) == {"severity", "owner id"}
    assert len(world.playground.wire.exchanges()) == sent
