"""Column letters as spreadsheets show them: A to Z, then AA, AB and on."""


def column_letter(index: int) -> str:
    """Give the letter of the column at this place, counted from 0."""
    letters = ""
    place = index + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
