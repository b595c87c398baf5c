"""Body surface area and the patient's scale."""

import math
from dataclasses import dataclass

from mesomap.domain.patient import check_body_size


def bsa_du_bois_m2(height_cm: float, weight_kg: float) -> float:
    """Body surface area in m². Du Bois & Du Bois, Arch Intern Med 1916;17:863."""
    return 0.007184 * math.pow(height_cm, 0.725) * math.pow(weight_kg, 0.425)


def bsa_mosteller_m2(height_cm: float, weight_kg: float) -> float:
    """Body surface area in m². Mosteller, N Engl J Med 1987;317:1098."""
    return math.sqrt(height_cm * weight_kg / 3600.0)


@dataclass(frozen=True, slots=True)
class PatientScale:
    """Length factor from reference mm to patient mm. Head, neck, hands and feet keep the reference size.

    length: factor for trunk and limbs; basis: what it rests on, in words, shown beside every figure.
    """

    length: float = 1.0
    basis: str = "reference body (no height and weight)"

    def factor(self, fixed: bool) -> float:
        """Length factor for a region; fixed regions keep 1."""
        return 1.0 if fixed else self.length


def patient_scale(
    height_cm: float | None, weight_kg: float | None, *, reference_area_cm2: float, fixed_area_cm2: float
) -> PatientScale:
    """Scale of a patient: k = sqrt((BSA - A_fixed) / (A_ref - A_fixed)), BSA after Du Bois.

    Without height and weight the scale is 1. Raises BadInputError for impossible sizes.
    """
    check_body_size(height_cm, weight_kg)
    if height_cm is None or weight_kg is None:
        return PatientScale()
    bsa_cm2 = bsa_du_bois_m2(height_cm, weight_kg) * 1e4
    ratio = (bsa_cm2 - fixed_area_cm2) / (reference_area_cm2 - fixed_area_cm2)
    length = math.sqrt(max(ratio, 0.04))
    return PatientScale(length, f"scaled by BSA {bsa_cm2 / 1e4:.2f} m² ({height_cm:g} cm, {weight_kg:g} kg)")
