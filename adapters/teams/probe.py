"""What `./parley check` says of Teams: whether Microsoft gives us a token, and if not, what to put right."""

from typing import Final

from adapters.platform import Line
from adapters.teams.token import Tokens
from bot.errors import Again

EXPIRED: Final = "7000222"  # Microsoft's numbers
WRONG: Final = "7000215"
NO_TENANT: Final = "90002"
NO_APP: Final = "700016"
RENEW: Final = "make a new client secret for the app registration and set TEAMS_APP_PASSWORD"
REMEDIES: Final = {
    EXPIRED: f"the password has expired; {RENEW}",
    WRONG: "TEAMS_APP_PASSWORD is wrong; set it to the client secret's value, not to its id",
    NO_TENANT: "there is no such tenant; set TEAMS_APP_TENANT_ID to the directory id of the registration",
    NO_APP: "the tenant has no such app; look at TEAMS_APP_ID and TEAMS_APP_TENANT_ID",
    "invalid_client": f"the password is wrong or has expired; {RENEW}",
    "unauthorized_client": "the tenant does not know the app; look at TEAMS_APP_ID and TEAMS_APP_TENANT_ID",
    "invalid_request": "TEAMS_APP_ID or TEAMS_APP_TENANT_ID is malformed; copy both from the registration",
}


async def look(tokens: Tokens) -> Line:
    """One line."""
    try:
        token = await tokens.get()
    except Again as fault:
        reason = str(fault)
        words = next((REMEDIES[sign] for sign in REMEDIES if sign in reason.split()), "")
        return (
            False,
            f"Teams gives us no token ({reason}): {words or 'look at the network and TEAMS_LOGIN_URL'}",
        )
    return (True, "Teams issued a token") if token else (True, "Teams is set up without a password")
