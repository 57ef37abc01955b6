"""Turns what went wrong on the way out into our errors."""

from dataclasses import fields

from okr import outgoing

from . import errors
from .errors import JiraError

OURS: dict[type[outgoing.CallError], type[JiraError]] = {
    outgoing.BadAddress: errors.BadAddress,
    outgoing.AddressRefused: errors.AddressRefused,
    outgoing.PlainHttp: errors.PlainHttp,
    outgoing.ServerNotFound: errors.ServerNotFound,
    outgoing.TlsFailure: errors.TlsFailure,
    outgoing.TimedOut: errors.TimedOut,
    outgoing.Unavailable: errors.Unavailable,
    outgoing.NotHttp: errors.NotJira,
    outgoing.BrokenAnswer: errors.BrokenAnswer,
}


def translate(error: outgoing.CallError) -> JiraError:
    facts = {part.name: getattr(error, part.name) for part in fields(error)}
    return OURS[type(error)](**facts)
