"""Addresses: remembered at every request, and looked up at every send."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.intents import Handle, Place
from bot.outbox import Address, Audience
from storage.bound import table
from storage.tables import PersonRow, ReachRow
from tests.storage.people import ANNIKA, HAL_CHANNEL, NOR_CHANNEL, NOW, TOMASZ

SERVICE = HAL_CHANNEL.service
CHAT = Place("teams", "t-hal", "a:1tomasz", private=True, service=SERVICE)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def archive(world):
    with world.writing() as archive:
        yield archive


def met(archive):
    return archive.run(select(table(ReachRow))).all()


def test_a_room_is_addressed_as_its_platform_told_us(archive):
    room = Audience(room="ROOM-HAL")
    assert archive.address(room) == Address("teams", "t-hal", HAL_CHANNEL.conversation)
    threaded = replace(HAL_CHANNEL, conversation=f"{HAL_CHANNEL.conversation};messageid=17")
    archive.meet(TOMASZ, threaded, NOW)
    assert archive.address(room) == Address("teams", "t-hal", HAL_CHANNEL.conversation, service=SERVICE)


def test_a_person_is_addressed_where_they_last_wrote_to_us_alone(archive):
    person = Audience(person="PER-TOMASZ")
    assert archive.address(person) == Address("teams", "t-hal", "", user="aad-tomasz")
    archive.meet(TOMASZ, CHAT, NOW)
    assert archive.address(person) == Address("teams", "t-hal", "a:1tomasz", "aad-tomasz", service=SERVICE)
    archive.meet(TOMASZ, replace(CHAT, conversation="a:2tomasz"), LATER)
    assert archive.address(person).conversation == "a:2tomasz"


def test_a_person_who_wrote_only_in_a_channel_is_reached_through_their_tenants_service(archive):
    archive.meet(TOMASZ, HAL_CHANNEL, NOW)
    assert archive.address(Audience(person="PER-TOMASZ")) == Address(
        "teams", "t-hal", "", user="aad-tomasz", service=SERVICE
    )


def test_nothing_is_written_when_nothing_changed(archive):
    archive.meet(TOMASZ, CHAT, NOW)
    archive.meet(None, NOR_CHANNEL, NOW)
    before = met(archive)
    archive.meet(TOMASZ, CHAT, LATER)
    archive.meet(ANNIKA, NOR_CHANNEL, LATER)
    archive.meet(TOMASZ, replace(CHAT, service=""), LATER)
    assert met(archive) == before
    archive.meet(None, CHAT, NOW)
    assert met(archive) == before, "a private place without a speaker is nobody's"


def test_an_answer_goes_privately_to_the_one_who_asked_in_a_channel(archive):
    asked = replace(HAL_CHANNEL, thread="17")
    answer = archive.address(Audience(place=asked, user="aad-tomasz"))
    assert answer == Address(
        "teams", "t-hal", HAL_CHANNEL.conversation, "aad-tomasz", "17", SERVICE, private=True
    )
    alone = archive.address(Audience(place=CHAT, user="aad-tomasz"))
    assert (alone.conversation, alone.private) == ("a:1tomasz", False)


def test_a_stranger_is_answered_where_they_asked(archive):
    place = Place("slack", "T0NONE", "C9")
    archive.meet(Handle("slack", "T0NONE", "U9"), place, NOW)
    assert archive.address(Audience(place=place, user="U9")).private


def test_who_is_not_in_the_directory_or_left_has_no_address(archive):
    assert archive.address(Audience(room="ROOM-NONE")) is None
    assert archive.address(Audience(person="PER-NONE")) is None
    assert archive.address(Audience()) is None
    archive.run(update(table(PersonRow)).where(table(PersonRow).c.id == "PER-TOMASZ").values(active=False))
    assert archive.address(Audience(person="PER-TOMASZ")) is None
