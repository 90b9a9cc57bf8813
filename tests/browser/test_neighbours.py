"""One learner opens the dearest formulas that are known while another drags: the other is answered all the same."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit

DEAREST = (
    ("tangent", "{x^x/x>=170x^2: x, 5^tan(x^2)}"),
    ("tangent", "max((floor(7(x^2)))/(sec(2(x-1))),(10)+(2(x)))"),
    ("partial_derivatives", "sin(50x)"),
    ("partial_derivatives", "sin(1E10 x y)"),
)


def test_a_release_is_answered_while_a_neighbour_opens_the_dearest_formulas(visit: Visit) -> None:
    """The neighbour's figures are left out: what is tried is the server, not two browsers on one machine."""
    figure = visit.figure("tangent", f="x^2", x0=1)
    neighbour = visit.context()
    neighbour.route(
        "**/app/static/*.js",
        lambda route: route.fulfill(content_type="text/javascript", body="export function mount() {}"),
    )
    opened = []
    for path, f in DEAREST:
        page = neighbour.new_page()
        page.goto(visit.server.url(path, f=f), wait_until="commit")
        opened.append(page)
    for _ in range(3):
        figure.drag(figure.handle("x0"), -30, moves=4)
    for page in opened:
        expect(page.get_by_text("is obtained").first).to_be_visible()
        expect(page.locator('[data-testid="stException"]')).to_have_count(0)
