"""What is looked for in the other seven languages, and which texts cannot be screened at all. Pure.

Written as children write: with and without accents, in everyday speech. A star stands for any ending, three dots for
up to three words in between. The phrases of all languages are looked for in every text, as children mix languages and
answer in their own on an English form.
"""

from __future__ import annotations

import re

from feedback.safeguarding.screening_text import readable

HURT = "Says, in another language than English, that somebody is hurt or threatened."
FEAR = "Says, in another language than English, that they are afraid, in danger or told to be quiet."
SELF = "May, in another language than English, be thinking of dying or of hurting themselves."
SEXUAL = "Speaks, in another language than English, of being touched, undressed or filmed."
USED = "May, in another language than English, be made to work, carry, pay, marry or leave."
CARE = "May, in another language than English, not be looked after."
HELP = "Asks, in another language than English, for help."
RUNS = "May, in another language than English, run away or not want to go back."

# By language: phrases by reason. The first word of each list is the end of the rule's name.
PHRASES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "cy": (
        ("hurt", HURT, "yn fy nharo | fy nharo i efo | fwrw fi | bwrw fi | brifo fi(?! yma) | tagu … mam | cicio fi | cicio … mrawd | gleisiau | brifo fy mrawd | "
            "gwthio fi | pinsio fi | losgi fi | tynnu … gwallt | dynnu gwallt | daflu fi | cleisiau | taflu … at mam | cyllell | gyllell | cael slap | cloi fi"),
        ("fear", FEAR, "ofn dad | ofn mam | ofn mynd | ofn fy ngh* | ofnus | ddim … saff | ddim … ddiogel | sa in … saff | cyfrinach ni | ein cyfrinach | "
            "ddim yn cael deud | ddim yn cael dweud | peidiwch a deud | peidiwch a dweud | os dwin deud | cuddio dan | cuddio yn | dilyn fi"),
        ("self", SELF, "isio marw | eisiau marw | moyn marw | moyn byw | ddim isio byw | ddim eisiau byw | ladd fy hun | lladd fy hun | torri fy mreich* | "
            "torri fy hun | brifo fy hun | hebdda i | gymryd … tabledi | er mwyn diflannu"),
        ("sexual", SEXUAL, "cyffwrdd fi | cyffwrdd a fi | tynnu … dillad | dynnu fy nillad | heb ddillad | lluniau budr | llunia* budr | dod mewn … stafell | gneud petha* i fi | taid yn neud"),
        ("used", USED, "cario bagiau | arna i bres | arnaf i arian | frifo mam"),
        ("care", CARE, "dim bwyd | cymryd cyffuriau | ddim yn deffro | ar ben fy hun | neb adra | sneb adra | neb gartref | gysgu yn y garej | yn feddw"),
        ("help", HELP, "helpwch | help rwan | help nawr | angen help(?! gyda| efo) | dewch … nol ni"),
        ("runs", RUNS, "rhedeg i ffwrdd | redeg i ffwrdd | ddim isio mynd adra | ddim eisiau mynd adref"),
    ),
    "pl": (
        ("hurt", HURT, "bije* mnie | mnie bij* | nas bij* | bija mnie | uderzyl* mnie | mnie uderz* | kopie mnie | mnie kopie | szarpie | szczypie | dusil* | siniak* | "
            "rzucil* we mnie | dostal* w twarz | poparz* | oblal* mnie | slady na | ma noz | nozem | zabije mnie | mnie zabije | grozi* | bicie"),
        ("fear", FEAR, "sie boje jak | boje sie(?! (?:psa|ciemn|pajak|sprawdz|dentyst|klasow)) | strach | nie czuje sie bezpiecz* | nasza tajemnica | nie moge powiedziec | nie mowcie | "
            "mam nie mowic | kazala mowic | nie wolno … mowic | chowam* sie | jak wam napisze | czeka na mnie"),
        ("self", SELF, "chce umrzec | chce sie zabic | zabic sie | nie chce … zyc | nie chce mi sie zyc | samoboj* | gdyby mnie nie bylo | tne sie | nacie* sie | okalecz* | "
            "polkn* … tabletek | wymiotuje … specjalnie | nie obudzic"),
        ("sexual", SEXUAL, "mnie dotyka | dotyka mnie | rozebrac | nagie zdjec* | zdjec* nago | brzydkie film* | wchodzi … pokoju w nocy | do mojego lozka | zgwalc* | reke na nodze"),
        ("used", USED, "przewozic | paczki dla nich | dla nich paczki | winn* kase | winn* pieniadze | zabral* … paszport | kaze … pracowac | kazali … trzymac | kolegami"),
        ("care", CARE, "nic do jedzenia | nie ma … jedzenia | glodn* | zostawia* nas | samych na | mama pije | pijan* | nie wstaje | zamyka mnie | spimy w"),
        ("help", HELP, "pomocy(?! [zw] ) | pomozcie | ratunku | ratujcie | zabierzcie mnie"),
        ("runs", RUNS, "uciek* | nie chce tam wracac | nie chce wracac"),
    ),
    "ro": (
        ("hurt", HURT, "ma bate(?! aici) | ne bate | ma loveste | imi da palme | ma strange | strans … de gat | m-a tras | m-a trantit | m-a ars | m-a impins | vanatai | urme pe | "
            "cutit | omoara pe | ne omoara | ma omoara(?! formular) | cureaua | se bat"),
        ("fear", FEAR, "mi-e frica | mi e frica | mie frica | nu ma simt in siguranta | secretul nostru | nu am voie sa | nu ii spuneti | daca spun | ne ascundem | ma ascund | el o sa afle | ma asteapta la"),
        ("self", SELF, "vreau sa mor | sa ma omor | nu mai vreau sa traiesc | ma tai | m-am taiat | fara mine | toate pastilele | nu ma mai trezesc | ca sa dispar | sinucid*"),
        ("sexual", SEXUAL, "ma atinge | il ating | ma dezbrac | dezbracat* | in patul meu | lucruri urate | viol* | poze cu mine | ceva rusinos"),
        ("used", USED, "duc pachete | plicuri | datorez bani | le datorez | pasaport* | sa ma marite | sa cersim | fara bani | duce la barbati"),
        ("care", CARE, "nu avem ce manca | mi-e foame | mie foame | nu se trezeste | mama bea | e beat | stam singuri | dorm pe jos | ma inchide | ma lasa afara"),
        ("help", HELP, "ajutor(?! la) | ajutati | ajuta-ma | luati-ma"),
        ("runs", RUNS, "fug de | fug diseara | nu ma duceti inapoi"),
    ),
    "ur": (
        ("hurt", HURT, "مجھے … مارت* | مارتے ہیں | مارتی ہیں | مارتا ہے | تھپڑ | دھکا | گلا دبا* | بال کھینچ* | جلایا | نیل ہیں | پر نشان | مار پڑتی | چاقو | مار دے | مار ڈال* | الٹا لٹکا* | بیلٹ | پانی پھینک*"),
        ("fear", FEAR, "سے … ڈر لگتا(?! ہاہا) | ڈر جات* | محفوظ نہیں | ہمارا راز | بتا نہیں | مت بتانا | بولنے کی اجازت | چھپ جاتے | دھمک* | وہ پڑھ لے | انتظار کرتا ہے"),
        ("self", SELF, "مرنا چاہت* | جینا نہیں | خودکشی | بازو کاٹ* | ہاتھ کاٹ* | بلیڈ | گولیاں کھا* | میرے بغیر سب | نہ اٹھوں | غائب ہو جا*"),
        ("sexual", SEXUAL, "چھوتے | چھوتا | ہاتھ لگات* | کپڑے اتار* | گندی تصویر* | گندی فلم | غلط کام | رات کو میرے کمرے"),
        ("used", USED, "زبردستی | نکاح | پاسپورٹ رکھ* | پیکٹ | پیسے دینے ہیں | عزت کے لیے"),
        ("care", CARE, "کھانا نہیں ہے | کھانا نہیں دیت* | بھوکے سو* | اکیلا چھوڑ* | زمین پر سو* | بند کر دیت* | نشے میں"),
        ("help", HELP, "میری مدد کر* | ابھی مدد | مدد کرو | بچاؤ | یہاں سے لے جا* | فوراً مدد"),
        ("runs", RUNS, "بھاگ جاؤں* | واپس … مت بھیج*"),
    ),
    "ar": (
        ("hurt", HURT, "يضربني(?! هون) | تضربني | بيضربنا | يضربنا | ضربني بال* | دفعني | حرقني | خنق* | يشدني | كدمات | علامات ضرب | سكين* | يقتلنا | يقتلني | سيذبحني | رماني | صراخ وضرب | بالحزام | مي سخنه"),
        ("fear", FEAR, "خايف* من | خائف* من | بخاف من(?! الكلب| .{0,6} شوي) | من الخوف | لا اشعر بالامان | سر بيننا | لا تخبروا | ما بقدر احكي | ممنوع نقول | نستخبي | يستناني | بيهدد* | يهدد* | رح يعرف"),
        ("self", SELF, "اريد ان اموت | بدي موت | بدي اموت | ما بدي عيش | لا اريد ان اعيش | انتحار | بالانتحار | اجرح ايدي | جرحت حالي | الحبوب | احسن … بدوني | ما اصحي | عشان اختفي"),
        ("sexual", SEXUAL, "يلمسني | لمسني | اخلعي | ملابسك | بدون ملابس | غرفتي بالليل | شي عيب | بتختي | فيلم وسخ | اغتصب*"),
        ("used", USED, "يزوجوني | اتزوج | جوازي | ختان | احمل اكياس | علي دين | بدون فلوس"),
        ("care", CARE, "ما في اكل | جوعان* | لوحدنا | علي الارض | يحبسني | سكران | ما يعطوني اكل"),
        ("help", HELP, "ساعدوني | النجده | محتاج* مساعده | احتاج … مساعده | احتاج … المساعده | انقذوني | خذوني من"),
        ("runs", RUNS, "رح اهرب | ساهرب | لا ترجعوني | الرجوع للبيت"),
    ),
    "uk": (
        ("hurt", HURT, "бє мене | мене бє(?! тут) | нас бє | бють мене | вдарив мене | мене вдар* | штовхнув | душив | синці | припік | за волосся | сліди на | ляпаса | ніж | вбє маму | мене вбє | облила | кинув мене | бійки | ременем"),
        ("fear", FEAR, "я боюся йти | боюсь його | боюся тата | боюся його | боюся її | боюсь додому | мені страшно коли | не почуваюс* в безпеці | не в безпеці | наша таємниця | не можна розповід* | не кажіть | якщо я скажу | якщо напишу | ховаємо* | погрож* | чекає мене"),
        ("self", SELF, "хочу померти | не хочу жити | самогуб* | ріжу собі | порізал* | без мене всім | всі таблетки | не прокинут* | щоб зникнути | вбити себе"),
        ("sexual", SEXUAL, "мене торка* | торкається | роздяг* | голі фото | до мене вночі | погані речі | порно | з ним спала | зґвалт*"),
        ("used", USED, "пакунки | винен їм | винна їм | паспорт і | без грошей | водить мене до | змушують"),
        ("care", CARE, "нема що їсти | нема … їсти | не дають їсти | я голодн* | самих на | сплю на підлозі | замикає | пяний | не прокидається"),
        ("help", HELP, "допоможіть | рятуйте | потрібна допомога(?! з) | допомога зараз | заберіть мене"),
        ("runs", RUNS, "втечу | не повертайте мене | не хочу туди"),
    ),
    "so": (
        ("hurt", HURT, "igu garaac* | i garaac* | na garaac* | i dila* | ku dil* | idin dil* | i laad* | dharbaax* | ceejiy* | igu gub* | i jiid* | nabar | calaamado | mindi | igu tuur* | igu shub* | dagaal"),
        ("fear", FEAR, "ka baqay* inaan guri* | aabo … uga baq* | ammaan ma dareem* | sirteen* | ma sheegi karo | ha u sheegin | iima oggola | dhuuman* | gariir* | hanjab* | wuu ogaan | igu suga"),
        ("self", SELF, "inaan dhinto | ma rabo inaan noolaad* | is dilo | iska jar* | is jarjar* | kiniinno badan | laantay | aan libdho | soo kicin"),
        ("sexual", SEXUAL, "i taab* | dharka iska | qaawan | qolkayga … soo gal* | kufsa* | wax xun … igu sam* | filim xun"),
        ("used", USED, "i guuri* | gudo | baasaboor* | dhaqan celis | baakado | igu leeyahay | lacag laaan"),
        ("care", CARE, "cunto ma taal* | gaajo ayaan la | keligay* | dhulka ayaan | ma soo toosto | igu xidh* | sakhraans* | cunto ima"),
        ("help", HELP, "i caawi* | caawimaad hadda | hadda … caawim* | fadlan … kaxee* | i badbaadi*"),
        ("runs", RUNS, "baxsan* | igu celin*"),
    ),
}  # fmt: skip
# Letters of the scripts in which these eight languages are written, as `readable` leaves them.
KNOWN_LETTERS = re.compile(r"[a-z\u00df-\u024f\u0400-\u04ff\u0600-\u06ff\u0750-\u077f]")
ANY_LETTER = re.compile(r"[^\W\d_]")
FEW_LETTERS = 3
BETWEEN = r"[^\w.!?\n]+"
SOME = rf"(?:{BETWEEN}\w+){{0,3}}?{BETWEEN}"
_LETTERS = re.compile(r"[^\W\d_]+")


def can_be_screened(text: str, language: str) -> bool:
    """Whether there are rules and learned texts for a readable text: for its language, and for the script it is in.

    What is said in another language in the letters of one of the eight is not noticed here.
    """
    if language.lower().replace("_", "-").partition("-")[0] not in {"en", *PHRASES}:
        return False
    letters = len(ANY_LETTER.findall(text))
    return letters < FEW_LETTERS or 2 * len(KNOWN_LETTERS.findall(text)) >= letters


def pattern_of(phrases: str) -> re.Pattern[str]:
    """What the phrases of one rule are looked for with; every gap is bounded."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_one(phrase.strip()) for phrase in phrases.split(' | '))})")


def _one(phrase: str) -> str:
    """One phrase: a star is any ending, three dots are some words, and what follows in brackets must not come next."""
    written, bracket, unless = phrase.partition("(?!")
    ends = "" if written.endswith("*") else r"(?!\w)"
    plain = _LETTERS.sub(_plain, written).replace("*", r"\w*+").replace("-", "[- ]?")
    return plain.replace(" … ", SOME).replace(" ", BETWEEN) + ends + bracket + _LETTERS.sub(_plain, unless)


def _plain(run: re.Match[str]) -> str:
    return readable(run.group()).text
