from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("paper_count", "0006_ruling_salt"),
    ]

    operations = [
        migrations.AddField(
            model_name="scancount",
            name="must_be_keyed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="scancount",
            name="restart_asked_by",
            field=models.CharField(blank=True, default="", max_length=150),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="scancount",
            name="restart_reason",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
