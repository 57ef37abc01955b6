"""The groups of an organization or a site, and who is in them."""

from django.db import models

from atlassian_accounts.models.account import Account
from atlassian_accounts.models.connection import OrganizationConnection


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
    """What an account may use. `last_active` is empty where it never did."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="products")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=255)
    url = models.CharField(max_length=300, blank=True)
    last_active = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "url", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "key", "url"], name="a_product_once")
        ]

    def __str__(self) -> str:
        return self.name
