"""The few sets of Tailwind classes that make everything look like one thing."""

CARD = "rounded border border-line bg-card shadow"
PADDED = "p-5 sm:p-6"
ROWS = f"{CARD} divide-y divide-line overflow-hidden"
ROW = "flex min-h-target flex-wrap items-center gap-x-4 gap-y-2 px-5 py-4 sm:px-6"
BESIDE = "min-w-[min(7.5rem,100%)] grow basis-0 break-words leading-snug"
"""Words beside a control: where letters are so large that both have no room, the control goes below."""
ROW_LINK = f"{ROW} text-ink hover:bg-sunk focus-visible:-outline-offset-4"

BUTTON = (
    "inline-flex min-h-target cursor-pointer items-center justify-center gap-2 rounded-small px-5 py-2 text-center "
    "font-semibold leading-tight no-underline disabled:cursor-default disabled:opacity-60"
)
BUTTON_KINDS = {
    "primary": "bg-accent text-on-accent hover:bg-accent-strong",
    "plain": "border border-line-strong bg-card text-ink hover:bg-sunk",
    "quiet": "text-accent-strong hover:bg-accent-soft",
    "danger": "border border-danger bg-card text-danger hover:bg-danger-soft",
}
LINK = "font-semibold text-accent-strong underline decoration-1 underline-offset-4 hover:decoration-2"
INPUT = (
    "block min-h-target w-full rounded-small border border-line-strong bg-card px-3 py-2 text-ink "
    "aria-invalid:border-danger aria-invalid:outline-2 aria-invalid:outline-danger focus-visible:outline-3"
)
LABEL = "block font-semibold"
HELP = "text-ink-soft"
PROBLEM = "font-semibold text-danger"


def join(*classes: str) -> str:
    """Join sets of classes, leaving out empty ones."""
    return " ".join(part for part in classes if part)
