"""A page's links as its figure shows them, each opened for the first time: a tenth of what a visit by a browser costs.

The server is asked by a learner without a browser; what it sends is played in a bare page. What Streamlit puts around
the figure is not drawn, but it is heard: `Listener.said`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.browser.conftest import Visit
from tests.browser.listener import Listener, listened
from tests.browser.stage import Stage


def played_links(
    visit: Visit, stage: Callable[..., Stage], path: str, queries: Sequence[Mapping[str, object]]
) -> Iterator[tuple[Stage, Listener]]:
    """One link after another in the same page, with the learner to whom it was sent."""
    figure: Stage | None = None
    for listener in listened(visit.server.port, path, queries):
        query = f"?{listener.query}"
        if figure is None:
            figure = stage(listener.scene, query=query)
        else:
            figure.play(listener.scene, query)
        yield figure, listener
