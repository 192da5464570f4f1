"""The words of a report's tables, in Dutch and English."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "report": ("Verslag van een ronde", "Report of a round"),
    "invented": ("Verzonnen antwoorden: niemand gaf ze", "Invented answers: nobody gave them"),
    "before": ("voor", "before"),
    "after": ("na", "after"),
    "pupil": ("Leerlingen", "Pupils"),
    "adult": ("Ouders en andere volwassenen", "Parents and other adults"),
    "staff": ("Team", "Staff"),
    "who": ("Wie antwoordde", "Who answered"),
    "voice": ("Wie", "Who"),
    "both": ("beide keren", "both times"),
    "rounded": (
        "Aantallen zijn naar beneden afgerond op tientallen: hoe weinig mensen iets oversloegen, blijft onbekend.",
        "Numbers are rounded down to tens, so that nobody can work out how few people skipped something.",
    ),
    "scales": ("Schalen: betrouwbaarheid", "Scales: reliability"),
    "scale": ("Schaal", "Scale"),
    "items": ("items", "items"),
    "means": ("Voor- en nameting: gemiddelden", "Before and after: means"),
    "mean": ("gem.", "mean"),
    "change": ("verschil", "change"),
    "up": ("% omhoog", "% up"),
    "dropout": ("% uitval", "% dropped out"),
    "models": ("Modellen in blokken: verklaarde variantie", "Models in blocks: explained variance"),
    "block": ("Blok", "Block"),
    "outcome": ("Uitkomst (na)", "Outcome (after)"),
    "coefficients": ("Coëfficiënten van het laatste blok", "Coefficients of the last block"),
    "term": ("Term", "Term"),
    "complete": ("vol.", "comp."),
    "imputed": ("imp.", "imp."),
    "short": (
        "vol. = volledige gevallen; imp. = geïmputeerde bestanden, volgens Rubin samengenomen.",
        "comp. = complete cases; imp. = imputed files, pooled by Rubin's rules.",
    ),
    "combinations": ("Combinaties van activiteiten", "Combinations of activities"),
    "intercepts": ("Toevallige intercepten: wat een groep deelt", "Random intercepts: what a group shares"),
    "fixed": ("Termen naast het toevallige intercept (REML)", "Terms beside the random intercept (REML)"),
    "cluster": ("Groep", "Group"),
    "between": ("variantie tussen", "variance between"),
    "residual": ("binnen", "within"),
    "class": ("klas", "class"),
    "school": ("school", "school"),
    "groups": ("Gemiddelde verandering per groep", "Mean change by group"),
    "group": ("Groep", "Group"),
    "level": ("Niveau", "Level"),
    "against": ("Tegenover de klassen om mee te vergelijken", "Against the classes to compare with"),
    "answers": ("Antwoorden per vraag", "Answers by question"),
    "background": ("Wie antwoordden: kenmerken", "Who answered: characteristics"),
    "questions": ("Antwoorden per vraag, in procenten", "Answers by question, per cent"),
    "several": ("Vragen met meer antwoorden", "Questions of several answers"),
    "answered": ("antwoordden", "answered"),
    "several_how": (
        "Per cent van wie de vraag beantwoordde; samen meer dan 100. Intervallen: Wilson (1927).",
        "Per cent of who answered the question; together more than 100. Intervals: Wilson (1927).",
    ),
    "too_many": (
        "niet naar deze groep. Alle groepen van een vraag gaan samen door de poort, tot zestien combinaties van niveaus.",
        "not by this group. All groups of a question pass the gate together, up to sixteen combinations of levels.",
    ),
    "not_by_group": (
        "niet naar groep: daarmee zou blijken wat minder dan tien mensen antwoordden.",
        "not by group: it would tell what fewer than ten people answered.",
    ),
    "chosen_how": (
        (
            "p: chi-kwadraat per antwoord, volgens Rao en Scott waar klassen of scholen samenhangen of gewogen is; p Holm: "
            "gecorrigeerd voor alle antwoorden en groepen van de vraag."
        ),
        (
            "p: chi-square of each answer, as Rao and Scott where classes or schools hang together or it is weighted; "
            "p Holm: corrected for all answers and groups of the question."
        ),
    ),
    "design_shares": (
        "Gewogen: naar de kans om uitgenodigd te zijn, waar de poort elke gewichtsgroep laat zien; interval gelineariseerd.",
        "Weighted: by the chance to be invited, where the gate shows each group of weights; interval linearised.",
    ),
    "design": ("Ontwerpgewichten", "Design weights"),
    "design_how": (
        (
            "Niet iedereen had dezelfde kans om uitgenodigd te worden. Antwoorden, schalen, gemiddelden, modellen en "
            "toetsen zijn gewogen met N/n van ieders groep; aantallen (n) en toevallige intercepten niet. "
            "Ontwerpeffect (Kish 1965) {effect}; effectieve n {effective} van {n}."
        ),
        (
            "Not everybody had the same chance to be invited. Answers, scales, means, models and tests are weighted by N/n "
            "of everybody's group; numbers (n) and random intercepts are not. Design effect (Kish 1965) {effect}; effective "
            "n {effective} of {n}."
        ),
    ),
    "design_light": (
        (
            "Niet iedereen had dezelfde kans om uitgenodigd te worden, maar van {light} van de {different} groepen "
            "antwoordden minder dan tien mensen. Daarom is niets gewogen: wat hier staat, gaat over wie antwoordde."
        ),
        (
            "Not everybody had the same chance to be invited, but of {light} of the {different} groups "
            "fewer than ten people answered. So nothing is weighted: what stands here is about who answered."
        ),
    ),
    "describe": ("Wie heeft een score, en waarom anderen niet", "Who has a score, and why others have none"),
    "measured": ("Meting", "Measurement"),
    "not_asked": ("niet gevraagd", "not asked"),
    "skipped": ("overgeslagen", "skipped"),
    "dont_know": ("weet niet", "don't know"),
    "refused": ("liever niet", "rather not"),
    "stopped": ("gestopt", "stopped"),
    "invalid": ("ongeldig", "invalid"),
    "not_recorded": ("niet bekend", "not known"),
    "describe_how": (
        "Wie geen score heeft, is geteld in tientallen naar beneden; minder dan tien is niet vermeld.",
        "Who has no score is counted in tens, rounded down; fewer than ten are not told.",
    ),
    "nested": (
        "School en klas daarbinnen: twee toevallige intercepten (REML).",
        "School, and class within it: two random intercepts (REML).",
    ),
    "one_level": (
        "Antwoorden van één school: de groep is de klas. Een school zegt niets over verschillen tussen scholen.",
        "Answers of one school: the group is the class. One school tells nothing of differences between schools.",
    ),
    "intercepts_unweighted": (
        (
            "Niet gewogen: wegen vraagt hier een gewicht per niveau (van school, klas en leerling), en bekend is er een per "
            "leerling (Rabe-Hesketh en Skrondal 2006)."
        ),
        (
            "Not weighted: weighting needs a weight at each level here (of school, class and pupil), and one per pupil is "
            "known (Rabe-Hesketh & Skrondal 2006)."
        ),
    ),
    "scales_weighted": (
        "Gewogen covarianties; het interval van alfa is gelineariseerd (Binder 1983), op log(1 − α).",
        "Weighted covariances; the interval of alpha is linearised (Binder 1983), on log(1 − α).",
    ),
    "means_weighted": (
        (
            "Gewogen: gemiddelden, spreiding en percentages; intervallen gelineariseerd (Binder 1983), van d door steeds "
            "een klas of school weg te laten (jackknife). Te klein: van een gewichtsgroep hebben minder dan tien mensen "
            "beide scores."
        ),
        (
            "Weighted: means, spreads and per cents; intervals linearised (Binder 1983), of d by leaving out each class or "
            "school in turn (jackknife). Too few: fewer than ten people with one of the weights have both scores."
        ),
    ),
    "few_clusters_note": (
        "Niet te schatten: een variantie tussen minder dan vijf groepen is te onzeker om te geven.",
        "Cannot be estimated: a variance between fewer than five groups is too uncertain to be told.",
    ),
    "loose": ("Losse vragen", "Other questions"),
    "by_group": ("Antwoorden per groep", "Answers by group"),
    "known": ("% van allen", "% of all"),
    "known_from": ("Bekend van allen", "Known of all"),
    "tens": (
        "Wat van ieders klas bekend is, is naar beneden afgerond op tientallen.",
        "What is known of everybody's class is rounded down to tens.",
    ),
    "whole": (
        "Hele procenten, zonder aantallen: anders bleek hoe weinig mensen iets oversloegen.",
        "Whole per cents without numbers, which would tell how few people skipped something.",
    ),
    "differs": ("wijkt af (5 %)", "differs (5 %)"),
    "differs_how": (
        "Wijkt af: van elke andere groep (Holm). p: chi-kwadraat, volgens Rao en Scott waar klassen of scholen samenhangen.",
        "Differs: from every other group (Holm). p: chi-square, as Rao and Scott where classes or schools hang together.",
    ),
    "weighted": ("Gewogen gemiddelden", "Weighted means"),
    "unweighted": ("ongewogen", "unweighted"),
    "raked": ("gewogen", "weighted"),
    "effect": ("deff", "deff"),
    "effective": ("n eff.", "eff. n"),
    "raked_how": (
        "Wie na afloop antwoordde, telt naar de bekende aantallen: raking (Deming en Stephan 1940).",
        "Who answered afterwards counts towards the known numbers: raking (Deming & Stephan 1940).",
    ),
    "by_design": (
        "Wie na afloop antwoordde, telt naar de kans om uitgenodigd te zijn (N/n van zijn groep).",
        "Who answered afterwards counts by the chance to be invited (N/n of the group).",
    ),
    "kish": (
        "Effectieve n: (Σw)² / Σw²; deff, ontwerpeffect: n / n eff. (Kish 1965). Intervallen: Deville en Särndal (1992).",
        "Effective n: (Σw)² / Σw²; deff, the design effect: n / eff. n (Kish 1965). Intervals: Deville & Särndal (1992).",
    ),
    "not_raked": (
        "Niet gewogen: een niveau zonder bekend aantal, of met minder dan tien mensen. Neem niveaus samen",
        "Not weighted: a level without a known number, or of fewer than ten people. Put levels together",
    ),
    "question": ("Vraag", "Question"),
    "answer": ("Antwoord", "Answer"),
    "hidden": ("te klein", "too few"),
    "how": ("Hoe dit is gemaakt", "How this was made"),
    "versions": ("Versies", "Versions"),
    "plan": ("Plan", "Plan"),
    "attached": (
        "Wat is uitgerekend, een regel per uitkomst. Het hele plan is een bijlage van deze PDF",
        "What was computed, a line a result. The whole plan is attached to this PDF",
    ),
    "seed": ("Toevalsgetal (seed)", "Seed"),
    "again": ("Opnieuw maken", "To make it again"),
    "forms": ("Vragenlijsten", "Instruments"),
    "made_on": ("Gemaakt op", "Made on"),
    "clusters": ("Clusters", "Clusters"),
    "not_caused": (
        "Wie aan een activiteit meedeed, is niet door loting bepaald: verbanden zijn geen bewijs van een effect.",
        "Chance did not decide who took part in an activity: associations are no proof of an effect.",
    ),
    "no_comparison": (
        "Er is geen vergelijkingsgroep: een verandering is niet het effect van wat de school deed.",
        "There is no comparison group: a change is not the effect of what the school did.",
    ),
    "comparison": (
        "Er is een vergelijkingsgroep; of die door loting is bepaald, staat bij de school.",
        "There is a comparison group; the school knows whether chance decided it.",
    ),
    "method": (
        "Intervallen zijn 95 %; met clusters CR2 met Satterthwaite-vrijheidsgraden. d is d_av. Imputatie volgens Rubin.",
        "Intervals are 95 %; with clusters CR2 with Satterthwaite's degrees of freedom. d is d_av. Imputed as Rubin.",
    ),
    "few": (
        "Groepen van minder dan tien mensen zitten in geen enkel model. Alfa heeft Feldts interval, omega één factor.",
        "Groups of fewer than ten people are in no model. Alpha has Feldt's interval; omega is of one factor.",
    ),
    "did_home_assignment": ("thuisopdracht", "home assignment"),
    "did_career_talk": ("loopbaangesprek", "career talk"),
    "did_parent_evening": ("ouderavond", "parent evening"),
    "year_group": ("leerjaar", "year group"),
    "track": ("leerweg", "track"),
    "sex": ("geslacht", "sex"),
    "origin": ("herkomst ouders", "origin of parents"),
    "not_in_comparison": ("deed mee", "took part"),
    "(Intercept)": ("(constante)", "(intercept)"),
    "cannot": ("niet te schatten", "cannot be estimated"),
    "left_out": ("Zonder waarden, en niet gedrukt", "Without values, and not printed"),
    "withheld": ("Achtergehouden", "Withheld"),
    "withheld_why": (
        "Sinds een eerder verslag veranderde het aantal mensen met minder dan tien; het verschil zou over hen gaan.",
        "Since an earlier report the number of people changed by fewer than ten; the difference would be about them.",
    ),
}


def word(key: str, language: str) -> str:
    """One text in Dutch or English."""
    dutch, english = WORDS[key]
    return english if language == "en" else dutch


def variable(name: str, language: str) -> str:
    """A short name of a variable in a model; its own where we have no words for it."""
    return word(name, language) if name in WORDS else name


def called(name: str, labels: Mapping[str, str], language: str) -> str:
    """A short name of a variable in a model; the words of its question where we have none."""
    return word(name, language) if name in WORDS else label(labels, language, name)


def label(texts: Mapping[str, str], language: str, otherwise: str) -> str:
    """The words of a scale, question or answer in a language, else in Dutch; else its code."""
    return texts.get(language) or texts.get("nl") or next(iter(texts.values()), "") or otherwise
