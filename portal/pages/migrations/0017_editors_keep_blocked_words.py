"""Let whoever edits or reviews pages keep the words that the search does not suggest, and take one away again."""

from django.db import migrations

from portal.pages.migrations._rights import editors_keep


class Migration(migrations.Migration):
    dependencies = [("portal_pages", "0016_editors_keep_synonyms"), ("search", "0004_counts_and_blocked_words")]
    operations = [editors_keep("search", "blockedword", "搜索屏蔽词")]
