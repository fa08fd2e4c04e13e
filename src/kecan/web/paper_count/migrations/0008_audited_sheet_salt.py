from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("paper_count", "0007_restart"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditedsheet",
            name="salt",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
    ]
