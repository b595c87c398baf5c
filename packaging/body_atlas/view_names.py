"""The keys of all views in their shipped order, their names, and which ones are mirror images."""

def _names(en: str, fr: str, it: str, de: str, es: str) -> dict[str, str]:
    return {"en": en, "fr": fr, "it": it, "de": de, "es": es}


NAMES = {
    "body_front": _names("Body, front", "Corps, face", "Corpo, fronte", "Körper, vorn", "Cuerpo, frente"),
    "body_back": _names("Body, back", "Corps, dos", "Corpo, dorso", "Körper, hinten", "Cuerpo, espalda"),
    "body_left": _names(
        "Body, left side",
        "Corps, côté gauche",
        "Corpo, lato sinistro",
        "Körper, linke Seite",
        "Cuerpo, lado izquierdo",
    ),
    "body_right": _names(
        "Body, right side",
        "Corps, côté droit",
        "Corpo, lato destro",
        "Körper, rechte Seite",
        "Cuerpo, lado derecho",
    ),
    "head_front": _names("Face, front", "Visage, face", "Viso, fronte", "Gesicht, vorn", "Rostro, frente"),
    "head_profile_left": _names(
        "Face, left profile",
        "Visage, profil gauche",
        "Viso, profilo sinistro",
        "Gesicht, linkes Profil",
        "Rostro, perfil izquierdo",
    ),
    "head_profile_right": _names(
        "Face, right profile",
        "Visage, profil droit",
        "Viso, profilo destro",
        "Gesicht, rechtes Profil",
        "Rostro, perfil derecho",
    ),
    "head_three_quarter_left": _names(
        "Face, left three-quarter",
        "Visage, trois quarts gauche",
        "Viso, tre quarti sinistro",
        "Gesicht, Dreiviertel links",
        "Rostro, tres cuartos izquierdo",
    ),
    "head_three_quarter_right": _names(
        "Face, right three-quarter",
        "Visage, trois quarts droit",
        "Viso, tre quarti destro",
        "Gesicht, Dreiviertel rechts",
        "Rostro, tres cuartos derecho",
    ),
    "scalp_top": _names(
        "Scalp, top",
        "Cuir chevelu, dessus",
        "Cuoio capelluto, alto",
        "Kopfhaut, oben",
        "Cuero cabelludo, arriba",
    ),
    "scalp_back": _names(
        "Scalp, back",
        "Cuir chevelu, arrière",
        "Cuoio capelluto, retro",
        "Kopfhaut, hinten",
        "Cuero cabelludo, detrás",
    ),
    "neck_decollete": _names(
        "Neck and décolleté", "Cou et décolleté", "Collo e décolleté", "Hals und Dekolleté", "Cuello y escote"
    ),
    "trunk_front": _names("Trunk, front", "Tronc, face", "Tronco, fronte", "Rumpf, vorn", "Tronco, frente"),
    "trunk_back": _names("Trunk, back", "Tronc, dos", "Tronco, dorso", "Rumpf, hinten", "Tronco, espalda"),
    "trunk_left": _names(
        "Trunk, left side",
        "Tronc, côté gauche",
        "Tronco, lato sinistro",
        "Rumpf, linke Seite",
        "Tronco, lado izquierdo",
    ),
    "trunk_right": _names(
        "Trunk, right side",
        "Tronc, côté droit",
        "Tronco, lato destro",
        "Rumpf, rechte Seite",
        "Tronco, lado derecho",
    ),
}


def _limb_names(
    left: tuple[str, str, str, str, str], right: tuple[str, str, str, str, str], seen: tuple[str, str, str, str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Names of a left and a right limb view: "Left hand, palm"."""
    return _names(*(f"{a}, {s}" for a, s in zip(left, seen, strict=True))), _names(
        *(f"{a}, {s}" for a, s in zip(right, seen, strict=True))
    )


_HANDS = (
    ("Left hand", "Main gauche", "Mano sinistra", "Linke Hand", "Mano izquierda"),
    ("Right hand", "Main droite", "Mano destra", "Rechte Hand", "Mano derecha"),
)
_FEET = (
    ("Left foot", "Pied gauche", "Piede sinistro", "Linker Fuß", "Pie izquierdo"),
    ("Right foot", "Pied droit", "Piede destro", "Rechter Fuß", "Pie derecho"),
)
_KNEES = (
    ("Left knee", "Genou gauche", "Ginocchio sinistro", "Linkes Knie", "Rodilla izquierda"),
    ("Right knee", "Genou droit", "Ginocchio destro", "Rechtes Knie", "Rodilla derecha"),
)
_LIMBS = {
    "hand_dorsum": (*_HANDS, ("back", "dos", "dorso", "Rücken", "dorso")),
    "hand_palm": (*_HANDS, ("palm", "paume", "palmo", "Innenfläche", "palma")),
    "foot_dorsum": (*_FEET, ("top", "dos", "dorso", "Rücken", "dorso")),
    "foot_sole": (*_FEET, ("sole", "plante", "pianta", "Sohle", "planta")),
    "knee_front": (*_KNEES, ("front", "face", "fronte", "vorn", "frente")),
}
for _key, _words in _LIMBS.items():
    NAMES[f"{_key}_left"], NAMES[f"{_key}_right"] = _limb_names(*_words)

MIRRORED = {
    "body_right": "body_left",
    "head_profile_right": "head_profile_left",
    "head_three_quarter_right": "head_three_quarter_left",
    "trunk_right": "trunk_left",
    **{f"{key}_right": f"{key}_left" for key in _LIMBS},
}
"""Views drawn as the mirror image of another one; the body is exactly symmetric."""
