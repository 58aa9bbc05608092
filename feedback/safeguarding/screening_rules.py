"""The rules themselves: a name that stays, how soon, what is looked for, and why, in a sentence for the lead. Pure.

Written in the way children write, with their spellings (hert, bruse, nite), in the first and the third person. Every
gap between words is bounded, so that a rule takes time in proportion to the text whatever is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback.safeguarding.screening_text import readable

NOW, SOON = "now", "soon"


@dataclass(frozen=True)
class WordRule:
    """One thing that is looked for."""

    name: str
    severity: str
    pattern: re.Pattern[str]
    reason: str


# Somebody, in the words children use.
WHO = (
    r"(?:he|she|they|dad|daddy|mum|mummy|mam|step ?(?:dad|mum|brother|bro|sister)|(?:foster |my )?carers?|boyfriend|fella|uncle|"
    r"aunt(?:y|ie)?|grand(?:ad|dad|pa|ma)|nan|brothers?|sister|cousin|man|boys?|lads?|kids?|staff|someone|somebody|people|"
    r"neighbour|teacher|worker|coach)"
)
# Up to so many words in between; never across the end of a sentence.
GAP2, GAP4, GAP6 = (rf"(?:[^\w.!?\n]+\w+){{0,{n}}}?[^\w.!?\n]+" for n in (2, 4, 6))
ME = r"(?:me|us|my|him|her|mum|mam|mummy|the baby|baby|myself|them|it)"
HURT = (
    r"(?:hits?|hitt?ing|hiting|hurts?|hurting|herts?|hurted|punch(?:es|ed|ing)?|slap(?:s|ped|ping)?|smack(?:s|ed|ing)?|"
    r"kick(?:s|ed|ing)?|beats?|beating|beaten|bites?|bit|pinch(?:es|ed)?|push(?:es|ed)?|shoves?|shak(?:es?|ing)|shook|"
    r"throws?|threw|drags?|dragged|choke[sd]?|choking|strangle[sd]?|strangling|batters?|battered|whips?|burns?|burned|burnt)"
)
_WRITTEN: tuple[tuple[str, str, str, str], ...] = (
    ("harm.by_someone", NOW, rf"\b{WHO}\b{GAP4}?{HURT}\b{GAP2}{ME}\b", "Somebody may be hurting them or another person."),
    ("harm.to_me", NOW, rf"\b(?:{HURT})\b[^\w.!?\n]+(?:me|us)\b", "Says that they are hurt."),
    ("harm.my_body", NOW, r"\b(?:herts?|hurts?|bruised?|burn(?:t|ed)|grab(?:s|bed)?)[^\w.!?\n]+my[^\w.!?\n]+(?:arm|leg|neck|face|head|private|bum|hand|back)\w*", "Says that they are hurt."),
    ("harm.being_hurt", NOW, r"\b(?:get|gets|getting|got|been|being|was)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:punched|kicked|beaten|beat up|slapped|smacked|strangled|stabbed|burn\w*|locked (?:in|out|up))", "Says that they are hurt or locked in."),
    ("harm.marks", NOW, r"\b(?:bru[iu]?s\w*|bruse\w*|black eye|marks? on (?:my|his|her|the)|has marks|got marks|burn on my|cigarette burn\w*|belt|strangl\w*|hands? (?:round|around|on) my (?:neck|throat|mouth))\b", "Speaks of injuries or of something used to hurt."),
    ("harm.other_kids", NOW, r"\bmy (?:friend|mate|sister|brother|little \w+|cousin)s?\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:beats?|hits?|hurts?|bru[iu]?ses?|marks)\b", "Speaks of another child who may be hurt."),
    ("harm.flinch", SOON, r"\b(?:flinch\w*|i shake|i wet the bed|wet myself)\b", "Speaks of signs of fear."),
    ("danger.weapon", NOW, r"\b(?:has|have|got|keeps?|with|carr(?:y|ies|ied)|pulled|held)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:knife|knives|gun|machete|blade|bat|hammer|acid)\b", "Speaks of a weapon."),
    ("danger.threat", NOW, r"\b(?:will|gonna|going to|ll|wil|wud|would|said (?:he|she|they))\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:kill|hurt|stab|batter|smash|burn|shoot)\b(?:[^\w.!?\n]+\w+){0,2}", "Speaks of a threat."),
    ("danger.fear_of_home", NOW, r"\b(?:scared|scard|scarred|frighte?ne?d|terrified|afraid)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:home|house|him|her|them|dad|mum|step\w*|uncle|grand\w+|nite|night|weekends?|when (?:he|she|they)|of what|of my)\b", "Is afraid of somebody or of going home."),
    ("danger.frightened_when", NOW, r"\b(?:frighte?ne?d|scared|terrified|feel sick|shake)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+when\b", "Is afraid at certain times."),
    ("danger.not_safe", NOW, r"\b(?:un ?safe|not safe|(?:dont|do not|doesnt|never|not|isnt|didnt) (?:ever |always |really )?(?:feel(?:ing)? )?safe)\b", "Says that they do not feel safe."),
    ("danger.not_go_home", NOW, r"\b(?:dont|do not|not|never|please dont)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:go(?:ing)?|send(?: me)?|take me|be) (?:back )?(?:home|back|there)\b", "Does not want to go home or back."),
    ("danger.help_me", NOW, r"\b(?:he+lp me|help us|need help now|(?:please|pls|plz) help|come and get (?:me|us)|get me out|save me|call the police|make it stop|want it to stop)\b", "Asks for help."),
    ("danger.hiding", NOW, r"\bi (?:hide|hid|go|sleep|slept|stay|sit)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:cup?bo?a?r?d|cubord|wardrobe|shed|garage|bath|bus stops?|stairwell|park|under the bed|when (?:he|she|they))", "Hides, or sleeps where a child should not."),
    ("danger.at_home", SOON, r"\b(?:argu\w+|fight\w*|shout\w*|scream\w*)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:throw|things|hide|cry\w*|quiet|police|so bad|every night)\b", "Speaks of violence at home."),
    ("danger.waits", NOW, r"\b(?:waits?|waiting|follows?|following|watch(?:es|ing)?)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:for me|me|outside|my (?:school|house|window|room))\b", "Somebody may be following or watching them."),
    ("self.die", NOW, r"\b(?:kill(?:ing)? my ?self|want(?:ed)? to die|wanna die|wish i (?:was|were|wasnt|werent) (?:dead|alive|born|here)|end (?:it|my life)|ending it|suicid\w*|better off (?:dead|without me|if i)|no point (?:in )?living|point in living|dont want to (?:be here|live|wake up|be alive)|not wake up|never wake up|cant (?:go on|do this any ?more|take it)|jump off|hang myself|take all (?:my|the) (?:tablets|pills))", "May be thinking of ending their life."),
    ("self.gone", NOW, r"\b(?:everyone|they|mum|people|world)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+better\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:gone|dead|without me|wasnt here)\b", "May be thinking of ending their life."),
    ("self.harm", NOW, r"\b(?:self ?harm\w*|been cutting|cut(?:ting|s)? (?:my ?self|my (?:arm|wrist|leg|thigh)\w*)|burn my ?self|scratch my (?:\w+ ){0,3}?(?:bleed\w*|blood)|hurt my ?self|took (?:all |too many |loads of )?(?:the |my )?(?:tablets|pills)|overdos\w*)", "Speaks of hurting themselves."),
    ("self.eating", SOON, r"\b(?:make myself sick|dont eat so|stopped eating|starv(?:e|ing) myself|throw up after)\b", "Speaks of not eating or of making themselves sick."),
    ("sexual.touch", NOW, r"\b(?:touch(?:es|ed|ing)?|grop\w*|kiss(?:es|ed)?|licks?|rubs?)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:me|my|her|us|privates?)\b", "Speaks of being touched."),
    ("sexual.private", NOW, r"\b(?:my privates?|private parts?|willy|fanny|rap(?:e|ed|ing)|sexual\w*|had sex|sex with|naked|no clothes|nudes?|rude (?:films?|pictures?|videos?|things)|porn|made me copy)\b", "Speaks of sexual harm or private parts."),
    ("sexual.room", NOW, r"\b(?:comes?|came|gets?|got|climbs?|sleeps?) (?:in|into|in with|into bed|in bed)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:room|bed|me|night|nite|dark)\b", "Somebody may be coming to them at night."),
    ("sexual.watch", NOW, r"\bwatch(?:es|ed|ing)? me\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]*(?:shower|bath|undress|change|changed|toilet|sleep)", "Somebody watches them undress or wash."),
    ("sexual.lap", NOW, r"\b(?:sit|sits|sat)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:his|her) (?:lap|knee)\b", "Speaks of unwanted closeness."),
    ("sexual.pictures", NOW, r"\b(?:send|sent|asked?|asks|wants?|put|share|made to)\b(?:[^\w.!?\n]+\w+){0,5}?[^\w.!?\n]+(?:pics?|pictures?|photos?|vid(?:eo)?s?|nudes?)\b", "Speaks of pictures somebody wants or has."),
    ("sexual.made_to", NOW, r"\b(?:makes?|made|making|forced?|forces)(?: me| us)? (?:to )?(?:do|copy|watch|touch|send|be nice)\b", "Somebody makes them do things."),
    ("sexual.did_something", NOW, r"\b(?:did|does|doing|do) (?:something|stuff|things|bad things)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:me|us|dont like|bad|dont want)\b", "Somebody did something to them."),
    ("secret.told_not_to", NOW, r"\b(?:our secret|keep (?:it )?(?:a )?secret|(?:dont|not to|cant|not allowed to|not alowed to|never|better not|says? not to|said not to|if i|if you) (?:ever )?(?:tell|say|talk)\b(?! (?:me|us) (?:anything|what|when|why|how)))", "Was told to keep something secret, or fears to tell."),
    ("secret.reads_this", NOW, r"\b(?:cant say|will read this|is reading this|is watching me|dont tell (?:my|him|her|them|anyone))\b", "Somebody may be watching what they write."),
    ("secret.not_believed", SOON, r"\b(?:no ?(?:one|body)|never|didnt|dont|doesnt|wont|not)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]*believed?s?\b(?:[^\w.!?\n]+(?:me|us|him|her))?", "Says that they were not believed."),
    ("neglect.food", NOW, r"\b(?:(?:no|nothing|isnt any|not (?:got )?any|never any|theres no|without|locks?) (?:to eat|food|tea|dinner|the fridge|fridge)|(?:not|havent|hasnt|hav not|didnt|never) (?:\w+ ){0,2}?(?:ate|eat|eaten|fed)\b|lock\w* the (?:fridge|food|kitchen)|always hungry|so hungry|starving|eat outside)", "May not have enough to eat."),
    ("neglect.alone", NOW, r"\b(?:leaves?|left|leaving) (?:me|us|my \w+|the baby)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:alone|own|all night|by (?:my|our)sel\w+)\b", "May be left alone."),
    ("neglect.carer", SOON, r"\b(?:i|we) (?:have to |had to |always |)(?:look after|feed|cook|care for)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]*(?:baby|brother|sister|mum|all the time|everything|$)", "May be looking after others."),
    ("neglect.cold", NOW, r"\b(?:sleep|slept) on the floor\b|\bno blanket\b|\bno bed\b|\bstand outside\b|\b(?:needles?|sick|poo) on the floor\b", "May lack a bed, warmth or a safe place."),
    ("neglect.substances", NOW, r"\b(?:is|gets?|got|always|when|hes|shes|was|are)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]*(?:drunk|high|stoned|out of it|wasted|passed out|on (?:drugs|heroin|crack))\b", "Somebody who looks after them may be drunk or on drugs."),
    ("neglect.drugs", NOW, r"\b(?:takes?|taking|does|smokes?|injects?) (?:\w+ )?(?:drugs|heroin|crack|coke|pills|needles)\b", "Somebody who looks after them may use drugs."),
    ("neglect.not_waking", NOW, r"\b(?:cant|couldnt|doesnt|wont|didnt) wake (?:her|him|up|mum|dad|them)?\b", "Somebody could not be woken."),
    ("locked", NOW, r"\b(?:lock(?:s|ed|ing)?)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:in|out|up|door|room|garage|cellar|cupboard)\b(?!.{0,20}privacy)", "May be locked in or out."),
    ("locked.kept", NOW, r"\b(?:makes?|made) (?:me|us) (?:stay|stand|sleep|sit|eat|kneel|live)\b", "May be punished in a way that harms."),
    ("cruel.names", SOON, r"\b(?:calls?|called|calling) me\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:names?|dog|stupid|fat|slag|bitch|worthless|thick|ugly|mistake)\b", "Is called cruel names."),
    ("cruel.head", NOW, r"\b(?:shaves?|shaved|cuts?|cut) (?:my|our) (?:head|hair)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]*(?:naughty|bad|punish\w*)", "May be punished in a way that harms."),
    ("exploited.carry", NOW, r"\b(?:carry|carrying|hold|holding|deliver|take|taking|sell|selling|drop|run)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:stuff|packages?|parcels?|drugs|weed|bags?|things) ?(?:for|on the train|on trains|to)?\b(?:[^\w.!?\n]+(?:them|him|her|the|older|big|on|up)\b)", "May be made to carry things for others."),
    ("exploited.hold_packages", NOW, r"\b(?:hold|carry|deliver) (?:packages?|parcels?|drugs|weed)\b|\bcounty lines?\b|\btrap house\b", "May be made to carry things for others."),
    ("exploited.gifts", NOW, r"\b(?:buys?|gives?|gave|bought)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:vapes?|vodka|weed|drink|drugs|fags|money to|me things|trainers|phone)\b", "Somebody may be giving them things to get something."),
    ("exploited.debt", NOW, r"\b(?:owe|owes|owed|pay (?:her|him|them) back|debt)\b(?:[^\w.!?\n]+\w+){0,6}", "May owe somebody something."),
    ("exploited.older", NOW, r"\b(?:boyfriend|girlfriend) (?:is|who is) (?:2\d|3\d|4\d|1[89])\b|\bolder (?:boys?|girls?|men|man|lads?|guys?)\b", "Speaks of a much older friend."),
    ("exploited.online", NOW, r"\b(?:man|someone|guy|person|lad)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]*(?:online|from (?:the|a) (?:game|app|internet)|on (?:snap\w*|insta\w*|discord|roblox))\b", "Speaks of a stranger online."),
    ("forced.marriage", NOW, r"\b(?:get married|marry|husband|wedding)\b", "May be made to marry."),
    ("forced.abroad", NOW, r"\btak(?:e|ing) me (?:to|abroad|away|back)\b", "May be taken away or abroad."),
    ("forced.cutting", NOW, r"\b(?:have the cut|be cut|fgm|circumcis\w*)\b", "May be in danger of cutting."),
    ("missing.run", NOW, r"\b(?:run(?:ning)? away|ran away|runaway|leg it|not come? back|go(?:ing)? missing|been missing|havent been home|not been home|sleep(?:ing)? (?:rough|outside|on the street))\b", "May run away, or is missing."),
    ("fear.general", SOON, r"\b(?:scared|frighte?ne?d|terrified|afraid) of\b(?! the (?:dentist|dark|dogs?|spiders?|meetings?))|\bim (?:so )?(?:scared|frighte?ne?d|terrified)\b", "Is afraid."),
    ("back.again", SOON, r"\b(?:boyfriend|dad|step\w*|he) (?:is|has|moved|came) (?:back|come back|moved back)(?: in)?\b", "Somebody who should not be there may be back."),
    ("harm.thrown", NOW, r"\b(?:threw|throws?|throwing)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:at|on|against|down)\b", "Speaks of things thrown at somebody."),
    ("harm.animal", NOW, r"\b(?:hurt|kill|kick)(?:s|ed|ing)? (?:the|my|our) (?:cat|dog|pet|hamster|rabbit)\b", "Speaks of an animal hurt or threatened."),
)  # fmt: skip
_KNOWN_WORDS: dict[str, tuple[str, ...]] = {
    "cy": ("helpwch", "taro", "brifo", "ofn arna", "ofnus", "marw", "lladd", "cyfrinach", "ddim yn ddiogel"),
    "pl": (
        "pomocy",
        "bije",
        "uderzyl",
        "boje sie",
        "zabic",
        "umrzec",
        "tajemnica",
        "dotyka",
        "nie jestem bezpieczn",
        "glodn",
    ),
    "ro": ("ajutor", "ma bate", "loveste", "mi e frica", "mie frica", "sa mor", "omoare", "secret", "atinge", "foame"),
    "ur": ("مدد", "مارتا", "مارتی", "ڈر لگتا", "مرنا", "مار دے", "راز", "چھوتا", "محفوظ نہیں", "بھوک"),
    "ar": ("ساعدوني", "النجده", "يضربني", "تضربني", "خايف", "خائف", "اموت", "اقتل", "سر", "يلمسني", "جوعان"),
    "uk": ("допоможіть", "б'є", "бє мене", "боюся", "померти", "вбити", "таємниця", "торкає", "небезпечно", "голодн"),
    "so": ("i caawi", "caawi", "garaac", "baqay", "cabsi", "dhimasho", "dilo", "sir", "taabtay", "gaajo"),
}


def _rule(name: str, severity: str, pattern: str, reason: str) -> WordRule:
    return WordRule(name, severity, re.compile(pattern), reason)


RULES: tuple[WordRule, ...] = tuple(_rule(*written) for written in _WRITTEN)
TRANSLATED: dict[str, tuple[WordRule, ...]] = {
    language: (
        _rule(
            f"words.{language}",
            NOW,
            rf"\b(?:{'|'.join(re.escape(readable(word).text) for word in words)})",
            "A word of danger or of help.",
        ),
    )
    for language, words in _KNOWN_WORDS.items()
}
