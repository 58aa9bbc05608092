"""What identifies by its shape: links, addresses of mail, handles, phones, postcodes, dates and ages. Pure.

Every repetition is bounded or cannot begin in two places, so that a text takes time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
# Of Wales, Poland and Romania, without accents; only beside a day, for some are words here (mai, medi).
MONTH_ABROAD = (
    r"(?:ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr|"
    r"stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrzesnia|pazdziernika|listopada|grudnia|"
    r"ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie)"
)
DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
YEAR = r"(?:(?:19|20)\d\d)"
DATE = (
    rf"(?:(?<!\w){DAY} ?(?:of )?{MONTH}\b(?:,? {YEAR}\b)?|\b{MONTH} {DAY}(?!\w)(?:,? {YEAR}\b)?|\b{MONTH} {YEAR}\b|"
    rf"(?<![\w/.-])\d{{1,2}} ?[/.-] ?\d{{1,2}} ?[/.-] ?(?:{YEAR}|\d\d)(?![\w/-])|(?<![\w/.-]){YEAR}-\d\d-\d\d(?!\w))"
)
NUMBER = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty)"
)
AGE = rf"(?:\d{{1,2}}|{NUMBER})(?: ?(?:and|n|&) (?:a half|a quarter|three quarters)| or {NUMBER}\b)?"
ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
FEAST = (
    r"(?:easter|christmas(?: eve| day)?|xmas|spring|summer|autumn|winter|halloween|eid|ramadan|diwali|bonfire night|"
    r"new years?(?: eve| day)?|boxing day|half term|valentines(?: day)?)"
)
BEING = r"(?:i ?'?a?m|i was|s?he'?s|s?he (?:is|was)|(?:is|was|they'?re|they are|turned|turning|who'?s|now))"
# What follows an age, and not an amount.
OVER = (
    r"(?= *(?:$|[.,;:!?)\n]|(?:and|but|now|so|when|i|he|she|with|who|next|this|or|cos|because|not|in (?:a few|two|\d|may)|"
    r"soon|going on|but|they|my|still|nearly|already|today)\b))"
)
DIGIT_WORD = r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble|hundred)"
APPS = r"(?:insta(?:gram)?|snap(?:chat)?|discord|tik ?tok|psn|gamertag|username|x ?box|roblox|fortnite)"
HANDLE = r"[a-z][\w.]{2,29}"

_SHAPES: tuple[tuple[str, str], ...] = (
    ("URL", r"\bhttps?://[^\s<>\"]{1,2000}|\bwww\.[^\s<>\"]{2,2000}"),
    ("EMAIL", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    ("EMAIL", r"(?<![\w.+-])[\w.+-]{1,64} ?[\[(]at[\])] ?[\w-]{1,63}(?:(?:\.| ?dot )[\w-]{1,63}){1,4}"),
    (
        "EMAIL",
        r"(?<![\w.+-])[\w.+-]{1,64}(?: dot [\w-]{1,40}){0,2} at (?:[\w-]{1,63} ){1,2}dot (?:com|co dot uk|uk|org|net|example)\b",
    ),
    ("EMAIL", r"(?<![\w.+-])[\w+-]{1,40} dot [\w-]{1,40} at [\w-]{1,63} dot [a-z]{2,12}\b"),
    (
        "URL",
        r"(?<![\w@.])(?:[\w-]{1,63}\.){1,4}(?:com|co\.uk|org(?:\.uk)?|net|example|gov\.uk|io|gg|tv)\b(?:/[^\s<>\"]{0,2000})?",
    ),
    ("HANDLE", r"(?<![\w@])@[\w.]{2,40}(?<!\.)"),
    ("HANDLE", r"\bxx?_?\w{2,30}_?xx?(?= |\b)(?<=[a-z]{2}[x_]x)"),
    ("HANDLE", r"(?<![\w.@])(?=[\w.]{0,40}[a-z]{2})[a-z][\w.]{0,38}(?:_[\w.]{0,38}[\w]|[a-z]{2}\d{2,4})(?![\w@])"),
    ("POSTCODE", r"(?<!\w)[a-z]{1,2}\d[a-z\d]?[ -]{0,2}\d[abd-hjlnp-uw-z]{2}(?!\w)"),
    ("POSTCODE", r"(?<!\w)[a-z](?: [a-z])?(?: \d){1,2}(?: [a-z])? \d [abd-hjlnp-uw-z] [abd-hjlnp-uw-z](?!\w)"),
    ("PHONE", r"(?<![\w/])(?:\+ ?44|0|o)(?:[ .()-]{0,2}[\do]){8,13}(?![\w/])"),
    ("PHONE", rf"\b(?:{DIGIT_WORD}[ ,-]{{1,2}}){{5,20}}{DIGIT_WORD}\b"),
    (
        "PHONE",
        rf"(?<![\w/])(?:\+ ?44|0\d|oh?\b|zero\b)(?=[^\n]{{0,12}}[\d ])(?:[ ,.()-]{{0,3}}(?:[\doil](?![a-hj-km-nq-z])|{DIGIT_WORD}(?![a-z]))){{6,16}}",
    ),
    ("DOB_AGE", rf"\bborn (?:on |in )?(?:the )?({DATE}|{YEAR}|{FEAST}(?: {YEAR})?)"),
    ("DOB_AGE", rf"\b(?:birthday|bday|dob|date of birth)\b(?: is| was|:| on)?(?: on)?(?: the)? ({DATE}|{FEAST})"),
    ("DATE", DATE),
    (
        "DATE",
        rf"\b(?:in|since|last|until|till|from|by|before|after) ((?:early |late )?{MONTH})\b(?! \w+ (?:be|have)\b)",
    ),
    ("DATE", rf"\b(?:in|since|from|until) ({YEAR})\b"),
    ("DATE", rf"\b(?:last|next|this) {MONTH}\b"),
    ("DATE", rf"\b{FEAST} {YEAR}\b"),
    ("DATE", rf"\b(?:{ORDINAL}|{DAY}) of {MONTH}\b(?:,? {YEAR}\b)?"),
    ("DATE", rf"\b(?:end|start|beginning|middle|first week|last week) of ({MONTH})\b"),
    ("DATE", rf"(?<![\d.]){YEAR} ?(?:to|-|and|until|till|or) ?{YEAR}\b"),
    ("DATE", rf"(?<!\w)\d{{1,2}}\.? {MONTH_ABROAD}\b|\b{MONTH_ABROAD} \d{{1,2}}(?:af|ain|eg|ydd|fed)?\b"),
    ("DATE", r"\b(?:on|conference|review|meeting|court)(?: is| was)?(?: on)?(?: the)? (\d{1,2}[/.]\d{1,2})(?![\w/%])"),
    ("DATE", r"(?<![\d/.,-])\d\d\.(?:0[1-9]|1[0-2])(?= (?:is|was|they|he|she|we|i)\b)"),
    ("DATE", r"\b(?:on )?the (\d{1,2}(?:st|nd|rd|th))\b(?! (?:time|one|worker|person|day|place|year|floor|house))"),
    ("DATE", rf"\btwo thousand (?:and )?{NUMBER}(?: (?:and )?{NUMBER})?\b"),
    ("DOB_AGE", rf"(?<!\w){AGE}[ -]?(?:(?:years?|yrs?|yr)[ -]?olds?|y/?o)\b"),
    (
        "DOB_AGE",
        r"\b(?:year|yr|y) ?(?:[1-9]|1[0-3])s?\b|\bp[1-7]\b|\b(?:in|was|into|to|left|started?|starts|teacher) s[1-6]\b",
    ),
    ("DOB_AGE", r"\b(?:in|since|starts?|started|starting|into) reception\b(?! (?:area|desk|room|class room))"),
    ("DOB_AGE", rf"(?<!\w){AGE} ?(?:months?|mths?|weeks?|wks?|days?)[ -]olds?\b"),
    (
        "DOB_AGE",
        rf"\b(?:is|he'?s|she'?s|baby'?s|they'?re)(?: only| just| about| nearly| now)? ({AGE} (?:months?|weeks?))\b(?! (?:late|away|behind|left|to|too|since|early|ago))",
    ),
    (
        "DOB_AGE",
        r"\b(?:my|his|her|our|their) (\d{1,2}(?:st|nd|rd|th))\b(?! (?:worker|social|placement|school|move|home|time|house|carer|person|key|foster|chance|review|meeting))",
    ),
    ("DOB_AGE", rf"(?<!\w)(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL}) (?:birthday|bday)\b"),
    ("DOB_AGE", rf"\bage(?:s|d)? (?:of )?{AGE} (?:and|to|till|until|or) ({AGE})(?!\w)"),
    ("DOB_AGE", rf"\b(?:mum|mam|mother|dad|father|pregnant|homeless|parent) at ({AGE})(?![\w:/])"),
    ("DOB_AGE", rf"\bbeing ({AGE})(?! (?:minutes|hours|miles|of))(?![\w:/])"),
    (
        "DOB_AGE",
        rf"\b(?:kids|children|boys|girls|sons|daughters|sisters|brothers|twins|they|wains|weans|bairns)(?: are|,)(?: only)? ({AGE})(?: and|,| &) {AGE}(?!\w)",
    ),
    (
        "DOB_AGE",
        rf"\b(?:kids|children|boys|girls|sons|daughters|sisters|brothers|they|wains|weans|bairns)(?: are|,)(?: only)? {AGE}(?: and|,| &) ({AGE})(?!\w)",
    ),
    ("DOB_AGE", r"[a-z]{2}, ?(\d{1,2})(?=,|\n|$)"),
    ("DOB_AGE", rf"\b(?:nearly|almost|not) ({AGE})(?= *(?:$|[.,!?\n]|and\b))"),
    ("DOB_AGE", rf"(?:^|(?<=\n))({AGE})(?= (?:and|nearly|almost|next|now)\b)"),
    ("DOB_AGE", rf"\b({AGE})(?= in {MONTH}\b)"),
    (
        "ADDRESS",
        r"\b(?:flat|plot|caravan|pitch|apartment|block) (?:\d{1,3}[a-z]?|[a-z])\b(?!')(?:,? (?:room|flat|block) (?:\d{1,4}[a-z]?|[a-z])\b(?!'))?",
    ),
    ("ADDRESS", r"\b(?:room|cell|bed|ward|pod) \d{2,4}\b"),
    ("ADDRESS", r"\b(?:number|no\.?) (?:[2-9]|\d{2,3})[a-z]?\b(?! (?:of|thing|reason|bus|one|on the))"),
    (
        "ADDRESS",
        r"\b\d{1,3}[a-z]?,? the (?:green|ridings|paddocks?|crescent|close|mews|meadows?|avenue|drive|square|orchards?|maltings|mount|parade|glebe|coppice|spinney|hollies|limes|firs|beeches|oaks|willows|elms|cedars|larches|glen|vale|lane|street|rise|croft|leas|fairway|gardens|terrace|hill|heath|common|village|cottages?|courtyard|lawns)\b",
    ),
    (
        "ORG",
        r"\b(?:red|blue|green|yellow|purple|orange|pink|gold|silver|rainbow|north|south|east|west) (?:team|locality)\b",
    ),
    ("ORG", r"\b(?:ward|locality|foyer|hub|team|area team) (?:\d{1,2}|[a-h])\b(?!')"),
    (
        "DOB_AGE",
        rf"\b(?:aged?|age of|age:|leaving care at|care at|when i was|since i was|turned|turning|turn|care since|care from) ({AGE})(?![\w%:/]|\.\d)(?! (?:weeks?|months?|days?|out)\b)",
    ),
    ("DOB_AGE", rf"\b{BEING} (?:only |just |about |nearly |now )?({AGE})(?![\w%:/]|\.\d){OVER}"),
    ("DOB_AGE", r"[a-z] ?\((\d{1,2})\)"),
    ("DOB_AGE", rf"(?<!\w)({AGE}) when (?:they|i|we|she|he|mum|dad)\b"),
)
SHAPES = tuple((label, re.compile(pattern, re.IGNORECASE)) for label, pattern in _SHAPES)
AFTER_APPS = re.compile(
    rf"\b{APPS}\b(?: (?:is|as|called|name|me|on|it'?s|im|i'?m)|:|,){{0,2}} ?({HANDLE})", re.IGNORECASE
)
BEFORE_APPS = re.compile(rf"\b({HANDLE}) on {APPS}\b", re.IGNORECASE)
SPACED = re.compile(r"(?<!\w)[^\W\d_](?:(?:[ .-][^\W\d_]){3,30}|(?:[.*_-][^\W\d_]){2,30})(?![\w*])")


def shapes(text: str) -> Iterator[tuple[int, int, str]]:
    """Where something of a known shape stands, and what it is; what comes first wins where two overlap."""
    for label, pattern in SHAPES:
        for found in pattern.finditer(text):
            group = 1 if pattern.groups and found.group(1) else 0
            if found.end(group) > found.start(group):
                yield found.start(group), found.end(group), label
