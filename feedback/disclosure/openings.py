"""How often codes were opened, as it may be said to everybody.

A code that was opened is about one child. That it happened is owed to all who were promised that it is rare; where and
when must not lead to the child. So: of all areas a number for each month, as long as several areas could have had one;
of one area only whether it was fewer than five in a quarter, nought among them. Our own rule (decision 41); it is
stricter than that for figures (`rules`), because who is counted here was not safe.
"""

from __future__ import annotations

# With fewer areas the number of all would be that of one or two.
AREAS_FOR_A_NUMBER = 5
FEW, SEVERAL, MANY = "fewer than five", "five to nine", "ten or more"


def said_of_area(opened: int) -> str:
    """What is said of one area and one quarter in which so many codes were opened."""
    if opened < 5:
        return FEW
    return SEVERAL if opened < 10 else MANY


def said_of_all(opened: int, *, areas: int) -> str:
    """What is said of one month in which so many codes were opened in so many areas that asked under this promise."""
    if areas < AREAS_FOR_A_NUMBER:
        return said_of_area(opened)
    return "none" if opened == 0 else str(opened)
