"""From what is known around a form to what the reading page shows. Pure."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from portal.intake import words_pages
from portal.intake.answers import words
from portal.intake.answers.views import Around, CourseView, Dot, Earlier, Happened, Said
from portal.intake.handling.service_reading import CommentView, Course, Handling, Point
from portal.intake.moments import day_of, moment_in_words
from portal.intake.moments import moment_in_words as in_words

_WIDTH, _HEIGHT = Decimal(600), Decimal(160)


def around(handling: Handling, today: date, zone: str) -> Around:
    """Put everything around the answers into words; times are in the practice's zone."""
    newest = handling.states[0] if handling.states else None
    signed = ""
    if newest and newest.countersigned_by:
        when = in_words(newest.countersigned_at, zone)
        signed = words.countersigned(newest.countersigned_by, newest.countersigned_as, when)
    return Around(
        status=handling.status_label,
        due=words_pages.due(day_of(handling.due_on), today),
        countersigned=signed,
        intent=handling.intent,
        may_return=handling.may_return,
        may_countersign=handling.may_countersign,
        may_complete=handling.may_complete,
        comments=[_said(one, zone) for one in handling.comments if not one.path],
        steps=[
            Happened(one.what, " · ".join(part for part in (one.who, in_words(one.at, zone)) if part))
            for one in handling.steps
        ],
        earlier=[
            Earlier(one.number, words.version(one.number, one.frozen_by, in_words(one.frozen_at, zone)))
            for one in handling.states[1:]
        ],
    )


def by_item(comments: list[CommentView], zone: str) -> dict[str, list[Said]]:
    """Return the comments on single answers, by the item's path."""
    found: dict[str, list[Said]] = defaultdict(list)
    for one in comments:
        if one.path:
            found[one.path].append(_said(one, zone))
    return dict(found)


def _said(one: CommentView, zone: str) -> Said:
    return Said(one.text, words.said(one.author, moment_in_words(one.at, zone)))


def course(found: Course, zone: str) -> CourseView:
    """Draw a score over time: the same distance from one sheet to the next, all of the height for the highest score."""
    highest = max(point.highest for point in found.points) or Decimal(1)
    step = _WIDTH / max(1, len(found.points) - 1)
    dots = [_dot(point, step * place, highest, zone) for place, point in enumerate(found.points)]
    line = " ".join(f"{'L' if place else 'M'}{dot.x} {dot.y}" for place, dot in enumerate(dots))
    return CourseView(found.name, line, f"{highest.normalize():f}", dots)


def _dot(point: Point, x: Decimal, highest: Decimal, zone: str) -> Dot:
    y = _HEIGHT - _HEIGHT * point.points / highest
    said = words.points(f"{point.points.normalize():f}", f"{point.highest.normalize():f}")
    return Dot(f"{x:.1f}", f"{y:.1f}", in_words(point.at, zone), said, point.band)
