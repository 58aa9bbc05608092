"""The rules themselves: a name that stays, how soon, what is looked for, and why, in a sentence for the lead. Pure.

Written in the way children write, with their spellings (hert, bruse, nite), in the first and the third person. Every
gap between words is bounded, so that a rule takes time in proportion to the text whatever is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback.safeguarding.screening_languages import PHRASES, pattern_of

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
# Not in what is played or was an accident, as far as the same sentence says so within some words.
NOT_PLAYED = (
    r"(?![^.!?\n]{0,40}\b(?:foot ?ball|rugby|netball|hockey|cricket|swim\w*|pe|ball|skateboard\w*|trampoline|gym\w*|oven|cook\w*|barbie|"
    r"pillow|snowball|by accident|when (?:she|he) was (?:two|2|little|a baby)|goals?|feelings?|fifa|xbox|pool|chess|game)\b)"
)
# What many children are afraid of, and nobody does.
HARMLESS = (
    r"(?:the |a |my |some |failing |being |big |all )*(?:dentists?|doctors?|dark|dogs?|spiders?|meetings?|needles?|injections?|heights?|"
    r"clowns?|exams?|gcses?|tests?|thunder\w*|storms?|wasps?|bees?|anything|nothing|noises?|ghosts?|water|swimming|rides?|roller\w*|tables?|"
    r"school|moving|new (?:school|worker|house|people|place)|crowds?|lifts?|planes?|flying|talking|speaking|snakes?|rats?|creaky|first (?:night|day))"
)
ME = r"(?:me|us|my|him|her|mum|mam|mummy|the baby|baby|myself|them|it)"
HURT = (
    r"(?:hits?|hitt?ing|hiting|hurts?|hurting|herts?|hurted|punch(?:es|ed|ing)?|slap(?:s|ped|ping)?|smack(?:s|ed|ing)?|"
    r"kick(?:s|ed|ing)?|beats?|beating|beaten|bites?|bit|pinch(?:es|ed)?|push(?:es|ed)?|shoves?|shak(?:es?|ing)|shook|"
    r"throws?|threw|drags?|dragged|choke[sd]?|choking|strangle[sd]?|strangling|batters?|battered|whips?|burns?|burned|burnt)"
)
_WRITTEN: tuple[tuple[str, str, str, str], ...] = (
    ("harm.by_someone", NOW, rf"\b{WHO}\b(?<!one){GAP4}?{HURT}\b{GAP2}{ME}\b{NOT_PLAYED}", "Somebody may be hurting them or another person."),
    ("harm.to_me", NOW, rf"\b{HURT}\b[^\w.!?\n]+(?:me|us)\b{NOT_PLAYED}", "Says that they are hurt."),
    ("harm.my_body", NOW, r"\b(?:herts?|hurts?|bruised?|burn(?:t|ed)|grab(?:s|bed)?)[^\w.!?\n]+my[^\w.!?\n]+(?:arm|leg|neck|face|head|private|bum|hand|back)\w*", "Says that they are hurt."),
    ("harm.being_hurt", NOW, r"\b(?:get|gets|getting|got|been|being|was)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:punched|kicked|beaten|beat up|slapped|smacked|strangled|stabbed|burn\w*|locked (?:in|out|up))\b" + NOT_PLAYED, "Says that they are hurt or locked in."),
    ("harm.marks", NOW, rf"\b(?:bru[iu]?s(?!e easy)\w*|bruse\w*|black eye|marks? on (?:my|his|her|the)|has marks|got marks|burn on my|cigarette burn\w*|belt|strangl\w*|hands? (?:round|around|on) my (?:neck|throat|mouth))\b{NOT_PLAYED}", "Speaks of injuries or of something used to hurt."),
    ("harm.other_kids", NOW, r"\bmy (?:friend|mate|sister|brother|little \w+|cousin)s?\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:beats?|hits?|hurts?|bru[iu]?ses?|marks)\b", "Speaks of another child who may be hurt."),
    ("harm.flinch", SOON, r"\b(?:flinch\w*|i shake|i wet the bed|wet myself)\b", "Speaks of signs of fear."),
    ("danger.weapon", NOW, r"\b(?:has|have|got|keeps?|with|carr(?:y|ies|ied)|pulled|held)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:knife|knives|gun|machete|blade|bat|hammer|acid)\b", "Speaks of a weapon."),
    ("danger.threat", NOW, r"\b(?:will|gonna|going to|ll|wil|wud|would|said (?:he|she|they))\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:kill|hurt|stab|batter|smash|burn|shoot)\b(?:[^\w.!?\n]+\w+){0,2}", "Speaks of a threat."),
    ("danger.fear_of_home", NOW, r"\b(?:scared|scard|scarred|frighte?ne?d|terrified|afraid)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:home|house|him|her|them|dad|mum|step\w*|uncle|grand\w+|nite|night|weekends?|when (?:he|she|they)|of what)\b(?! (?:but|and now))", "Is afraid of somebody or of going home."),
    ("danger.frightened_when", NOW, r"\b(?:frighte?ne?d|scared|terrified|feel sick|shake)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+when (?:he|she|they|dad\w*|mum\w*|step\w*|its time|someone|some one|it gets|any ?one|my (?:dad|mum|step\w*|uncle|carer\w*))\b", "Is afraid at certain times."),
    ("danger.not_safe", NOW, r"\b(?:un ?safe|not safe|(?:dont|do not|doesnt|never|not|isnt|didnt) (?:ever |always |really )?(?:feel(?:ing)? )?safe)\b", "Says that they do not feel safe."),
    ("danger.not_go_home", NOW, r"\b(?:dont|do not|not|never|please dont)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:go(?:ing)?|send(?: me)?|take me|be) (?:back )?(?:home|back|there)\b(?! (?:i like|i want to stay))", "Does not want to go home or back."),
    ("danger.help_me", NOW, r"\b(?:he+lp me|help us|need help now|(?:please|pls|plz) help|come and get (?:me|us)|get me out(?! of (?:maths|pe|school|class))|save me|call the police|make it stop|want it to stop)\b", "Asks for help."),
    ("danger.hiding", NOW, r"\bi (?:hide|hid|go|sleep|slept|stay|sit)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:cup?bo?a?r?d|cubord|wardrobe|shed|garage|bath|bus stops?|stairwell|park|under the bed|when (?:he|she|they))", "Hides, or sleeps where a child should not."),
    ("danger.at_home", SOON, r"\b(?:argu\w+|fight\w*|shout\w*|scream\w*)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:throw|things|hide|cry\w*|quiet|police|so bad|every night)\b", "Speaks of violence at home."),
    ("danger.waits", NOW, r"\b(?:waits?|waiting|follows?|following|watch(?:es|ing)?)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:for me|outside (?:my|our|school|the)|my (?:school|house|window|room)|follow\w* (?:me|us))\b(?!.{0,40}\b(?:van|taxi|carer|lift)\b)", "Somebody may be following or watching them."),
    ("self.die", NOW, r"\b(?:kill(?:ing)? my ?self|want(?:ed)? to die|wanna die|wish i (?:was|were|wasnt|werent) (?:dead|alive|born|here)|end (?:it|my life)|ending it|suicid\w*|better off (?:dead|without me|if i)|no point (?:in )?living|point in living|dont want to (?:be here|live|wake up|be alive)|not wake up|never wake up|cant (?:go on|do this any ?more|take it)|jump off|hang myself|take all (?:my|the) (?:tablets|pills))", "May be thinking of ending their life."),
    ("self.gone", NOW, r"\b(?:everyone|they|mum|people|world)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+better\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:gone|dead|without me|wasnt here)\b", "May be thinking of ending their life."),
    ("self.harm", NOW, r"\b(?:self ?harm\w*|been cutting|cut(?:ting|s)? (?:my ?self|my (?:arm|wrist|leg|thigh)\w*)|burn my ?self|scratch my (?:\w+ ){0,3}?(?:bleed\w*|blood)|hurt my ?self|took (?:all |too many |loads of )?(?:the |my )?(?:tablets|pills)|overdos\w*)", "Speaks of hurting themselves."),
    ("self.eating", SOON, r"\b(?:make myself sick|dont eat so|stopped eating|starv(?:e|ing) myself|throw up after)\b", "Speaks of not eating or of making themselves sick."),
    ("sexual.touch", NOW, r"\b(?:touch(?:es|ed|ing)?|grop\w*|kiss(?:es|ed)?|licks?|rubs?)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:me|my|her|us|privates?)\b(?! (?:stuff|things|toys|hair at|food|and i went))", "Speaks of being touched."),
    ("sexual.private", NOW, r"\b(?:my privates?|private parts?|willy|fanny|rap(?:e|ed|ing)|sexual\w*|had sex|sex with|naked|no clothes|nudes?|rude (?:films?|pictures?|videos?|things)|porn|made me copy)\b", "Speaks of sexual harm or private parts."),
    ("sexual.room", NOW, r"\b(?:comes?|came|gets?|got|climbs?|sleeps?) (?:in|into|in with|into bed|in bed)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:room|bed|me|night|nite|dark)\b", "Somebody may be coming to them at night."),
    ("sexual.watch", NOW, r"\bwatch(?:es|ed|ing)? me\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]*(?:shower|bath|undress|change|changed|toilet|sleep)", "Somebody watches them undress or wash."),
    ("sexual.lap", NOW, r"\b(?:sit|sits|sat)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:his|her) (?:lap|knee)\b", "Speaks of unwanted closeness."),
    ("sexual.pictures", NOW, r"\b(?:send|sent|asked?|asks|wants?|put|share|made to)\b(?:[^\w.!?\n]+\w+){0,5}?[^\w.!?\n]+(?:pics?|pictures?|photos?|vid(?:eo)?s?|nudes?)\b(?! of (?:my new|her cat|his dog|her dog))", "Speaks of pictures somebody wants or has."),
    ("sexual.made_to", NOW, r"\b(?:makes?|made|making|forced?|forces)(?: me| us)? (?:to )?(?:do (?:stuff|things|it|sex\w*|bad)|copy|watch (?:it|him|her|them|the|rude|dirty)|touch|send|be nice|take (?:my|off|it)|sleep with|lie)\b", "Somebody makes them do things."),
    ("sexual.did_something", NOW, r"\b(?:did|does|doing|do) (?:something|stuff|things|bad things)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:me|us|dont like|bad|dont want)\b", "Somebody did something to them."),
    ("secret.told_not_to", NOW, r"\b(?:our secret|keep (?:it )?(?:a )?secret|(?:dont|not to|cant|not allowed to|not alowed to|never|better not|says? not to|said not to|if i|if you) (?:ever )?(?:tell|say|talk)\b(?! (?:me|us) (?:anything|what|when|why|how)))", "Was told to keep something secret, or fears to tell."),
    ("secret.reads_this", NOW, r"\b(?:cant say|will read this|is reading this|is watching me|dont tell (?:my|him|her|them|anyone))\b", "Somebody may be watching what they write."),
    ("secret.not_believed", SOON, r"\b(?:no ?(?:one|body)|never|didnt|dont|doesnt|wont|not)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]*believed?s?\b(?:[^\w.!?\n]+(?:me|us|him|her))?", "Says that they were not believed."),
    ("neglect.food", NOW, r"\b(?:(?:no|nothing|isnt any|not (?:got )?any|never any|theres no|without|locks?) (?:to eat|food|tea|dinner|the fridge|fridge)|(?:not|havent|hasnt|hav not|didnt|never) (?:\w+ ){0,2}?(?:ate|eat|eaten|fed)\b|lock\w* the (?:fridge|food|kitchen)|(?:so|always) hungry(?! i could|.{0,20}growing)|(?:im|we are|were|am|r) starving\b(?! after)|hungry (?:all|every|most)|(?:go|goes|went) (?:to bed )?hungry|eat outside)", "May not have enough to eat."),
    ("neglect.alone", NOW, r"\b(?:leaves?|left|leaving) (?:me|us|my \w+|the baby)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:alone|own|all night|by (?:my|our)sel\w+)\b", "May be left alone."),
    ("neglect.carer", SOON, r"\b(?:i|we) (?:have to |had to |always |got to )(?:look after|feed|cook|care for)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]*(?:baby|brother|sister|mum|all the time|everything|$)", "May be looking after others."),
    ("neglect.cold", NOW, r"\b(?:sleep|slept) on the floor\b|\bno blanket\b|\bno bed\b|\bstand outside\b|\b(?:needles?|sick|poo) on the floor\b", "May lack a bed, warmth or a safe place."),
    ("neglect.substances", NOW, r"\b(?:is|gets?|got|always|when|hes|shes|was|are)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]*(?:drunk|high|stoned|out of it|wasted|passed out|on (?:drugs|heroin|crack))\b", "Somebody who looks after them may be drunk or on drugs."),
    ("neglect.drugs", NOW, r"\b(?:takes?|taking|does|smokes?|injects?) (?:\w+ )?(?:drugs|heroin|crack|coke|pills|needles)\b", "Somebody who looks after them may use drugs."),
    ("neglect.not_waking", NOW, r"\b(?:cant|couldnt|doesnt|wont|didnt) wake (?:her|him|up|mum|dad|them)?\b", "Somebody could not be woken."),
    ("locked", NOW, r"\b(?:lock(?:s|ed|ing)?)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:in|out|up|room|garage|cellar|cupboard)\b(?!.{0,20}privacy|[^.!?\n]{0,30}\b(?:car|bikes?|phone|sing|office|keys|ring my carer)\b)", "May be locked in or out."),
    ("locked.kept", NOW, r"\b(?:makes?|made) (?:me|us) (?:stay|stand|sleep|sit|eat|kneel|live)\b", "May be punished in a way that harms."),
    ("cruel.names", SOON, r"\b(?:calls?|called|calling) me\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:names?|dog|stupid|fat|slag|bitch|worthless|thick|ugly|mistake)\b", "Is called cruel names."),
    ("cruel.head", NOW, r"\b(?:shaves?|shaved|cuts?|cut) (?:my|our) (?:head|hair)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]*(?:naughty|bad|punish\w*)", "May be punished in a way that harms."),
    ("exploited.carry", NOW, r"\b(?:carry|carrying|hold|holding|deliver|take|taking|sell|selling|drop|run)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:stuff|packages?|parcels?|drugs|weed|bags?|things) ?(?:for|on the train|on trains|to)?\b(?:[^\w.!?\n]+(?:them|him|her|the|older|big|on|up)\b)", "May be made to carry things for others."),
    ("exploited.hold_packages", NOW, r"\b(?:hold|carry|deliver) (?:packages?|parcels?|drugs|weed)\b|\bcounty lines?\b|\btrap house\b", "May be made to carry things for others."),
    ("exploited.gifts", NOW, r"\b(?:buys?|gives?|gave|bought)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:vapes?|vodka|weed|drink|drugs|fags|money to|me things)\b", "Somebody may be giving them things to get something."),
    ("exploited.debt", NOW, r"\b(?:owe|owes|owed|pay (?:her|him|them) back|debt)\b(?! my (?:mate|nan|mum|brother|sister|friend))(?:[^\w.!?\n]+\w+){0,6}", "May owe somebody something."),
    ("exploited.older", NOW, r"\b(?:boyfriend|girlfriend) (?:is|who is) (?:2\d|3\d|4\d|1[89])\b|\bolder (?:boys?|girls?|men|man|lads?|guys?)\b", "Speaks of a much older friend."),
    ("exploited.online", NOW, r"\b(?:man|someone|guy|person|lad)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]*(?:online|from (?:the|a) (?:game|app|internet)|on (?:snap\w*|insta\w*|discord|roblox))\b", "Speaks of a stranger online."),
    ("forced.marriage", NOW, r"\b(?:(?:to|i will|gonna|made to|be) (?:get |be )?(?:married|marry|wed)|marry (?:me|a|him|my)|(?:a|my) (?:new )?husband|a wife|engaged to|my wedding|getting wed)\b", "May be made to marry."),
    ("forced.abroad", NOW, r"\btak(?:e|ing) (?:me|us) (?:to (?:pakistan|india|bangladesh|somalia|his country|meet|get|a (?:house|flat|hotel|party)|marry|be)|abroad|away|back)\b", "May be taken away or abroad."),
    ("forced.cutting", NOW, r"\b(?:have the cut|be cut|fgm|circumcis\w*)\b", "May be in danger of cutting."),
    ("missing.run", NOW, r"\b(?:run(?:ning)? away(?! from a )|ran away(?! from a |.{0,6}film)|runaway|leg it|not come? back|go(?:ing)? missing|been missing|havent been home|not been home|sleep(?:ing)? (?:rough|outside|on the street))\b", "May run away, or is missing."),
    ("fear.general", SOON, rf"\b(?:scared|frighte?ne?d|terrified|afraid) of\b(?! {HARMLESS}\b)|\bi? ?a?m (?:so |really |very |always )?(?:scared|scard|frighte?ne?d|terrified)\b(?! of {HARMLESS}\b)", "Is afraid."),
    ("back.again", SOON, r"\b(?:boyfriend|dad|step\w*|he) (?:is|has|moved|came) (?:back|come back|moved back)(?: in)?\b", "Somebody who should not be there may be back."),
    ("harm.thrown", NOW, r"\b(?:threw|throws?|throwing)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:at (?:me|us|mum|my|him|her|the)|on|against|down)\b(?! my worker| the wall and had)", "Speaks of things thrown at somebody."),
    ("harm.hard", NOW, rf"\b(?:he|she|they|dad\w*|mum\w*|step ?\w+|uncle|nan|carers?|staff|boyfriend|fella|someone|brother|cousin)\b(?:[^\w.!?\n]+\w+){{0,3}}?[^\w.!?\n]+(?:grab(?:s|bed)?|drag(?:s|ged)?|pin(?:s|ned)?|squeez\w+|twist(?:s|ed)?|strangl\w+|chok\w+|whack(?:s|ed)?|wallop\w*|thump(?:s|ed)?|head ?butt\w*|lamp(?:s|ed)|flung|flings?|chuck(?:s|ed)?|stamp(?:s|ed)?|trod|pok(?:es|ed)|flick(?:s|ed)?|restrain\w*|spat|spits?|held|holds?|pull(?:s|ed)?)\b(?:[^\w.!?\n]+\w+){{0,2}}?[^\w.!?\n]+(?:me|us|my|mum|her|him|baby|brother|sister)\b{NOT_PLAYED}", "Somebody may be using force on them or another person."),
    ("harm.goes_for", NOW, r"\b(?:laid into|lays into|goes for (?:me|us|her|him|mum)|went for (?:me|us|her|him|mum)|lash(?:es|ed) out|takes? it out on|took it out on|gave me a (?:hiding|slap|kicking|dead)|(?:gets?|got) a (?:hiding|slap|clip|kicking|beating)|black and blue|gets? (?:violent|battered|leathered)|is violent|rough with (?:me|us|him|her))\b", "Somebody may be hurting them or another person."),
    ("harm.things_used", NOW, r"\b(?:the|his|her|a) (?:belt|wooden spoon|slipper|cable|stick|hair ?brush|hoover pipe|hot spoon|iron|lighter|lead|cane|kettle|boiling water)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]*(?:me|us|my|when|if|off|bad|cry|$)\b", "Speaks of injuries or of something used to hurt."),
    ("harm.covered_up", SOON, r"\b(?:told|tell|said to|say to|lied to) (?:the |my |pe )?(?:school|teachers?|doctors?|nurse|hospital|everyone|them|people)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:fell|walked into|banged|tripped|cat|trampoline|accident)\b|\b(?:long sleeves|cover (?:it|them) up|so (?:they|no ?one|nobody|people) (?:dont|cant|doesnt) see)\b", "Speaks of hiding an injury."),
    ("harm.abuse", NOW, r"\b(?:(?:being|been|was|am|is|got|getting|gets|im) (?:\w+ )?(?:abused|assaulted|attacked|molested|hurt by|hurt at|threatened|blackmailed|groomed|tortured)|abusive|abuses? (?:me|us|him|her)|attacked (?:me|us|him|her|mum)|(?:hurts|hurting|threatens|threatened|threatening|attacks|scares|scared) (?:me|us|mum|my|him|her)\b(?! feelings))", "Says that somebody is hurt or threatened."),
    ("harm.injured", NOW, r"\bmy (?:\w+ )?(?:ribs?|arm|wrist|neck|back|nose|lip|eye|ear|head|hand)s? (?:is|are|was|were|hurts?|has)?\b ?(?:so |all |still )?(?:sore|swollen|purple|bleed\w*|broke|broken|ringing|where he|from where|since he|since she|from him|from her)\b", "Speaks of injuries."),
    ("danger.weapon_seen", NOW, r"\b(?:put|pulls?|pulled|held|holds|waved?|waves|points?|pointed|threatens?|threatened|sharpens?|keeps?)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:knife|knives|guns?|machete|blade|petrol|hammer)\b|\b(?:got|been|was|getting) stabbed\b|\bstab (?:me|us|him|her|mum|my)\b", "Speaks of a weapon."),
    ("danger.home_bad", SOON, r"\b(?:home|house|placement|place|here|dads|mums|flat)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:isnt|not|aint|never) (?:a |an |very )?(?:safe|good place|ok|okay)\b|\b(?:in danger|dangerous|not ok at|not okay at)\b(?<!any danger)(?<!never in danger)", "Says that a place is not safe."),
    ("danger.leave_me", NOW, r"\b(?:dont|please dont|do not|never) (?:ever )?(?:leave me with|send (?:me|us) (?:back|home|there)|make me go|let (?:him|her) (?:in|take|have)|take me (?:back|home))\b|\b(?:(?:on my own|alone|just me and|just us and|in|be) (?:with )?(?:him|her))\b(?= (?:$|i |and |when |scares|is|cos|because|it))", "Does not want to be left with somebody."),
    ("danger.guarding", SOON, r"\b(?:chair|drawers|wardrobe|something)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:against|under|behind)\b(?:[^\w.!?\n]+\w+){0,2}?[^\w.!?\n]+(?:door|handle)\b|\b(?:took|takes|taken) (?:my|our|the lock off my|the) (?:bedroom )?door\b|\bpretend (?:to be |im |i am )?(?:asleep|dead|ill)\b|\bsleep with (?:one eye|my (?:shoes|coat)|the light)|\b(?:listen|listening) (?:for|in case)\b", "Speaks of guarding themselves."),
    ("danger.hear_them", SOON, r"\b(?:hear|heard|hearing)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:cry\w*|scream\w*|shout\w*|smash\w*|thuds?|bang\w*|hit\w*|key|van|car|footsteps)\b", "Speaks of violence they can hear."),
    ("danger.knows_where", NOW, r"\b(?:knows?|found|find) (?:out )?(?:where (?:i|we|my \w+) (?:live|go|sleep)s?|us|my (?:house|address|road|school)|our (?:house|address|road))\b|\b(?:follows|followed|following|stalk\w*) (?:me|us) (?:home|again|from|around|to)\b|\bturn(?:s|ed|ing)? up (?:at|outside)\b", "Somebody may be following or watching them."),
    ("self.ways", NOW, r"\b(?:hang(?:ed)? (?:my|him|her)self|kms|unalive\w*|top (?:my)?self|slit my|wrote a note|(?:saved|saving|counted|counting) (?:up )?(?:my |the )?(?:pills|tablets)|(?:pills|tablets) (?:are )?saved|jump(?:ing)? (?:in front|off (?:a|the) (?:bridge|roof|balcony|building))|in front of (?:the|a) (?:bus|train|car|lorry)|tied (?:a|the) (?:rope|thing|scarf)|od(?:ed|d)?(?= )|overdos\w*|took (?:\d+|all|loads|a load|some|too many)\b.{0,12}(?:pills|tablets|paracetamol|meds))\b", "May be thinking of ending their life."),
    ("self.not_here", NOW, r"\b(?:(?:wish|hope|want|wanna) (?:i |to )?(?:was |were |could |had |be |just )*(?:dead|die|disappear|never (?:been )?born|not (?:exist|be here|wake|be alive)|gone|never wake)|(?:sleep|asleep) (?:for ?ever|and (?:not|never) (?:wake|get up))|no (?:reason|point) (?:to|in) (?:keep|living|liv|go)\w*|point (?:of|in) (?:living|being (?:here|alive)|anything|life)|(?:wont|not going to|not gonna|dont think ill|dont see myself) (?:\w+ ){0,3}?(?:be here (?:next|any|at|much|when)|make it to|live past|be alive)|tired of (?:being alive|living|life|trying)|(?:hate|end|ending|take) my (?:own )?life|life (?:is not|isnt) worth|dont (?:want to |wanna )?(?:exist|deserve to live)|(?:be|feel) (?:better|happier) (?:off )?(?:without me|if i)|without me (?:in it|here|around)|might as well be dead|rather be dead|the only way out|do it tonight|goodbye)\b(?! (?:and thanks for the trip|when))", "May be thinking of ending their life."),
    ("self.hurts", NOW, r"\b(?:scratch|cut|burn|burned|burnt|bite|hit|punch|hurt|choke|starve|pinch|harm)(?:ing|ting)? (?:my ?self|my own|me when)\b|\bon purpose\b(?! by)|\b(?:razors?|blade)\b|\b(?:cuts|scars) on (?:my|her|his)\b|\bfresh (?:ones|cuts)\b|\b(?:bang|bash|smash|hit)(?:ing)? my head\b", "Speaks of hurting themselves."),
    ("self.food", SOON, r"\b(?:fingers? down|sick on purpose|threw up (?:my \w+ )?(?:on purpose|again)|make myself (?:sick|throw up|puke)|laxatives?|(?:hide|hid|throw|chuck) (?:my |the )?(?:food|dinners?|tea)\b|havent had anything for|only (?:eat|drink|have) (?:an? )?(?:apple|water)|dont eat (?:any|at all|now)|stopped? eating|get rid of it)", "Speaks of not eating or of making themselves sick."),
    ("sexual.acts", NOW, r"\b(?:hand (?:down|up|in|on) my (?:\w+ )?(?:pants|top|skirt|leg|shirt|trousers|bum|bra|pyjamas)|hands where|down there|his (?:thing|willy|penis|dick)|(?:finger|thing|it) in (?:me|my)|on top of me|lies on me|rubs (?:himself|it)|takes? (?:off )?my (?:clothes|top|pants|pyjamas)(?: off)?|pull(?:s|ed) (?:down )?my (?:trousers|pants|pyjamas)|show(?:s|ed)? (?:me|us) (?:his|himself|her|porn|dirty)|undress\w*|strip(?:ped|s)?\b|have sex|makes? me (?:sleep with|have)|feels? me(?: up)?\b|sexy|groom\w*|inappropriate\w*|pervs?|perving|dirty (?:films?|videos?|ones|pics?|things)|pregnant|carried on when i said|never said yes|said no but|bad touch|tongue in|touch it|good girls dont)\b", "Speaks of sexual harm or private parts."),
    ("sexual.bed", NOW, r"\b(?:gets?|got|getting|climbs?|comes?|came|lies|slips?|sleeps?|sits?|sat)\b (?:\w+ ){0,2}?(?:in|into|on) (?:my|our|her|his) (?:bed|room|bunk|doorway)\b(?! to say goodnight)", "Somebody may be coming to them at night."),
    ("sexual.wash", NOW, r"\b(?:he|she|dad\w*|uncle|brother|step ?\w+|staff|man|carer|someone|grandad|lodger)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:when im|while im|when i am|with me|me) (?:\w+ ){0,2}?(?:in the (?:bath|shower)|on the toilet|getting (?:dressed|changed|undressed)|changing|washing|asleep)\b|\bgets? in the (?:bath|shower) with\b|\bcamera in (?:my|the) (?:bath\w*|bed\w*|room|shower|toilet)", "Somebody watches them undress or wash."),
    ("sexual.special", NOW, r"\b(?:special (?:time|game|lessons?|secret|friend)|secret game|mature for my age|age is just|little wife|earn my keep|says? (?:its|that its) (?:love|normal)|all dads do)\b", "Speaks of unwanted closeness."),
    ("secret.quiet", NOW, r"\b(?:(?:promised|swore|swear|promise) (?:him |her |them |me )?(?:not to|i wont|on)|not supposed to (?:talk|say|tell)|told (?:us |me )?(?:not to|what to say|to (?:say|lie|smile))|have to (?:lie|say (?:everything|its|good|nice))|stays in (?:this|the) house|keep (?:it |this )?(?:quiet|between us)|between (?:me|us) and|snitch\w*|if (?:they|he|she|anyone|this|my \w+) (?:find|finds|found|knew|knows|gets|hears) (?:out|i)|find out i (?:told|said)|cant (?:say|talk)(?: because| cos| about| or|\b(?=$|[.,!]))|no ?(?:one|body) (?:will|would) (?:ever )?believe|was told to forget|are listening|behind me so|shes looking|hes (?:here|always there)|reads? (?:our|my|what)|put (?:good|5 stars|happy) (?:cos|because))\b", "Was told to keep something secret, or fears to tell."),
    ("secret.asks", SOON, r"\b(?:is it (?:ok|okay|bad|allowed|wrong|normal) (?:if|for|to)|what (?:if|do you do if|happens if|would happen if)|asking for a friend|can you tell if)\b(?:[^\w.!?\n]+\w+){0,6}?[^\w.!?\n]+(?:hurts?|hurting|dad|step\w*|grown up|carers?|someone|somebody|secret|die|told|promise|touch\w*|lock)\b", "Asks whether something that was done is right."),
    ("secret.something", SOON, r"\b(?:something (?:bad |weird |wrong )?(?:happened|happens|happend|is (?:going on|not right)|bad)|(?:it|he did it|same thing) (?:has )?(?:happene?d|hapend|hapened|started|is happening|happens) again|its started|what (?:he|she|they|grandad|uncle|my \w+) (?:did|does|do) (?:to|in|when)|the thing that happened|did (?:it|things?|stuff|something) to (?:me|us|my|her|him)|does (?:it|things?|stuff|something) to (?:me|us|my|her|him)|never told (?:any ?(?:one|body)|no ?(?:one|body)|them)|havent told any)\b", "Speaks of something that was done and does not name it."),
    ("neglect.nobody", NOW, r"\b(?:no ?(?:one|body) (?:is |was )?(?:home|here|in|at home|looks? after|looking after|feeds?|fed|washes|gets me|picks me)|no (?:grown up|adult|heating|electric\w*|lecky|water|gas)|nothing in the (?:fridge|cupboards?)|(?:on (?:my|our) own|by myself|alone) (?:all (?:night|day|weekend)|till (?:late|midnight|morning)|for days|at night)|hasnt been (?:home|back)|(?:went|gone|goes) out and (?:didnt|doesnt|never) c[ao]me? back|cant wake|wouldnt wake|doesnt get up|eat out of the bin|scraps|same (?:pants|clothes)|(?:steal|nick)(?:ing)? food|nowhere to (?:sleep|go|live)|sleep(?:ing)? in (?:the|a|my) (?:car|kitchen|coat|tent|shed|garage|porch|stairwell|bus|station|woods|bath)|sofa surf\w*|on the streets?|homeless)\b", "May not be looked after."),
    ("neglect.doctor", SOON, r"\b(?:wont|wouldnt|doesnt|dont|didnt|never|no ?one|nobody)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:take me|took me|takes me|give me|gave me|get me|let me)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:doctors?|hospital|dentist|inhaler|tablets|insulin|medicine|glasses|meds)\b", "May not get medical care."),
    ("neglect.drunk", NOW, r"\b(?:drinks? (?:all|from|every|too much|and|before)|had (?:a|too much to|too many) drink\w*|smells? of (?:drink|beer|alcohol|weed)|bottles? of (?:wine|vodka)|(?:is|are) using again|been using|on the (?:drink|gear)|(?:needle|foil|spoons|white powder|pipe)s? (?:in|on|and)|off (?:his|her|their) (?:head|heads|face)|passed out|out of it)\b(?! any ?more)", "Somebody who looks after them may be drunk or on drugs."),
    ("cruel.treated", SOON, r"\b(?:wish(?:es|ed)? (?:she|he|they) (?:never|hadnt) had me|(?:like|as) a (?:slave|dog|animal)|calls? me (?:it|evil|a mistake)|not allowed to (?:eat|wash|talk|use the toilet|sit|sleep|drink|leave|go (?:out ever|to school))|made to (?:stand|kneel|sleep|sit|eat|wear|strip)|makes? (?:me|us|him|her) (?:stand|kneel|sleep|sit|eat (?:off|it|my)|wear|bark|pick|scrub|hold)|(?:face|nose) in (?:my|the) (?:wet|sheets|toilet)|(?:demon|spirit) (?:in|out)|(?:only|just) (?:feeds?|nice|fed) .{0,12}when|should (?:have been|be) (?:drowned|dead)|nobody wants me|tied (?:me|him|her|to)|ties me|cold (?:bath|shower)s? (?:for|when|if))\b", "May be punished in a way that harms."),
    ("exploited.work", NOW, r"\b(?:trapp?ing|trap (?:house|phone)|shotting|(?:to|me) shot|plug it|burner|cunch|bando|go(?:ing)? (?:oc|country)|drops? (?:off )?for|(?:doing|do|did) (?:runs|drops)|runs for|dropping off for|lost the (?:package|bag|stuff)|work(?:s|ing)? for them|work it off|(?:took|takes|keeps?|got) my (?:passport|wages|money and)|opps|on sight|jumped|get(?:s|ting)? (?:picked up|took places)|hotels?\b.{0,20}(?:men|key|drink)|(?:loads|lots) of (?:men|blokes)|parties with|selling myself|for money for (?:men|him)|favours|something for (?:him|them)\b.{0,20}(?:bag|hold)|hold(?:ing)? (?:it|something|a bag|stuff) for|look after a bag|bag under)\b", "May be made to work or carry things for others."),
    ("exploited.online_more", NOW, r"\b(?:send|sent|sends|show|post|leak|share|sharing)\b(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+(?:nudes?|body|naked|underwear|bra|top off)\b|\b(?:met|meet|meeting|met up with) (?:a |an |some |this |him |someone )?(?:\w+ ){0,3}?(?:online|off (?:a|the|my) (?:game|app)|on (?:a|the|my) (?:game|app))\b|\b(?:cam|camera) (?:on|with)|\bdelete the messages\b|\bblackmail\w*|\b(?:he|she) (?:is|was|s) (?:really |actually )?(?:[2-5]\d|19|18)\b|\bhes (?:[2-5]\d|19|18)\b|\bvid(?:eo)?s? of me\b", "Somebody may be using them online."),
    ("exploited.partner", NOW, r"\b(?:boyfriend|bf|girlfriend|ex|partner|husband)\b(?:[^\w.!?\n]+\w+){0,3}?[^\w.!?\n]+(?:wont let|locks?|controls?|smash\w*|hits?|chok\w*|threat\w*|makes? me|goes through|broke in|stalk\w*|tracks?|outside)\b", "Somebody close may control or hurt them."),
    ("harm.animal", NOW, r"\b(?:hurt|kill|kick)(?:s|ed|ing)? (?:the|my|our) (?:cat|dog|pet|hamster|rabbit)\b", "Speaks of an animal hurt or threatened."),
)  # fmt: skip


def _rule(name: str, severity: str, pattern: str, reason: str) -> WordRule:
    return WordRule(name, severity, re.compile(pattern), reason)


RULES: tuple[WordRule, ...] = tuple(_rule(*written) for written in _WRITTEN)
TRANSLATED: dict[str, tuple[WordRule, ...]] = {
    language: tuple(WordRule(f"{language}.{name}", NOW, pattern_of(phrases), reason) for name, reason, phrases in lists)
    for language, lists in PHRASES.items()
}
ALL_RULES: tuple[WordRule, ...] = (*RULES, *(rule for rules in TRANSLATED.values() for rule in rules))
