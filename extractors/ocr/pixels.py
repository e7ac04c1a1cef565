"""Pictures as arrays. Rows come first; grey values run from 0 (black) to 255 (paper)."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

# Their types say less than their names: OpenCV returns arrays of any number.
Colour = NDArray[Any]  # height x width x 3 bytes: red, green, blue
Grey = NDArray[Any]  # height x width bytes
Mask = NDArray[Any]  # height x width bytes: 255 where something is, else 0
Matrix = NDArray[Any]  # 3 x 3, from the pixels of one picture to those of another
