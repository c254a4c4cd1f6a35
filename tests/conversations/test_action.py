"""Action items: small things to do in a thread or for a session, on one live list, done with one click."""

CALL = "action call the site, @rafael, due Friday"
ROSTER = "action NOR-MTG-09 send the roster, @tomasz, due 20 Nov"


def thread(voice):
    """A message of somebody's in their room: how they speak to Parley beneath it, and which it is."""
    root = voice.chat("The freezer log of site 104 is missing.")
    return lambda words: voice.say(words, thread=root.id, mention=True), root.id


def lists(voice, root):
    """The live lists beneath that message."""
    return [one for one in voice.room() if one.by_bot and one.thread == root and "Action items" in one]


def session_card(voice, at=""):
    """The card of the session in a room of theirs; None where it stands not there."""
    return next((one for one in voice.room(at) if one.by_bot and "NOR-MTG-09:" in one), None)


def typed(voice, words):
    """Said to Parley in their room."""
    return voice.say(words, mention=True)


def items(world, column="state"):
    return [found for (found,) in world.rows(f"SELECT {column} FROM action ORDER BY number")]  # noqa: S608 our own words only


def test_a_thread_has_one_list_that_is_edited_in_place_and_done_is_one_click(world):
    annika, rafael, tomasz = (world.as_(name) for name in ("annika", "rafael", "tomasz"))
    say, root = thread(annika)
    assert "Noted NOR-ACT-001" in say(CALL)
    say("action file the photos, me")
    (board,) = lists(annika, root)
    assert "Action items: 2 open" in board
    assert "NOR-ACT-001: call the site (Rafael Monteiro, due Fri 13 Nov)" in board
    assert "NOR-ACT-002: file the photos (Annika Lindqvist)" in board
    asked = rafael.inbox[-1]
    assert "Annika Lindqvist (Northmere Clinical Ltd) asks you to do this" in asked
    rafael.press("Done: NOR-ACT-001", lists(rafael, root)[0])
    (board,) = lists(annika, root)
    assert "Action items: 1 open" in board
    assert "call the site (Rafael Monteiro: done)" in board
    assert "Done" not in rafael.again(asked).buttons
    assert items(world) == ["done", "open"]
    assert not any("freezer" in one or "ACT-" in one for one in tomasz.room())


def test_one_line_says_what_who_and_when_and_what_is_wrong_is_said_in_one_sentence(world):
    annika = world.as_("annika")
    say, _ = thread(annika)
    assert "Say who does it, for example: action call the site, @name (or: me)" in say("action call the site")
    assert "“zelda” is nobody who sees this" in say("action call the site, @zelda")
    assert "is in the past" in say("action call the site, me, due 2 Nov")
    assert "Which day is 3/4" in say("action call the site, me, due 3/4")
    assert "Say what is to be done and by whom" in say("action")
    assert "Only issues are restricted" in say("action call the site, me, restricted")
    assert "seen by everybody who sees that thread" in say("action call the site, me, internal")
    assert "belongs to a session or a thread" in annika.say("action call the site, me", at="direct")
    assert "At most" not in say("action " + "x" * 190 + ", me")
    assert "has at most 200 characters" in say("action add " + "x" * 201 + ", me")
    assert len(items(world)) == 1


def test_it_is_listed_typed_done_taken_back_and_dropped_by_those_whose_it_is(world):
    annika, rafael, tomasz = (world.as_(name) for name in ("annika", "rafael", "tomasz"))
    say, root = thread(annika)
    say(CALL)
    assert "NOR-ACT-001: call the site" in typed(rafael, "action list mine")
    assert "NOR-ACT-001: call the site" in say("action list")
    assert "Your action items: none" in tomasz.say("action list", at="direct")
    refused = typed(tomasz, "action done 1")
    assert "Rafael Monteiro (Northmere Clinical Ltd) does NOR-ACT-001" in refused
    typed(annika, "action done act-1")
    assert "NOR-ACT-001 is done already" in typed(rafael, "action done NOR-ACT-001")
    typed(rafael, "action reopen 1")
    assert items(world) == ["open"]
    typed(rafael, "action drop 1 the log was found")
    assert "not needed any more" in lists(annika, root)[0]
    done = "audit WHERE record = 'NOR-ACT-001' AND what <> 'refused' ORDER BY seq"
    told = world.rows(f"SELECT what, person FROM {done}")  # noqa: S608 our own words only
    assert told == [
        ("action.add", "PER-09"),
        ("action.done", "PER-09"),
        ("action.reopen", "PER-10"),
        ("action.drop", "PER-10"),
    ]


def test_one_of_a_session_stands_on_its_card_in_both_companies_rooms(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    typed(annika, ROSTER)
    for voice in (annika, tomasz):
        assert "NOR-ACT-001: send the roster (Tomasz Wierzbicki, due Fri 20 Nov)" in session_card(voice)
    assert "asks you to do this" in tomasz.inbox[-1]
    tomasz.press("Done: NOR-ACT-001", session_card(tomasz))
    assert "send the roster (Tomasz Wierzbicki: done)" in session_card(annika)
    assert len([one for one in annika.room() if "NOR-MTG-09:" in one]) == 1


def test_in_a_direct_message_it_is_asked_who_may_see_it_and_ones_own_stays_so(world):
    annika, tomasz = world.as_("annika"), world.as_("tomasz")
    asked = annika.say("action NOR-MTG-09 look at the margin, me", at="direct")
    assert "Who may see it?" in asked
    annika.press("Northmere Clinical Ltd only", asked)
    assert items(world, "visibility") in (["cro_internal"], ["sponsor_internal"])
    (number,) = items(world, "number")
    assert session_card(tomasz) is None
    assert f"There is no action item {number}" in tomasz.say(f"action done {number}", at="direct")
    assert "margin" not in tomasz.say("session show NOR-MTG-09", at="direct")
    assert "look at the margin" in annika.say("session show NOR-MTG-09", at="direct")


def test_what_is_left_of_a_thread_is_offered_to_its_owner_who_makes_a_commitment_of_it_in_one_press(world):
    annika, rafael, tomasz = (world.as_(name) for name in ("annika", "rafael", "tomasz"))
    assert "this is none" in annika.say("action close", at="direct")
    root = annika.chat("The freezer log of site 104 is missing.").id
    rafael.say("action send the log, @tomasz, due 20 Nov", thread=root, mention=True)
    annika.say("action file the photos, me", thread=root, mention=True)
    annika.press("Done: NOR-ACT-002", lists(annika, root)[0])
    told = annika.say("action close", thread=root, mention=True)
    assert "The list is closed" in told
    assert not any("Not done yet" in one or "was not done" in one for one in annika.inbox)
    offered = tomasz.inbox[-1]
    assert "This was not done when its list was closed" in offered
    tomasz.press("Make it a commitment", offered)
    ((number, owner, receiver, due, state),) = world.rows(
        "SELECT number, owner, receiver, due, state FROM commitment WHERE text = 'send the log'"
    )
    assert (number, owner, receiver, str(due), state) == (
        *("NOR-CMT-011", "PER-04", "PER-10", "2026-11-20", "accepted"),
    )
    assert "send the log (Tomasz Wierzbicki: became NOR-CMT-011)" in lists(annika, root)[0]
    assert "Make it a commitment" not in tomasz.again(offered).buttons
    assert items(world) == ["promised", "done"]
