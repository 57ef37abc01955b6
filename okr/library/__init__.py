"""Objectives to begin from: those that come with the product, and the company's own."""

from okr.library.blueprint import Blueprint, find, gallery, shipped

__all__ = ["Blueprint", "find", "gallery", "shipped"]
