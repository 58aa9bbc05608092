"""Words that mean the same thing for the model, whoever writes them and in which of the eight languages. Pure.

A word that ends in * stands for all that begin so. Where two languages differ about a word, the English one holds.
Only the model uses these, to see that "stepdad kicked my brother" and "ojczym kopie brata" are alike; no word decides
anything alone.
"""

from __future__ import annotations

from functools import lru_cache

from feedback.safeguarding.screening_text import readable

_WRITTEN = {
    "he": """he hes him his hed dad dads daddy dady papa stepdad step-dad boyfriend bf fella fellas uncle uncles
        grandad grandads grandpa grandfather man men bloke blokes guy guys lad lads husband partner ex coach priest
        kev tad llysdad taid wncwl dyn gariad nghariad ewythr tata tato taty tate ojciec ojczym* wujek dziadek facet pan chlopak
        tatal unchiul bunicul barbat* varul prietenul domn* baiatul اب ابو ابي بابا چچا ماموں عمي خالي جدي انکل آدمی
        ابوي رجال قاری тато татові тата вітчим дядько дід чоловік хлопець хлопцю aabo aabe adeer abti nin ninka awoowe""",
    "she": """she shes her mum mums mummy mumy mam mom stepmum nan nans nana gran grandma aunt auntie aunty woman
        mam fam nain llysfam modryb mama mame mamie mamo macocha babcia ciocia mamei bunica matusa امی امي ماما
        والده خاله ستي سوتیلی мама маму мамі мачуха бабуся тітка hooyo eeddo ayeeyo habaryar""",
    "they": "they theyre them their everyone people olders gang maen nhw oni ei ele وہ هم вони iyaga way",
    "carer": """carer carers staff worker workers keyworker teacher foster placement social pa manager driver
        gofalwr* gweithiwr* athro opieku* wychowaw* asistent* educator* ورکر استاد مشرف* معلم* виховател* працівни*
        соцпрацівни* shaqaal* macallin*""",
    "kin": """brother brothers bro sister sisters sis baby twins cousin cousins friend friends mate mates kid kids girl
        girls boy boys son daughter children brawd mrawd frawd chwaer babi plant ffrind brat brata bratu siostr* dziec*
        frate fratele fratii sora bebelus* copii* بھائی بہن بچ* اخو* اخت* ولاد* братик* брат* сестр* діт* walaal*
        carruur* ilm*""",
    "me": """me us my our i im ive ill myself fi mi fy ni mnie mi moje moj moja nas ma mie mine m-a ne imi مجھے میں
        ہمیں میرے میری میرا میں انا عندي мене мені мій моя нас i igu iga ima la na""",
    "hurts": """hit hits hitting hited hiting hitted hurt* hert* punch* slap* smack* smak* kick* beat beats beating beaten batter* whack* whip* thump*
        strangl* chok* throttl* belt* bite bites bit pinch* shak* shook shove* shoved push* pushd bash* headbutt* lamp*
        leather* flung fling chuck* attack* assault* stab* burn* violent violence abus* restrain* taro tharo nharo brifo
        mrifo bwrw fwrw cicio tagu losgi bij* bit* uderz* kopi* szarp* szczyp* dusi* popch* bate bata batut* loveste
        lovit* palm* tras trant* ars strange strans مار* تھپڑ دھکا جلای* کھینچ* گلا يضرب* تضرب* ضرب* بيضرب* يشد* دفع*
        حرق* خنق* رماني بє* бє* бю* бит* вдари* штовх* душ* припік тягає кину* ляпас* garaac* dharbaax* laad* ceej*
        gubay jiid* tuur*""",
    "holds": """grab* pin pinned pins drag* squeez* twist* hold holds held pull* grip* force* forced made make makes
        making tie tied ties cornered sat gwneud gorfod kaze kazal* kazala kazali zmus* trzyma* pus pune oblig* زبردستی
        پکڑ* مسك* اجبر* يجبر* змуш* мушу тримає qasb* qabt*""",
    "mark": """bruise* bruse* bruis* mark marks marked blood bleed* bleeding blead* lump scar scars swollen broke broken black
        purple sore burns cut cuts wound* rash clais cleisiau gwaed siniak* slad* krew oparz* poparz* vanat* urme
        sange نیل نشان* زخم خون كدم* علامات جرح* دم синц* сліди кров nabar* calaamad* dhiig""",
    "body": """arm arms leg legs face head neck throat back hand hands ribs eye lip nose tooth ear ears hair fingers
        wrist wrists thighs skin stomach belly body braich breichiau freichiau mreichiau cefn nghefn gwallt plecach
        rece reke reka glowa twarz wlos* maini mana spate cap par gat fata picio* بازو سر بال ہاتھ کمر وجهي ظهري
        شعري ايدي راسي спин* руки руку облич* волосс* голов* ногах gacan* wejig* dhabar* timaha madax*""",
    "intimate": """privates private bits bum chest boobs pants knickers bra naked undress* nude* nudes clothes willy
        fanny wet pyjamas tights trousers towel ddillad dillad nillad noeth nag* rozebr* rozebrac majtk* dezbrac*
        chilot* کپڑے ننگ* ملابس* عاري* роздяг* голі голим трус* dhar* qaaw*""",
    "sex": """sex sexual sexy rape raped raping porn dirty rude pregnant kiss kissed kisses kissing grope* finger lick*
        rub rubs groom* condom dirtys budr* porno brzydk* gwalt* seks* rusin* urat* viol* غلط گند* عيب وسخ اغتص* порн*
        зґвалт* kufs* xun galmo""",
    "touch": """touch* stroke* strok* tickle* cuddle* feel feels felt lap knee cyffwrdd dotyk* dotka* ating* atinge چھو*
        يلمس* لمس* торка* чіпа* taab*""",
    "night": """night nights nite bed beds bedroom asleep sleep sleeping pillow dark room nos gwely stafell noc nocy
        lozk* pokoj* noapte* noaptea pat patul camera رات کمر* بستر ليل بالليل غرف* تخت* вночі ніч ночі ліжк* кімнат*
        habeen* qol* sariir*""",
    "wash": "bath baths shower toilet bathroom bathe changing changed bad lazienk* wann* baie dus حمام ванн* душі musqul*",
    "picture": """pic pics picture pictures photo photos vid video videos film films cam camera selfie record* recording
        livestream llun* luniau zdjec* poze poza تصویر* صور* فيلم فلم фото відео sawir* filim*""",
    "online": """online snap snapchat insta instagram tiktok discord roblox internet app message messages messag* texts
        dms groupchat ar-lein internetu internet آن لائن النت انترنت інтернет* internetka""",
    "fear": """scared scard scare* scary frighten* frightend terif* terrif* afraid fear* frit panic* freeze flinch* worried dread
        jump ofn ofnus boje boi bal* strach* straszn* frica speriat* teama ڈر* خوف خايف* خائف* خاف* بخاف* خفت боюс* боїт* боял*
        страш* baq* cabs*""",
    "hides": """hide hides hid hiding wardrobe cupboard cubord shed cellar garage basement loft cuddio chow* ukryw*
        ascund* چھپ* نستخب* مستخب* хова* dhuum*""",
    "die": """die dies dead death dying dye kill kills killed killing suicide suicidal kms unalive alive living live
        funeral exist existing murder* shoot shot marw farw lladd byw umrze* umier* zabij* zabic zyc samoboj* mor moara moarta omor* omoar*
        traiesc مر* مرنا مرنے جین* خودکشی جان اموت موت* يقتل* قتل* انتحار* اعيش عيش سيذبح* помер* помира* вби* вбє* жити самогуб*
        dhint* dhim* dil* dilay* noolaad*""",
    "cuts": """cutting cut cuts scratch* blade* razor* slit harm selfharm torri tne tnie naci* tai taiat کاٹ* بلیڈ اجرح
        جرحت شفر* ріжу поріз* jar* jaray jarjar*""",
    "pills": """pills pill tablets tablet overdose* overdosed paracetamol bleach xans tabled* tablet* pastil* گولی*
        حبوب* الحبوب таблет* kiniin*""",
    "weapon": """knife knives gun guns machete hammer bat petrol lighter blade acid weapon* cyllell gyllell noz* nozem
        cutit* چاقو بندوق سكين* مسدس ніж ножем mindi* qori""",
    "threat": """threat* threaten* if will gonna would itll hell theyll said says warned otherwise revenge find finds mynd
        groz* powiedzial zice zis spune دھمک* کہا يهدد* بيهدد* قال يقول погрож* каже сказав hanjab* yidhi""",
    "tell": """tell tells telling told say says saying secret secrets promise promised talk talking believe* believed
        quiet snitch* grass lie lying lied swear swore know knows cyfrinach gyfrinach deud dweud tajemnic* powiedz* mowic powiem secret* spun
        spuneti spui zic راز بتا* بول* سر احكي تخبر* نقول таємниц* розпові* кажіть скажу sir* sheeg*""",
    "owe": """owe owes owed debt money pay paid pays quid favours pres arian kasa kase pienia* dlug winny winna bani
        datorez پیسے قرض فلوس دين гроші винен винна lacag* daymo""",
    "runs_for": """package packages parcel parcels bag bags stuff trap trapping county deal dealing dealers drop shot
        carry carrying hold holding stash plug train burner bagiau paczk* pachet* plicur* پیکٹ اکياس اكياس пакунк* baakad*""",
    "gifts": "gift gifts buys bought gives gave trainers phone vape vapes free drink vodka weed hotel car cars lift",
    "older": "older olders old 18 19 20 21 22 23 24 25 26 27 28 29 30 32 adult grown",
    "drunk": """drunk drinks drinking drink alcohol vodka wine beer pub pissed high stoned wasted using needle needles
        drugs heroin crack coke weed spice smoke smokes foil feddw cyffuriau pijan* pije narkoty* beat bea droguri نش* شراب سكران* خمر
        пяни* пє пити нарко* sakhraan* daroog*""",
    "food": """food eat eats eaten ate hungry hungy starving fridge dinner tea fed feed feeds meal breakfast kitchen
        cupboards bwyd llwgu fwyd byta jedzen* jesc glodn* jem mancare manca foame mananc کھان* بھوک* اکل* اكل جوع*
        جوعان* їсти їж* голодн* їм cunto* gaajo* cuntada""",
    "none": """no not never nothing none nobody noone dont doesnt didnt isnt wasnt wont cant couldnt havent hasnt aint without
        stopped sneb ddim dim byth neb nie nic nikt bez nu nimic nimeni fara نہیں کوئی مت بغیر لا ما مو بدون ولا
        حدا не нема ніхто нічого без ma maya qofna cidna waxba aan""",
    "alone": """alone own left leave leaves leaving abandoned unsupervised unattended hun sam sama sami samych singur*
        اکیل* لوحد* وحدي сам* одн* keli*""",
    "locked": """lock locks locked locking lokt padlock shut trapped stuck cloi cloi'n gloi zamyka* zamkn* inchid* inchis
        بند يحبس* حبس* замика* зачини* xidh*""",
    "cold": "cold freezing floor blanket heating electric lecky outside snow rain wet poo rats mould",
    "runs": """run runs ran running runaway missing escape leg disappear disappeared gone rhedeg ffwrdd uciek* uciec
        fug fugi بھاگ* اهرب* هرب* втеч* утеч* bax* baxsan*""",
    "home": "home house placement unit adra gartref dom domu domem acasa casa گھر بيت* البيت дому додому дім guri*",
    "help": """help hlp heelp please pls plz emergency urgent 999 police sos come someone somebody save rescue helpwch
        help help plis pomoc* pomoz* prosze ajut* rog مدد پلیز بچا* ساعد* مساعد* ارجوك* النجد* бліз допомо* будь
        caawi* fadlan""",
    "stop": "stop stops stopping end ends ending over enough anymore rhagor dosyc opri gata بس وقف досить jooji*",
    "self_low": """burden worthless useless point hopeless numb empty disappear tired hate deserve better without
        future nothing wish waste""",
    "married": """marry married marriage marrying wedding engaged bride husband wed passport abroad pakistan somalia
        priodi slub* marit* casator* شادی نکاح پاسپورٹ زواج اتزوج يزوج* جواز* ختان одруж* паспорт* guur* guri
        baasaboor* gudo dhaqan""",
    "stranger": "stranger follow* following waits waiting watches watching watch stares outside van followed",
    "again": """again always every everyday keeps keep still agen eto bob zawsze znowu codziennie iar mereu پھر روز
        ہمیشہ كل دايما щодня щоночі знову walba""",
    "cruel": "disgusting stupid names calls called dog it evil ashamed wishes nappy punish* punished punishment scrub laugh laughs",
    "safe": "safe unsafe danger dangerous saff diogel ddiogel bezpiecz* sigur* محفوظ امان* بامان безпе* amaan* ammaan*",
    "nice": """nice good great love loves like likes happy fun funny kind lovely best enjoy ace sound class legend lol
        haha hahaha thanks thank brilliant cool proud neis da iawn hapus licio hoffi fajn* dobr* lubi* mil* spoko bine place frumos
        dragut* imi-place bun اچھ* پسند ٹھیک مزہ حلو* لطيف* جيد تمام طيب* добр* подоба* люблю норм* гарн* fiican* jecl*
        wanaagsan caadi""",
    "sport": """football goal goals game games match team ball rugby netball swimming play plays played playing xbox fifa
        fortnite minecraft trampoline club boxing pe pel-droed peldroed rygbi gem pilk* gra gram meci mingea fotbal joc کرکٹ گیند
        کھیل* كره كرة العب футбол* мяч* грат* kubbad* ciyaar*""",
    "school": """school maths teacher homework exam exams class gcse college detention ysgol mathemateg szkol* matm*
        scoala scoal* matematica teme سکول ریاضی مدرس* رياضيات школ* математ* iskuul* xisaab*""",
    "service": """worker meeting meetings review plan form forms report survey letter phone bus visit visits appointment
        judge court contact cyfarfod* cynllun ffurflen bws spotkan* plan autobus* sedint* hartii* formular* میٹنگ فارم
        بس اجتماع ورق* الباص موظف* збори папер* автобус* shir* warqad* bas* turjumaan""",
    "medical": "doctor dentist nurse injection hospital inhaler glasses sick poorly ill flu operation camhs therapist",
    "pet": "dog cat hamster rabbit fish horse ci pies kot pisica caine* کتے كلب* кіт собак* ey* bisad*",
    "calm": "now ok okay better calm anymore used before settled fine rwan teraz już lepiej acum mai اب سكون الحمدلله вже тепер hadda",
}  # fmt: skip


def _read(written: str) -> list[str]:
    return [f"{readable(word.rstrip('*')).text}{'*' if word.endswith('*') else ''}" for word in written.split()]


WORDS: dict[str, tuple[str, ...]] = {}
BEGINNINGS: dict[str, tuple[str, ...]] = {}
for _concept, _words in _WRITTEN.items():
    for _word in dict.fromkeys(_read(_words)):
        _list = BEGINNINGS if _word.endswith("*") else WORDS
        _list[_word.rstrip("*")] = (*_list.get(_word.rstrip("*"), ()), _concept)
SHORTEST = min(map(len, BEGINNINGS))
LONGEST = max(map(len, BEGINNINGS))


@lru_cache(maxsize=20_000)
def concepts(word: str) -> tuple[str, ...]:
    """What one word, as `readable` gives it, may mean; nothing for most."""
    found = list(WORDS.get(word, ()))
    for length in range(SHORTEST, min(LONGEST, len(word)) + 1):
        found += BEGINNINGS.get(word[:length], ())
    return tuple(dict.fromkeys(found))
