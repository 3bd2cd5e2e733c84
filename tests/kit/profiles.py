"""Rules of programmes, loaded once."""

from functools import cache

from programmes import loader
from programmes.loader import ProgrammeProfile


@cache
def profile_of(programme: str) -> ProgrammeProfile:
    return loader.load(programme)
