"""What a payment was for, in the language of the window."""

from PySide6.QtCore import QCoreApplication

from mesomap.domain.course import Course
from mesomap.domain.price import Payment
from mesomap.services import Practice
from mesomap.ui.words import day


def payment_words(practice: Practice, payment: Payment) -> str:
    """Its own words, else its session with the day, else its course. Raises typed errors."""
    if payment.words:
        return payment.words
    if payment.session_id is not None:
        session = practice.session(payment.session_id)
        words = QCoreApplication.translate("Costs", "Session {0}, {1}")
        return words.format(session.number, day(session.started_at.astimezone()))
    if payment.course_id is not None:
        return practice.entry(Course, payment.course_id).protocol_name
    return QCoreApplication.translate("Costs", "Payment")
