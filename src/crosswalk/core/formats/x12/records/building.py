"""How a record is made: frozen for whoever holds it, and made in a third of the time that freezing usually costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import Any, NamedTuple, TypeVar, cast, dataclass_transform

R = TypeVar("R")


class Kept(NamedTuple):
    """A segment that the record does not model (wholly), at its place, to be written back.

    `place` counts the segments of the record as received, its first segment being 0. `elements` are as received
    (components still joined by the file's own sign). With `instead`, the record models this segment in part:
    a writer takes its own elements and fills from here those that the record does not hold.
    """

    place: int
    elements: tuple[str, ...]
    instead: bool = False


class Unread:
    """A record may be made before it is read: then it holds its text, and reads it when somebody first asks."""

    __slots__ = ("_unread",)


#: The function and arguments of a record that is not read yet; AttributeError when it is.
text_of = Unread.__dict__["_unread"].__get__


@dataclass_transform(frozen_default=True)
def record(kind: type[R]) -> type[R]:
    """A frozen dataclass with slots.

    A slot that its maker left empty answers with the field's default; a record made by `unread` fills its slots
    from its text at the first question. Neither can be seen from outside: equality, `replace` and `asdict` ask.
    """
    made: Any = dataclass(frozen=True, slots=True)(type(kind.__name__, (Unread,), _body(kind)))
    defaults = {field.name: field.default for field in fields(made) if field.default is not MISSING}

    def unset(self: Any, name: str) -> Any:
        try:
            told = text_of(self)
        except AttributeError:
            if name in defaults:
                return defaults[name]
        else:
            if name in made.__dataclass_fields__:
                whole = told[0](*told[1:])
                for field in fields(made):
                    object.__setattr__(self, field.name, getattr(whole, field.name))
                object.__delattr__(self, "_unread")
                return getattr(self, name)
        raise AttributeError(f"{type(self).__name__} has no {name}") from None

    made.__getattr__ = unset
    return cast("type[R]", made)


def _body(kind: type) -> dict[str, Any]:
    """What the class statement said, without what Python itself added for an ordinary class."""
    return {name: said for name, said in vars(kind).items() if name not in ("__dict__", "__weakref__")}


def draft(kind: type[R], *names: str) -> Callable[..., R]:
    """A maker of `kind` from the named fields (all, when none is named), by position, at a fifth of the usual cost.

    A frozen dataclass sets each field through `object.__setattr__`, and all of them. The maker fills a plain class
    with the same slots, only what is named, and then turns that into the frozen class, whose layout in memory is
    the same. `draft(Claim, "id")("A1") == Claim("A1")`.
    """
    return _maker(kind, names or tuple(field.name for field in fields(kind)))  # type: ignore[arg-type]


def unread(kind: type[R]) -> Callable[[tuple[Any, ...]], R]:
    """A maker of a `kind` that is read later: it takes (function, arguments …), which give the record when asked."""
    return _maker(kind, ("_unread",))


def _maker(kind: type[R], names: tuple[str, ...]) -> Callable[..., R]:
    slots = ", ".join(repr(field.name) for field in fields(kind))  # type: ignore[arg-type]
    text = (
        f"class Draft(Unread):\n    __slots__ = ({slots},)\n"
        f"def make({', '.join(names)}):\n    made = Draft()\n"
        + "".join(f"    made.{name} = {name}\n" for name in names)
        + "    made.__class__ = _kind\n    return made\n"
    )
    scope: dict[str, Any] = {"_kind": kind, "Unread": Unread}
    exec(text, scope)  # as `dataclasses` itself does it; the names are those of our own fields
    maker: Callable[..., R] = scope["make"]
    return maker
