"""Opens answers that waited on a device, sealed so that nobody who opens the device can read them.

The device makes a key pair for each delivery, agrees on a secret with the installation's public key (ECDH on P-256),
and seals the delivery with AES-GCM under a key drawn from it (HKDF-SHA256). What travels is `public ‖ nonce ‖ sealed`,
in base64url. The response's id is sealed along, so that a sealed delivery cannot be sent under another.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

CURVE = ec.SECP256R1()
INFO = b"earshot sealed delivery 1"
PUBLIC_BYTES, NONCE_BYTES = 65, 12
# The order of P-256; a secret is made a private number below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class CannotOpen(ValueError):
    """Raised for a sealed delivery that this installation has no key for, or that was changed on the way."""


@dataclass(frozen=True)
class SealingKey:
    """A key pair of the installation: devices get its public half with the survey."""

    id: str
    public: str
    private: ec.EllipticCurvePrivateKey


def _key(secret: str) -> SealingKey:
    number = int.from_bytes(hashlib.sha256(bytes.fromhex(secret)).digest(), "big") % (ORDER - 1) + 1
    private = ec.derive_private_key(number, CURVE)
    public = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return SealingKey(hashlib.sha256(public).hexdigest()[:16], _written(public), private)


@lru_cache(maxsize=4)
def _keys(secrets: tuple[str, ...]) -> tuple[SealingKey, ...]:
    return tuple(_key(secret) for secret in secrets)


def sealing_key() -> SealingKey:
    """The key that devices seal with now; earlier ones still open what waited on a device meanwhile."""
    return _keys(tuple(settings.EARSHOT_SEALING_SECRETS))[0]


def opened(key_id: object, sealed: object, *, response_id: str) -> bytes:
    """The delivery inside a seal, as the device wrote it; CannotOpen if it was not sealed for this response and us."""
    key = next((key for key in _keys(tuple(settings.EARSHOT_SEALING_SECRETS)) if key.id == key_id), None)
    if key is None or not isinstance(sealed, str):
        raise CannotOpen("There is no key for this delivery.")
    try:
        content = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, content[:PUBLIC_BYTES])
        return _open(key.private.exchange(ec.ECDH(), theirs), content, response_id)
    except (ValueError, binascii.Error, InvalidTag) as problem:
        raise CannotOpen("This delivery was changed on the way.") from problem


def _open(shared: bytes, content: bytes, response_id: str) -> bytes:
    secret = HKDF(hashes.SHA256(), length=32, salt=content[:PUBLIC_BYTES], info=INFO).derive(shared)
    nonce, sealed = content[PUBLIC_BYTES : PUBLIC_BYTES + NONCE_BYTES], content[PUBLIC_BYTES + NONCE_BYTES :]
    return AESGCM(secret).decrypt(nonce, sealed, response_id.lower().encode())


def seal(delivery: bytes, *, response_id: str, public: str) -> str:
    """What a device does, for programs that collect answers for us and for rehearsals."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64.urlsafe_b64decode(public + "=="))
    own = ec.generate_private_key(CURVE)
    head = own.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    secret = HKDF(hashes.SHA256(), length=32, salt=head, info=INFO).derive(own.exchange(ec.ECDH(), theirs))
    nonce = AESGCM.generate_key(128)[:NONCE_BYTES]
    return _written(head + nonce + AESGCM(secret).encrypt(nonce, delivery, response_id.lower().encode()))


def _written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
