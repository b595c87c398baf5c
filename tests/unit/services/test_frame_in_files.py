"""Frame and pain drawing go out with a session file and come back into another practice, whole or not at all."""

import json
from pathlib import Path

import pytest

from mesomap.domain.errors import BadInputError
from mesomap.services import ChartingService, Practice
from mesomap.services.framing import choose_indications, edit_frame
from mesomap.services.pain_drawing import change_complaint, draw_area, lasso, place_trigger_point
from mesomap.services.session_files import export_session, import_session
from tests.records import CHEAP
from tests.unit.services.conftest import PASSPHRASE, point_at

LOOP = [(20.0, -20.0), (60.0, -20.0), (60.0, 20.0), (20.0, 20.0)]


@pytest.fixture
def framed(charting: ChartingService) -> ChartingService:
    """A session with a frame, an area and a trigger point."""
    choose_indications(charting, ("low_back_pain",), "3 of 5")
    edit_frame(charting, place="Room 1", antisepsis="Octenidine", reaction="Redness")
    draw_area(charting, lasso(charting, "body_front", LOOP), 0, "burning")
    place_trigger_point(charting, point_at(charting.atlas, 40, 0))
    return charting


def test_frame_and_pain_drawing_come_back_in_another_practice(framed: ChartingService, tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    export_session(framed.practice, framed.session, file)
    with Practice.create(tmp_path / "other", PASSPHRASE, cost=CHEAP) as other:
        outcome = import_session(other, framed.atlas, file)
        assert outcome.created
        assert outcome.session.frame == framed.session.frame
        assert outcome.session.indication == "Low back pain, 3 of 5"
        assert other.complaints(outcome.session.id) == framed.complaints
        assert other.verify().findings == ()
        assert not import_session(other, framed.atlas, file).created


def test_another_intensity_is_other_content(framed: ChartingService, tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    export_session(framed.practice, framed.session, file)
    change_complaint(framed, framed.complaints[0].id, intensity=5)
    with pytest.raises(BadInputError, match="other content"):
        import_session(framed.practice, framed.atlas, file)


def test_a_bad_complaint_keeps_the_whole_file_out(framed: ChartingService, tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    export_session(framed.practice, framed.session, file)
    document = json.loads(file.read_text(encoding="utf-8"))
    document["complaints"][0]["intensity"] = 11
    file.write_text(json.dumps(document), encoding="utf-8")
    with Practice.create(tmp_path / "other", PASSPHRASE, cost=CHEAP) as other:
        with pytest.raises(BadInputError, match=r"complaints\[0\]\.intensity"):
            import_session(other, framed.atlas, file)
        assert other.sessions() == ()
        assert other.patients() == ()
