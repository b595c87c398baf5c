"""Patient numbers that the practice gives itself."""


def free_number(taken: set[str]) -> str:
    """The next patient number that nobody has."""
    number = len(taken) + 1
    while str(number) in taken:
        number += 1
    return str(number)
