"""Conferences planned by older versions get the rules those did not freeze."""

from django.db import migrations

from kecan.web.conferences.rules import with_rules_of_pack


def fill(apps, schema_editor):
    conferences = apps.get_model("conferences", "Conference").objects
    for one in conferences.select_related("round").order_by("pk").iterator():
        filled = with_rules_of_pack(one.rules, chain_key=one.round.chain_template)
        if filled != one.rules:
            one.rules = filled
            one.save(update_fields=["rules"])


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0003_scanned_count"),
        ("plans", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
