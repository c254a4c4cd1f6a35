"""What is kept of a person, as the form of them is filled, and how a change meanwhile is noticed."""

from bot.governance.company import Member
from bot.handlers import setup_fields as fields


def kept(member: Member) -> dict[str, str]:
    """Everything in the form's words, and what its reader saw."""
    return {
        "person": member.id,
        "name": member.name,
        "title": member.title,
        "zone": member.zone,
        "email": member.email,
        "hours": member.working_hours,
        "roles": "\n".join(sorted(member.roles)),
        "backup": member.backup,
        "blinding": member.blinding.value,
        fields.SEEN: seen(member),
    }


def seen(member: Member) -> str:
    """Tells one state of them from another."""
    told = (member.name, member.title, member.zone, member.email, member.working_hours, member.backup)
    return fields.fingerprint(*told, member.blinding.value, *sorted(member.roles))
