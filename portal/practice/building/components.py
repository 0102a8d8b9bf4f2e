"""The parts of the page of the builder."""

from typing import Any

import reflex as rx

from portal.intake.building.words import KINDS
from portal.practice.building import words
from portal.practice.building.state import BuilderState
from portal.practice.building.state_preview import PreviewState
from portal.ui.kit.building import Builder
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.events import call
from portal.ui.kit.filler import filler

_HEAD: Any = BuilderState.head
_KINDS = [{"value": kind, "label": label} for kind, label in KINDS.items()]
_WIDE = "grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_24rem]"


def workbench() -> rx.Component:
    """The outline with its editor, and the preview beside it."""
    builder = Builder.create(
        head=BuilderState.head,
        rows=BuilderState.rows,
        chosen=BuilderState.chosen,
        detail=BuilderState.detail,
        whole=BuilderState.whole,
        answers=BuilderState.answers,
        kinds=_KINDS,
        words=words.WORDS,
        on_change=BuilderState.change,
        on_choose=BuilderState.choose,
        on_rewind=BuilderState.rewind,
    )
    return rx.el.div(
        rx.el.div(builder, _publishing(), _versions(), class_name="grid min-w-0 gap-8"), _preview(), class_name=_WIDE
    )


def _publishing() -> rx.Component:
    publish = ConfirmButton.create(
        label=_HEAD.publish,
        kind="primary",
        title=_HEAD.publish_title,
        text=_HEAD.publish_text,
        confirm=_HEAD.publish,
        cancel=words.CANCEL,
        on_confirm=BuilderState.publish,
    )
    discard = ConfirmButton.create(
        label=words.DISCARD,
        kind="quiet",
        title=_HEAD.discard_title,
        text=words.DISCARD_TEXT,
        confirm=words.DISCARD,
        cancel=words.CANCEL,
        on_confirm=BuilderState.discard,
    )
    wrong = rx.el.div(
        rx.el.h2(words.PROBLEMS, class_name="text-lg font-semibold"),
        rx.el.ul(rx.foreach(BuilderState.problems, _hurdle), class_name="mt-2 grid gap-1"),
        class_name=join(CARD, PADDED, "border-l-4 border-l-caution"),
    )
    ready = rx.cond(_HEAD.may_publish, rx.el.p(words.READY, class_name=HELP))
    is_ready = BuilderState.problems.length() == 0
    return rx.el.section(
        rx.cond(is_ready, ready, wrong),
        rx.el.div(
            rx.cond(is_ready & _HEAD.may_publish, publish),
            rx.cond(_HEAD.may_discard, discard),
            class_name="flex flex-wrap gap-3 empty:hidden",
        ),
        class_name="grid gap-4",
    )


def _hurdle(one: Any) -> rx.Component:
    link = button(one.sentence, kind="quiet", classes="text-left", on_click=call(BuilderState.choose, one.path))
    return rx.el.li(link, key=one.path.to(str) + one.sentence.to(str))


def _versions() -> rx.Component:
    return rx.el.section(
        rx.el.h2(words.VERSIONS, class_name="mb-2 text-lg font-semibold"),
        rx.cond(
            _HEAD.versions.length() > 0,
            rx.el.ul(rx.foreach(_HEAD.versions, lambda line: rx.el.li(line, key=line)), class_name="grid gap-1"),
            rx.el.p(words.NO_VERSIONS, class_name=HELP),
        ),
    )


def _preview() -> rx.Component:
    save: Any = PreviewState.save
    turn: Any = PreviewState.turn
    shown = filler(
        account=PreviewState.account_id,
        sheet=PreviewState.sheet,
        sent_id="",
        replies=PreviewState.replies,
        review=PreviewState.review,
        signing=PreviewState.signing,
        on_save=save.temporal,
        on_review=PreviewState.look_over,
        on_sign=PreviewState.sign,
        on_wake=PreviewState.load,
        key=turn.to_string(),
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h2(words.PREVIEW, id="preview-title", class_name="text-lg font-semibold"),
            button(words.START_OVER, kind="quiet", on_click=PreviewState.load),
            class_name="flex flex-wrap items-center justify-between gap-2",
        ),
        rx.el.p(words.PREVIEW_HELP, class_name=join("mb-3 text-sm", HELP)),
        rx.el.div(
            rx.cond(PreviewState.problem != "", rx.el.p(PreviewState.problem, class_name=HELP), shown),
            class_name=join(CARD, "mx-auto w-full max-w-sm overflow-hidden bg-paper p-4"),
        ),
        aria_labelledby="preview-title",
        class_name="min-w-0 xl:sticky xl:top-4",
    )
