"""Names of the areas that people say."""

from PySide6.QtCore import QCoreApplication

from mesomap.ui.words import side_word


def tr(text: str) -> str:
    """Translate in the context of the area names."""
    return QCoreApplication.translate("AreaNames", text)


def area_name(key: str) -> str:
    """Name of an area by its key; the side of the patient behind a comma."""
    stem, _, side = key.partition(".")
    names = {
        "face": tr("Face"),
        "forehead": tr("Forehead"),
        "cheeks": tr("Cheeks"),
        "scalp": tr("Scalp"),
        "under_chin": tr("Under the chin"),
        "neck": tr("Neck"),
        "nape": tr("Nape"),
        "decollete": tr("Décolleté"),
        "abdomen": tr("Abdomen"),
        "flanks": tr("Flanks"),
        "upper_back": tr("Upper back"),
        "lower_back": tr("Lower back"),
        "buttocks": tr("Buttocks"),
        "shoulder": tr("Shoulder"),
        "upper_arm": tr("Upper arm"),
        "hands_back": tr("Back of the hands"),
        "thigh": tr("Thigh"),
        "knee": tr("Knee"),
        "lower_leg": tr("Lower leg"),
    }
    name = names.get(stem, stem)
    return f"{name}, {side_word(side)}" if side else name
