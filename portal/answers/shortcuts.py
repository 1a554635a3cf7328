"""The desk's keys, in words: for Wagtail's dialog of shortcuts, and for the page that stands in for it without script.

The keys themselves stand in the templates as `data-key`; a test compares the two. A key moves the focus, it
takes no step: an acceptance cannot be undone, so it wants Enter as well.
"""

from django.utils.translation import gettext_lazy as _

QUEUE = (
    ("j", _("下一个问题")),
    ("k", _("上一个问题")),
    ("Enter", _("打开")),
    ("x", _("勾选，或取消勾选")),
    ("/", _("输入编号或标题来筛选")),
)
CASE = (
    ("a", _("到“受理”，再按 Enter")),
    ("d", _("写答复稿")),
    ("s", _("到“送审”或“签发”，再按 Enter")),
    ("n", _("写内部备注")),
    ("q", _("回到问题队列")),
)
GROUPS = ((_("问题队列"), QUEUE), (_("问题页"), CASE))
