/**
 * English words that people use in talk about films without meaning a title, by surprise in bits (-log2 of
 * the share of all words). Counted over the training dialogues of ReDial (Li et al. 2018, CC BY 4.0), titles taken out;
 * the last row adds ordinary words that are also titles and were too rare to count.
 */
const rows: readonly (readonly [bits: number, words: string])[] = [
  [4, `i`],
  [5, `a have it you`],
  [6, `and for good is like movie movies of one seen that the to was`],
  [7, `about are but bye do great hello hi in not or out really thanks too what will yes`],
  [
    8,
    `all also am any as can check day havent help how if im its kind liked looking love me my no
     oh ok recommend see so some something suggestions thank there think those watch well with
     would your`,
  ],
  [
    9,
    `action an another be both classic comedy did dont enjoy favorite film find funny goodbye has
     he heard hope horror ill ive just know lol loved maybe more much never new nice night now
     okay on other pretty saw should sounds sure thats them they this today very want watched we
     welcome yeah yet`,
  ],
  [
    10,
    `actually anything at awesome best comedies cool could definitely didnt drama either enjoyed
     family fan favorites films first from genre go going hey interested interesting into kids
     little look lot may might old ones right scary similar suggest suggestion then these though
     thought time tonight try two type up watching were which who youre`,
  ],
  [
    11,
    `actor adam add again always amazing animated based because been before better big bit book
     by came cant care chatting classics course cute does doing else even evening ever fantasy
     few fi fun get give glad got had haha happy helped her here hilarious him his hmm id ideas
     last let list looks make many most need newer older only original people perfect please
     probably problem recent recently remember romance romantic s same sci sequel series she
     sorry sound still story super take than theaters theres things thriller u weekend whats when
     wow year`,
  ],
  [
    12,
    `actors adventure after afternoon ago agree ah along already alright appreciate back bad
     believe called chat choice choices couple creepy d date different disney documentary doesnt
     done dramas enough especially excellent fantastic far feel fine flick forgot friendly genres
     guess guy hear hes highly hoping idea isnt kid kinds lately laugh life lines long made makes
     man marvel mean mentioned mind mine mood morning music must netflix off others over part
     prefer quite quot recommendation remake rest reviews rewatch sad say second seeing seems
     since soon sort star stars stuff such superhero talking tell theater their theyre thing
     thinking thrillers times tom true trying types wait war wasnt way where while whole why
     wonderful work worth ya yea years yep young youve`,
  ],
  [
    13,
    `able absolutely adult almost alot although around asking black books boy british cast catch
     chance children childrens choose christmas come comes comic coming consider crazy crime cry
     dark daughter days decent director down end entertaining every everyone everything exactly
     except familiar fav fiction flicks forget forward found franchise friend friends gave gets
     girl girls goes gory guys ha hahaha hard having helpful helping hero historical hmmm home
     honestly hopefully hows huge humor husband intense interest jack keep kinda king later least
     lets likes line live lots loves matter meant modern murder musical musicals myself mystery
     name next nope nothing ohh ooh open opinion packed particular past perhaps pg pick plays
     plot popular psychological put rated re read real related robin rock ryan said scenes school
     science seem sequels serious set shes show silly someone sometimes son space specific
     starring start stephen stories supposed suspense sweet t taste teens together top totally
     trailer twist us used usually version wanted wanting wars week weird won world wouldnt wrong
     youd youll`,
  ],
  [
    14,
    `acting actress adults age ages ahead ahh alien aliens american amp animals animation anime
     anymore anyone anyway anyways arent awards away awhile basically behind being bet between
     bill binge blood bored boring box boys bro bunch car cartoon case certain certainly
     character characters chase checking cheesy chick child close com comedys compare considered
     cop couldnt current currently directed documentaries dumb during dvd each earlier early
     ending enjoyable epic era example excited fairly fast favourite female finding finished
     follow forever full funnier future game general getting ghost given gives god gone gonna
     goodie goodnight goofy gotta group gt hadnt happen hate haven head heart helps high history
     hit holiday holidays horrors house however huh ice indeed job killer known l latest lead
     less light looked luck m main making marathon meaning meet men mention middle military miss
     missed mix mixed moment month mostly move nd neither newest non novel odd office oldie omg
     once oops options oscar our own parents parts pass period person personal personally place
     plan play played plenty point police previews r rating reason recall reccomend recommended
     release released reminding reminds rent role rom run scared scene scifi searching seeking
     sense several shot side somewhat songs soundtrack sports started stay stick strange stream
     stupid style submit suggested suppose surprised surprisingly suspenseful talk tastes tear
     teen theme third tho three through title told trailers travel tried tv umm under understand
     unfortunately until use vampire waiting wants went western weve white whos wife wish without
     woman women wonder wondering wont works worries younger yourself yup zombie zombies`,
  ],
  [
    15,
    `absolute actions actresses admit advice against alive alley alone animal area ask asked
     asleep attention available avoid awful baby ball bear beat beautiful became becomes bed
     beginning birthday bout boyfriend brain bring buddy buh busy call cannot carry cars catchy
     category cats caught cause chan change checked childhood chill class clowns cold college
     comedic comics completely computer coms concept confused control conversation corny correct
     country crap cried cube cult cup dad dance daughters dead deal death decide deep detective
     die died dies direction disappointed disaster disturbing dog dogs dramatic driving drug dude
     e earth easy edge effects eh elements em emotional ended enjoying entire etc everybody
     examples exciting expect expected experience extremely fabulous fact fall falls famous fans
     father faves favs features feeling fell felt fight figure figured filled filmed finally
     finds finish fond foreign form four free funniest futuristic gal games generally giant
     girlfriend giving gold google gore gosh gotten government grandma grat greatest gross
     growing grown hahah happened hasnt hated hearing heat hell helo heroes himself hm hmmmm hold
     honest horrible hot hours human hunt hysterical imagine indie inside instead intriguing
     jerker jokes jump keeps kept kill killed knew lady land late laughed laughing laughs learn
     learnt lesser liek liking literally ll lost lovely mediocre mentioning message met minds
     minute minutes missing mob mom moments money mother moves moving multiple mysteries
     mysterious nah named names nature near nearly neat niece nominated none normally o ocean
     oldies online opening option outside page paranormal partner party performance phenomenal
     picks picky planning playing pleasure plus political popcorn possible potter preference
     prequel present president preview princess provoking quality question queue quick quirky
     rather ratings raunchy reading ready realistic realize recomend recomendations recomended
     recommender recommending releases remakes reminded revisit robot robots roles safe save
     saying says scare scariest screen search season seat sec seemed selection serial services
     sex sexy shall share shows sick sing singing slapstick slasher slow small snow solid
     sometime somewhere song sounded special spoil spoof spooky spy stand staring stop streaming
     strong stuck subtitles suggesting summer superheros supernatural surely takes taking tea
     team tend terrible th themes thoughts throughout throw tired titles tomorrow ton tons took
     total tough towards toy track tries trilogy trip truly turn turned twice twisted twists
     typical underrated unique ups ur usual variety video vintage violence violent wanna water
     ways wedding weeks westerns whatever whose willing win working yesss yesterday yo yours`,
  ],
  [
    16,
    `above academy across act acts actual ad adaptation afraid agent agood agreat ahve aimed al
     alike alrighty amount amusing ancient animations anxiety appeal appreciated appropriate army
     artist arts ass assist assistance assume atleast attempt aunt average award awsome aww ay
     badass bag barely baseball beach beats become becoming believable bell bending besides
     biopic bits blame blank blast blockbuster bloody boat bomb born boss bought bowl boxing
     brand brando break brilliant brings broke broken brother brothers brought brutal btw budget
     buff bull buy cable campy career cartoons cat changed chilling chinese chose cinema
     cinematography clasic classical classy clean click closer clown club co collection color
     combination combo comdey comedian comical comidies compares complete confusing connection
     contemporary cops count counts couples cousin crack crash created creatures creep critics
     cross crude crystal culture curious daddys daily dancing dangerous darker dealer dealing
     decade def definately definetly definitly delay depends details dialogue didn difference
     difficult dig dinner dinosaurs directing disappointment dislike disliked doc doll dolls don
     dooo double dragon dream dreams drive driver drop drunk dry due dying easier easter eat
     emotions endings ends enjoys epics escape event events everyday everyones everytime evil ex
     expectations expecting explain exploration explosions eye fair fallen families fancy fave
     favourites feature featuring fence fiance fighting fill final fish fit fits five fo follows
     food foot football force forced forgotten former forms forsure foxx freak freaked freaky
     fresh fu gangster geared genius gf ghosts goo goodies goodness goood grand grandkids graphic
     graphics greek greta grew gritty gruesome guessing half hands hank happens hat haunted havea
     havnt hearted heartwarming hehe heist heros hide hilton hits hockey hoped hour humorous hurt
     hype impossible impressed impressive include incredible indian info information innovative
     input insidious inspirational inspired inspiring intellectual intersted intrigued involved
     iron issues itself jackson jerkers joe joins kick kiddos killers kills knowledge knows
     kristin kung ladies lambs lame language latter law leave leaves left lego letting lighter
     likely listed listen lit lives living longer lord loud lovers low lucky mafia magic magical
     mainly major malware married martial match mate material maze means mebbe media medieval
     meets meh memories memory messed mid million mission mistake mixture mmm mobile monster
     monsters months monty mummy n narrow necessarily needed needs neighbor neilsen nephew nerd
     nieces nightmare nights nite noir nonetheless nor nostalgic note noticed number obsessed
     obvious obviously offer officers often olds order oriented originally originals oscars
     otherwise ou overall overrated paced pair park parody partial particularly passed patient
     pay perfectly physical picture piece pieces pig pirates places planet plots points poor pop
     positive possibly post power powers predictable preferences preferred premise previous price
     prime princesses prison prob problems produced production promise prove pulled push putting
     questions race racing raised random rare rd reality realized reboot reccommend received reco
     recomendation red regardless regular relationship relax relaxing relevant remade reminder
     revenge review rewatching rich ridiculous risque road robbers roman romances romcom romcoms
     room round royalty ruined rush sadly saga santa sappy scares scarier scream script sea
     secret seek seeker selections send sent seriously service shame shape sharing shining ship
     short showed showing shut sides silent simply singer sister sit sitting situation six skip
     skipped slap sleep smart soldier somehow somthing sons soo soooo sorts speak spectacular
     spelling sport spot st staple starred starting starts steals step stiffler stood store
     storyline straight street styles subject success suggesion suit suitable sun superb
     superheroes surprise survive suspensful tale talented talked tears tech teenage teenagers
     telling terms terrified terrifying terror tha thatll thatone theatre theatres themselves
     theyd thinks thrilling thrills thrown tied till timeless tips tissues toddlers toes tone
     touching toward town traditional tragic train trapped trolls trust turning turtle twin twins
     ty typically typing uh ultimate umh ummm undercover understandable universe unless unsure
     uplifting upon useful vacation vampires vaughn vein versions viewing vince visual visually
     visuals voice voices vulgar w wall wan waste watches weather werent whom wigg wil wind
     window winner winning winter wolverine wondered word worry worse worst worthy write writer
     written y yah ye youlike yu`,
  ],
  [
    17,
    `abduction ability absentia abyss accepted accountant addicted adrift affair aids airport
     angel angels apartment apple arms arrival arrow attic audition autumn aviator awakening babe
     babysitter bananas bandit bandits basic bats battle battleship beaches bears beast beauty
     beer beginners belly beloved below beneath beyond bird birds bite blade blades blended blitz
     blow bodies body bodyguard bolt bone bones border bound boyhood brave breadwinner breaks
     breathe breed brick brides bridesmaids bridge bright bronze bullet bully bunny buried burn
     burning burnt bus butler cabin cake camera campaign candidate candy captain captive cargo
     carousel carriers cashback casino castaway castle cave cell chain champ chaos chapter
     charade charge cheat chef chips choke chosen chronic chronicle church circle city cleaner
     client clip cloud clouds clue clueless coach coast cocktail code collateral collide colors
     commuter conception confess contact contract conviction core corner courageous court cowboy
     cowboys craft crank creature creed criminal crossroads crow crown cruel crush cut dancer
     danger dare darkness dawn daybreak daylight dear debt deception dentist departed depth
     deranged descendants desert desire desperate destiny devil diary dictator dilemma dinosaur
     dirt dirty discovery disobedience divide doctor dollar doom door dope downfall dread dreamer
     driven duel dust eagle earthquake east echo eight election element elephant eleven elf
     emperor empire empty enchanted enemy entity equals eraser evolution exam exit exposed
     express extract extras eyes face faces faith fame farm fat fatal fear fearless feast fences
     fever field fifth fifty fighter fire firm flame flash flat flawless flesh flight flower
     flowers fly focus fog following foreigner forest fork fortune forty founder fountain
     fracture frank freaks freedom frequency front frontier frozen fugitive fury gambler garden
     gas gate getaway giants gift gifted gigantic giver glass goal golden graduate grave gravity
     gravy grease green grey ground guard guardian guardians guest guns hair hammer hand
     happening happiness haunting heaven hidden hills hitch hitman hole holes hollow holy
     homecoming honey hook hop horse hospital host hostage hotel hundred hunger hungry hunted
     hunter hunters hurricane hush identity immortals inch incident inn innocents insider
     insomnia instinct intern internship interview invincible invitation island jackie jail jane
     jerk jesus jet jobs joker journey joy judge jungle juror justice keeper kidnap killing
     kingdom kiss kite knife knight knowing lake lamp large lawyer leap ledge legend legendary
     lesson letter liar lie lies lifted lights lion lips lodger lonely longest loss loving lunch
     machine madame maid malice mama march mark market marriage mask master maverick max mechanic
     mermaid mermaids midnight mighty mile miles milk mimic minority miracle mirror mirrors
     misery mist monkey moon moonlight mosquito mouse mouth mud muse mute mystic myth naked
     nation native neck needle negotiator neighbors nerve nest net network nine nobody noise
     north notorious obsession oil orange orphan outsider outsiders overnight pain painted palace
     papa paper paradise passenger passengers passion path patriot payback paycheck peace pearl
     pest pets phenomenon phoenix phone photographer pi pianist piano pigeon pilot piranha pirate
     pixels planes plate platoon player players pocket poet poison pool possession powder
     precious predator predators prey pride prince prisoner prisoners producers professional
     professionals prom proof proposal public pulp punch pure purge purple queen quest quiet
     quints rabbits radio rage raid rain rampage ransom raven raw ray reader rebel record recruit
     redemption reef remains replacements rescue rescuers resolution restless returned reverse
     ride ring ringer rings rise rising ritual river roadie robbery roof rookie roots rope roses
     rough rounders royal ruins rule rules running sabotage sacred sail saint salt salvation sam
     sand satisfaction savage savages savior scout secretary self selfless senna sentinel
     serenity seven seventeen seventh shack shade shadow shallows sharp shine shoe shoes shoot
     shooter shop shore shoulder shutter sideways siege sigh sight signal signals signs silence
     silver simple sin singles sinister siren sisters sixth skin sky slave sleepers sleepless
     slither smile smoke snake snatch sneakers sniper snitch snowman society sold soldiers solo
     soul source south spartan species speed spell sphere spies spirit split spoon spotlight
     spring square stage stairs state station steel stepmom steps sting stitches stolen stone
     storks storm stranger strangers strike string stripes stronger student submarine subway sud
     suddenly sugar sunshine surface survivor suspicion swing switch switchback sword tail talent
     tales tangled tank tap taxi teacher ted teeth temple ten terminal test thief thin thinner
     thirteen thousand threads threshold throne thunder ticket tickled tide tie tiger timeline
     titan tomb tongue tooth touch tourist tower toys tracks trade traffic trail traitor
     transcendence trap treasure tree trees tremors trial triangle triple troll trouble truck
     truth twelve twilight twister twitches unbreakable unbroken underground unfaithful
     unforgiven union unit unknown unstoppable untouchables valentine valley vanishing venom
     vertigo victim victoria victory view village vision visit volcano volume vow wake walk
     wander warm warrior warriors wash waterfall wave weapon west wheel whiplash whisper wicked
     wide widow wild willow wine wings wise wishes witch witches witness wizard wolf womb
     wonderland wood words worlds worm wrath wrestler yard youth zero zone`,
  ],
];

/** Surprise of an everyday word in bits. */
export const everydayBits: ReadonlyMap<string, number> = new Map(
  rows.flatMap(([bits, words]) => words.split(/\s+/).map((word) => [word, bits] as const)),
);
