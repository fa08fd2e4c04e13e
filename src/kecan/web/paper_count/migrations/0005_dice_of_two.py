from django.db import migrations, models


class Migration(migrations.Migration):
    """One member entered the dice of older audits, and they were drawn at once."""

    dependencies = [
        ("paper_count", "0004_audit_looks"),
    ]

    operations = [
        migrations.AddField(
            model_name="paperaudit",
            name="entered_by",
            field=models.CharField(default="kecan", max_length=150),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="paperaudit",
            name="confirmed_by",
            field=models.CharField(default="kecan", max_length=150),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="paperaudit",
            name="confirmed_by",
            field=models.CharField(blank=True, max_length=150),
        ),
    ]
