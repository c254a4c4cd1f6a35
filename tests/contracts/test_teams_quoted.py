"""What a message that somebody points at is taken to say, whom it names, and where it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams import quoted
from bot.intents import Mention, Place

CHANNEL = Place("teams", "t-1", "19:oversight@thread.tacv2", thread="17")
CHAT = Place("teams", "t-1", "a:1", private=True)


def html(content, **more):
    return {"body": {"contentType": "html", "content": content}, **more}


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<p>TMF backlog</p>", "TMF backlog"),
        ("<div><div>One</div><div>Two</div></div>", "One\nTwo"),
        ("<p>One</p><p>&nbsp;</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("before<div>inside</div>after", "before\ninside\nafter"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("a &lt;b&gt; &amp; c&nbsp;d", "a <b> & c d"),
        ("<b>50</b> <i>patients</i>", "50 patients"),
        ('late <emoji id="fire" alt="🔥" title="Fire"></emoji>', "late 🔥"),
        ('late <img itemtype="http://schema.skype.com/Emoji" alt="🔥">', "late 🔥"),
        ('<img alt="image" src="https://x/y.png">', ""),
        ('<attachment id="7"></attachment>words', "words"),
        ("<style>p{color:red}</style><script>alert(1)</script>words", "words"),
        (
            '<blockquote itemtype="http://schema.skype.com/Reply"><p>theirs</p></blockquote><p>mine</p>',
            "mine",
        ),
        ("<blockquote>theirs</blockquote>mine", "> theirs\nmine"),
        ("<blockquote><p>theirs</p><p>too</p></blockquote></blockquote><p>mine</p>", "> theirs\n> too\nmine"),
        ('<at id="0">Ada</at>: <a href="https://evil.example">click</a>', "@Ada: click"),
        ("nul\x00 \x07bell", "nul bell"),
        ("<p>unclosed <b>and <i>nested", "unclosed and nested"),
        ("1 < 2 && 3 > 2", "1 < 2 && 3 > 2"),
        ("", ""),
    ],
)
def test_its_words_are_what_a_reader_sees(content, shown):
    assert quoted.words(html(content)) == shown


def test_plain_words_are_taken_as_they_are():
    assert (
        quoted.words({"body": {"contentType": "text", "content": "a <b> &amp; c\nd"}}) == "a <b> &amp; c\nd"
    )


@pytest.mark.parametrize(
    "payload", [{}, {"body": None}, {"body": []}, {"body": {"content": 7}}, {"body": {}}]
)
def test_a_message_without_words_says_nothing(payload):
    assert quoted.words(payload) == ""


def test_whom_it_names_is_told_by_the_mark_that_stands_in_the_words():
    user = {"user": {"id": "m-1", "displayName": "Marcus Webb", "userIdentityType": "aadUser"}}
    named = html(
        '<at id="0">Marcus</at> is late', mentions=[{"id": 0, "mentionText": "Marcus", "mentioned": user}]
    )
    assert quoted.mentions(named) == (Mention("@Marcus", "m-1", "Marcus Webb"),)
    assert "@Marcus" in quoted.words(named)


@pytest.mark.parametrize("app", ["app-1", "28:app-1"])
def test_our_own_name_is_no_word_of_the_message(app):
    named = [{"id": 0, "mentionText": "Parley", "mentioned": {"application": {"id": app}}}]
    said = html('<p><at id="0">Parley</at> late, says <at id="1">Ada</at></p>', mentions=named)
    assert quoted.words(said, "28:app-1") == "late, says @Ada"
    assert quoted.words(said, "28:another") == "@Parley late, says @Ada"
    assert quoted.mentions(said) == ()


@pytest.mark.parametrize(
    "listed",
    [
        None,
        7,
        {},
        [7],
        [{}],
        [{"mentioned": {"user": None}, "mentionText": "x"}],
        [{"mentioned": {}, "mentionText": ""}],
    ],
)
def test_a_mention_that_names_nobody_is_left_out(listed):
    assert quoted.mentions({"mentions": listed}) == ()


def test_the_address_that_teams_tells_is_taken():
    told = "https://teams.microsoft.com/l/message/19%3Ax/17?tenantId=t&createdTime=17"
    assert quoted.link({"id": "17", "linkToMessage": told}, CHANNEL) == told


@pytest.mark.parametrize(
    "told",
    [
        None,
        7,
        "",
        "http://teams.microsoft.com/l/message/1/2",
        "https://teams.microsoft.com.evil.example/l/message/1/2",
        "https://evil.example/teams.microsoft.com",
        "https://teams.microsoft.com@evil.example/",
        "javascript:alert(1)//teams.microsoft.com",
        "https://[::1",
        "https://teams.microsoft.com/l/mess age",
        f"https://teams.microsoft.com/{'x' * 2_000}",
    ],
)
def test_any_other_address_is_made_from_where_it_stands(told):
    made = quoted.link({"id": "18", "linkToMessage": told}, CHANNEL)
    where = "19%3Aoversight%40thread.tacv2/18?tenantId=t-1&parentMessageId=17"
    assert made == f"https://teams.microsoft.com/l/message/{where}"


@pytest.mark.parametrize(
    ("payload", "place"), [({"id": "18"}, CHAT), ({}, CHANNEL), ({"id": "18/x"}, CHANNEL)]
)
def test_no_address_is_better_than_one_that_leads_nowhere(payload, place):
    assert quoted.link(payload, place) == ""


@given(st.text(max_size=300))
def test_any_html_at_all_is_read(content):
    assert "\x00" not in quoted.words(html(content))


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ({}, {}),
        ({"createdDateTime": "2026-11-10T09:00:00.5Z"}, {"said at": "2026-11-10T09:00:00.500000+00:00"}),
        ({"createdDateTime": "2026-11-10T10:00:00+01:00"}, {"said at": "2026-11-10T09:00:00+00:00"}),
        ({"createdDateTime": "yesterday", "lastModifiedDateTime": 7}, {}),
        ({"createdDateTime": "0001-01-01T00:00:00+23:00"}, {}),
        ({"deleted": True}, {"gone": "yes"}),
        ({"deleted": "true", "reactions": [7, {}]}, {}),
        (html("x" * 20_001), {"cut": "yes"}),
        ({"lastEditedDateTime": "2026-11-10T09:00:00Z"}, {"edited at": "2026-11-10T09:00:00+00:00"}),
    ],
)
def test_when_it_was_said_and_what_became_of_it_is_told_where_teams_tells_it(payload, told):
    assert quoted.circumstances(payload) == told


def test_a_reaction_touches_a_message_and_does_not_change_its_words():
    touched = {"createdDateTime": "2026-11-10T09:00:00Z", "lastModifiedDateTime": "2026-11-10T11:00:00Z"}
    assert quoted.circumstances(touched)["edited at"] == "2026-11-10T11:00:00+00:00"
    liked = touched | {"reactions": [{"createdDateTime": "2026-11-10T11:00:00Z"}]}
    assert "edited at" not in quoted.circumstances(liked)
