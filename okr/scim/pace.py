"""How much a directory may send a minute: as many requests as a token of the API, counted apart."""

from rest_framework.request import Request

from okr.api.pace import Paced


class DirectoryPace(Paced):
    def who(self, request: Request) -> str:
        return f"directory.{request.auth.pk}"
