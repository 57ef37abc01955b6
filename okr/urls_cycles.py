"""The addresses of cycles, and of the end of what is in them."""

from django.urls import path

from okr.views import carrying, closing, closures, cycles

OBJECTIVE = "objectives/<int:pk>/"
CYCLE = "okr-admin/cycles/<int:pk>/"

pages = [
    path("okr-admin/cycles/", cycles.cycles, name="cycles"),
    path("okr-admin/cycles/new/", cycles.new, name="cycle_new"),
    path("okr-admin/cycles/generate/", cycles.generate, name="cycles_generate"),
    path(f"{CYCLE}edit/", cycles.edit, name="cycle_edit"),
    path(f"{CYCLE}delete/", cycles.delete, name="cycle_delete"),
    path(f"{CYCLE}close/", closing.close, name="cycle_close"),
    path(f"{CYCLE}close/confirm/", closing.confirm, name="cycle_close_confirm"),
    path(f"{CYCLE}remind/", closing.remind, name="cycle_remind"),
    path(f"{CYCLE}carry/", carrying.carry, name="cycle_carry"),
    path(f"{CYCLE}reopen/", closing.reopen, name="cycle_reopen"),
    path(f"{OBJECTIVE}closure/", closures.closure, name="closure"),
    path(f"{OBJECTIVE}closure/reopen/", closures.reopen, name="reopen"),
    path(f"{OBJECTIVE}review/", closures.review, name="review"),
]
