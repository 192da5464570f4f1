"""Invented sheets in six languages; the words only need the length and the letters of real ones."""

from driegesprek.paper import (
    Agreement,
    Agreements,
    Back,
    Call,
    Card,
    Door,
    Front,
    Letter,
    Line,
    Moment,
    NotOffered,
    Prompt,
    Quality,
    Sheet,
    Step,
    Tick,
    Typed,
    isolate,
)

LANGUAGES = ("nl", "en", "tr", "ar", "pl", "uk")

WORDS = {
    "greeting": {
        "nl": "Voor {adult}",
        "en": "For {adult}",
        "tr": "Sayın {adult}",
        "ar": "إلى {adult}",
        "pl": "Dla {adult}",
        "uk": "Для {adult}",
    },
    "choose_by": {
        "nl": "Kiezen vóór 12 februari 2027",
        "en": "Choose before 12 February 2027",
        "tr": "12 Şubat 2027'den önce seçin",
        "ar": "الاختيار قبل 12 فبراير 2027",
        "pl": "Wybór przed 12 lutego 2027 r.",
        "uk": "Обрати до 12 лютого 2027 року",
    },
    "title": {
        "nl": "{pupil} kiest dit jaar een profiel",
        "en": "{pupil} chooses a profile this year",
        "tr": "{pupil} bu yıl bir profil seçiyor",
        "ar": "{pupil} يختار هذا العام مسارًا دراسيًا",
        "pl": "{pupil} wybiera w tym roku profil",
        "uk": "{pupil} цього року обирає профіль",
    },
    "intro": {
        "nl": "Een profiel is een richting. Op onze school kan {pupil} kiezen uit:",
        "en": "A profile is a direction. At our school {pupil} can choose between:",
        "tr": "Profil bir yöndür. Okulumuzda {pupil} şunlar arasından seçebilir:",
        "ar": "المسار هو اتجاه في الدراسة. في مدرستنا يمكن لـ {pupil} الاختيار من بين:",
        "pl": "Profil to kierunek nauki. W naszej szkole {pupil} może wybrać spośród:",
        "uk": "Профіль — це напрям навчання. У нашій школі {pupil} може обрати з-поміж:",
    },
    "not_offered": {
        "nl": "Niet op deze school",
        "en": "Not at this school",
        "tr": "Bu okulda yok",
        "ar": "غير متوفر في هذه المدرسة",
        "pl": "Nie w tej szkole",
        "uk": "Немає в цій школі",
    },
    "ask": {
        "nl": "Wil {pupil} dat? Bel ons. Dan kijken we samen wat er kan.",
        "en": "Would {pupil} like that? Call us. We will see together what can be done.",
        "tr": "{pupil} bunu mu istiyor? Bizi arayın. Birlikte bakalım.",
        "ar": "هل يريد {pupil} ذلك؟ اتصلوا بنا وسنرى معًا ما هو ممكن.",
        "pl": "Czy {pupil} tego chce? Zadzwoń. Razem zobaczymy, co się da zrobić.",
        "uk": "{pupil} хоче саме це? Зателефонуйте. Разом подивимося, що можливо.",
    },
    "moments": {
        "nl": "Drie momenten",
        "en": "Three moments",
        "tr": "Üç an",
        "ar": "ثلاث محطات",
        "pl": "Trzy momenty",
        "uk": "Три моменти",
    },
    "when1": {
        "nl": "Deze week",
        "en": "This week",
        "tr": "Bu hafta",
        "ar": "هذا الأسبوع",
        "pl": "W tym tygodniu",
        "uk": "Цього тижня",
    },
    "what1": {
        "nl": "Dit blad, samen thuis. Tien minuten.",
        "en": "This sheet, together at home. Ten minutes.",
        "tr": "Bu kâğıt, evde birlikte. On dakika.",
        "ar": "هذه الورقة معًا في البيت. عشر دقائق.",
        "pl": "Ta kartka, razem w domu. Dziesięć minut.",
        "uk": "Цей аркуш, разом удома. Десять хвилин.",
    },
    "when2": {
        "nl": "Januari 2027",
        "en": "January 2027",
        "tr": "Ocak 2027",
        "ar": "يناير 2027",
        "pl": "Styczeń 2027",
        "uk": "Січень 2027",
    },
    "what2": {
        "nl": "Gesprek met z'n drieën op school. Twintig minuten.",
        "en": "Talk of three at school. Twenty minutes.",
        "tr": "Okulda üçlü görüşme. Yirmi dakika.",
        "ar": "حديث ثلاثي في المدرسة. عشرون دقيقة.",
        "pl": "Rozmowa we troje w szkole. Dwadzieścia minut.",
        "uk": "Розмова втрьох у школі. Двадцять хвилин.",
    },
    "when3": {
        "nl": "12 februari 2027",
        "en": "12 February 2027",
        "tr": "12 Şubat 2027",
        "ar": "12 فبراير 2027",
        "pl": "12 lutego 2027",
        "uk": "12 лютого 2027",
    },
    "what3": {
        "nl": "{pupil} geeft de keuze door aan school.",
        "en": "{pupil} tells the school what it will be.",
        "tr": "{pupil} seçimini okula bildirir.",
        "ar": "{pupil} يبلغ المدرسة بالاختيار.",
        "pl": "{pupil} przekazuje wybór szkole.",
        "uk": "{pupil} повідомляє школі свій вибір.",
    },
    "questions": {
        "nl": "Vragen? Bel gerust",
        "en": "Questions? Do call",
        "tr": "Sorunuz mu var? Arayın",
        "ar": "هل لديكم أسئلة؟ اتصلوا",
        "pl": "Pytania? Zadzwoń",
        "uk": "Запитання? Телефонуйте",
    },
    "role": {
        "nl": "mentor van 2A",
        "en": "mentor of 2A",
        "tr": "2A sınıfının danışman öğretmeni",
        "ar": "مرشدة الصف 2A",
        "pl": "wychowawczyni klasy 2A",
        "uk": "класна керівниця 2A",
    },
    "hours": {
        "nl": "Maandag tot en met donderdag, 15:30–17:00.",
        "en": "Monday to Thursday, 15:30–17:00.",
        "tr": "Pazartesiden perşembeye, 15:30–17:00.",
        "ar": "من الاثنين إلى الخميس، 15:30–17:00.",
        "pl": "Od poniedziałku do czwartku, 15:30–17:00.",
        "uk": "З понеділка по четвер, 15:30–17:00.",
    },
    "scan": {
        "nl": "Liever op uw telefoon? Scan dit:",
        "en": "Rather on your phone? Scan this:",
        "tr": "Aynı sayfa Türkçe olarak telefonunuzda:",
        "ar": "نفس الصفحة بالعربية على هاتفكم:",
        "pl": "To samo po polsku w telefonie:",
        "uk": "Те саме українською в телефоні:",
    },
    "typing": {
        "nl": "Of typ deze code op",
        "en": "Or type this code at",
        "tr": "Ya da kodu şu adrese yazın",
        "ar": "أو اكتبوا هذا الرمز في",
        "pl": "Albo wpisz kod na stronie",
        "uk": "Або введіть код на сайті",
    },
    "back": {
        "nl": "Samen thuis: waar is {pupil} goed in?",
        "en": "Together at home: what is {pupil} good at?",
        "tr": "Evde birlikte: {pupil} nelerde iyi?",
        "ar": "معًا في البيت: ما الذي يجيده {pupil}؟",
        "pl": "Razem w domu: w czym {pupil} jest dobry?",
        "uk": "Разом удома: у чому {pupil} добре себе виявляє?",
    },
    "backintro": {
        "nl": "Tien minuten. {pupil} begint. Liever met iemand anders? Dat mag. Stoppen mag ook.",
        "en": "Ten minutes. {pupil} begins. Rather with someone else? That is fine. Stopping is fine too.",
        "tr": "On dakika. {pupil} başlar. Başka biriyle mi? Olur. Bırakmak da olur.",
        "ar": "عشر دقائق. {pupil} يبدأ. هل تفضلون شخصًا آخر؟ لا بأس. والتوقف مسموح أيضًا.",
        "pl": "Dziesięć minut. {pupil} zaczyna. Wolicie z kimś innym? Można. Przerwać też można.",
        "uk": "Десять хвилин. {pupil} починає. Краще з кимось іншим? Можна. Зупинитися теж можна.",
    },
    "step1": {
        "nl": "{pupil}: kies drie dingen die bij jou passen",
        "en": "{pupil}: pick three that suit you",
        "tr": "{pupil}: sana uyan üç şeyi seç",
        "ar": "{pupil}: اختر ثلاثة أشياء تناسبك",
        "pl": "{pupil}: wybierz trzy, które do ciebie pasują",
        "uk": "{pupil}: обери три, що тобі пасують",
    },
    "where": {
        "nl": "Waar merkte je dat? Op school, thuis, bij sport of ergens anders.",
        "en": "Where did it show? At school, at home, in sport or somewhere else.",
        "tr": "Bunu nerede fark ettin? Okulda, evde, sporda ya da başka yerde.",
        "ar": "أين لاحظت ذلك؟ في المدرسة أو البيت أو الرياضة أو مكان آخر.",
        "pl": "Gdzie to zauważyłeś? W szkole, w domu, w sporcie czy gdzie indziej.",
        "uk": "Де це було видно? У школі, вдома, у спорті чи деінде.",
    },
    "step2": {
        "nl": "De volwassene: weet u een voorbeeld? Of nog iets anders?",
        "en": "The adult: do you know an example? Or something else?",
        "tr": "Yetişkin: bir örnek biliyor musunuz? Ya da başka bir şey?",
        "ar": "الشخص البالغ: هل تعرفون مثالاً؟ أو شيئًا آخر؟",
        "pl": "Dorosły: czy zna Pan/Pani przykład? Albo coś innego?",
        "uk": "Дорослий: чи знаєте приклад? Або щось інше?",
    },
    "step3": {
        "nl": "Samen: wat willen jullie uitzoeken?",
        "en": "Together: what do you want to find out?",
        "tr": "Birlikte: neyi öğrenmek istiyorsunuz?",
        "ar": "معًا: ما الذي تريدون معرفته؟",
        "pl": "Razem: czego chcecie się dowiedzieć?",
        "uk": "Разом: що хочете дізнатися?",
    },
    "call me": {
        "nl": "Belt u mij? Ik wil graag meer weten.",
        "en": "Please call me. I would like to know more.",
        "tr": "Beni arayın. Daha fazla bilgi istiyorum.",
        "ar": "اتصلوا بي من فضلكم. أود أن أعرف المزيد.",
        "pl": "Proszę o telefon. Chcę wiedzieć więcej.",
        "uk": "Зателефонуйте мені. Хочу дізнатися більше.",
    },
    "reads": {
        "nl": "Alleen de mentor leest dit blad. U krijgt het terug.",
        "en": "Only the mentor reads this sheet. You get it back.",
        "tr": "Bu kâğıdı yalnızca danışman öğretmen okur. Size geri verilir.",
        "ar": "المرشد وحده يقرأ هذه الورقة، وستعود إليكم.",
        "pl": "Tę kartkę czyta tylko wychowawca. Dostaną ją Państwo z powrotem.",
        "uk": "Цей аркуш читає лише класний керівник. Ви отримаєте його назад.",
    },
    "turn": {
        "nl": "De opdracht staat op de achterkant.",
        "en": "The assignment is on the back.",
        "tr": "Görev arka sayfada.",
        "ar": "المهمة على ظهر الورقة.",
        "pl": "Zadanie jest na odwrocie.",
        "uk": "Завдання на звороті.",
    },
    "bring": {
        "nl": "Klaar? Neem dit blad mee naar school.",
        "en": "Done? Bring this sheet to school.",
        "tr": "Bitti mi? Bu kâğıdı okula getir.",
        "ar": "انتهيتم؟ أحضر هذه الورقة إلى المدرسة.",
        "pl": "Gotowe? Przynieś tę kartkę do szkoły.",
        "uk": "Готово? Принеси цей аркуш до школи.",
    },
    "qr": {
        "nl": "QR-code: opent dit blad op een telefoon",
        "en": "QR code: opens this sheet on a phone",
        "tr": "QR kod: bu sayfayı telefonda açar",
        "ar": "رمز QR: يفتح هذه الورقة على الهاتف",
        "pl": "Kod QR: otwiera tę kartkę w telefonie",
        "uk": "QR-код: відкриває цей аркуш у телефоні",
    },
    "card": {
        "nl": "{pupil}, dit is jouw kaart",
        "en": "{pupil}, this is your card",
        "tr": "{pupil}, bu senin kartın",
        "ar": "{pupil}، هذه بطاقتك",
        "pl": "{pupil}, to twoja karta",
        "uk": "{pupil}, це твоя картка",
    },
    "agreed": {
        "nl": "Dit spraken we af",
        "en": "What we agreed",
        "tr": "Kararlaştırdıklarımız",
        "ar": "ما اتفقنا عليه",
        "pl": "Co ustaliliśmy",
        "uk": "Про що ми домовилися",
    },
    "who": {"nl": "Wie", "en": "Who", "tr": "Kim", "ar": "من", "pl": "Kto", "uk": "Хто"},
    "what": {"nl": "Wat", "en": "What", "tr": "Ne", "ar": "ماذا", "pl": "Co", "uk": "Що"},
    "by": {
        "nl": "Vóór",
        "en": "By when",
        "tr": "Ne zamana kadar",
        "ar": "متى",
        "pl": "Do kiedy",
        "uk": "До коли",
    },
    "regards": {
        "nl": "Met vriendelijke groet,",
        "en": "Kind regards,",
        "tr": "Saygılarımla,",
        "ar": "مع أطيب التحيات،",
        "pl": "Z poważaniem",
        "uk": "З повагою",
    },
}

PROFILES = {
    "nl": (
        "Zorg en Welzijn",
        "Economie en Ondernemen",
        "Dienstverlening en Producten",
        "Horeca, Bakkerij en Recreatie",
    ),
    "en": (
        "Care and Welfare",
        "Economy and Business",
        "Services and Products",
        "Hospitality, Bakery and Recreation",
    ),
    "tr": (
        "Bakım ve Refah",
        "Ekonomi ve Girişimcilik",
        "Hizmet ve Ürünler",
        "Otelcilik, Fırıncılık ve Eğlence",
    ),
    "ar": ("الرعاية والرفاه", "الاقتصاد وريادة الأعمال", "الخدمات والمنتجات", "الضيافة والمخابز والترفيه"),
    "pl": (
        "Opieka i dobrostan",
        "Ekonomia i przedsiębiorczość",
        "Usługi i produkty",
        "Gastronomia, piekarnictwo i rekreacja",
    ),
    "uk": (
        "Догляд і добробут",
        "Економіка і підприємництво",
        "Послуги та продукти",
        "Гостинність, пекарство та дозвілля",
    ),
}

QUALITIES = {
    "nl": (
        "helpen|iets maken|doorzetten|luisteren|organiseren|"
        "rekenen|uitleggen|samenwerken|verzorgen|tekenen|"
        "verkopen|geduldig zijn|nauwkeurig werken|problemen oplossen|moed hebben|"
        "grapjes maken|leiding geven|netjes zijn|nieuwsgierig|eerlijk zijn"
    ),
    "en": (
        "helping|making things|persevering|listening|organising|"
        "calculating|explaining|working together|caring|drawing|"
        "selling|being patient|working precisely|solving problems|being brave|"
        "making jokes|leading|being tidy|being curious|being honest"
    ),
    "tr": (
        "yardım etmek|bir şey yapmak|azimli olmak|dinlemek|düzenlemek|"
        "hesap yapmak|açıklamak|birlikte çalışmak|bakım|çizmek|"
        "satmak|sabırlı olmak|özenli çalışmak|sorun çözmek|cesur olmak|"
        "şaka yapmak|yönetmek|düzenli olmak|meraklı|dürüst olmak"
    ),
    "ar": (
        "المساعدة|صنع الأشياء|المثابرة|الاستماع|التنظيم|"
        "الحساب|الشرح|العمل الجماعي|الرعاية|الرسم|"
        "البيع|الصبر|الدقة في العمل|حل المشكلات|الشجاعة|"
        "المزاح|القيادة|الترتيب|الفضول|الصدق"
    ),
    "pl": (
        "pomaganie|tworzenie|wytrwałość|słuchanie|organizowanie|"
        "liczenie|tłumaczenie|współpraca|opieka|rysowanie|"
        "sprzedawanie|cierpliwość|dokładna praca|rozwiązywanie problemów|odwaga|"
        "żartowanie|kierowanie|porządek|ciekawość|uczciwość"
    ),
    "uk": (
        "допомагати|майструвати|наполегливість|слухати|організовувати|"
        "рахувати|пояснювати|співпрацювати|піклуватися|малювати|"
        "продавати|терплячість|точна робота|розв'язувати проблеми|сміливість|"
        "жартувати|керувати|охайність|допитливість|чесність"
    ),
}


def picture(number: int) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="#1d2733" stroke-width="3" '
        f'stroke-linecap="round"><circle cx="24" cy="15" r="{7 + number % 5}"/><path d="M7 44c2-{11 + number % 9} 9-17 '
        f'17-17s15 6 17 17"/><path d="M{4 + number} 6h6v6"/></svg>'
    )


def line(key: str, language: str, **names: str) -> Line:
    isolated = {name: isolate(value) for name, value in names.items()}
    dutch = WORDS[key]["nl"].format_map(isolated)
    return Line(dutch) if language == "nl" else Line(WORDS[key][language].format_map(isolated), dutch)


def pairs(words: dict[str, list[str]], language: str) -> list[Line]:
    if language == "nl":
        return [Line(word) for word in words["nl"]]
    return [Line(word, dutch) for word, dutch in zip(words[language], words["nl"], strict=True)]


def direction(language: str) -> str:
    return "rtl" if language == "ar" else "ltr"


def door(language: str, number: int = 1) -> Door:
    return Door(
        url=f"https://driegesprek.voorbeeldschool.nl/d/{number:06d}Zk3vQ8yW1tR5uXn2PqLmA7",
        code="K7PTM4QXRD",
        address="driegesprek.voorbeeldschool.nl",
        scan=line("scan", language),
        typing=line("typing", language),
        alternative=WORDS["qr"][language],
    )


def call(language: str, **changes) -> Call:
    given = {
        "heading": line("questions", language),
        "who": "mevrouw Yılmaz",
        "role": line("role", language),
        "phone": "010 123 45 67",
        "hours": line("hours", language),
    }
    return Call(**(given | changes))


def front(language: str, pupil: str, adult: str, **changes) -> Front:
    moments = tuple(
        Moment(line(f"what{n}", language, pupil=pupil), line(f"when{n}", language)) for n in (1, 2, 3)
    )
    given = {
        "greeting": line("greeting", language, adult=adult),
        "choose_by": line("choose_by", language),
        "title": line("title", language, pupil=pupil),
        "intro": line("intro", language, pupil=pupil),
        "profiles": tuple(pairs(PROFILES, language)),
        "not_offered": NotOffered(
            line("not_offered", language),
            tuple(
                Line(name, language="nl")
                for name in ("Bouwen, Wonen en Interieur", "Mobiliteit en Transport", "Groen")
            ),
            line("ask", language, pupil=pupil),
        ),
        "moments_heading": line("moments", language),
        "moments": moments,
        "call": call(language),
        "turn": line("turn", language),
    }
    return Front(**(given | changes))


def back(language: str, pupil: str) -> Back:
    words = pairs({key: text.split("|") for key, text in QUALITIES.items()}, language)
    qualities = tuple(Quality(word, picture(number)) for number, word in enumerate(words))
    return Back(
        title=line("back", language, pupil=pupil),
        intro=line("backintro", language, pupil=pupil),
        steps=(
            Step(
                heading=line("step1", language, pupil=pupil),
                qualities=qualities,
                prompts=(Prompt(line("where", language), 3),),
            ),
            Step(heading=line("step2", language), prompts=(Prompt(None, 2),)),
            Step(heading=line("step3", language), prompts=(Prompt(None),)),
        ),
        ticks=(Tick(line("call me", language), fill_in=True),),
        notes=(line("reads", language),),
        bring=line("bring", language),
    )


def sheet(language: str = "nl", number: int = 1, **changes) -> Sheet:
    pupil = changes.pop("pupil", "Samira El Idrissi")
    adult = changes.pop("adult", "mevrouw El Idrissi")
    called = changes.pop("called", pupil.split(" ", 1)[0])
    given = {
        "language": language,
        "direction": direction(language),
        "school": "Vmbo De Brug",
        "class_name": "2A",
        "pupil": pupil,
        "front": front(language, called, adult),
        "back": back(language, called),
        "door": door(language, number),
        "reference": f"2A · {number} / 24",
    }
    return Sheet(**(given | changes))


def card(language: str = "nl", number: int = 1, **changes) -> Card:
    pupil = changes.pop("pupil", "Samira El Idrissi")
    given = {
        "language": language,
        "direction": direction(language),
        "school": "Vmbo De Brug",
        "class_name": "2A",
        "pupil": pupil,
        "title": line("card", language, pupil=pupil.split(" ", 1)[0]),
        "help": line("step1", language, pupil=pupil.split(" ", 1)[0]),
        "door": door(language, number),
        "reference": f"2A · {number} / 24",
    }
    return Card(**(given | changes))


def agreements(language: str = "nl", **changes) -> Agreements:
    rows = (
        Agreement(Line("Samira"), Typed("Belt oma over haar werk in de bakkerij."), line("when3", language)),
        Agreement(line("what", language), Typed("Gaat mee naar de open dag."), line("when2", language)),
        Agreement(Line("Vmbo De Brug"), Typed("نسأل المدرسة الأخرى", "ar"), line("when3", language)),
    )
    given = {
        "language": language,
        "direction": direction(language),
        "school": "Vmbo De Brug",
        "class_name": "2A",
        "pupil": "Samira El Idrissi",
        "title": line("agreed", language),
        "held": line("when1", language),
        "headings": (line("who", language), line("what", language), line("by", language)),
        "rows": rows,
        "call": call(language),
        "closing": (line("bring", language),),
    }
    return Agreements(**(given | changes))


def letter(language: str = "nl", number: int = 1, **changes) -> Letter:
    given = {
        "language": language,
        "direction": direction(language),
        "school": "Vmbo De Brug",
        "to": ("Mevrouw F. El Idrissi", "Dorpsstraat 1", "1234 AB  Voorbeeldstad"),
        "dated": line("when3", language),
        "subject": line("title", language, pupil="Samira"),
        "paragraphs": tuple(line(key, language, pupil="Samira") for key in ("intro", "ask", "backintro")),
        "closing": line("regards", language),
        "sender": ("mevrouw Yılmaz", "mentor 2A"),
        "door": door(language, number),
    }
    return Letter(**(given | changes))
