"""A surface with a pole as a learner sees it: triangles in space, a point beyond the heights, the plane's equation."""

from explorer.expression import parse
from explorer.figures.surface.scene import surface_scene
from explorer.numeric import Window
from tests.browser.chromium import Screen
from tests.browser.stage import stage

__all__ = ["stage"]

SURFACE = """() => {
  const graph = document.querySelector('[data-panel="surface"] .live-panel__graph');
  const { type, x, i, j, k } = graph._fullData[0];
  const { cells } = graph._fullLayout.scene._scene.glplot.objects.find((object) => object.cells);
  return [type, x.length, i.length, Math.max(...i, ...j, ...k), cells.length];
}"""


def test_a_surface_with_a_pole_is_drawn_and_its_equation_is_in_nobodys_way(stage):
    f = parse("1/(x^2+y^2-1)", ("x", "y"))
    square = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
    figure = stage(surface_scene(f, square, (1.004, 0.0)), screen=Screen(1280, 720))
    kind, places, triangles, last, drawn = figure.page.evaluate(SURFACE)
    assert kind == "mesh3d"
    assert last == places - 1
    assert drawn == triangles > 5000
    assert figure.sentence().startswith("The surface is above the heights shown here")
    figure.page.locator('[data-toggle="plane"]').click()
    figure.frame()
    plane, normal, height, panel = (
        figure.page.locator(place).bounding_box()
        for place in ("[data-readout=plane]", "[data-readout=normal]", "[data-readout=f]", "[data-panel=pad]")
    )
    assert plane
    assert normal
    assert height
    assert panel
    assert plane["x"] + plane["width"] < normal["x"]
    assert height["y"] + height["height"] <= panel["y"]
    assert panel["y"] + panel["height"] <= min(plane["y"], normal["y"])
    assert max(one["y"] + one["height"] for one in (plane, normal)) <= 720
