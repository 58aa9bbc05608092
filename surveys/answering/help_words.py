"""Words at which the phone shows, at once and without a signal, whom a child can talk to.

These only show help: they decide nothing, nothing of them is stored or sent, and a person reads every text whatever
they find. So they find too much rather than too little, and have nothing to do with screening. English goes with every
language, because children mix. The lists other than the English one were drafted by machine and are to be looked at by
somebody who speaks the language.

A phrase is words with spaces between; `*` stands for any beginning or ending, `~` for up to three words, and `/` for
*or* between two single words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from surveys.answering.languages import ENGLISH

TWICE, FIRST = re.compile(r"(.)\1+"), r"\1"
PHRASES: dict[str, str] = {
    "en": """
        hurt*/harm*/hit*/beat*/punch*/kick*/slap*/smack* ~ me/us/my/mum/mom/her/him
        spank*/strangl*/chok*/burn*/grab*/push* ~ me/us/my/mum/mom/her/him
        kick*/chuck*/threw/throw* ~ out
        touch*/grop*/kiss*/lick*/film* ~ me/my/us/him/her
        sex*
        rape*/raping
        nude*/naked/undress*
        private part*
        clothes off
        comes/came/gets/got/climb* ~ bed/room
        kil*
        suicid*
        die/dying/dead
        end it
        end my life
        dont/not want to be here/alive/live
        dont wana be here/alive/live
        not wake up
        want/wana/wish ~ disapear/gone
        reason/point ~ live/living
        hate my life/self/myself
        hate/hurt/cut*/hang ~ myself/meself
        hurting/cuting ~ myself
        self harm*
        selfharm*
        overdos*/pils
        beter off without me
        noone/nobody ~ loves/care*/miss* ~ me
        no one ~ loves/care*/miss* ~ me
        scared/afraid/frightened/terified/scares
        not/dont/never feel safe
        not/isnt/arent/never safe
        unsafe
        danger*
        help me/us
        need help
        save me
        get me out
        make it stop
        police
        run/runing/ran away
        lock*/trap* ~ me/us/in
        no food
        not/never/nothing ~ eat/fed
        hungry/starv*
        feed/feeds me/us
        drunk*/pised
        knife/knives/gun/guns/weapon*/belt
        stab*
        bruise*/bleed*/blod
        black eye
        scream*/shout*/yel* ~ me/us
        threat*
        bulied/bulies/buly*
        blackmail*
        county line*
        gang/gangs
        send*/sent/want* ~ pic*/photo*/video*/selfie*
        our/big/bad secret
        keep* ~ secret
        not/dont/never/cant/couldnt ~ tel*/say
        if i tel
        makes/made/making me do
        forc* ~ me/us
        abus*/neglect*
        molest*
        left/leave* me/us
        home alone
        forced mar*
        mary someone
        fgm
        cut down there
    """,
    "cy": """
        brifo/brifa/brifodd/taro/tharo/curo/churo/bwrw/cicio/dyrnu/slapio ~ fi/ni/i/mi
        mae ~ n/yn ~ taro/brifo/curo/bwrw
        fy/n brifo/nharo/nghuro/mrifo
        cyfwrd/cyffwrdd/chyffwrdd ~ fi/i/a
        rhyw*
        treisio/trais
        noeth*
        lad*/ladd
        hunanlad*
        marw
        dim eisiau byw
        eisiau diflanu
        ofn/ofnus
        dim/ddim yn diogel
        dim/ddim yn saf
        mewn perygl
        help/helpwch fi
        heddlu
        rhedeg i ffwrdd
        cloi ~ fi/ni
        dim bwyd
        lwgu/llwgu
        medwi/fedw/feddw
        cylel/gyllell/gwn
        cleisiau/gwaedu
        gweidi/sgrechian ~ arna/arnaf/fi
        bygwth*
        bwlio
        cyfrinach
        paid/peidio ~ dweud
        cam drin/gam drin
    """,
    "pl": """
        bije*/bil/bila/bili/bic/uderz*/kopie/kopnal*/dusi/pobil* ~ mnie/mie/nas/mi
        mnie/mie/nas ~ bije*/bil*/uderz*/kopie*/dusi/krzywdz*
        krzywdz*/skrzywdz*
        dotyka*/obmacuj*/caluje ~ mnie/mie
        mnie/mie ~ dotyka*/obmacuj*
        seks*/gwalc*/gwalt*/molest*
        nago/nagie/nagi/naga
        zabi*
        samoboj*
        umrzec/umre/smierc
        nie chce zyc
        chce/wole zniknac
        tne sie
        okalecz*
        boje sie
        strach*/przeraz*
        nie ~ bezpieczn*
        niebezpiecz*
        pomocy/pomoz*/ratunku
        policj*
        uciek*
        zamyka* ~ mnie/nas
        glodn*/glod
        nie ma/daje ~ jesc/jedzenia
        pijany/pijana/pije/pijak
        noz/nozem/bron/pasem
        siniak*/krew/krwi
        krzyczy/wrzeszczy ~ mnie/nas
        grozi*
        szantaz*
        tajemnic*
        nie ~ mowic/powiedziec
        zmusza*
        przemoc*
        zneca*
    """,
    "ro": """
        ma/ne/m bate/batut/loveste/lovit/batea/palmuit/strange/impins
        ma/m ~ loveste/bate/raneste/atinge/pipaie/saruta
        bate*/bataie/batai
        ranest*/ranit
        atinge/atins/pipait
        sex*/viol*/abuz*
        dezbrac*/gol/goala/nud*
        omor*/ucid*/sinucid*
        mor/mori/muri/moara/moarte
        nu ~ vreau ~ traiesc
        vreau ~ dispar
        tai ~ vene
        ma tai
        frica/teama/speriat*/ingrozit*
        nu ~ siguranta
        pericol*
        ajutor/ajutati
        ajuta ma
        salv*
        politi*
        fug/fugit
        inchide/incuie/incuiat
        foame/flamand*
        nu ~ mancare
        beat/bea/betiv
        cutit*/pistol/arma/curea/cureaua
        vanat*/sange
        tipa/urla ~ mine/noi
        amenint*
        santaj*
        secret*
        nu ~ spun/spui/spune
        oblig*/forteaz*/fortat*
    """,
    "uk": """
        бє/бив/била/били/бити/бють/вдарив/вдарила/удар*/штовха*/душить ~ мене/нас/маму
        мене/нас ~ бє/бив/били/бють/вдар*/душ*/кривд*/ображ*/чіпа*
        побив*/побил*/побит*
        кривд*/скривд*
        торка*/чіпа*/цілу* ~ мене
        секс*/згвалт*/гвалт*/домага*
        голий/гола/голою/роздяг*/інтим*
        вби*/уби*/вб ю
        самогуб*/суїцид*
        померти/помру/смерт*/здохн*
        не хочу жити/бути
        хочу/хочеться ~ зникнути
        ріжу/різати ~ себе/вени
        боюся/боюсь/страшно/страх/налякан*
        не ~ безпеч*/безпец*
        небезпе*
        допоможіть/допоможи/рятуйте/врятуй*
        поліці*
        втек*/тікаю/утек*
        замика*/замкну* ~ мене/нас
        голодн*/голод
        нема/немає ~ їсти/їжі
        пяний/пяна/пє/напива*
        ніж/ножем/пістолет/збро*/ремен*/пасом
        синц*/синяк*/кров*
        кричить/кричав/кричать/оре ~ мене/нас
        погрож*/шантаж*/знуща*
        таємниц*/секрет
        не ~ казати/кажи/розповідай
        змушу*/примушу*
        насил*
    """,
    "ar": """
        *ضرب*
        *يضرب*
        *تضرب*
        *اذان*/*اذي*/*يؤذي*/*يوذي*/*تؤذي*/*توذي*
        *لمسني*/*يلمس*/*تحرش*/*اغتصب*/*اغتصاب*
        جنس*/*الجنس*
        عاري*/*ملابسي
        *قتل*/*يقتل*/*اقتل*
        انتحر*/انتحار/*الانتحار
        *اموت/*الموت/نموت
        لا اريد ان اعيش
        *اختفي
        خايف*/خائف*/*اخاف/خوف
        لست ~ امان
        مو/مش/غير ~ امان/امن
        خطر*/*الخطر
        ساعدوني/ساعدني/النجد*/انقذ*/انجدوني
        شرط*/*الشرط*
        *اهرب/هربت/*الهروب
        يحبس*/حبس*/*يقفل
        جوعان*/جاءع*/جائع*/*الجوع
        لا ~ طعام/اكل
        سكران*/*يشرب
        سكين*/مسدس/سلاح/حزام*/*الحزام
        كدم*/دم/ينزف
        يصرخ/تصرخ
        يهدد*/تهدد*/هدد*
        ابتزاز/يبتز*
        سر/سرنا/*السر
        لا ~ تخبر*/اخبر
        يجبر*/اجبر*
        عنف/*العنف/*اساء*
    """,
    "ur": """
        مارتا/مارتے/مارتی/مارا/مارے/ماری/مارنا/پیٹتا/پیٹتے/پیٹتی/پیٹا
        تھپڑ/لات/مکا
        تکلیف/چوٹ/زخم*
        چھوتا/چھوتے/چھوا/چھیڑ*
        ہاتھ لگا*
        زیادتی/ریپ/جنسی/سیکس
        ننگا/ننگی
        کپڑے اتار*
        قتل
        جان سے
        مار ڈال*
        خودکشی
        خود کشی
        مرنا/موت/مرجا*
        مر جا*
        جینا نہیں/زندہ نہیں
        غائب ہو*
        ڈر/ڈرتا/ڈرتی/خوف*/خوفزدہ
        محفوظ نہیں
        غیر محفوظ
        خطرہ/خطرے
        مدد/بچاؤ
        بچا لو
        پولیس
        بھاگ*
        قید
        بند کر*
        بھوک*/بھوکا/بھوکی
        کھانا نہیں
        شراب/نشہ/نشے
        چاقو/چھری/بندوق/پستول/بیلٹ
        خون/نیل
        چیخ*/چلا*
        دھمکی*/دھمکا*
        بلیک میل
        راز
        کسی کو ~ بتا*
        زبردستی/مجبور
        تشدد/ظلم
        زبردستی شادی
    """,
    "so": """
        i/na/ina garaac*/dil*/dhaawac*/feer*/dharbaax*/jug*
        garaac*/garaaco
        waxyeel*/dhaawac*
        i taabt*/taaba*
        taabt*/taaban*
        galmo*/kufs*/faraxumayn*/faraxumeyn*
        qaawan*/qaawi*
        dil*
        isdil*
        dhimo/dhinto/dhiman*/geeri*
        nolosha ~ ma
        ma rabo ~ nolaad*/noolaad*
        cabs*/baq*/baqay*
        ma ~ nabad*/amaan*
        amaan ma*
        khatar*
        i caawi*/caawi*/gargaar*
        bilays*/booliis*/boliis*
        carar*/baxsad*
        i xir*
        gaajo*/gaajays*
        cunto ma*
        sakhraan*/khamri*
        mindi*/qori*/bistoolad*/suun*
        dhiig*/nabar*
        qayli* ~ i/igu
        igu qayl*
        hanjab*
        sir/sirta/qarsood*
        ha ~ sheeg*
        qasb*/khasb*
        xadgudub*
        xad gudub*
    """,
}


def plain(text: str) -> str:
    """A text as it is searched: no capitals, accents or punctuation, no letter twice in a row, a space at both ends."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.category(c).startswith("M"))
    words = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in _without_apostrophes(bare.lower()))
    return f" {TWICE.sub(FIRST, ' '.join(words.split()))} "


def _without_apostrophes(text: str) -> str:
    return re.sub("['’ʼ‘]", "", text)


def _part(word: str) -> str:
    """One word of a phrase, or several of which one must stand there."""
    ways = [plain_word(way) for way in word.split("/")]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def plain_word(word: str) -> str:
    """A word of a phrase as a pattern for a text made plain."""
    return r"\S*".join(plain(piece).strip() for piece in word.split("*"))


def _pattern(phrase: str) -> str:
    parts = [r"(?: \S+){0,3}" if word == "~" else f" {_part(word)}" for word in phrase.split()]
    return "".join(parts)[1:]


@cache
def pattern_of(language: str) -> str:
    """A regular expression, the same for Python and for a browser, that finds the phrases of a language and English."""
    lists = dict.fromkeys((ENGLISH, language if language in PHRASES else ENGLISH))
    lines = [line.strip() for code in lists for line in PHRASES[code].splitlines() if line.strip()]
    return f" (?:{'|'.join(_pattern(line) for line in lines)}) "


def shows_help(text: str, *, language: str) -> bool:
    """Whether the phone shows help beside a text: what its script does, to be tried on the same examples."""
    return re.search(pattern_of(language), plain(text)) is not None


def served(language: str, sentences: Sequence[str]) -> str:
    """What the phone gets: the pattern and then a sentence a line, all of it backwards.

    Filters of schools look for such words in what a child opens, and report the child. Nobody is to be reported for
    having opened a survey.
    """
    return "\n".join([pattern_of(language), *sentences])[::-1]
