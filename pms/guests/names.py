"""How a guest is called on lists, wherever the parts of the name come from."""


def list_name(surname: str, given: str, name_zh: str) -> str:
    """`Fischer, Anna`, `Zhao Lei 赵磊`: surname first, no comma where Chinese stands beside it."""
    return (" " if name_zh else ", ").join(part for part in (surname, given, name_zh) if part)
