"""A request for each input of a respondent: first one that could be right, then made worse."""

import json
import random
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import quote_plus

from django.core.signing import Signer, TimestampSigner

from surveys.instrument.wording import LANGUAGES
from tests.fuzz import values
from tests.fuzz.requests import FORM, JSON, Request, worse
from tests.fuzz.world import World

HELPERS = ("alone", "read", "tapped", "chose", "not_said", "subject", "")
PUBLIC = (
    "/", "/a/", "/a/waiting/", "/a/worker.js", "/a/away", "/a/help.{language}.txt", "/a/posters/{code}/",
    "/a/posters/{code}.svg", "/a/posters/{code}/stickers/", "/a/try/{code}/", "/a/try/{code}/{language}/", "/a/{code}",
    "/a/{code}/", "/a/{code}/{language}/", "/a/{code}/receipt/", "/a/{code}/contact/", "/a/{code}/thanks/{token}/",
    "/a/audio/{hash}.mp3", "/a/{any}", "/promises/{area}/", "/promises/{area}/promises.csv",
    "/promises/{area}/{language}/", "/promises/{any}/", "/questions/{area}/", "/questions/{any}/", "/blockages/{area}/",
    "/blockages/{any}/",
    "/nation/", "/nation/questions/{any}/", "/nation/findings/", "/nation/findings.json",
    "/nation/findings/{any}/", "/open-data/",
    "/open-data/changes/", "/open-data/releases.json", "/open-data/changes.json", "/open-data/changes.atom",
    "/open-data/openapi.json", "/open-data/{any}/", "/open-data/{any}/{any}", "/open-data/{any}/questions/{any}/",
    "/shown/pictures/{hash}.png", "/shown/documents/{number}/", "/shown/{area}/{hash}.png", "/shown/{area}/00ff00.css",
    "/{any}/", "/{any}/{any}/", "/about/", "/about/{any}/", "/healthz", "/readyz", "/desk/", "/desk/{any}/",
    "/desk/login/",
    "/static/{any}",
    "/favicon.ico", "/robots.txt", "/sitemap.xml",
)  # fmt: skip
QUERIES = ("q", "page", "area", "period", "audience", "language", "next", "question", "code", "view", "of", "from")


def sometimes(chance: random.Random, usual: object, often: float = 0.25) -> object:
    """The usual value, or any."""
    return values.value(chance) if chance.random() < often else usual


def answer_to(chance: random.Random, item) -> object:
    """An answer that may be right."""
    codes = list(item.option_codes) or [values.CANARY]
    usual = chance.choice([*codes, "do_not_know", "rather_not_say", "", None])
    if item.kind in {"multi", "sort"}:
        usual = chance.sample(codes, chance.randrange(len(codes) + 1))
    if item.kind == "drawing" and chance.random() < 0.7:
        usual = {
            "strokes": chance.choice(
                (
                    "M0,0l1,1 2,2",
                    "M0,0l1,1M5,5l-3,-3 2,2",
                    "1 2 3 4",
                    "0 0",
                    "1,2 3,4|5,6",
                    "9" * 20001,
                    "-1 -1",
                    "M0 0",
                    values.text(chance),
                )
            )
        }
    if item.kind in {"text", "short"} and chance.random() < 0.7:
        usual = values.text(chance)
    return sometimes(chance, usual, 0.02)


def content(chance: random.Random, world: World, wave) -> dict[str, object]:
    """A delivery of a device, before it is written."""
    from surveys.design.frozen import instrument_of

    items = instrument_of(wave.edition_id).items
    answers: object = {item.code: answer_to(chance, item) for item in items if chance.random() < 0.8}
    if isinstance(answers, dict) and chance.random() < 0.04:
        answers[values.text(chance)[:70]] = values.value(chance)
    sent = {
        "edition": sometimes(chance, wave.edition.digest, 0.02), "language": sometimes(chance, "en", 0.03),
        "code": chance.choice([None, *world.codes, values.text(chance)]),
        "helper": sometimes(chance, chance.choice(HELPERS), 0.03),
        "told": sometimes(chance, "nobody", 0.03),
        "turned": sometimes(chance, True, 0.1), "others": sometimes(chance, "yes", 0.03),
        "hearers": sometimes(chance, [], 0.05), "answers": sometimes(chance, answers, 0.03),
    }  # fmt: skip
    for name in list(sent):
        if chance.random() < 0.01:
            del sent[name]
    return sent


def as_json(chance: random.Random, sent: object) -> bytes:
    """JSON, now and then with halves of characters, a key twice, or deeper than anything."""
    written = json.dumps(sent, ensure_ascii=chance.random() < 0.7).encode("utf-8", "surrogatepass")
    if chance.random() < 0.03:
        written = written[:-1] + b', "answers": ' + values.deep(chance) + b"}"
    if chance.random() < 0.03:
        written = written[:-1] + b', "answers": {}, "answers": ' + as_json(chance, values.value(chance)) + b"}"
    if chance.random() < 0.01:
        written = written[:-1] + b', "more": "' + b"x" * chance.choice((65_000, 65_536, 200_000, 1_000_000)) + b'"}'
    return written


def as_form(chance: random.Random, sent: dict[str, object]) -> bytes:
    """A form's fields; lists are fields of the same name."""
    pairs = [(name, one) for name, found in sent.items() for one in (found if isinstance(found, list) else [found])]
    if chance.random() < 0.1:
        pairs += [(chance.choice(pairs)[0] if pairs else "a", values.text(chance))]
    if chance.random() < 0.01:
        pairs += [("more", "x")] * chance.choice((990, 1000, 1001, 5000))
    if chance.random() < 0.01:
        pairs += [("more", "x" * chance.choice((196_000, 270_000, 1_100_000)))]
    chance.shuffle(pairs)
    return "&".join(f"{_quoted(name)}={_quoted(one)}" for name, one in pairs if one is not None).encode()


def _quoted(one: object) -> str:
    return quote_plus(str(one).encode("utf-8", "surrogatepass"))


def deliveries(chance: random.Random, world: World) -> Request:
    """PUT of answers, as they are or sealed."""
    wave, sent_as = chance.choice(world.waves), uuid.UUID(int=chance.getrandbits(128), version=4)
    body = as_json(chance, content(chance, world, wave))
    is_sealed = chance.random() < 0.25
    if is_sealed:
        seal = world.sealed(body, str(sent_as))
        if chance.random() < 0.3:
            seal[chance.choice(["key", "sealed"])] = sometimes(chance, "", 0.9)  # type: ignore[assignment]
        body = as_json(chance, seal)
    path = f"/a/{wave.code}/responses/{sent_as}/".encode()
    return Request("deliveries", "PUT", path, body=body, type=JSON, about={"id": sent_as})


def forms(chance: random.Random, world: World) -> Request:
    """POST of the same without JavaScript."""
    wave = chance.choice(world.waves)
    sent = content(chance, world, wave)
    answers = sent.pop("answers", {})
    fields = (
        {f"q_{code}": value for code, value in answers.items()} if isinstance(answers, dict) else {"q_words": answers}
    )
    if chance.random() < 0.1:
        fields["to"] = sometimes(chance, "pl", 0.5)
    if chance.random() < 0.2:
        fields["leave_out"] = sometimes(chance, "words", 0.5)
    spoken = chance.choice(["", "", "pl/"])
    return Request(
        "forms", "POST", f"/a/{wave.code}/{spoken}".encode(), body=as_form(chance, {**sent, **fields}), type=FORM
    )


def codes(chance: random.Random, world: World) -> Request:
    """The box in which a code is typed."""
    body = as_form(chance, {"code": chance.choice([*world.codes[:5], values.text(chance), values.value(chance)])})
    return Request("codes", "POST", chance.choice([b"/a/", b"/a/pl/", b"/a/ar/"]), body=body, type=FORM)


def letterbox(chance: random.Random, world: World) -> Request:
    """The words of a receipt: to look, to write back, to take back."""
    wave, words = chance.choice(world.receipts)
    token = Signer(salt=f"letter {wave}").sign(uuid.UUID(int=chance.getrandbits(128)).hex)
    fields = {
        "words": chance.choice([words, words.upper(), words.replace(" ", ", "), values.text(chance), words + "\0"]),
        "step": sometimes(chance, chance.choice(["", "write", "write", "back" if chance.random() < 0.05 else ""]), 0.1),
        "token": sometimes(chance, token, 0.1), "letter": sometimes(chance, values.text(chance), 0.1),
    }  # fmt: skip
    return Request("letterbox", "POST", f"/a/{wave}/receipt/".encode(), body=as_form(chance, fields), type=FORM)


def _asked(chance: random.Random, world: World) -> dict[str, object]:
    return {
        "wanted": sometimes(chance, chance.choice(["lead", "advocate", "trusted", ""]), 0.1),
        "name": sometimes(chance, values.text(chance), 0.1), "reach": sometimes(chance, values.text(chance), 0.1),
        "words": sometimes(chance, values.text(chance), 0.1), "language": sometimes(chance, "en", 0.1),
        "code": chance.choice(["", *world.codes[-2:], values.text(chance)]),
    }  # fmt: skip


def contacts(chance: random.Random, world: World) -> Request:
    """PUT of a message to be contacted."""
    wave, sent_as = chance.choice(world.waves), uuid.UUID(int=chance.getrandbits(128), version=4)
    body = as_json(chance, _asked(chance, world))
    if chance.random() < 0.2:
        body = as_json(chance, world.sealed(body, str(sent_as)))
    return Request("contacts", "PUT", f"/a/{wave.code}/contacts/{sent_as}/".encode(), body=body, type=JSON)


def contact_forms(chance: random.Random, world: World) -> Request:
    """POST of the same."""
    wave = chance.choice(world.waves)
    token = Signer(salt=f"contact {wave.code}").sign(uuid.UUID(int=chance.getrandbits(128)).hex)
    fields = {**_asked(chance, world), "token": sometimes(chance, token, 0.1)}
    if chance.random() < 0.1:
        fields["to"] = sometimes(chance, "pl", 0.5)
    path = f"/a/{wave.code}/{chance.choice(['', 'ar/'])}contact/".encode()
    return Request("contact_forms", "POST", path, body=as_form(chance, fields), type=FORM)


def board(chance: random.Random, world: World) -> Request:
    """What gets in the way, named by anybody."""
    token = Signer(salt=f"blockage {world.area}").sign(uuid.UUID(int=chance.getrandbits(128)).hex)
    fields = {
        "words": sometimes(chance, values.text(chance), 0.1), "token": sometimes(chance, token, 0.1),
        "namer": sometimes(chance, chance.choice(["family", "staff", ""]), 0.1),
    }  # fmt: skip
    path = f"/blockages/{world.area}/{chance.choice(['', 'pl/'])}name/".encode()
    return Request("board", "POST", path, body=as_form(chance, fields), type=FORM)


def multipart(chance: random.Random, world: World) -> Request:
    """A form with files, to whatever takes a form, and to whatever does not."""
    plain = chance.choice([forms, codes, letterbox, contact_forms, board])(chance, world)
    mark = b"edge"
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (mark, chance.choice([b"words", b"code", b"q_words", b"\xff"]),
           chance.choice([b"", b'; filename="../../a.php"']),
           values.text(chance).encode("utf-8", "surrogatepass"))
        for _ in range(chance.choice((1, 2, 150)))
    ]  # fmt: skip
    body = b"".join(parts) + chance.choice([b"--edge--\r\n", b"", b"--edge"])
    return Request("multipart", "POST", plain.path, body=body, type="multipart/form-data; boundary=edge")


def addresses(chance: random.Random, world: World) -> Request:
    """Any public address, with anything in its parts and its query."""
    signed = TimestampSigner(salt="thanks usual").sign(uuid.UUID(int=chance.getrandbits(128)).hex)
    parts = {
        "code": chance.choice([chance.choice(world.waves).code, values.text(chance)[:80]]),
        "language": chance.choice([*LANGUAGES, "xx"]), "token": chance.choice([signed, values.text(chance)[:200]]),
        "hash": chance.choice(["0" * 64, "0" * 32, values.text(chance)[:64]]), "any": values.text(chance)[:300],
        "area": chance.choice([world.area, values.text(chance)[:40]]),
        "number": chance.choice(["0", "1", "9" * 19, "9" * 40, "٣"]),
    }  # fmt: skip
    path = chance.choice(PUBLIC).format(**{k: v.replace("{", "").replace("}", "") for k, v in parts.items()})
    pairs = [(name, values.text(chance)) for name in QUERIES if chance.random() < 0.15]
    query = "&".join(f"{name}={_quoted(one)}" for name, one in pairs).encode()
    return Request("addresses", "GET", path.encode("utf-8", "surrogatepass"), query=query)


INPUTS: tuple[Callable[[random.Random, World], Request], ...] = (
    deliveries, deliveries, forms, forms, codes, letterbox, contacts, contact_forms, board, multipart, addresses,
    addresses,
)  # fmt: skip


def requests(seed: str, world: World, begin: int, end: int) -> Iterator[tuple[int, Request]]:
    """The requests of these numbers; each is drawn from the seed and its own number, so that one can be sent again."""
    for number in range(begin, end):
        chance = random.Random(f"{seed} {number}")
        request = chance.choice(INPUTS)(chance, world)
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
            request = worse(chance, request)
        yield number, request
