"""Whether there is room for what is on a page: nothing beside the window, no control on another or out of reach."""

from playwright.sync_api import Page

# A control is in reach when a finger on its middle meets it, once it is scrolled to where nothing fixed lies upon it.
# Left out: what only a screen reader meets (clipped away, one pixel wide), and what shows only with the focus on it.
_CROWDED = """() => {
    const root = document.documentElement, found = [];
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide`);
    const clipped = (one) => {
        for (let box = one; box; box = box.parentElement) if (getComputedStyle(box).clipPath !== "none") return true;
        return false;
    };
    const named = (one) => {
        const words = one.getAttribute("aria-label") || one.innerText || one.name || one.id;
        return `${one.tagName.toLowerCase()} "${words.trim().slice(0, 40)}"`;
    };
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((one) => {
        const box = one.getBoundingClientRect();
        const shown = one.checkVisibility({ visibilityProperty: true }) && box.width > 2 && box.height > 2;
        return shown && !clipped(one) && !(getComputedStyle(one).position === "fixed" && box.bottom <= 0);
    });
    for (const one of all) {
        one.scrollIntoView({ block: "center", inline: "nearest" });
        const target = one.closest("label") ?? one, box = target.getBoundingClientRect();
        if (box.left < -1 || box.right > root.clientWidth + 1) found.push(`${named(one)} is beside the window`);
        const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        if (!hit || !(target.contains(hit) || hit.contains(target))) found.push(`${named(one)} is out of reach`);
    }
    const boxes = all.map((one) => [one, one.closest("label"), one.getBoundingClientRect()]);
    const fixed = (one) => Boolean(one.closest("nav, .sticky, .fixed, .pf-strip"));
    boxes.forEach(([one, label, a], place) => boxes.slice(place + 1).forEach(([other, its, b]) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide <= 2 || high <= 2 || fixed(one) !== fixed(other) || one.contains(other) || other.contains(one)) return;
        if (!label || label !== its) found.push(`${named(one)} lies upon ${named(other)}`);
    }));
    window.scrollTo(0, 0);
    return found;
}"""


def crowding(page: Page, place: str) -> list[str]:
    """Return what has no room on a page, in lines that begin with the name of the place."""
    return [f"{place}: {line}" for line in page.evaluate(_CROWDED)]
