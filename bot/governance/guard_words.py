"""The words and shapes from which the guard's patterns are made, for plain text: no accents, small letters.

A word list is one string; “_” stands for a space. Every gap has a bound, so that no text takes long.
"""

YEAR = r"(?:19|20)\d\d"
NOT_IN_NUMBER = r"(?<![\w.+/-])"


def of(words: str) -> str:
    """Any one of them."""
    return f"(?:{'|'.join(words.split()).replace('_', ' ')})"


PATIENT = of(
    "patient patientin patiente pt participant participante volunteer enrollee proband probandin"
    " studienteilnehmer studienteilnehmerin paciente"
)
ONE = f"(?:{PATIENT}|{of('subject subj sujet sujeto sujeta')})"
MANY = of("patients patienten pts participants subjects volunteers probanden pacientes participantes sujets")
DONE = of(
    "re-?randomi[sz]ed randomi[sz]ed randomi[sz]ation re-?screened screened screen_failed screen_failure"
    " enrol?led dosed withdrawn withdrew discontinued consented unblinded randomisiert eingeschlossen"
    " aleatorizado randomise"
)
PEOPLE = rf"\b(?:{ONE}|{MANY}|{DONE})\b"

# 101-0007, 101/0007, 101 0007, 101-1107: no years, no part of a longer number or of a phone number.
AFTER = r"(?![\w-]|[.,]\d)"
# “10 050” and “240/1000” are counts, “SOP 104-003” is a paper.
NUMBERED_PAPERS = (
    "sop wi protocol form version document doc ticket po contract section capa deviation kit lot"
)
NO_PAPER = "".join(rf"(?<!\b{word} )" for word in NUMBERED_PAPERS.split())
SPACED = r"(?:\d{2,4} 0\d{3,4}|\d{3,4} 0(?!00\b)\d\d)(?! ?(?:\d|per\b|of\b))"
PAIR = (
    rf"{NOT_IN_NUMBER}(?=\d)(?<!\d ){NO_PAPER}(?!{YEAR}\b)"
    rf"(?:\d{{2,4}} ?[-/] ?0\d{{2,4}}|{SPACED}|\d{{3}} ?- ?\d{{4}}|\d{{3}} ?/ ?\d{{3}}[1-9]){AFTER}"
)
LABEL = rf"[ -]?{of('ids? no nr num number nummer code identifier numero')}\b"
NO_COUNT = rf"(?! ?(?:%|{of('of von sur de per eur usd chf patients subjects participants')}\b))"
NUMBERED = of(
    "tel telephone phone mobile fax ext dial call called desk line sop wi protocol study form version"
    " document doc ticket po invoice contract amendment section capa deviation ref order pages?"
    " finding kit lot batch shipment"
)

MONTH = of("jan feb fev mar mrz apr avr abr may mai jun jul juil aug aou ago sep oct okt nov dec dez dic ene")
MONTH = rf"{MONTH}[a-z]{{0,7}}"
DATE = (
    r"(?:\d{1,2}[./ -]{1,2}\d{1,2}[./ -]{1,2}\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th)?[ -]?(?:de )?{MONTH}\.?[ ,-]{{0,2}}(?:de )?(?:\d{{4}}|\d\d)\b"
    rf"|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
BIRTH = of(
    r"date_of_birth birth_?date birthday d\.?o\.?b\.? born geburtsdatum geb\.? geboren date_de_naissance"
    r" fecha_de_nacimiento nacid[oa] nee?_le"
)
BIRTH_YEAR = of(r"year_of_birth y\.?o\.?b\.? d\.?o\.?b\.? born geboren jahrgang")
IS = rf"[\s:=,.(-]{{0,4}}(?:{of('is was on in the am le el en of')}\s){{0,2}}"
BORN_LONG_AGO = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]19\d\d|\d{1,2}[ -]?[A-Z][A-Za-z]{2,8}[ -]?19\d\d|19\d\d-\d\d-\d\d)"
)
INITIALS = r"\b(?:[A-Z]\.[ -]?[A-Z]\.(?:[ -]?[A-Z]\.)?|[A-Z]{2,3}|[A-Z]-[A-Z])[ ,(:;*-]{1,3}"

AGE = (
    r"\d{1,3}[ -]{0,2}(?:(?:year|yr)s?[ -]{0,2}old|y[/.]?o\b"
    rf"|{of('jahrige jahriger jahrigen jahre_alt ans anos')}\b)"
)
HUMAN = f"(?:{ONE}|{of('man woman male female boy girl lady gentleman child infant')}"
HUMAN += f"|{of('mann frau homme femme hombre mujer')})"
AGED = rf"(?:{of('is was of de age aged agee an? ist war mit es una?')} ){{0,3}}"

DOES = of(
    "is was has had developed died reported experienced suffered complained presented collapsed vomited"
    " ist war hat hatte wurde erlitt est etait avait esta estaba fue tuvo sufrio"
)
FELT = of("developed died experienced suffered complained presented_with collapsed vomited")
TREATED = of(r"hospitali[sz]ed admitted diagnosed discharged intubated pregnant unconscious transfused")
ILL = of(r"rash fever pain nausea vomiting seizures? bleeding stroke infarction sepsis died dead ill")
NAMED = of("mr mrs ms miss herr frau mme sr sra senora?")
RECORD = of(
    "mrn medical_record medical_record_(?:no|number) (?:hospital|chart|nhs|insurance)_(?:no|number|nr|id)"
    " ssn social_security social_security_(?:no|number) patientennummer fallnummer krankenaktennummer"
    " numero_de_dossier historia_clinica"
)

LAB = of(
    "alt ast alat asat ggt alp bilirubin creatinine kreatinin ha?emoglobin hb hba1c glucose platelets? wbc"
    " leukocytes? neutrophils? potassium kalium sodium troponin inr crp qtcf? lipase amylase heart_rate"
)
PRESSURE = of("bp blood_pressure rr")
RISEN = of("of was is at rose fell up down increased decreased went dropped to level value")
RISEN = rf"[\s:=,(]{{0,3}}(?:{RISEN}\s){{0,3}}"
VALUE = r"\d{1,5}(?:[.,]\d{1,3})?"
UNIT = of(r"x_?uln -?fold\b iu/l u/l mg/dl mmol/l \wmol/l g/dl g/l ng/l ng/ml msec ms\b bpm\b 10\^9 /nl %")

GOT = of("received got given takes took on to in into had")
KIND = of("the active control high low dose treatment study")
ARM = of(r"placebo verum comparator arm_[a-z0-9]\b (?:active|control|treatment)_arm active_drug")

HARM = of(
    r"adverse_(?:drug_)?(?:event|reaction|effect)s?\b side[_-]effects? susars?\b saes?\b hospitali[sz] died\b"
    r" deaths?\b deceased fatalit fatal_(?:event|outcome|case|reaction) life[_-]threatening"
    r" pregnan(?:t|cy|cies)\b overdos anaphyla allergic_reaction toxicit seizures?\b medication_error"
)
HARM_ELSEWHERE = of(
    "unerwunschte_(?:ereignis|arzneimittel|wirkung) nebenwirkung verstorben gestorben todesfall schwanger"
    " evenements?_indesirable effets?_indesirable deced eventos?_adverso reaccion(?:es)?_adversa falleci"
    " embaraz"
)
SHORT_FORMS = of("SUSARs? SAEs? SADRs? AESIs? AEs? ADRs?")

PAPERS = of(
    "training sop procedure process policy log template form plan section clause definition kpi contact line"
)
MERE_CONTRACT = of("contract agreement msa confiden nda budget")
BREACH_ELSEWHERE = of(
    "schwer(?:wiegende[rn]?|er)_(?:gcp-)?versto(?:ss|ß) violation_grave incumplimiento_grave"
)
