"""Words the rules know by heart: of children and of their helpers, names that are also words, heads of names. Pure."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Ordinary, whatever a list of names says: how children in Britain write, and what their helpers are called.
CHILDRENS = _words(
    """
    mum mums mummy mam mams mammy ma mom moms mommy dad dads daddy da nan nans nanny nana nanna nans gran grans granny grannie
    grandma grandmas grandad grandads grandpa grandson granddaughter stepdad stepmum stepmom stepbro stepsister stepbrother
    bro bros sis sister sisters brother brothers auntie aunty uncle cousin cusin cuz baby babies twin twins bf gf bff bestie
    besties mate mates lad lads lass bloke blokes fella geezer kid kids kiddo toddler teen teens teenager carer carers
    foster fostering fostered adopted adoption adoptive kinship guardian iro iros camhs cafcass lac cla sen send ehcp pep pru
    senco nhs pc pcs mp mps dr drs cv id ids pin ptsd adhd asd autism autistic cin cp mash dob pa pas sw sws ey mha gp gps tv tvs
    dvd cd ps4 ps5 ps3 xbox playstation nintendo minecraft roblox fortnite fifa tiktok insta instagram snap snapchat youtube
    whatsapp facebook discord netflix google wifi iphone ipad ipads laptop chromebook telly app apps selfie emoji meme vlog
    mcdonalds maccies nandos kfc tesco asda aldi lidl greggs primark argos ikea boots costa starbucks subway haribo nutella
    weetabix nuggets kebab crisps spag bol pizza lollies lolly sweeties squash snacks brekkie pj pjs wellies trackie trackies
    trainers hoodie hijab eid ramadan diwali xmas crimbo easter halloween bday lego barbie pokemon trampoline scooter footie
    footy rugby netball badminton basketball dodgeball karate judo gymnastics ballet guitar drums colouring crafts slime
    maths pe ict re geog sats gcse gcses btec btecs alevels homework detention exclusion excluded isolation playtime dinnertime
    im ive ill id youre youve youll youd theyre theyve theyll theyd shes hes its were weve wed whos whats thats theres heres
    wheres hows lets dont doesnt didnt wont wouldnt couldnt shouldnt cant cannot isnt arent wasnt werent hasnt havent hadnt
    mustnt neednt aint amnt innit gonna gunna wanna gotta kinda sorta dunno gimme lemme cmon coulda woulda shoulda tryna
    cos coz cuz cause bcos becos becuz becuse bc tho thru thx thanx thanks thankyou ty tysm pls plz plss soz sry ta cheers
    lol lols lmao rofl omg omfg wtf idk idc idgaf tbh tbf ngl imo btw brb fr smh ily ikr irl atm asap tmrw tmr tomo tomoz
    2day 2moro 2nite u ur urs r n y k ok okay oki okey kk ye yh yeh yea yeah yep yup nah nope naw na ppl sum sumone summat sumthing
    summin sumtimes somethin nothin nothing nuffin nuthin nuffink owt nowt anythin everythin evrything evry evryone everone
    everytime everyday everyones noone nobodys somebodys someones anyones alot abit infact aswell incase atleast alright
    alrite allright rite nite nites tonite wen wot wots wat wats wich wiv wid wif wud wuld shud shuld cud culd coud wood
    shudnt wudnt cudnt dint dident didint dosent dosnt doesent carnt cudn wasent wernt hav havnt hadent haf hafta
    fink finks finking fort thort thot tink tel tole sed sez sayed sais askd askt lissen lisen lissens lisens lisend lissened
    luv luvs luvd luvly lurve fav favs fave faves favrite favourite favourit best bestest gud gd gr8 m8 b4 l8 cya
    skool skl schol scool techer teecher teechers wurk wurker werk werker soshul soshal sosial socail sociel
    becouse beacause becase bcause cuse wos woz wus waz iz dat dis dem dey da de dere den wen coz fing fings sumfing
    wierd definately definatly definitly seperate seperated tommorow tommorrow tomorow rember remeber rembered
    embarassing embarrased embarased embarassed horible horribel terible togever together tgether brung brang borin
    bin bins loo poo wee bum belly tummy boobs willy fanny snog snogging pants knickers wellbeing wee
    lush mint peng peak bare bear safe sound sick dead well proper dench mardy minging minger manky grotty naff rubbish
    gutted knackered chuffed buzzing skint gobby nosy nosey cheeky moody stroppy narky dodgy bossy grumpy whinge
    nick nicks nicked nicking rob robs robbed slag slagging grass grassed snitch snitched wind winding winds bully bullies
    bullied bullying bullyed cyberbullying vape vapes vaping weed spliff fags fag booze boozing pissed piss shit shite shitty
    crap fuck fucked fucking fuckin effing bloody bastard bitch twat wanker dick arse arsehole knob prick slut
    bruv blud fam cuz mandem peng roadman wagwan allow calm hench innit dench leng piff moist
    sos bruh bro bruhh sus slay rizz cringe based lit vibe vibes banter bants savage goat goated
    yay yayy yey woo woop whoop aww aw awww ugh urgh ew eww eugh meh hmm hm umm um erm err er oh ooh oooh wow ow ouch
    haha hehe hi hiya hello hey heya bye byebye ta tara soz xx xxx xo xoxo ha heh hah
    safeguarding strat mtg mins hrs wk wks yr yrs mth mths sat sun mon tue tues wed weds thu thur thurs fri
    weekend weekends fortnight fortnightly term halfterm placement placements respite contact contacts sibs siblings sibling
    advocate advocates advocacy lanyard lanyards jargon paperwork assesment assessment reassessed intervener interveners
    mosque gurdwara synagogue imam church vicar priest temple halal kosher burka christian muslim hindu sikh jewish
    english welsh scottish irish british polish romanian urdu arabic ukrainian somali punjabi bengali kurdish farsi pashto
    tigrinya spanish french german italian portuguese chinese african asian black white mixed bulgarian albanian
    metres colour colours grey centre centres neighbour neighbours neighbourhood programme organise organised realise
    realised apologise apologised apology behaviour favourites favour humour honour cancelled counsellor counselling
    jewellery pyjamas tyre kerb cheque mould mouldy practise licence licensed judgemental cooker hoover hob kettle duvet
    bedsit flat flatmate flatmates lorry lorries motorway roundabout zebra petrol car park carpark bus buses tram minibus
    dissapointed disapointed annoyed fuming scared scard scary scarey skared frightend frightned upset upseting crying cryed
    unsafe unfare unfair fare liar liars lied lier bruise bruises bruse bruises tidys tidying telling tells tels nagging
    nagged nags shouts shoutin shouting shouted moaning moans sulk sulking sulked tantrum tantrums meltdown meltdowns
    feelings feelins sensory fidget earphones headphones airpods headset laptop charger chargers nintendo switch
    sleepover sleepovers playdate playgroup daycare nappies nappy dummy pram buggy pushchair cot bunkbed bunk
    poorly poorley tired tierd hungry starving thirsty smelly stinky stinks stink smells damp mouldy freezing boiling
    foodbank foodbanks voucher vouchers benefits universal credit pip dla rent arrears eviction evicted landlord hostel
    hostels refuge homeless asylum refugee refugees interpreter interpreters translator translated translate solicitor
    solicitors barrister cop cops coppers copper feds police policeman policewoman bobby paramedic ambulance
    headteacher deputy tutor tutors mentor mentors keyworker keyworkers key worker workers counsellers therapist therapy
    psychologist psychiatrist paediatrician midwife nurse nurses dentist orthodontist optician optitian
    gaming gamer gamers online offline wifis password passwords screenshot screenshots dm dms msg msgs txt txts txted text
    tex unfriended blocked unblock block voicemail ringtone emojis gif gifs stream streamer
    jollof pierogi roti naan samosa samosas biryani daal dal curry injera fufu ugali couscous sushi noodles ramen falafel hummus
    shawarma sambusa brill lv bst frnd frnds legends shes lil
    postcode postcodes gamertag username gobsmacked santa yn iawn diolch bored unhelpful unreliable reliable overnight
    nobodies somewhere somewere anywere everywere everywhere nowere nowhere
    stuff stuf staffs staff unit units panel panels review reviews reveiw reviewed core group groups
    xoxox luvvly smiley smile smilies lovely luvley beautiful beutiful kindness kindest nicest nicer funniest funnyer
    sooo soo sooooo reallyreally verry realy relly realli probly probaly prolly actully acually basicly obvs obviously defo deffo
    totes literally litrally whatevs whatever watever whenever wheneva whoever forever foreva eva neva never
    hardest hardly barely mostly sometimes sometime somtimes usally usualy usually
    understand undastand undersand understnad unerstand explaned explane exlain exlains explaind expain ecsplain
    """
)
# What children write beside the words of a survey about help, so that a slip of the pen in one of them is seen as one.
COMMON = _words(
    """
    worker workers social meeting meetings school teacher teachers house home because people family families friend friends
    listen listened listening understand explain explains explained important happened happen favourite different together
    really always never sometimes nothing something everything everyone someone anyone nobody somebody brother sister
    mother father foster carer contact weekend weekends saturday sunday monday tuesday wednesday thursday friday christmas
    birthday holiday holidays bedroom kitchen garden football swimming shopping dinner breakfast clothes phone number
    computer listening talking asking telling moving moved living lived wanted needed helped helping shouted shouting crying
    scared worried angry happy upset lonely safe safer trust trusted promise promised decision decisions choice choices
    plan plans review question questions answer answers letter letters report reports judge court police doctor nurse hospital
    feelings feeling thought thinking believe believed beautiful friendly horrible terrible boring brilliant amazing lovely
    support supported supports information private confidential address interview assessment protection conference
    embarrassing annoying frightened confused confusing patient patience respect respected honest honestly
    turned turn happened project projects centre center asking friends coming leaving getting looking waiting
    picture pictures drawing message messages appointment appointments saturdays thank thanks should would could
    """
)
# Names that are also words: names only where a neighbour says so.
WORD_NAMES = _words(
    """
    ruby heaven ocean bug wren jaz joy hope faith grace rose dawn penny poppy daisy lily ivy violet iris olive hazel heather holly jasmine amber jade pearl
    crystal coral summer autumn april may june august eve robin jay star sky skye river rain storm angel precious princess
    prince destiny harmony melody honey cherry ginger blossom fern willow rowan ash aspen basil sage rosemary bill mark frank
    will rob sue pat jack chase hunter baker fisher porter archer drew grant dean
    dale glen heath cliff miles max rich gene guy art earl duke buddy bud chip chuck dick don gray grey rusty sandy
    misty stormy sunny bunny bonny kitty kit kay bee belle bell candy carol joyce constance patience prudence charity
    mercy verity honor honour happy lucky blessing gift goodness favour comfort success innocent marvellous gay merry sunshine
    moses jet ace king bear wolf fox phoenix dallas london paris china india asia chelsea dakota savannah brook clay
    rock reed ray rod peg dolly tiger nick jimmy con jo von ward wren lark raven dove diamond
    ebony ivory scarlet velvet lace silver gold jewel opal topaz emerald justice victory liberty trinity unity true
    lance pierce stone flint art barb barbie jazz rio gem dot pip rocky harry
    """
)
# Of these, the ones that are verbs so often that a brother or worker before them says nothing.
VERBS = _words(
    "will may can rob chase sue pat grant mark drew bill don nick hunter chuck happy lucky true art guy dick con"
)
# In the dictionary in small letters, and yet hardly ever a word.
NAMES_AFTER_ALL = _words(
    """
    john william peter louis maria lucy hugh sally sera victor marina phoebe henry george charles james thomas robert
    michael david mary elizabeth margaret sarah susan linda karen lisa anna emma kate laura helen claire jane julie
    andrew paul stephen simon kevin brian gary alan keith colin nigel martin tony steve dave mike chris matt dan ben sam joe
    alex adam luke ryan kyle liam sean connor jordan jamie jake josh lewis callum reece dylan ethan noah mohammed mohamed
    muhammad ahmed ali omar hassan fatima aisha salma jack alice ruth esther rachel leah rebecca hannah abigail naomi
    teddy becky maddie katie jess jessica ellie lola layla mia zara zoe chloe sophie olivia amelia isla eva ava ella
    oscar archie alfie charlie leo theo arthur edward albert stanley barry larry terry jerry wendy tracy stacey shannon
    stephanie jennifer nicole kelly shelly jill gill gail linda lynda lyn lynn pam geoff jean janet trev stu baz shaz gaz chaz
    paddy benny danny bobby robbie vicky nicky ricky freddie frankie mo jo dee ty tyler taylor mason cooper carter parker piper
    josh roy tom dom bob jem jim ken ted lee leigh norm brooke reid wade rex roger polly molly jules tiana gavin gareth
    noreen lacey jaxon tobias
    charlotte christian donna graham justin angelica brad cole darin derrick dustin sherry tara warren maya
    gwen bex bev soph wei ama mei yaw ana carl liz dez ron kai kian leighton harley femi lorraine jackie cody annie sasha
    vince otto hans fritz pierre jacques juan jose carlos pedro diego ivan boris olga nina tanya natasha kim jan mick
    """
)
TITLES = _words(
    """
    mr mrs ms dr doctor prof professor cllr councillor pc sgt sergeant nurse uncle auntie aunty aunt pastor imam sheikh ustaz
    pani judge coach reverend rev father lady lord baroness inspector detective constable officer
    dc ds di dci pcso fr canon deacon rabbi mst ustadh sheikha captain cpl col major headmaster headmistress chef umm abu
    """
)
# Of these, the ones that are ordinary words after a, my or the.
ALSO_WORDS = _words(
    "canon deacon rabbi captain major chef father lady lord judge nurse doctor officer coach constable detective inspector uncle auntie aunt aunty imam pastor"
)
# Before a name as well as before anything else.
LOOSE_TITLES = _words(
    "miss sir nan nana nanna nanny gran grandma grandad grandpa granddad sister mama papa big pan baji bhai"
)
KIN = _words(
    """
    sister sisters brother brothers sis bro mum mam dad stepdad stepmum uncle auntie aunty aunt cousin cusin sisster nan nana gran grandad grandma
    friend mate bestie worker workers keyworker carer carers son daughter partner husband wife boyfriend girlfriend ex
    baby twin teacher tutor iro guardian advocate nurse therapist mentor pa dog cat grandson granddaughter grandson
    child kid lad girl boy man woman lady judge chair officer visitor assistant supervisor manager foster stepbrother
    stepsister niece nephew neighbour bloke counsellor solicitor interpreter
    """
)
BEFORE_NAMES = _words(
    """
    called named told tell ask asked asking thank thanks thankyou thanx ta about with by miss met wish wished like liked love saw
    see rang ring visit visited trust hate n plus contact including except
    """
)
WANTING = _words("want wants wanted need needs let made")
AFTER_NAMES = _words(
    """
    said says sed sez told tells came comes rang rings helps helped gave gives took takes asked asks listens listened
    never always wont doesnt dont didnt hasnt wasnt has gets got lets texts texted writes wrote shouts shouted hits smokes
    explained explains stays left went knows knew thinks promised cancelled turned cares makes made keeps kept hugged
    talks talked sits sat plays visited visits called calls used promised lied
    """
)
# After Will and May: what nobody will or may.
PAST = _words(
    """
    said says sed sez told tells came comes rang rings helped helps gave gives took takes asked asks hasnt wasnt has gets got
    texted wrote explained wont doesnt didnt left went knew promised cancelled turned made kept hugged visited called lied
    """
)
# Names of these sounds are words of these kin: they follow "my" and are no title then.
OWN = _words("my his her our your their")
AFTER_IS = _words(
    """
    my a the our so really very nice kind leaving coming mean funny ok okay great lovely late lush cool good brilliant
    best safe patient rude horrible scary strict fair always never sound mint amazing moving not who nosy loud calm
    """
)
NOT_BEFORE_NAMES = _words(
    "a an the my your his her its our their no some any in of such this that these those more much for"
)
SCHOOLS = _words(
    "primary school schools academy infants infant juniors junior high college grammar pru madrasa comp comprehensive secondary schoool"
)
SCHOOLY = _words(
    "park hill green field oak st saint holy cross al noor trinity lady our grove wood lane church c e rc of"
)
NOT_OF_SCHOOLS = _words(
    """
    old new my the a an high primary secondary special boarding whole big little different same this that every after before
    public private state local nearest good bad nice last next his her their our your some any no sunday summer language
    middle junior nursery at is to from for of and in on with into by go going went like hate love left art drama music
    driving night sixth same first second other another own daughters sons kids childs childrens ok because miss missed
    starting start started leave leaving about than all or but when where what why is was were normal mainstream proper real
    hate hated changed change changing move moved get got finish finished mum dad i we they he she you until since during get
    catholic muslim church village town community grammar upper lower free faith girls boys mixed sports
    """
)
HOUSES = _words(
    """
    house lodge hub centre center unit team project projet trust club nursery cottage surgery hospital clinic hostel home homes
    refuge hotel foundation church mosque view fostering manor villa practice care
    """
)
# Between what a place is called and what it is.
PASSING = _words("family families youth young childrens children carers community health medical day support contact")
NATURE = _words(
    """
    rowan maple willow willows beech beeches oak oaks elm elms holly hollies ash cedar cedars cherry bluebell rainbow haven beacon
    riverside sunrise sunset harbour meadow meadows brook brookside hillside orchard laurel laurels lime limes fir firs
    pine pines poplar poplars birch birches gable gables grange croft acorn acorns sycamore hawthorn bramble primrose sunflower
    butterfly stepping lighthouse horizon horizons bridge compass
    """
)
HOUSES_BY_NAME = _words(
    "willows beeches limes laurels hollies firs elms poplars cedars pines oaks gables grange haven croft birches orchards willoows"
)
STREETS = _words("street road rd lane avenue ave terrace crescent mews grove st")
LESSER_STREETS = _words("close drive way court walk gardens place estate hill park rise row")
NOT_OF_STREETS = _words(
    """
    the a an my our your his her their main busy this that cross down same next other of any every long by either no on in half
    one two best only right wrong under always and or to from up off into along whole dark quiet nice new old across over
    road street lane at is was with for all big little be stay come came very too so get got are were not us me them
    him you it some fast memory good bad that its can cant your lets go went going safe far what which day night first middle way
    """
)
# A capital in the middle of a sentence says nothing with these.
CAPITALS = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december christmas easter god allah jesus lord childline barnardos nspcc mencap samaritans ofsted parliament
    britain british english welsh scottish irish polish romanian muslim christian catholic jewish hindu sikh arabic urdu
    somali ukrainian kurdish xbox playstation minecraft roblox tiktok youtube instagram snapchat facebook whatsapp google
    apple samsung android netflix disney pokemon barbie lego spiderman batman mario zelda sonic harry premier league
    """
)
PREPOSITIONS = _words("in from near to at around outside through past towards")
LIVING = _words(
    """
    live lives lived living moved move moves moving placed placement stay stayed staying born sent back came come comes is am
    are hate go went put family friends based hotel flat house meeting far up down
    """
)
# Towns as everybody calls them, where lists have a longer name.
SHORT_PLACES = _words(
    "hull stoke brum newcastle southend merthyr notts leics lancs yorkshire lancashire cornwall devon kent essex surrey sussex "
    "norfolk suffolk wales scotland ireland england london toxteth meadowhall rhondda anglesey gwynedd"
)
# Between a street's name and its type, and in front of them.
OF_STREETS = _words(
    "bank mill hill church old high top park long north south east west green upper lower great little new chapel water"
)
AFTER_LIKING = _words("she he they and because cos bcos but so my is was a lot n who when the")
NOBODY = _words(
    "this that it he she who what there here everything nothing something everyone nobody football music school gaming drawing art "
    "one which and but so if as i you they we home today tomorrow christmas my his her our your their"
)
NUMBERS = _words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
TENS = _words("thirty forty fourty fifty sixty seventy eighty ninety hundred")
# Owners that are nobody.
SEASONS = _words("summer autumn rain gold silver gift king bear fox wolf bee bell rock gem dot chip jet gene can will")
# After somebody's: skys room, franks dog.
OWNED = _words(
    "mum mums mam dad brother sister house room bedroom bed car dog cat phone bag coat job turn fault birthday party mate "
    "mates carer carers family kids baby nan place flat friend friends idea name dinner chair"
)
# Of a name of several words these may stay: who they are to the child, and what kind of place it is.
GENERIC = _words(
    """
    mr mrs miss ms dr sir nan nana nanna nanny gran grandad uncle auntie aunty aunt nurse pc coach pastor imam
    sheikh judge sister big councillor mama baby the school primary juniors junior infants high academy college
    house lodge unit hub family project centre team home youth club nursery street road rd st lane close grove
    avenue drive crescent terrace flat room number estate park surgery cottage trust late august in of and a at
    """
)
# Hold sentences together, and are part of a name only beside the rest of it (Talk It Out).
CLOSED = _words(
    """
    i me my mine we us our you your he him his she her hers they them their it its this that these those who whom whose
    which what when where why how a an the and or but nor so if because cos coz while until till than then as at by for
    from in into of off on onto out over to up with without about after before between through under is am are was were
    be been being do does did done doing have has had having not no dont doesnt didnt wont cant isnt wasnt arent im ive
    id ill hes shes theyre theyve youre were weve thats there here too very just also only even still never always all
    any some each every both few more most much many other another such own same really again ever yet please pls
    """
)
