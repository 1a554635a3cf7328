"""Let whoever edits or reviews pages say what is recommended for a query, and take it away again."""

from django.db import migrations

from portal.pages.migrations._rights import editors_keep


class Migration(migrations.Migration):
    dependencies = [("portal_pages", "0017_editors_keep_blocked_words"), ("search", "0006_promotions")]
    operations = [editors_keep("search", "promotion", "推荐结果")]
