"""What we speak with elsewhere, kept encrypted: whoever reads the database alone reads none of it."""

import base64
import hashlib
import secrets
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import RowMapping, bindparam, delete, select, update

from bot.records import Installation
from storage.access import PLATFORM, TENANT
from storage.columns import UtcDateTime
from storage.installations import belonging, install_state, installation
from storage.store import SqlStore

PURPOSE = b"parley: secrets of installations, 1"
SEALED = select(installation).where(installation.c.sealed != "").order_by(installation.c.platform)
EVERY = select(installation).where(installation.c.platform == PLATFORM).order_by(installation.c.tenant)
RESEAL = update(installation).where(installation.c.platform == PLATFORM, installation.c.tenant == TENANT)
NOW = bindparam("now", type_=UtcDateTime)
FORGET = delete(install_state).where(install_state.c.until < NOW)
STATE = "state "  # how a state begins once it is opened: no other secret of ours does


class UnknownKey(Exception):
    """Something was encrypted under a key that we do not have; the message says how many."""


class Keys:
    """The keys of a setting "new,old": the first one encrypts, all decrypt. Without any nothing is sealed."""

    def __init__(self, setting: str) -> None:
        derived = [_derived(part.strip()) for part in setting.split(",") if part.strip()]
        self.names = tuple(hashlib.sha256(key).hexdigest()[:12] for key in derived)
        self._fernet = MultiFernet([Fernet(key) for key in derived]) if derived else None

    @property
    def name(self) -> str:
        """The id of the key that encrypts; "" where there is none."""
        return self.names[0] if self.names else ""

    def seal(self, secret: str) -> str:
        """Encrypted, in ASCII. ValueError where there is no key."""
        if self._fernet is None:
            raise ValueError("nothing is sealed without a key")
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Decrypted; "" where none of the keys opens it."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode() if self._fernet and sealed else ""
        except (InvalidToken, ValueError):
            return ""


class SqlVault:
    """bot.ports.Vault over the record's own database."""

    def __init__(self, store: SqlStore, keys: Keys) -> None:
        self.store = store
        self.keys = keys

    async def keep(self, home: Installation) -> None:
        """Keep it, over an earlier one; whether we are let in is not decided here."""
        await self.store.write(lambda: self._keep(home))

    async def find(self, platform: str, tenant: str) -> Installation | None:
        """A workspace's own installation, else that of the organisation it belongs to."""
        return await self.store.read(lambda: self._find(platform, tenant))

    async def every(self, platform: str) -> tuple[Installation, ...]:
        """All of a platform."""
        return await self.store.read(lambda: self._every(platform))

    async def belongs(self, platform: str, tenant: str, organisation: str) -> None:
        """Remember that a workspace belongs to an organisation."""
        row = {"platform": platform, "tenant": tenant, "organisation": organisation}

        def remember() -> None:
            with self.store.writing() as opened:
                opened.put_over(belonging, row, "platform", "tenant")

        await self.store.write(remember)

    def issue(self, until: datetime) -> str:
        """A one-time state, good until then. Nothing is written: anybody may ask, as often as they like."""
        return self.keys.seal(f"{STATE}{secrets.token_hex(16)} {until.isoformat()}").rstrip("=")

    async def consume(self, state: str, at: datetime) -> bool:
        """Whether that state is one of ours, is not over, and was not consumed before."""
        told = self.keys.open(state + "=" * (-len(state) % 4))
        if not told.startswith(STATE):
            return False
        until = datetime.fromisoformat(told.rpartition(" ")[2])
        return at <= until and await self.store.write(lambda: self._take(state, at, until))

    def _take(self, state: str, at: datetime, until: datetime) -> bool:
        """Once only; states that are over need not be remembered."""
        with self.store.writing() as opened:
            opened.run(FORGET, now=at)
            digest = hashlib.sha256(state.encode()).hexdigest()
            return opened.put_new(install_state, {"digest": digest, "until": until})

    def rotate(self) -> int:
        """Encrypt everything under the first key; how many that were. UnknownKey, and nothing is changed."""
        with self.store.writing() as opened:
            rows = opened.run(SEALED).mappings().all()
            opened_up = [self.keys.open(row["sealed"]) for row in rows]
            if lost := opened_up.count(""):
                raise UnknownKey(str(lost))
            for row, secret in zip(rows, opened_up, strict=True):
                fresh = {"key": self.keys.name, "sealed": self.keys.seal(secret)}
                opened.run(RESEAL, of_platform=row["platform"], of_tenant=row["tenant"], **fresh)
            return len(rows)

    def _keep(self, home: Installation) -> None:
        row = {name: getattr(home, name) for name in ("platform", "tenant", "name", "at")}
        sealed = {"key": self.keys.name, "sealed": self.keys.seal(home.secret)}
        named = {"of_platform": home.platform, "of_tenant": home.tenant}
        with self.store.writing() as opened:
            if not opened.put_new(installation, {**row, **sealed, "version": 1}):
                opened.run(RESEAL, **named, **sealed, name=home.name, at=home.at)

    def _find(self, platform: str, tenant: str) -> Installation | None:
        with self.store.reading() as opened:
            row = opened.installed(platform, tenant)
        return self._opened(row) if row else None

    def _every(self, platform: str) -> tuple[Installation, ...]:
        with self.store.reading() as opened:
            rows = opened.run(EVERY, of_platform=platform).mappings().all()
        return tuple(self._opened(row) for row in rows)

    def _opened(self, row: RowMapping) -> Installation:
        kept = {name: row[name] for name in ("platform", "tenant", "name", "at")}
        more = {name: row[name] for name in ("locked_out", "let_in", "version")}
        return Installation(**kept, **more, secret=self.keys.open(row["sealed"]))


def _derived(word: str) -> bytes:
    """A Fernet key from whatever the operator's setting is made of."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(word.encode())
    return base64.urlsafe_b64encode(key)
