"""Invented texts, written before the rules were tuned and not looked at while tuning."""

WORRYING = """
when mums fella is in i go in the shed till its dark
my step brother gets in with me when its dark
i got a burn on my arm off the iron it wasnt an accident
sometimes i think everyone wud be better if i was gone
dad threw a plate at mum again and it hit the wall by me
there is nothing to eat on weekends
she makes me stay in the garage if im bad
this man from the game wants to meet me and says not to say
ive got to carry stuff for the big lads or they hurt me
i want to go to sleep and not wake up
grandad makes me sit on his lap and i dont like how
i havent been home for 3 nights nobody noticed
he pinches me where no one can see
they shave my head when i am naughty
im not alowed to tell or the police will take mum
mum leaves us on our own all night with my baby sister
my cousin showed me rude films and made me copy
i scratch my legs till they bleed
my friend says her dad beats her and i dont know what to do
he put his hands round my neck
there are needles on the floor in our flat
my uncle is taking me abroad to meet a husband
i am frightened of what happens when you go
they take my phone and lock the door at night
im being made to send pictures
my carer calls me a dog and i eat outside
pls come and get us
i hear her crying when he shouts and then it goes quiet
i feel sick when its time to go to his house
he says he will hurt the cat if i talk
an older girl gives me vapes and now i have to pay her back
i dont think i can do this anymore
mum is always out of it on the sofa and i cook
somebody touched me at respite
the other kids wait for me with a knife
i been sleeping at bus stops
he watches me get changed
i stopped eating coz then he leaves me alone
my little brother has marks and he wont say who
i told my teacher and she didnt believe me
""".strip().splitlines()

ORDINARY = """
she always brings her dog and we walk it
can meetings be after four please
i didnt understand the letter
my worker is ace
i wish i saw my sister more
nothing really its fine
the taxi is always late
we made a memory box together
i want to learn to drive
my new school is better than the old one
dont ask the same thing every time
they told mum to get a bigger flat but there isnt one
he is funny and he remembers stuff
i scored a hat trick on saturday
the contact centre has old toys
i like it when she texts first
too many forms and the writing is small
my room is blue now and i picked it
the meeting was boring but there was biscuits
my dad is doing his course and it is going good
could we have wifi that works
i had nits and my carer was nice about it
i was worried about moving but its ok
please write shorter reports
they came on time this month
my cat had kittens
i like my foster family a lot
i dont need a worker any more i think
it is hard to ring because my phone has no credit
i got a certificate for swimming
the questions are alright
my worker changed three times this year
mum says the visits help her
we played football at contact
i beat my brother at chess
the plan is on my wall
i want to be a vet
sometimes she is late but she says sorry
i cut the cake at my review
i am happy with my care
""".strip().splitlines()
