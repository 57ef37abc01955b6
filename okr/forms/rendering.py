"""Renders every form of the product from our own templates."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    form_template_name = "okr/forms/form.html"
    field_template_name = "okr/forms/field.html"
