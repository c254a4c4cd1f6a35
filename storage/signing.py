"""The key that vouches for the record: how far each chain had come is signed once a day with Ed25519."""

import base64
import hashlib
from dataclasses import replace
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.dossier import SignedHead

PURPOSE = b"parley: signed heads of the record, 1"
BEGINS = "parley signed head 1"


class Signer:
    """The keys of a setting "new,old": the first one signs, heads signed with any of them are ours."""

    def __init__(self, setting: str) -> None:
        self._keys = tuple(_derived(part.strip()) for part in setting.split(",") if part.strip())
        self.publics = tuple(_words(key.public_key()) for key in self._keys)
        self.marks = tuple(mark_of(public) for public in self.publics)

    @property
    def mark(self) -> str:
        """The name of the key that signs; "" where there is none."""
        return self.marks[0] if self.marks else ""

    @property
    def public(self) -> str:
        """The public half of the key that signs, in base64; "" where there is none."""
        return self.publics[0] if self.publics else ""

    def sign(self, chain: str, seq: int, hash_: str, day: date) -> SignedHead:
        """That head, signed. ValueError where there is no key."""
        if not self._keys:
            raise ValueError("nothing is signed without a key")
        head = SignedHead(chain, seq, hash_, day, self.mark, self.public, "")
        signature = self._keys[0].sign(said(head))
        return replace(head, signature=base64.b64encode(signature).decode())


def said(head: SignedHead) -> bytes:
    """What is signed: five lines in UTF-8, each ended by a line feed."""
    lines = BEGINS, head.chain, str(head.seq), head.hash, head.day.isoformat()
    return "".join(f"{line}\n" for line in lines).encode()


def holds(head: SignedHead) -> bool:
    """Whether the signature is that key's, and the mark too; whose key it is, is another question."""
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(head.key, validate=True))
        public.verify(base64.b64decode(head.signature, validate=True), said(head))
    except (InvalidSignature, ValueError):
        return False
    return head.mark == mark_of(head.key)


def mark_of(public: str) -> str:
    """The first 16 hexadecimal digits of a public key's SHA-256. ValueError where it is no base64."""
    return hashlib.sha256(base64.b64decode(public, validate=True)).hexdigest()[:16]


def _derived(word: str) -> Ed25519PrivateKey:
    """A key from whatever the operator's setting is made of; not the one that encrypts."""
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(word.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _words(public: Ed25519PublicKey) -> str:
    return base64.b64encode(public.public_bytes_raw()).decode()
