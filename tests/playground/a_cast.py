"""The people and rooms of these tests: one company on Slack, one on Teams, and an empty workspace."""

from playground.cast import Cast, Channel, SlackPerson, TeamsChannel, TeamsPerson, Tenant, Workspace

SECRET = "signing-secret"
APP_ID = "11111111-2222-3333-4444-555555555555"

ANNIKA = SlackPerson("U1ANNIKA", "annika", "Annika Berg", "Study lead", "Europe/Berlin")
PIA = SlackPerson("U2PIA", "pia", "Pia Holm", "Project director", "Europe/Stockholm")
MARCUS = TeamsPerson("aad-marcus", "Marcus Webb", "VP operations", "America/New_York")
RUTH = TeamsPerson("aad-ruth", "Ruth Ames", "Alliance manager", "Europe/London")
ROOM = "19:hal-northmere@thread.tacv2"

CAST = Cast(
    slack=(
        Workspace(
            "T1NORTH",
            "Northmere",
            "xoxb-north",
            "U0PARLEY",
            (ANNIKA, PIA),
            (Channel("C1HAL", "hal-northmere", (ANNIKA.id, PIA.id)),),
        ),
        Workspace("T2QUILL", "Quillon", "xoxb-quill", "U9PARLEY", (), ()),
    ),
    teams=(
        Tenant(
            "tenant-hal",
            "Halcyon",
            (MARCUS, RUTH),
            (TeamsChannel(ROOM, "HAL x Northmere", "Partnerships", (MARCUS.id, RUTH.id)),),
        ),
    ),
)
