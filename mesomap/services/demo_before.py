"""Cautions and consents of the demonstration: invented, uneven as real ones are."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from mesomap.domain.attachment import Attachment
from mesomap.domain.caution import Answer, CautionAnswer, caution_words
from mesomap.domain.consent import Consent, ConsentKind, ConsentText, ConsentWithdrawal, SignedWith
from mesomap.domain.entry import Entry
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session
from mesomap.services.demo_frames import PRACTITIONER
from mesomap.services.demo_ink import demo_signature, ink_png

_EXAMPLE = "Example of the demonstration: here stand the practice’s own words."
_TREATMENT = {
    "en": (
        "Consent to mesotherapy (example)",
        f"{_EXAMPLE}\n\nI was told in words that I understand what is to be injected, where and how, and what may "
        "happen. I could ask questions and had time to think.\n\nI may withdraw this consent at any time, without "
        "giving a reason.",
    ),
    "de": (
        "Einwilligung in die Mesotherapie (Beispiel)",
        "Beispiel der Demonstration: hier stehen die eigenen Worte der Praxis.\n\nMir wurde verständlich erklärt, was "
        "wo und wie gespritzt wird und was geschehen kann. Ich konnte Fragen stellen und hatte Bedenkzeit.\n\nIch kann "
        "diese Einwilligung jederzeit ohne Angabe von Gründen widerrufen.",
    ),
    "fr": (
        "Consentement à la mésothérapie (exemple)",
        "Exemple de la démonstration : ici se trouvent les mots du cabinet.\n\nOn m’a expliqué clairement ce qui est "
        "injecté, où et comment, et ce qui peut arriver. J’ai pu poser des questions.\n\nJe peux retirer ce "
        "consentement à tout moment, sans en donner la raison.",
    ),
}
_PHOTO = f"{_EXAMPLE}\n\nPhotographs may be taken for the record of the treatment. They stay in this practice."
_OFF_LABEL = f"{_EXAMPLE}\n\nI was told which of the products are used outside their approval."
#: Kind, months it holds, language → title and text.
_TEXTS = (
    (ConsentKind.TREATMENT, 12, _TREATMENT),
    (ConsentKind.PHOTO, None, {"en": ("Photographs (example)", _PHOTO)}),
    (ConsentKind.OFF_LABEL, 12, {"en": ("Told of off-label use (example)", _OFF_LABEL)}),
)

#: Number of the patient → answers that are not no.
_ANSWERS: dict[int, dict[str, tuple[Answer, str]]] = {
    1: {"allergy": (Answer.YES, "latex"), "metal_latex_iodine": (Answer.YES, "latex"), "herpes": (Answer.UNKNOWN, "")},
    2: {"hypertension": (Answer.YES, "treated, own words")},
    4: {"allergy": (Answer.YES, "nickel, penicillin"), "keloids": (Answer.UNKNOWN, "one scar on the shoulder")},
    5: {"allergy": (Answer.YES, "lidocaine"), "metabolic": (Answer.YES, "")},
    6: {"anticoagulants": (Answer.YES, "acetylsalicylic acid 100 mg")},
    8: {"anticoagulants": (Answer.UNKNOWN, "will bring the list"), "circulatory": (Answer.YES, "varicose veins")},
    11: {"allergy": (Answer.YES, "iodine, latex, acetylsalicylic acid"), "diabetes_insulin": (Answer.UNKNOWN, "")},
}
#: Patients whose list was only begun, and who was never asked.
_BEGUN, _NEVER = {10: 12, 3: 20}, (7, 12)
#: Number of the patient → days after the first session at which treatment was signed again.
_SIGNED_AGAIN = {1: 628, 11: 465}
_ON_PAPER, _PHOTO_TOO, _PHOTO_WITHDRAWN = (3,), (1, 5, 9), (5,)


class BeforeScribe:
    """Collects the entries, so that all of them are one commit."""

    def __init__(self, begun_at: datetime) -> None:
        self.entries: list[Entry] = []
        self.files: list[Attachment] = []
        self._texts: dict[ConsentKind, ConsentText] = {}
        for kind, months, languages in _TEXTS:
            series = uuid4()
            for language, (title, body) in languages.items():
                text = ConsentText(
                    id=uuid4(), entered_at=begun_at, entered_by=PRACTITIONER, series=series, title=title,
                    language=language, body=body, consent=kind, valid_months=months,
                )  # fmt: skip
                self._texts.setdefault(kind, text)
                self.entries.append(text)

    def write(self, row: int, patient: Patient, sessions: tuple[Session, ...]) -> None:
        """What was asked and signed of one patient; sessions oldest first."""
        if not sessions:
            return
        dice = Random(f"{row} before")
        first = sessions[0].started_at - timedelta(minutes=12)
        if row not in _NEVER:
            self._answer(row, patient.id, first)
        if row == 9:
            self._change(patient.id, sessions[-1].started_at - timedelta(minutes=9))
        if row in _NEVER:
            return
        self._sign(patient, ConsentKind.TREATMENT, first, dice, on_paper=row in _ON_PAPER)
        if row in _SIGNED_AGAIN:
            self._sign(patient, ConsentKind.TREATMENT, first + timedelta(days=_SIGNED_AGAIN[row]), dice)
        if row == 6:
            self._sign(patient, ConsentKind.OFF_LABEL, first + timedelta(minutes=2), dice)
        if row in _PHOTO_TOO:
            photo = self._sign(patient, ConsentKind.PHOTO, first + timedelta(minutes=1), dice)
            if row in _PHOTO_WITHDRAWN:
                at = first + timedelta(days=30)
                self.entries.append(
                    ConsentWithdrawal(
                        id=uuid4(), entered_at=at, entered_by=PRACTITIONER, patient_id=patient.id,
                        consent_id=photo.id, withdrawn_on=at.date(), reason="does not want pictures any more",
                    )
                )  # fmt: skip

    def _answer(self, row: int, patient_id: UUID, at: datetime) -> None:
        told = _ANSWERS.get(row, {})
        for number, word in enumerate(caution_words().values()):
            if number < _BEGUN.get(row, 100):
                answer, comment = told.get(word.key, (Answer.NO, ""))
                self._add(patient_id, word.key, answer, comment, at)

    def _change(self, patient_id: UUID, at: datetime) -> None:
        """Something is answered otherwise than before."""
        self._add(patient_id, "isotretinoin", Answer.YES, "since the last visit, own words", at)

    def _add(self, patient_id: UUID, key: str, answer: Answer, comment: str, at: datetime) -> None:
        self.entries.append(
            CautionAnswer(
                id=uuid4(), entered_at=at, entered_by=PRACTITIONER, patient_id=patient_id, question=key,
                text=caution_words()[key].name(), answer=answer, answered_on=at.date(), comment=comment,
            )
        )  # fmt: skip

    def _sign(
        self, patient: Patient, kind: ConsentKind, at: datetime, dice: Random, *, on_paper: bool = False
    ) -> Consent:
        text, ink = self._texts[kind], demo_signature(dice)
        file = Attachment("application/pdf", _PAPER) if on_paper else Attachment("image/png", ink_png(ink))
        consent = Consent(
            id=uuid4(), entered_at=at, entered_by=PRACTITIONER, patient_id=patient.id, consent=kind, text_id=text.id,
            title=text.title, language=text.language, version=text.version, text_sha256=text.digest,
            valid_months=text.valid_months, signed_at=at,
            signed_with=SignedWith.PAPER if on_paper else dice.choice((SignedWith.PEN, SignedWith.FINGER)),
            ink=() if on_paper else ink, picture="" if on_paper else file.digest,
            scan=file.digest if on_paper else "", scan_name="consent-example.pdf" if on_paper else "",
        )  # fmt: skip
        self.files.append(file)
        self.entries.append(consent)
        return consent


#: One empty page that stands for a scan.
_PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000053 00000 n \n0000000102 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n166\n%%EOF\n"
)
