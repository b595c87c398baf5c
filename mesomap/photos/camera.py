"""Where the body is on a photograph: a camera fitted to landmarks, with the error that it makes where it was not shown.

The model of a picture: the body at rest, its width and depth stretched a little to the person's, turned, seen from a
distance, and what remains spread smoothly over the skin around the landmarks. Every number that a few landmarks cannot
tell is held near what is usual, as strongly as it is usual (maximum a posteriori; Hartley & Zisserman, Multiple View
Geometry, 2004, ch. 6 and app. 6). The smooth rest is a Gaussian process (Rasmussen & Williams, 2006, ch. 2), which,
unlike a thin-plate spline, goes back to nothing away from the landmarks; it is used only where it lowers the error.

The error is what a landmark would be off by had it not been placed (leave one out): the model is linear near its
solution, so all of these follow from one inverse (Rasmussen & Williams, eq. 5.12).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mesomap.domain.errors import BadInputError

Floats = NDArray[np.float64]

LEAST_PLACES = 4
#: Shares of the height of the view: what a person differs from the body by at a landmark; the largest error that marks
#: are drawn with, which is told with certainty by so many landmarks only, and is smaller in proportion with fewer.
_NOISE, _POOR = 0.016, 0.026
_SURE_PLACES = 8
#: How far a difference reaches over the skin, and its size, shares of the same height: near and small as on a trunk, or
#: wider and larger as on a face. Of these the one is taken by which landmarks that are left out are off by less.
_RESTS = ((0.12, 0.016), (0.2, 0.025))
#: So much the error grows with every millimetre from the nearest landmark (`python -m tests.benchmarks landmarks`).
_GROWS = 0.15
#: Away from the landmarks a mark may be off by so much more than the largest error of a fit.
_MARK_SHARE = 1.2
#: A photo is taken from about so many heights of the view; the spread is of the inverse.
_HEIGHTS_AWAY, _SPREAD_OF_INVERSE = 3.0, 0.6
#: How far a photo of a standard angle is turned from the view, and how much a person is wider or deeper (log), usual.
_TURN_RAD, _PROPORTION = math.radians(15.0), 0.06
#: Not more of the second axis than this share of the first is a line.
_LINE = 0.08
#: A mirrored picture fits so much better, and a right one so well that nothing is asked.
_MIRRORED_SHARE, _BEHIND_SHARE, _CLEAR_SHARE = 0.6, 1.5, 0.3
#: Farther from the standard angle, the photo is of another one.
_MOST_TURN_DEG = 50.0
#: The smooth rest must lower the error by so much, of so many landmarks at least.
_REST_SHARE, _REST_PLACES = 0.95, 6
_HUBER = 2.5
_STEPS = 40
_ROLL, _UP, _SIDE, _SCALE, _X, _Y, _NEAR, _WIDE, _DEEP = range(9)

_FEW = "Four landmarks at least are needed on this photo. Set another one."
_ON_A_LINE = "The landmarks lie almost on one line, which does not say how the photo was taken. Set one beside it."
_MIRRORED = (
    "Left and right are the wrong way round: the picture is mirrored, or landmarks of the other side were set. "
    "Left and right are the patient's."
)
_ANOTHER_SIDE = (
    "By these landmarks the photo was taken from another side than is said. Check which landmark is which, and the "
    "angle."
)
_NOT_THERE = "No camera sees the landmarks like this. Check which is which, and from where the photo was taken."


@dataclass(frozen=True, slots=True)
class Pose:
    """From where a photograph of a standard angle is about taken. rotation (3, 3): rows right, up, toward the viewer,
    of the body; height_mm: of the view.
    """

    rotation: Floats
    height_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class PhotoFit:
    """A camera fitted to landmarks. errors_mm (n,): leave-one-out distance of each landmark, mm of the body.

    error_px, error_mm: root mean square of them; limit_mm: above it no mark is drawn. worst: row of the landmark that
    fits the least. px_per_mm: at the middle of the landmarks. turn_deg: away from the standard angle. smooth: whether
    the rest is spread over the skin; rest_weights (n, 2), px, and rest_reach_mm say how.
    """

    numbers: Floats
    pose: Pose
    landmarks_mm: Floats
    rest_weights: Floats
    rest_reach_mm: float
    errors_mm: Floats
    error_mm: float
    limit_mm: float

    @property
    def px_per_mm(self) -> float:
        """Pixels of the photo for a millimetre of the body, in the middle of the landmarks."""
        return math.exp(self.numbers[_SCALE])

    @property
    def error_px(self) -> float:
        """The error in pixels of the photo."""
        return self.error_mm * self.px_per_mm

    @property
    def worst(self) -> int:
        """Row of the landmark that fits the least."""
        return int(np.argmax(self.errors_mm))

    @property
    def is_good(self) -> bool:
        """Whether marks may be drawn by it."""
        return self.error_mm <= self.limit_mm

    @property
    def smooth(self) -> bool:
        """Whether the rest is spread over the skin."""
        return bool(self.rest_weights.any())

    @property
    def turn_deg(self) -> float:
        """How far the camera stood from the standard angle."""
        return math.degrees(math.hypot(self.numbers[_UP], self.numbers[_SIDE]))

    def project(self, xyz_mm: Floats) -> tuple[Floats, Floats]:
        """Places (N, 3) of the body at rest: px (N, 2) from the top left corner, and depth (N,) toward the camera, mm.

        NaN for what lies behind the camera.
        """
        px, depth = _project(self.numbers, self.pose, self.landmarks_mm.mean(axis=0), xyz_mm)
        if self.smooth:
            px += _likeness(xyz_mm, self.landmarks_mm, self.rest_reach_mm) @ self.rest_weights
        return px, depth

    def error_at(self, xyz_mm: Floats) -> Floats:
        """(N,) what a place of the body is about off by on the photo, mm: more, the farther from every landmark."""
        return np.asarray(np.hypot(self.error_mm, _GROWS * _least_distance(xyz_mm, self.landmarks_mm)))

    def is_told(self, xyz_mm: Floats) -> NDArray[np.bool_]:
        """(N,) whether a landmark is near enough to tell where the place is."""
        return self.error_at(xyz_mm) <= _MARK_SHARE * _POOR * self.pose.height_mm


def fit_camera(pose: Pose, landmarks_mm: Floats, places_px: Floats) -> PhotoFit:
    """The camera that sees landmarks (n, 3) at places (n, 2). Whether it is good enough, it says itself.

    Raises BadInputError for fewer than four landmarks, for landmarks on a line, for what no camera sees, and where left
    and right are the wrong way round or the photo is of another angle.
    """
    if len(landmarks_mm) < LEAST_PLACES:
        raise BadInputError(_FEW)
    if not (np.isfinite(landmarks_mm).all() and np.isfinite(places_px).all()):
        raise BadInputError(_NOT_THERE)
    seen = landmarks_mm @ pose.rotation[:2].T
    if _is_line(seen) or _is_line(places_px):
        raise BadInputError(_ON_A_LINE)
    fit = _fitted(pose, landmarks_mm, places_px)
    turned = fit.turn_deg > _MOST_TURN_DEG
    if turned or fit.error_mm > _CLEAR_SHARE * fit.limit_mm:
        mirrored = _fitted(pose, landmarks_mm, places_px * (-1.0, 1.0), _STEPS // 3)
        # A body is nearly its own mirror picture: one that is mirrored may look as if it were seen from behind.
        behind = turned and mirrored.turn_deg < _MOST_TURN_DEG
        if mirrored.error_mm < (_BEHIND_SHARE if behind else _MIRRORED_SHARE) * fit.error_mm:
            raise BadInputError(_MIRRORED)
    if turned:
        raise BadInputError(_ANOTHER_SIDE)
    return fit


def _fitted(pose: Pose, landmarks: Floats, places: Floats, steps: int = _STEPS) -> PhotoFit:
    numbers, noise = _solved(pose, landmarks, places, steps)
    errors: Floats = _left_out(pose, landmarks, places, numbers, np.diag(noise), np.zeros((len(places),) * 2))
    weights: Floats = np.zeros((len(places), 2))
    reach_mm, least = 0.0, _REST_SHARE * _root(errors)
    for reach, height in _RESTS if len(places) >= _REST_PLACES else ():
        size = (height * pose.height_mm * math.exp(numbers[_SCALE])) ** 2
        like = size * _likeness(landmarks, landmarks, reach * pose.height_mm)
        better = _left_out(pose, landmarks, places, numbers, np.diag(noise), like)
        if _root(better) < least:
            errors, least, reach_mm = better, _root(better), reach * pose.height_mm
            rest = places - _project(numbers, pose, landmarks.mean(axis=0), landmarks)[0]
            weights = np.asarray(np.linalg.solve(like + np.diag(noise), rest) * size)
    errors_mm = np.linalg.norm(errors, axis=1) / math.exp(numbers[_SCALE])
    if not np.isfinite(errors_mm).all():
        raise BadInputError(_NOT_THERE)
    error_mm = float(np.sqrt(np.mean(errors_mm**2)))
    limit_mm = _POOR * pose.height_mm * min(1.0, len(places) / _SURE_PLACES)
    return PhotoFit(numbers, pose, landmarks, weights, reach_mm, errors_mm, error_mm, limit_mm)


def _usual(pose: Pose, places: Floats) -> tuple[Floats, Floats]:
    """What the numbers usually are, and how far they spread."""
    size = float(np.ptp(places, axis=0).max())
    middle = np.zeros(9)
    middle[_X], middle[_Y] = places.mean(axis=0)
    middle[_NEAR] = 1 / (_HEIGHTS_AWAY * pose.height_mm)
    spread = np.array([10, _TURN_RAD, _TURN_RAD, 10, 10 * size, 10 * size, 0, _PROPORTION, _PROPORTION], float)
    spread[_NEAR] = _SPREAD_OF_INVERSE * middle[_NEAR]
    return middle, spread


def _solved(pose: Pose, landmarks: Floats, places: Floats, steps: int) -> tuple[Floats, Floats]:
    """The numbers (Levenberg-Marquardt), and the variance (n,) of each place, px²; what is far off counts less."""
    middle, spread = _usual(pose, places)
    numbers: Floats = middle.copy()
    numbers[_SCALE], numbers[_ROLL] = _laid_flat(pose, landmarks, places)
    middle[_SCALE], middle[_ROLL] = numbers[_SCALE], numbers[_ROLL]
    damping, centre = 1e-3, landmarks.mean(axis=0)
    noise: Floats = _noise(pose, numbers, _project(numbers, pose, centre, landmarks)[0] - places)
    for _ in range(steps):
        rest = _project(numbers, pose, centre, landmarks)[0] - places
        slope = _slope(numbers, pose, centre, landmarks)
        weight = np.repeat(1 / noise, 2)
        normal = slope.T @ (slope * weight[:, None]) + np.diag(spread**-2)
        down = slope.T @ (weight * rest.ravel()) + (numbers - middle) / spread**2
        cost = _cost(rest, noise, numbers, middle, spread)
        for _ in range(8):
            step = -np.linalg.solve(normal + damping * np.diag(np.diag(normal)), down)
            tried = _held(numbers + step, middle, pose)
            rest = _project(tried, pose, centre, landmarks)[0] - places
            if _cost(rest, noise, tried, middle, spread) <= cost:
                break
            damping *= 10
        else:
            break
        won = cost - _cost(rest, noise, tried, middle, spread)
        numbers, damping = tried, damping / 10
        noise = _noise(pose, numbers, rest)
        if won <= 1e-6 * cost:
            break
    return numbers, noise


def _cost(rest: Floats, noise: Floats, numbers: Floats, middle: Floats, spread: Floats) -> float:
    found = float(((rest**2).sum(axis=1) / noise).sum() + (((numbers - middle) / spread) ** 2).sum())
    return found if math.isfinite(found) else math.inf


def _held(numbers: Floats, middle: Floats, pose: Pose) -> Floats:
    """No camera stands inside the body or behind infinity, nor sees it much larger than it was laid on."""
    numbers[_SCALE] = np.clip(numbers[_SCALE], middle[_SCALE] - 1.5, middle[_SCALE] + 1.5)
    numbers[_NEAR] = np.clip(numbers[_NEAR], 0.0, 1 / pose.height_mm)
    return numbers


def _noise(pose: Pose, numbers: Floats, rest: Floats) -> Floats:
    usual = _NOISE * pose.height_mm * math.exp(numbers[_SCALE])
    off = np.linalg.norm(rest, axis=1) / usual
    return np.asarray(usual**2 * np.maximum(1.0, off / _HUBER))


def _laid_flat(pose: Pose, landmarks: Floats, places: Floats) -> tuple[float, float]:
    """Logarithm of the scale, and the roll, of the view laid on the photo by a similarity."""
    view = (landmarks - landmarks.mean(axis=0)) @ pose.rotation[:2].T
    at = (places - places.mean(axis=0)) * (1.0, -1.0)
    both = (view[:, 0] + 1j * view[:, 1]), (at[:, 0] + 1j * at[:, 1])
    turn = np.vdot(*both) / np.vdot(both[0], both[0])
    # Landmarks that are all mixed up lie on each other by no scale at all.
    least = 0.05 * float(np.linalg.norm(at)) / float(np.linalg.norm(view))
    return math.log(max(abs(turn), least)), float(np.angle(turn))


def _project(numbers: Floats, pose: Pose, centre: Floats, xyz: Floats) -> tuple[Floats, Floats]:
    """px (N, 2) and depth (N,) mm; the middle of the landmarks is seen straight ahead."""
    stretch = np.exp([numbers[_WIDE], 0.0, numbers[_DEEP]])
    turned = ((xyz - centre) * stretch) @ (_turn(*numbers[:3]) @ pose.rotation).T
    with np.errstate(divide="ignore", invalid="ignore"):
        ahead = 1.0 - numbers[_NEAR] * turned[:, 2]
        grown = np.where(ahead > 0.1, math.exp(min(numbers[_SCALE], 50.0)) / ahead, np.nan)
    return np.column_stack([numbers[_X] + grown * turned[:, 0], numbers[_Y] - grown * turned[:, 1]]), turned[:, 2]


def _turn(roll: float, up: float, side: float) -> Floats:
    """Roll about the line of sight, after the turn of the vector (up, side, 0) (Rodrigues)."""
    angle = math.hypot(up, side)
    cross = np.array([[0, 0, side], [0, 0, -up], [-side, up, 0]])
    first, second = (1.0, 0.5) if angle < 1e-9 else (math.sin(angle) / angle, (1 - math.cos(angle)) / angle**2)
    tilted = np.eye(3) + first * cross + second * cross @ cross
    c, s = math.cos(roll), math.sin(roll)
    return np.asarray(np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]]) @ tilted)


def _slope(numbers: Floats, pose: Pose, centre: Floats, landmarks: Floats) -> Floats:
    """(2n, 9): how every coordinate moves with every number."""
    columns = []
    for row in range(len(numbers)):
        by = 1e-7 if row == _NEAR else 1e-5
        by = max(by, 1e-3) if row in (_X, _Y) else by
        ends = []
        for way in (-by, by):
            moved = numbers.copy()
            moved[row] += way
            ends.append(_project(moved, pose, centre, landmarks)[0].ravel())
        columns.append((ends[1] - ends[0]) / (2 * by))
    return np.column_stack(columns)


def _left_out(pose: Pose, landmarks: Floats, places: Floats, numbers: Floats, noise: Floats, like: Floats) -> Floats:
    """(n, 2): what each place would be off by, had it not been set, px."""
    middle, spread = _usual(pose, places)
    middle[_SCALE], middle[_ROLL] = numbers[_SCALE], numbers[_ROLL]
    centre = landmarks.mean(axis=0)
    slope = _slope(numbers, pose, centre, landmarks)
    off = (places - _project(numbers, pose, centre, landmarks)[0]).ravel() + slope @ (numbers - middle)
    together = (slope * spread**2) @ slope.T + np.kron(noise + like, np.eye(2))
    inverse = np.linalg.inv(together)
    told = inverse @ off
    rows = np.arange(2 * len(places)).reshape(-1, 2)
    return np.array([np.linalg.solve(inverse[np.ix_(two, two)], told[two]) for two in rows])


def _likeness(one: Floats, other: Floats, reach_mm: float) -> Floats:
    """(N, n) how much what remains is the same at two places of the body, 0 to 1."""
    squared = ((one[:, None, :] - other[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(np.exp(-0.5 * squared / reach_mm**2))


def _least_distance(xyz: Floats, landmarks: Floats) -> Floats:
    least: Floats = np.full(len(xyz), np.inf)
    for landmark in landmarks:
        least = np.minimum(least, ((xyz - landmark) ** 2).sum(axis=1))
    return np.asarray(np.sqrt(least))


def _is_line(places: Floats) -> bool:
    first, second = np.linalg.svd(places - places.mean(axis=0), compute_uv=False)[:2]
    return bool(second <= _LINE * first)


def _root(errors: Floats) -> float:
    return float(np.sqrt((errors**2).sum(axis=1).mean()))
