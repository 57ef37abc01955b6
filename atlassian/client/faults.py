"""Turns what went wrong on the way out into our errors."""

from dataclasses import fields

from okr import outgoing

from . import errors
from .errors import AtlassianError, StrangeServer

OURS: dict[type[outgoing.CallError], type[AtlassianError]] = {
    outgoing.BadAddress: errors.BadAddress,
    outgoing.AddressRefused: errors.AddressRefused,
    outgoing.PlainHttp: errors.PlainHttp,
    outgoing.ServerNotFound: errors.ServerNotFound,
    outgoing.TlsFailure: errors.TlsFailure,
    outgoing.TimedOut: errors.TimedOut,
    outgoing.Unavailable: errors.Unavailable,
    outgoing.BrokenAnswer: errors.BrokenAnswer,
}


def translate(error: outgoing.CallError, stranger: type[StrangeServer]) -> AtlassianError:
    """`stranger` is what a server is called that does not even speak HTTP."""
    facts = {part.name: getattr(error, part.name) for part in fields(error)}
    kind = stranger if isinstance(error, outgoing.NotHttp) else OURS[type(error)]
    return kind(**facts)
