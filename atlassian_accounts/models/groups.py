"""The groups of an organization or a site, and who is in them."""

from django.db import models

from atlassian_accounts.models.account import Account
from atlassian_accounts.models.connection import OrganizationConnection

NAMES = {
    "jira-core": "Jira Work Management",
    "jira-software": "Jira",
    "jira-servicedesk": "Jira Service Management",
    "jira-product-discovery": "Jira Product Discovery",
    "confluence": "Confluence",
    "bitbucket": "Bitbucket",
    "trello": "Trello",
}


class AccountGroup(models.Model):
    connection = models.ForeignKey(
        OrganizationConnection, on_delete=models.CASCADE, related_name="groups"
    )
    group_id = models.CharField(max_length=128)
    name = models.CharField(max_length=255)
    seen_in = models.PositiveBigIntegerField(help_text="The reading that listed it last.")
    read_in = models.PositiveBigIntegerField(
        default=0, help_text="The reading that read all its members last."
    )
    accounts = models.ManyToManyField(Account, through="Membership", related_name="groups")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["connection", "group_id"], name="a_group_once")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    group = models.ForeignKey(AccountGroup, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    seen_in = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "account"], name="in_a_group_once")]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.group_id}"


class ProductUse(models.Model):
    """What an account has used; Atlassian tells nothing of products that were never used."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="products")
    key = models.CharField(max_length=80)
    resource = models.CharField(max_length=255, blank=True, help_text="Which site's.")
    last_active = models.DateTimeField(null=True)

    class Meta:
        ordering = ["key", "resource", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "key", "resource"], name="a_product_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return product_name(self.key)


def product_name(key: str) -> str:
    """As Atlassian calls it, as far as we know that."""
    return NAMES.get(key, key.replace("-", " ").capitalize())
