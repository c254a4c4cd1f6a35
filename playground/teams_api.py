"""The Connector and the login of the small Teams: what a bot calls, with Teams' own answers and errors."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground import teams_people
from playground.cast import BOT_NAME, Author, Json, TeamsPerson, Tenant
from playground.faults import Fault
from playground.teams_keys import ISSUER, Keys, Tokens
from playground.teams_record import Conversation, TeamsError, TeamsRecord, personal_id
from playground.wiring import Wiring

LARGEST = 100 * 1024
CARD = "application/vnd.microsoft.card.adaptive"
VERSIONS = {f"1.{minor}" for minor in range(6)}

Act = Callable[[Request, Json], Response]


class Connector:
    """The routes under /teams/; every call but login and keys needs a token issued here."""

    def __init__(self, record: TeamsRecord, tokens: Tokens, wiring: Wiring, app_id: str) -> None:
        self._record = record
        self._tokens = tokens
        self._wiring = wiring
        self._app_id = app_id

    def routes(self) -> list[Route]:
        base = "/teams/v3/conversations"
        one = f"{base}/{{conversation}}"
        activity = f"{one}/activities/{{activity}}"
        return [
            self._route("POST", base, "POST conversations", self._create),
            self._route("POST", f"{one}/activities", "POST activities", self._post),
            self._route("POST", activity, "POST activities", self._post),
            self._route("PUT", activity, "PUT activities", self._put),
            self._route("DELETE", activity, "DELETE activities", self._delete),
            self._route("GET", f"{one}/members", "GET members", self._members),
            self._route("GET", f"{one}/members/{{member}}", "GET members", self._member),
            self._route("GET", f"{one}/pagedmembers", "GET members", self._paged),
        ]

    def _route(self, verb: str, path: str, method: str, act: Act) -> Route:
        async def endpoint(request: Request) -> Response:
            body = await request.body()
            await self._wiring.clock.keep_up()

            async def run() -> Response:
                return self._answer(request, body, act)

            return await self._wiring.faults.around(method, request, run, refusal)

        return Route(path, endpoint, methods=[verb])

    def _answer(self, request: Request, body: bytes, act: Act) -> Response:
        if not self._tokens.accepts(request.headers.get("authorization", "")):
            return error(TeamsError(401, "Unauthorized", "Authorization has been denied for this request."))
        try:
            return act(request, _read(body))
        except TeamsError as refused:
            return error(refused)

    def _create(self, request: Request, asked: Json) -> Response:
        channel = asked.get("channelData", {}).get("channel", {}).get("id")
        if channel:
            there, _ = self._entered(channel)
            posted = self._added(there, asked.get("activity") or {}, None)
            return JSONResponse({"id": f"{there.id};messageid={posted}", "activityId": posted}, 201)
        tenant, person = self._wanted(asked)
        there, _ = self._entered(personal_id(person.id))
        if tenant.id != there.tenant.id:
            raise TeamsError(403, "BotNotInConversationRoster", "The person is not in this tenant.")
        answer = {"id": there.id, "serviceUrl": f"{self._wiring.own_url}/teams/"}
        if asked.get("activity"):
            answer["activityId"] = self._added(there, asked["activity"], None)
        return JSONResponse(answer, 201)

    def _wanted(self, asked: Json) -> tuple[Tenant, TeamsPerson]:
        told = asked.get("tenantId") or asked.get("channelData", {}).get("tenant", {}).get("id")
        members = [member.get("id", "") for member in asked.get("members") or []]
        if told not in self._record.tenants or len(members) != 1:
            raise TeamsError(400, "BadArgument", "One member and the tenant are needed.")
        try:
            return self._record.tenants[told], self._record.person(members[0])[1]
        except LookupError as nobody:
            raise TeamsError(400, "BadArgument", "Unknown member.") from nobody

    def _post(self, request: Request, asked: Json) -> Response:
        there, root = self._entered(request.path_params["conversation"])
        answered = request.path_params.get("activity")
        if answered and there.find(answered) is None:
            raise TeamsError(404, "ActivityNotFoundInConversation", "Activity not found.")
        if asked.get("type", "message") != "message":
            return JSONResponse({"id": self._record.new_id()}, 201)
        root = there.root_of(answered) or root
        return JSONResponse({"id": self._added(there, asked, root)}, 201)

    def _put(self, request: Request, asked: Json) -> Response:
        there, activity = self._own(request)
        text, card = said(asked)
        self._record.edit(there, activity, text=text, card=card, edited=True, cards_for={}, notes_for={})
        return JSONResponse({"id": activity})

    def _delete(self, request: Request, asked: Json) -> Response:
        there, activity = self._own(request)
        self._record.remove(there, activity)
        return Response(status_code=200)

    def _members(self, request: Request, asked: Json) -> Response:
        return JSONResponse(self._roster(request))

    def _paged(self, request: Request, asked: Json) -> Response:
        there, _ = self._entered(request.path_params["conversation"])
        return JSONResponse(teams_people.paged(self._record, there, request.query_params))

    def _member(self, request: Request, asked: Json) -> Response:
        wanted = request.path_params["member"]
        for member in self._roster(request):
            if wanted in (member["id"], member["aadObjectId"]):
                return JSONResponse(member)
        raise TeamsError(404, "MemberNotFoundInConversation", "The member is not in the conversation.")

    def _roster(self, request: Request) -> list[Json]:
        there, _ = self._entered(request.path_params["conversation"])
        return teams_people.members(self._record, there)

    def _entered(self, conversation: str) -> tuple[Conversation, str | None]:
        there, root = self._record.resolve(conversation)
        if not there.installed:
            message = "The bot is not part of the conversation roster."
            raise TeamsError(403, "BotNotInConversationRoster", message)
        return there, root

    def _own(self, request: Request) -> tuple[Conversation, str]:
        there, _ = self._entered(request.path_params["conversation"])
        activity = request.path_params["activity"]
        found = there.find(activity)
        if found is None:
            raise TeamsError(404, "ActivityNotFoundInConversation", "Activity not found.")
        if not found.author.bot:
            raise TeamsError(403, "Forbidden", "Only the author may change this activity.")
        return there, activity

    def _added(self, there: Conversation, activity: Json, root: str | None) -> str:
        author = Author(f"28:{self._app_id}", BOT_NAME, bot=True)
        return self._record.add(there, author, said(activity), root).id


class Login:
    """The documents and the token endpoint that a bot reads before it calls or trusts a call."""

    def __init__(self, keys: Keys, tokens: Tokens, wiring: Wiring, app_id: str) -> None:
        self._keys = keys
        self._tokens = tokens
        self._wiring = wiring
        self._app_id = app_id

    def routes(self) -> list[Route]:
        login = "/teams/login/{tenant}"
        return [
            Route("/teams/openid", self._openid),
            Route("/teams/keys", self._key_set),
            Route(f"{login}/oauth2/v2.0/token", self._token, methods=["POST"]),
            Route(f"{login}/v2.0/.well-known/openid-configuration", self._authority),
        ]

    async def _openid(self, request: Request) -> Response:
        return await self._document(
            "openid", request, lambda: self._trust("/teams/keys") | {"issuer": ISSUER}
        )

    async def _key_set(self, request: Request) -> Response:
        return await self._document("keys", request, self._keys.jwks)

    async def _authority(self, request: Request) -> Response:
        tenant = request.path_params["tenant"]
        base = f"{self._wiring.own_url}/teams/login/{tenant}"
        told = {"issuer": f"{base}/v2.0", "token_endpoint": f"{base}/oauth2/v2.0/token"}
        told |= {"authorization_endpoint": f"{base}/oauth2/v2.0/authorize"}
        return await self._document("authority", request, lambda: self._trust("/teams/keys") | told)

    async def _token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))

        async def act() -> Response:
            known = form.get("client_id") == self._app_id and form.get("client_secret")
            if form.get("grant_type") != "client_credentials" or not form.get("scope"):
                return JSONResponse({"error": "invalid_request"}, 400)
            return JSONResponse(self._tokens.issue()) if known else _stranger()

        return await self._wiring.faults.around("token", request, act, refusal)

    async def _document(self, method: str, request: Request, told: Callable[[], Json]) -> Response:
        await request.body()

        async def act() -> Response:
            return JSONResponse(told())

        return await self._wiring.faults.around(method, request, act, refusal)

    def _trust(self, keys: str) -> Json:
        signing = {"id_token_signing_alg_values_supported": ["RS256"]}
        return {"jwks_uri": f"{self._wiring.own_url}{keys}"} | signing


def said(activity: Json) -> tuple[str, Json | None]:
    """Text and card of an activity; TeamsError 400 for a card that Teams would not draw."""
    cards = [one for one in activity.get("attachments") or [] if one.get("contentType") == CARD]
    card = cards[0].get("content") if cards else None
    if cards and not _drawable(card):
        raise TeamsError(400, "BadSyntax", "Invalid adaptive card.")
    text = activity.get("text") or ""
    if not text and card is None:
        raise TeamsError(400, "BadSyntax", "Activity must have text or attachments.")
    return text, card


def refusal(fault: Fault) -> Response:
    """What Teams answers on a bad day."""
    match fault.kind:
        case "429":
            answer = error(TeamsError(429, "Throttled", "Too many requests."))
            answer.headers["Retry-After"] = f"{fault.retry_after or 1:g}"
            return answer
        case "forbidden":
            message = "The bot is not part of the conversation roster."
            return error(TeamsError(403, "BotNotInConversationRoster", message))
        case _:
            return error(TeamsError(int(fault.kind), "ServiceError", "Unknown."))


def error(refused: TeamsError) -> Response:
    """An error in the Connector's shape."""
    shown = {"error": {"code": refused.code, "message": refused.message}}
    return JSONResponse(shown, refused.status)


def _stranger() -> Response:
    described = "Application not found, or the secret is missing."
    return JSONResponse({"error": "invalid_client", "error_description": described}, 401)


def _read(body: bytes) -> Json:
    try:
        asked: Any = json.loads(body or b"{}")
    except ValueError as broken:
        raise TeamsError(400, "BadSyntax", "The body is not JSON.") from broken
    compact = json.dumps(asked, ensure_ascii=False, separators=(",", ":"))
    if len(compact.encode("utf-16-le", "surrogatepass")) > LARGEST:
        raise TeamsError(413, "MessageSizeTooBig", "Message size too large.")
    if not isinstance(asked, dict):
        raise TeamsError(400, "BadSyntax", "The body is not an object.")
    return asked


def _drawable(card: Any) -> bool:
    return isinstance(card, dict) and card.get("type") == "AdaptiveCard" and card.get("version") in VERSIONS
