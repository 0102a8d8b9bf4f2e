"""The Tailwind classes of the frame: a phone first, then (md:) a screen with the frame as a column on the left."""


def _classes(text: str) -> str:
    return " ".join(text.split())


PAGE = "min-h-dvh md:grid md:grid-cols-[17rem_minmax(0,1fr)]"
SKIP = _classes("""
    fixed left-4 top-0 z-50 -translate-y-full rounded-small bg-accent px-4 py-3 font-semibold text-on-accent
    focus:translate-y-4
""")
SIDE = _classes("""
    md:sticky md:top-0 md:flex md:h-dvh md:flex-col md:overflow-y-auto md:border-r md:border-line md:px-4 md:pb-4
""")
MAIN = "mx-auto w-full px-4 pt-6 pb-[8.5rem] outline-none sm:px-6 md:pt-10 md:pb-16"
HEADING = "text-[min(1.65rem,12vw)] font-semibold break-words leading-tight tracking-tight outline-none sm:text-[2rem]"

VIEWING = _classes("""
    sticky top-0 z-10 mb-6 flex flex-wrap items-center gap-x-4 gap-y-3 rounded border border-caution bg-caution-soft p-4
    text-ink
""")
HEADER = _classes("""
    flex min-h-target flex-wrap items-center gap-x-2 border-b border-line bg-card py-1 pr-1 pl-4 sm:pl-6 sm:pr-3
    md:gap-y-2 md:border-0 md:bg-transparent md:px-3 md:pt-8 md:pb-5
""")
BRAND = "hidden min-w-0 grow basis-3/5 text-lg leading-tight font-semibold md:block"
SHORT_BRAND = "min-w-0 grow basis-[2.5em] truncate font-semibold md:hidden"
SIGNS = "flex shrink-0 items-center gap-1 empty:hidden md:-ml-2 md:basis-full"
TOOLS = "flex items-center md:hidden"
_QUIET = _classes("""
    inline-flex min-h-target min-w-target cursor-pointer items-center gap-3 rounded-small font-semibold text-ink-soft
    hover:bg-sunk hover:text-ink
""")


def quiet(*, wide: bool) -> str:
    """Return the classes of a way out: a whole line in the column on a screen, as small as it goes on a phone."""
    return f"{_QUIET} w-full px-3" if wide else f"{_QUIET} justify-center px-2"


SWITCH = _classes("""
    flex min-h-target w-full max-w-column cursor-pointer items-center gap-3 rounded border border-line-strong bg-card
    px-4 py-2 hover:bg-sunk
""")
SWITCH_LIST = _classes("""
    inset-x-0 top-auto bottom-0 m-0 max-h-[70dvh] w-full overflow-y-auto rounded-t border border-line bg-card p-2 pb-6
    text-ink shadow backdrop:bg-shade
    md:inset-x-auto md:top-36 md:bottom-auto md:left-4 md:w-80 md:rounded md:pb-2 md:backdrop:bg-transparent
""")
PERSON = _classes("""
    flex min-h-target items-center gap-3 rounded-small px-3 py-2 text-ink hover:bg-sunk
    aria-[current=true]:bg-accent-soft
""")

NAVIGATION = _classes("""
    fixed inset-x-0 bottom-0 z-20 border-t border-line bg-card px-1 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))]
    md:static md:grow md:border-0 md:bg-transparent md:p-0
""")
NAVIGATION_LIST = _classes("""
    group/bar flex flex-wrap justify-around gap-x-0.5 md:flex-col md:flex-nowrap md:justify-start md:gap-1
""")
NAVIGATION_LINK = _classes("""
    flex min-h-target flex-col items-center justify-center gap-0.5 rounded-small px-1 py-1 text-[0.8125rem]
    max-[419px]:group-has-[li:nth-child(6)]/bar:px-0 max-[419px]:group-has-[li:nth-child(6)]/bar:text-[0.6875rem]
    text-ink-soft hover:text-ink aria-[current=page]:font-semibold aria-[current=page]:text-accent-strong
    md:flex-row md:justify-start md:gap-3 md:px-3 md:py-2 md:text-base md:hover:bg-sunk
    md:aria-[current=page]:bg-accent-soft
""")
