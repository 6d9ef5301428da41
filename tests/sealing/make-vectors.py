#!/usr/bin/env python3
"""Sealing a second time, written from docs/sealed-accounts.md alone: nothing here is of moodsync.

    python3 make-vectors.py > vectors.json && npx biome format --write vectors.json
    pg_dump … --table=sealed_entities | MOODSYNC_SEALING_KEY=SEAL1-… python3 make-vectors.py --open

The second opens the rows of a dump and prints their texts. Debian: python3, python3-cryptography.
"""

import base64
import datetime
import hashlib
import hmac
import json
import os
import re
import sys
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTHS = [512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12288, 16384, 24576, 32768, 49152, 65536, 98304]
TOMBSTONE_LENGTH = 128
FORMAT = 1


# The sealing key


def check_of(secret):
    digest = hashlib.sha256(b"moodsync sealing key 1" + secret).digest()
    return int.from_bytes(digest, "big") >> (256 - 22)


def key_text(secret):
    bits = int.from_bytes(secret, "big") << 22 | check_of(secret)
    symbols = "".join(SYMBOLS[bits >> shift & 31] for shift in range(145, -1, -5))
    return "-".join(["SEAL1"] + [symbols[at : at + 5] for at in range(0, 30, 5)])


def key_of(typed):
    text = "".join(c for c in typed.upper() if c not in " -\t\r\n")
    text = text.replace("I", "1").replace("L", "1").replace("O", "0")
    if not text.startswith("SEA11") or len(text) != 35 or any(c not in SYMBOLS for c in text[5:]):
        return None
    bits = 0
    for c in text[5:]:
        bits = bits << 5 | SYMBOLS.index(c)
    secret = (bits >> 22).to_bytes(16, "big")
    return secret if bits & (1 << 22) - 1 == check_of(secret) else None


def hkdf(key_material, salt, info, length):
    pseudo_random_key = hmac.digest(salt, key_material, "sha256")
    output, block, number = b"", b"", 1
    while len(output) < length:
        block = hmac.digest(pseudo_random_key, block + info + bytes([number]), "sha256")
        output, number = output + block, number + 1
    return output[:length]


class Keys:
    def __init__(self, secret, account_id, generation):
        self.account, self.generation = uuid.UUID(account_id).bytes, generation
        salt = self.account + generation.to_bytes(4, "big")
        derive = lambda name, length: hkdf(secret, salt, b"moodsync/sealed/1/" + name, length)
        self.seal, self.nonce, self.id = derive(b"seal", 32), derive(b"nonce", 32), derive(b"id", 32)
        self.key_id = derive(b"key id", 8).hex()


# RFC 8785, for the numbers that occur here


def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"e([-+])0+", r"e\1", text) if isinstance(value, float) else text


# The envelope


def sealed_id(keys, entity_type, entity_id):
    name = entity_type.encode() + b"\0" + entity_id.encode()
    raw = bytearray(hmac.digest(keys.id, name, "sha256")[:16])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return uuid.UUID(bytes=bytes(raw))


def associated_data(keys, row_id, updated_at_ms, deleted):
    return (
        bytes([FORMAT])
        + keys.account
        + keys.generation.to_bytes(4, "big")
        + row_id.bytes
        + updated_at_ms.to_bytes(8, "big", signed=True)
        + bytes([1 if deleted else 0])
    )


def padded_length(length, deleted):
    return next((size for size in ([TOMBSTONE_LENGTH] if deleted else []) + LENGTHS if size >= length), None)


def nonce_of(keys, associated, padded):
    return hmac.digest(keys.nonce, associated + padded, "sha256")[:12]


def envelope_of(keys, associated, padded, nonce=None, fmt=FORMAT):
    nonce = nonce or nonce_of(keys, associated, padded)
    sealed = ChaCha20Poly1305(keys.seal).encrypt(nonce, padded, associated)
    return bytes([fmt]) + keys.generation.to_bytes(4, "big") + nonce + sealed


def text_of(entity_type, entity_id, data, deleted):
    return canonical({"entity_type": entity_type, "id": entity_id} if deleted else {"data": data, "entity_type": entity_type})


def seal(keys, entity_type, entity_id, updated_at_ms, data, deleted=False):
    text = text_of(entity_type, entity_id, data, deleted)
    padded = text.encode().ljust(padded_length(len(text.encode()), deleted))
    row_id = sealed_id(keys, entity_type, entity_id)
    associated = associated_data(keys, row_id, updated_at_ms, deleted)
    return text, row_id, associated, envelope_of(keys, associated, padded)


def open_envelope(keys, row_id, updated_at_ms, deleted, envelope):
    """The content, or None where it does not open as this version."""
    if envelope[0] != FORMAT or int.from_bytes(envelope[1:5], "big") != keys.generation:
        return None
    nonce, associated = envelope[5:17], associated_data(keys, row_id, updated_at_ms, deleted)
    try:
        padded = ChaCha20Poly1305(keys.seal).decrypt(nonce, envelope[17:], associated)
    except InvalidTag:
        return None
    if not hmac.compare_digest(nonce_of(keys, associated, padded), nonce):
        return None
    content = json.loads(padded)
    entity_id = content["id"] if deleted else content["data"]["id"]
    return content if sealed_id(keys, content["entity_type"], entity_id) == row_id else None


# The vectors

SECRET = bytes(range(16))
ACCOUNT = "8c1f0b6e-2d3a-4c5b-9e7f-6a5b4c3d2e1f"
GENERATION = 1
MOOD_ID = "3f9c2a1b-7d4e-4f60-8a1b-2c3d4e5f6071"
RUN_ID = "1f4593d6-2bb7-557f-9d45-65fd1f373ff6"
CREATED_MS = 1772481605123


def metadata(updated_at_ms):
    return {"created_at": utc(CREATED_MS), "updated_at": utc(updated_at_ms), "deleted_at": None}


def utc(ms):
    time = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=ms)
    return time.isoformat(timespec="milliseconds") + "Z"


MOOD = {
    "id": MOOD_ID,
    "value": 4,
    "activities": [RUN_ID],
    "note": "Café, dann Regen. 🌧",
    "recorded_at": "2026-03-02T21:00:00.000+01:00",
    "weather": {"celsius": 7.5, "wind": None},
    "metadata": metadata(CREATED_MS),
}
ACTIVITY = {
    "id": RUN_ID,
    "label": "Running",
    "color_hex": "#4caf50",
    "icon": None,
    "metadata": metadata(CREATED_MS),
}
ASSESSMENT = {
    "id": "5d1f7c60-93b4-4d55-8e21-0a9c8b7d6e5f",
    "assessment_type": "PHQ-9",
    "score": 7,
    "severity": "mild",
    "taken_at": "1969-12-31T23:59:59.000Z",
    "answers": [1, 1, 1, 1, 1, 1, 1, 0, None],
    "metadata": metadata(CREATED_MS),
}
# Keys in the order of their UTF-16 units, which is not that of their code points; all that JSON escapes.
UNKNOWN = {
    "id": "0b0b0b0b-1111-4222-8333-444444444444",
    "\U0001f327": 1,
    "\ufb33": 2,
    "z": "\"\\\b\t\n\f\r\u0000\u001f\u007f\u2028/",
    "numbers": [0, -1, 0.1, 1e-7, 9007199254740991],
    "empty": [{}, [], "", False],
}


def note_of_length(length):
    """A mood whose text has so many bytes."""
    mood = {**MOOD, "note": ""}
    return {**mood, "note": "x" * (length - len(text_of("MoodEntry", MOOD_ID, mood, False)))}


def case(keys, name, entity_type, entity, updated_at_ms, deleted=False):
    text, row_id, associated, envelope = seal(keys, entity_type, entity["id"], updated_at_ms, entity, deleted)
    return {
        "name": name,
        "entity_type": entity_type,
        "id": entity["id"],
        "updated_at_ms": updated_at_ms,
        "deleted": deleted,
        "text": text,
        "sealed_id": str(row_id),
        "associated_data": associated.hex(),
        "nonce": envelope[5:17].hex(),
        "envelope": base64.b64encode(envelope).decode(),
        "content_hash": hashlib.sha256(envelope).hexdigest()[:16],
    }


def make_cases(keys):
    return [
        case(keys, "the mood of docs/protocol.md", "MoodEntry", MOOD, CREATED_MS),
        case(keys, "its tombstone", "MoodEntry", MOOD, CREATED_MS + 384877, deleted=True),
        case(keys, "an activity", "Activity", ACTIVITY, CREATED_MS),
        case(keys, "an assessment", "AssessmentEntry", ASSESSMENT, CREATED_MS),
        case(keys, "an entity type of a later version", "SleepEntry", UNKNOWN, CREATED_MS),
        case(keys, "a time before 1970", "SleepEntry", UNKNOWN, -2208988800000),
        case(keys, "a tombstone whose text is long", "S" * 64, UNKNOWN, CREATED_MS, deleted=True),
        case(keys, "an entity type of many bytes", "é" * 60, UNKNOWN, CREATED_MS, deleted=True),
        *(case(keys, f"a text of {n} bytes", "MoodEntry", note_of_length(n), CREATED_MS) for n in (511, 512, 513)),
    ]


def make_unreadable(keys):
    text, row_id, associated, good = seal(keys, "MoodEntry", MOOD_ID, CREATED_MS, MOOD)
    padded = text.encode().ljust(512)
    unreadable = []

    def add(name, why, envelope=good, row=row_id, updated_at_ms=CREATED_MS, deleted=False):
        change = {"id": str(row), "updated_at": utc(updated_at_ms), "deleted": deleted}
        envelope = base64.b64encode(envelope).decode()
        unreadable.append({"name": name, "sealed_change": {**change, "envelope": envelope}, "why": why})

    def sealed_by(other):
        return seal(other, "MoodEntry", MOOD_ID, CREATED_MS, MOOD)[3]

    def flipped(at):
        return good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]

    def holding(text, row=row_id, deleted=False):
        padded = text.ljust(padded_length(len(text), deleted))
        return envelope_of(keys, associated_data(keys, row, CREATED_MS, deleted), padded)

    run_id = sealed_id(keys, "MoodEntry", RUN_ID)
    add("other id", "the associated data holds the id", row=run_id)
    add("other time", "the associated data holds the time", updated_at_ms=CREATED_MS + 1)
    add("deleted flipped", "the associated data holds it", deleted=True)
    add("other account", "the keys are salted with it", sealed_by(Keys(SECRET, RUN_ID, GENERATION)))
    add("other generation", "the header says so", sealed_by(Keys(SECRET, ACCOUNT, 2)))
    add("other key", "the tag", sealed_by(Keys(bytes(16), ACCOUNT, GENERATION)))
    add("format 2", "not known", envelope_of(keys, associated, padded, fmt=2))
    add("format flipped", "not known", flipped(0))
    add("generation flipped", "not the account's", flipped(4))
    add("nonce flipped", "the tag", flipped(5))
    add("text flipped", "the tag", flipped(100))
    add("tag flipped", "the tag", flipped(len(good) - 1))
    add("cut by one byte", "the tag", good[:-1])
    add("cut to its header", "too short", good[:17])
    add("empty", "too short", b"")
    add("nonce not derived", "computed anew it is another", envelope_of(keys, associated, padded, nonce=bytes(12)))
    add("padded another way", "the nonce is that of the padded text", envelope_of(
        keys, associated, text.encode().ljust(768), nonce=nonce_of(keys, associated, padded)))
    add("id of another entity inside", "its sealed id is not the row's", holding(text.encode(), row=run_id), row=run_id)
    add("other entity type inside", "its sealed id is not the row's", holding(
        text.replace('"MoodEntry"', '"Activity"').encode()))
    add("plain JSON", "no envelope", text.encode())
    add("no JSON inside", "cannot be read", holding(b"Long day."))
    add("no UTF-8 inside", "cannot be read", holding(text.encode("utf-16-le")))
    add("no object inside", "no change", holding(b"[1]"))
    add("live, without data", "no change", holding(canonical({"entity_type": "MoodEntry", "id": MOOD_ID}).encode()))
    sealed_row = sealed_id(keys, "Sealed", MOOD_ID)
    add("the entity type of what is unreadable", "reserved", holding(
        text_of("Sealed", MOOD_ID, MOOD, False).encode(), row=sealed_row), row=sealed_row)
    deep = {**MOOD, "deep": None}
    for _ in range(40):
        deep["deep"] = [deep["deep"]]
    add("nested 42 deep", "deeper than 32", holding(text_of("MoodEntry", MOOD_ID, deep, False).encode()))
    return unreadable


def make_texts():
    text = key_text(SECRET)
    good = [text, text.lower(), text.replace("-", ""), text.replace("-", " "), f"  {text}\n"]
    good += [text.replace("0", "O"), text.replace("1", "l"), text.replace("1", "I"), text.replace("SEAL1", "sea1i")]
    bad = ["", "SEAL1", text[:-1], text + "0", text.replace("SEAL1", "SEAL2"), text[6:], text.replace("4", "U")]
    bad += [text.replace("G4-0R", "G4-R0"), text[:-1] + "Y", "msk_" + "0" * 106]
    return [{"typed": t, "secret": SECRET.hex()} for t in good] + [{"typed": t, "secret": None} for t in bad]


def make_vectors():
    keys = Keys(SECRET, ACCOUNT, GENERATION)
    sizes = sorted({size for length in [*LENGTHS, TOMBSTONE_LENGTH] for size in (length - 1, length, length + 1)})
    return {
        "secret": SECRET.hex(),
        "text": key_text(SECRET),
        "account_id": ACCOUNT,
        "generation": GENERATION,
        "key_id": keys.key_id,
        "keys": {"seal": keys.seal.hex(), "nonce": keys.nonce.hex(), "id": keys.id.hex()},
        "cases": make_cases(keys),
        "lengths": [
            {"bytes": size, "deleted": deleted, "padded": padded_length(size, deleted)}
            for size in sizes
            for deleted in (False, True)
        ],
        "unreadable": make_unreadable(keys),
        "texts": make_texts(),
    }


# A dump


def copied_rows(lines):
    """The rows of the table sealed_entities in a plain pg_dump, by column."""
    columns = None
    for line in map(lambda line: line.rstrip("\n"), lines):
        if line.startswith("COPY public.sealed_entities ("):
            columns = line[line.index("(") + 1 : line.index(")")].split(", ")
        elif line == "\\.":
            columns = None
        elif columns:
            yield dict(zip(columns, line.split("\t")))


def milliseconds(timestamptz):
    text = timestamptz.replace(" ", "T")
    time = datetime.datetime.fromisoformat(text + ":00" if text[-3] in "+-" else text)
    return round((time - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) / datetime.timedelta(milliseconds=1))


def open_dump(lines, secret):
    for row in copied_rows(lines):
        keys = Keys(secret, row["user_id"], int(row["generation"]))
        envelope = bytes.fromhex(row["envelope"].removeprefix("\\\\x"))
        content = open_envelope(
            keys, uuid.UUID(row["id"]), milliseconds(row["updated_at"]), row["deleted"] == "t", envelope
        )
        print(canonical(content))


if sys.argv[1:] == ["--open"]:
    open_dump(sys.stdin, key_of(os.environ["MOODSYNC_SEALING_KEY"]))
else:
    json.dump(make_vectors(), sys.stdout, ensure_ascii=False, indent=1)
    print()
