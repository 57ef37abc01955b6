"""What of SCIM's users and groups is kept here, and how strictly a directory is read."""

from typing import Annotated, Any

from pydantic import Field
from scim2_models import (
    URN,
    AnyExtension,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    Filter,
    Mutability,
    Pagination,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

USUAL, MOST = 100, 200
LARGEST_BODY = 1_000_000  # bytes
STORABLE = r"^[^\x00]*$"
ExternalId = Annotated[str | None, CaseExact.true]


class Name(ComplexAttribute):
    family_name: str | None = Field(None, max_length=120, pattern=STORABLE)
    given_name: str | None = Field(None, max_length=120, pattern=STORABLE)


class Email(ComplexAttribute):
    value: Annotated[str | None, Required.true] = None
    type: str | None = Field(None, examples=["work"])
    primary: bool | None = None


class Membership(ComplexAttribute):
    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    ref: Annotated[Reference["Group"] | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    display: Annotated[str | None, Mutability.read_only] = None


class User(Resource[AnyExtension]):
    """A person. The e-mail address is what they sign in with; one is kept."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    external_id: ExternalId = Field(None, max_length=255, pattern=STORABLE)
    user_name: Annotated[str | None, Uniqueness.server, Required.true] = Field(
        None, max_length=254, pattern=STORABLE
    )
    name: Name | None = None
    display_name: str | None = None
    title: str | None = None
    active: bool | None = None
    emails: Annotated[list[Email] | None, Required.true] = None
    groups: Annotated[list[Membership] | None, Mutability.read_only] = None


class Superior(ComplexAttribute):
    value: Annotated[str | None, CaseExact.true] = None
    ref: Reference["User"] | None = Field(  # type: ignore[type-arg]
        None, serialization_alias="$ref", validation_alias="$ref"
    )


class EnterpriseUser(Extension):
    """`department` names the person's unit, `manager` who they report to."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    department: str | None = Field(None, pattern=STORABLE)
    manager: Superior | None = None


class Member(ComplexAttribute):
    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    ref: Annotated[Reference["User"] | None, Mutability.immutable] = Field(  # type: ignore[type-arg]
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])


class Group(Resource[Any]):
    """A unit, with the people directly in it."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    external_id: ExternalId = Field(None, max_length=255, pattern=STORABLE)
    display_name: Annotated[str | None, Required.true] = None
    members: list[Member] | None = None


def of(message: Any, model: Any) -> Any:
    """A message about one kind of resource; its parameter is only known when it runs."""
    return message[model]


FullUser = User[EnterpriseUser]
POLICY = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
"""Directories send far more than is kept here, and Microsoft's has ways of its own."""
CONFIG = ServiceProviderConfig(
    patch=Patch(supported=True),
    bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
    filter=Filter(supported=True, max_results=MOST),
    change_password=ChangePassword(supported=False),
    sort=Sort(supported=True),
    etag=ETag(supported=True),
    pagination=Pagination(cursor=False, index=True, default_page_size=USUAL, max_page_size=MOST),
    authentication_schemes=[
        AuthenticationScheme(
            type=AuthenticationScheme.Type.oauthbearertoken,
            name="Bearer token",
            description="A token made under OKR Admin › Provisioning.",
            primary=True,
        )
    ],
)
PROVIDER = ScimProvider(
    models=[User, EnterpriseUser, Group],
    resource_types=[ResourceType.from_resource(FullUser), ResourceType.from_resource(Group)],
    config=CONFIG,
    policy=POLICY,
)
