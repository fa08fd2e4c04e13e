from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("paper_count", "0005_dice_of_two"),
    ]

    operations = [
        migrations.AddField(
            model_name="sheetruling",
            name="salt",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
    ]
