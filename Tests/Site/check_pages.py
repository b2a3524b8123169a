"""Opens generated pages in Debian's Chromium from file://, as readers do, and says what is wrong with them.

For each page: 320 and 1280 pixels wide, light and dark, with and without JavaScript, nothing may leave for the network,
no error may reach the console, no picture may be broken and nothing may be wider than the window. axe must find
nothing serious against WCAG 2.2 AA, in both schemes, where it judges the contrast of each look of text once; the first
stop of the Tab key is the link that skips to the content; in print every folded part is open and navigation is gone. On
the page of a comparison the pictures are laid over each other by keyboard and by mouse.

    check_pages.py PAGE.html …
"""

import concurrent.futures
import itertools
import pathlib
import sys
import time

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# In seconds: what takes longer hangs, on however busy a machine.
PATIENCE = 1800
# Tables have thousands of cells that look alike, and a millisecond goes into the contrast of each: of elements without
# elements in them, whose text and all that lies behind it have the same style, those after the first are marked as seen.
MARK_REPEATED_LOOKS = """() => {
    const properties = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow",
        "position", "display", "visibility", "filter", "mixBlendMode"];
    const numbers = new Map(), looks = new Map();
    const look = element => {
        if (!element) return 0;
        if (!looks.has(element)) {
            const style = getComputedStyle(element);
            const beside = ["::before", "::after"].map(part => getComputedStyle(element, part).content);
            const key = [look(element.parentElement), ...properties.map(name => style[name]), ...beside].join("|");
            if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
            looks.set(element, numbers.get(key));
        }
        return looks.get(element);
    };
    const seen = new Set();
    for (const element of document.body.querySelectorAll("*")) {
        if (element.children.length > 0 || element.closest("svg")) continue;
        if (seen.has(look(element))) element.dataset.seen = ""; else seen.add(look(element));
    }
}"""
AXE = AXE_SCRIPT + ";axe.configure({rules: [{id: 'color-contrast', selector: ':not([data-seen])'}]});"
problems = []


def say(page, what):
    problems.append(f"{page}: {what}")


def open_page(browser, path, width, scheme, scripts):
    """A page that has been looked at to its end, with everything that it asked for and complained of."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
    )
    context.set_offline(True)
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    where = f"{path} ({width} px, {'with' if scripts else 'without'} JavaScript)"
    page.on("request", lambda request: request.url.startswith(("file:", "data:")) or say(where, f"asks for {request.url}"))
    page.on("requestfailed", lambda request: say(where, f"cannot load {request.url}"))
    page.on("console", lambda message: message.type in ("error", "warning") and say(where, f"console: {message.text}"))
    page.on("pageerror", lambda error: say(where, f"error: {error}"))
    page.goto(path.as_uri())
    # Pictures that load when they come into sight.
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    return context, page, where


def wait_for_pictures(page, where):
    # Asked again and again, because the page cannot wait by itself without JavaScript.
    end = time.monotonic() + PATIENCE
    while not page.evaluate("[...document.images].every(image => image.complete)"):
        if time.monotonic() > end:
            say(where, "has pictures that never load")
            break
        page.wait_for_timeout(20)


def check_layout(page, where):
    wait_for_pictures(page, where)
    broken = page.evaluate("[...document.images].filter(i => i.complete && i.naturalWidth === 0).map(i => i.src)")
    for source in broken:
        say(where, f"broken picture {source}")
    if page.evaluate("document.images.length") == 0 and "history" not in where:
        say(where, "has no picture")
    excess = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if excess > 0:
        say(where, f"is {excess} px wider than the window")


def check_accessibility(page, where, scheme):
    # Folded parts count as well. Without preload axe itself asks for nothing. Schemes differ in their colours alone.
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    page.evaluate(MARK_REPEATED_LOOKS)
    rules = {"type": "tag", "values": RULES} if scheme == "light" else {"type": "rule", "values": ["color-contrast"]}
    results = Axe(AXE).run(page, options={"runOnly": rules, "preload": False, "resultTypes": ["violations"]}).response
    for violation in results["violations"]:
        if violation["impact"] in ("serious", "critical"):
            place = violation["nodes"][0]["target"]
            say(where, f"axe: {violation['id']} ({violation['impact']}, {len(violation['nodes'])} times), such as {place}")


def check_keyboard(page, where):
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.className")
    if focused != "skip":
        say(where, f"the first stop of Tab is not the link that skips to the content but '{focused}'")
    box = page.evaluate("(() => { const b = document.activeElement.getBoundingClientRect(); return [b.top, b.height]; })()")
    if box[0] < 0 or box[1] == 0:
        say(where, "the link that skips to the content is not to be seen when it has the focus")


def check_print(page, where):
    page.emulate_media(media="print")
    # What is folded away is shown with the next picture of the page, however late that comes.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    hidden = page.evaluate(
        """[...document.querySelectorAll('details > :not(summary)')]
           .filter(part => part.checkVisibility && !part.checkVisibility({contentVisibilityAuto: true}))
           .filter(part => !part.closest('.compare-controls')).length"""
    )
    if hidden:
        say(where, f"{hidden} folded parts are not printed")
    if page.evaluate("[...document.querySelectorAll('nav')].some(nav => nav.offsetHeight > 0)"):
        say(where, "navigation is printed")
    if len(page.pdf(format="A4")) < 10_000:
        say(where, "prints to an empty PDF")
    page.emulate_media(media="screen")


def check_comparison(page, where):
    """Overlay and swipe, by keyboard and by mouse."""
    compare = page.locator(".compare").first
    after = compare.locator(".compare-after")
    compare.get_by_label("Side by side").focus()
    page.keyboard.press("ArrowRight")
    if after.evaluate("e => getComputedStyle(e).opacity") != "0.5":
        say(where, "overlay by keyboard does not show both pictures by half")
    compare.locator("input[type=range]").focus()
    page.keyboard.press("End")
    if after.evaluate("e => getComputedStyle(e).opacity") != "1":
        say(where, "the keyboard does not move the share of the overlay")
    compare.get_by_label("Swipe").check()
    page.keyboard.press("Tab")
    before = compare.locator(".compare-before")
    before.scroll_into_view_if_needed()
    box = before.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + 40, steps=5)
    page.mouse.up()
    clip = after.evaluate("e => getComputedStyle(e).clipPath")
    if "25%" not in clip:
        say(where, f"swiping to a quarter of the picture gives the clip path {clip}")
    heights = [before.bounding_box()["y"], after.bounding_box()["y"]]
    if abs(heights[0] - heights[1]) > 1:
        say(where, "the pictures do not lie over each other")


def work_with(page, where, scheme):
    check_layout(page, where)
    check_keyboard(page, where)
    if scheme == "light":
        check_print(page, where)
    if page.locator(".compare").count():
        check_comparison(page, where)
    check_accessibility(page, where, scheme)


def look_at(name):
    """What is wrong with one page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        path = pathlib.Path(name).resolve()
        # A page that is worked with is opened afresh in each scheme, one that is looked at changes its scheme.
        for width, scripts in itertools.product((320, 1280), (True, False)):
            if scripts and width == 1280:
                for scheme in ("light", "dark"):
                    context, page, where = open_page(browser, path, width, scheme, scripts)
                    work_with(page, f"{where}, {scheme}", scheme)
                    context.close()
                continue
            context, page, where = open_page(browser, path, width, "light", scripts)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                check_layout(page, f"{where}, {scheme}")
            if not scripts and page.locator(".compare").count():
                sides = page.locator(".compare").first.locator("img")
                if sides.count() != 2 or not all(sides.nth(i).is_visible() for i in range(2)):
                    say(where, "without JavaScript both pictures are not to be seen")
            context.close()
        browser.close()
    return problems


def main(names):
    found = False
    with concurrent.futures.ProcessPoolExecutor(max_tasks_per_child=1) as pool:
        for name, wrong in zip(names, pool.map(look_at, names)):
            print(f"looked at {name}: {'nothing is wrong' if not wrong else ''}")
            for problem in wrong:
                print(problem, file=sys.stderr)
                found = True
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
