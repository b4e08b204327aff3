"""The strokes everything on paper is drawn with: words, rules, boxes, dots.

Measures are points; `down` counts from the top edge, as one reads, and is turned round here only. Words and rules are
written as PDF operators, because ReportLab's own text objects took four times as long for a table of 10,000 rows.
"""

from __future__ import annotations

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfgen.canvas import Canvas

from pms.reporting import fonts

rl_config.useA85 = 0  # the streams are compressed; making text of them again costs time and a quarter more bytes


def rgb(colour: str) -> str:
    """The operands of a colour such as `16211F`."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (0, 2, 4))


INK, INK_2, INK_3 = rgb("16211F"), rgb("465350"), rgb("5F6C68")
BAND, LINE, STAY, WHITE = rgb("EDF1EF"), rgb("9AA5A1"), rgb("1D5CA8"), rgb("FFFFFF")


class Pen:
    """Draws on the current page of a canvas. `letters` collects the letters no face has."""

    def __init__(self, canvas: Canvas, width: float, height: float) -> None:
        self.canvas = canvas
        self.width, self.height = width, height
        self.letters: set[str] = set()
        self._encoded: dict[tuple[str, bool, float], str] = {}

    def text(self, x: float, down: float, words: str, size: float, *, bold: bool = False, colour: str = INK) -> float:
        """Draw `words` with their left end at x, on the line `down`; returns where they end."""
        if not words:
            return x
        shown = self._encoded.get((words, bold, size)) or self._encode(words, bold, size)
        self.canvas.addLiteral(f"BT {colour} rg 1 0 0 1 {x:.2f} {self.height - down:.2f} Tm {shown} ET")
        return x + fonts.width(words, bold, size)

    def _encode(self, words: str, bold: bool, size: float) -> str:
        """The operators that choose the faces' subsets and show the words."""
        self.letters |= fonts.missing(words)
        document, shown = self.canvas._doc, []
        for name, piece in fonts.pieces(words, bold):
            face = fonts.face(name)
            for subset, codes in face.splitString(piece, document):
                shown.append(f"{face.getSubsetInternalName(subset, document)} {size} Tf ({escapePDF(codes)}) Tj")
        self._encoded[words, bold, size] = " ".join(shown)
        return self._encoded[words, bold, size]

    def text_right(
        self, x: float, down: float, words: str, size: float, *, bold: bool = False, colour: str = INK
    ) -> float:
        """Draw `words` so that they end at x; returns where they begin."""
        start = x - fonts.width(words, bold, size)
        self.text(start, down, words, size, bold=bold, colour=colour)
        return start

    def text_centred(
        self, x: float, down: float, words: str, size: float, *, bold: bool = False, colour: str = INK
    ) -> None:
        self.text(x - fonts.width(words, bold, size) / 2, down, words, size, bold=bold, colour=colour)

    def level(self, x1: float, x2: float, down: float, weight: float, colour: str = INK) -> None:
        """A level line."""
        self._line(x1, x2, down, down, weight, colour)

    def upright(self, x: float, top: float, down: float, weight: float, colour: str = LINE) -> None:
        self._line(x, x, top, down, weight, colour)

    def _line(self, x1: float, x2: float, top: float, down: float, weight: float, colour: str) -> None:
        start, end = f"{x1:.2f} {self.height - top:.2f}", f"{x2:.2f} {self.height - down:.2f}"
        self.canvas.addLiteral(f"{weight} w {colour} RG {start} m {end} l S")

    def box(self, x: float, down: float, wide: float, high: float, fill: str) -> None:
        """A filled box whose upper left corner is (x, down)."""
        self.canvas.addLiteral(f"{fill} rg {x:.2f} {self.height - down - high:.2f} {wide:.2f} {high:.2f} re f")

    def frame(self, x: float, down: float, wide: float, high: float, weight: float, edge: str) -> None:
        """A white box with an edge."""
        place = f"{x:.2f} {self.height - down - high:.2f} {wide:.2f} {high:.2f}"
        self.canvas.addLiteral(f"{weight} w {edge} RG {WHITE} rg {place} re B")

    def dot(self, x: float, down: float, radius: float, *, edge: str = INK) -> None:
        """A black dot; with a white edge it is seen on a bar too."""
        self.canvas.addLiteral(f"0.8 w {edge} RG {INK} rg")
        self.canvas.circle(x, self.height - down, radius, stroke=1, fill=1)

    def plate(self, x: float, down: float, words: str, size: float) -> None:
        """White words on a black box: it survives a fax."""
        high = size * 1.4
        self.canvas.addLiteral(f"{INK} rg")
        wide = fonts.width(words, True, size) + 6
        self.canvas.roundRect(x, self.height - down - high, wide, high, 2, stroke=0, fill=1)
        self.text(x + 3, down + size * 1.06, words, size, bold=True, colour=WHITE)
