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
DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
YEAR = r"(?:(?:19|20)\d\d)"
DATE = (
    rf"(?:(?<!\w){DAY} ?(?:of )?{MONTH}\b(?:,? {YEAR}\b)?|\b{MONTH} {DAY}(?!\w)(?:,? {YEAR}\b)?|\b{MONTH} {YEAR}\b|"
    rf"(?<![\w/.-])\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:{YEAR}|\d\d)(?![\w/-])|(?<![\w/.-]){YEAR}-\d\d-\d\d(?!\w))"
)
NUMBER = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty)"
)
AGE = rf"(?:\d{{1,2}}|{NUMBER})"
BEING = r"(?:i ?'?a?m|i was|s?he'?s|s?he (?:is|was)|(?:is|was|they'?re|they are|turned|turning|who'?s|now))"
# What follows an age, and not an amount.
OVER = (
    r"(?= *(?:$|[.,;:!?)\n]|(?:and|but|now|so|when|i|he|she|with|who|next|this|or|cos|because|because|in (?:a few|two|\d)|"
    r"soon|going on|but|they|my|still|nearly|already|today)\b))"
)
DIGIT_WORD = r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble|hundred)"
APPS = r"(?:insta(?:gram)?|snap(?:chat)?|discord|tik ?tok|psn|gamertag|username|x ?box|roblox|fortnite)"
HANDLE = r"[a-z][\w.]{2,29}"

_SHAPES: tuple[tuple[str, str], ...] = (
    ("URL", r"\bhttps?://[^\s<>\"]{1,2000}|\bwww\.[^\s<>\"]{2,2000}"),
    ("EMAIL", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    ("EMAIL", r"(?<![\w.+-])[\w.+-]{1,64} ?[\[(]at[\])] ?[\w-]{1,63}(?:(?:\.| ?dot )[\w-]{1,63}){1,4}"),
    ("EMAIL", r"(?<![\w.+-])[\w.+-]{1,64} at [\w-]{1,63} dot (?:com|co dot uk|uk|org|net)\b"),
    (
        "URL",
        r"(?<![\w@.])(?:[\w-]{1,63}\.){1,4}(?:com|co\.uk|org(?:\.uk)?|net|example|gov\.uk|io|gg|tv)\b(?:/[^\s<>\"]{0,2000})?",
    ),
    ("HANDLE", r"(?<![\w@])@[\w.]{2,40}(?<!\.)"),
    ("HANDLE", r"\bxx?_?\w{2,30}_?xx?(?= |\b)(?<=[a-z]{2}[x_]x)"),
    ("HANDLE", r"(?<![\w.@])(?=[\w.]{0,40}[a-z]{2})[a-z][\w.]{0,38}(?:_[\w.]{0,38}[\w]|[a-z]{2}\d{2,4})(?![\w@])"),
    ("POSTCODE", r"(?<!\w)[a-z]{1,2}\d[a-z\d]? {0,2}\d[abd-hjlnp-uw-z]{2}(?!\w)"),
    ("PHONE", r"(?<![\w/])(?:\+ ?44|0|o)(?:[ .()-]{0,2}[\do]){8,13}(?![\w/])"),
    ("PHONE", rf"\b(?:{DIGIT_WORD}[ ,-]{{1,2}}){{5,20}}{DIGIT_WORD}\b"),
    ("DOB_AGE", rf"\bborn (?:on |in )?(?:the )?({DATE}|{YEAR})"),
    ("DOB_AGE", rf"\b(?:birthday|bday|dob|date of birth)\b(?: is| was|:| on)?(?: on)?(?: the)? ({DATE})"),
    ("DATE", DATE),
    (
        "DATE",
        rf"\b(?:in|since|last|until|till|from|by|before|after) ((?:early |late )?{MONTH})\b(?! \w+ (?:be|have)\b)",
    ),
    ("DATE", rf"\b(?:in|since|from|until) ({YEAR})\b"),
    ("DATE", rf"\b(?:last|next|this) {MONTH}\b"),
    ("DATE", rf"\b(?:easter|christmas|xmas|spring|summer|autumn|winter|halloween|eid|ramadan|diwali) {YEAR}\b"),
    ("DATE", r"\b(?:on )?the (\d{1,2}(?:st|nd|rd|th))\b(?! (?:time|one|worker|person|day|place|year|floor|house))"),
    ("DATE", rf"\btwo thousand (?:and )?{NUMBER}(?: (?:and )?{NUMBER})?\b"),
    ("DOB_AGE", rf"(?<!\w){AGE}[ -]?(?:(?:years?|yrs?|yr)[ -]?olds?|y/?o)\b"),
    ("DOB_AGE", r"\byear (?:[1-9]|1[0-3])\b"),
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
SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ .-][^\W\d_]){3,30}(?!\w)")


def shapes(text: str) -> Iterator[tuple[int, int, str]]:
    """Where something of a known shape stands, and what it is; what comes first wins where two overlap."""
    for label, pattern in SHAPES:
        for found in pattern.finditer(text):
            group = 1 if pattern.groups and found.group(1) else 0
            if found.end(group) > found.start(group):
                yield found.start(group), found.end(group), label
