"""A compositor that asks fewer widgets what they look like."""

# Textual 8.x: asks all of a key's frame whose clip is touched, which is nearly every pane of a screen,
# and those that are wholly covered; a fifth of the time from a key to its first byte. All here leans
# on what is private there: `_get_renders`, and that screens keep their compositor in `_compositor`.

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip


class NarrowCompositor(Compositor):
    """Paints a region from the widgets that are seen in it."""

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        # From the foremost to the one at the back, each opaque.
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and (crop is None or crop.overlaps(seen)):
                yield region, clip, widget.render_lines(seen.translate(-region.offset))
                if crop and seen.contains_region(crop):
                    return


def narrow(screen: Screen[None]) -> None:
    """Have a screen that was just made paint so."""
    screen._compositor = NarrowCompositor()
