"""What the directory of offices tells everybody: hours and remit, in both languages, and the address in English."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal_accounts", "0005_reviewer")]
    operations = [
        migrations.AddField(
            model_name="office",
            name="address_en",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="英文地址"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="office",
            name="hours",
            field=models.CharField(
                blank=True,
                default="",
                help_text="例如：工作日 9:00—12:00，13:30—17:00。",
                max_length=120,
                verbose_name="办公时间",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="office",
            name="hours_en",
            field=models.CharField(blank=True, default="", max_length=160, verbose_name="英文办公时间"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="office",
            name="remit",
            field=models.TextField(
                blank=True,
                default="",
                help_text="公开在机构名录里：管什么、不管什么，用居民的话写。",
                max_length=500,
                verbose_name="职责",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="office",
            name="remit_en",
            field=models.TextField(blank=True, default="", max_length=1000, verbose_name="英文职责"),
            preserve_default=False,
        ),
    ]
