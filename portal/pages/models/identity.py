"""What an editor enters of who runs the site; whatever is blank comes from the environment."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.images import get_image_model_string

from portal.kernel.identity import Identity
from portal.pages.forms.identity import IdentityForm
from portal.pages.forms.recent_changes import RecentChangesPanel

# What a right value looks like, said where a wrong one was typed.
ADVICE: Mapping[str, Any] = {
    "site_code": _("网站标识码是 10 位数字或大写字母，例如 3302000001；部门网站的是 bm 加 8 位数字。"),
    "icp": _("请照备案写全：省份简称、ICP备、数字、号，例如 浙ICP备12345678号-1。"),
    "police": _("请照备案写全：省份简称、公网安备、14 位数字、号，例如 浙公网安备33010002000001号。"),
    "badge_address": _("请照标识证书填写，以 https://bszs.conac.cn/ 开头。"),
    "mistakes_address": _("请填完整的网址，以 https:// 开头。"),
    "hotline": _("请只填数字和连字符，3 到 15 位，例如 12345。"),
    "phone": _("请只填数字、空格和连字符，例如 0574-12345678。"),
    "email": _("请填一个电子邮箱地址，例如 wangzhan@example.gov.cn。"),
}


@register_setting(icon="globe", order=280)
class SiteIdentity(BaseGenericSetting):
    """One row, made by a migration. Its fields are the keys of `portal.kernel.identity.Identity`."""

    name = models.CharField(_("网站名称"), max_length=40, blank=True)
    name_en = models.CharField(_("网站英文名称"), max_length=80, blank=True)
    place = models.CharField(_("所属政府"), max_length=40, blank=True)
    place_en = models.CharField(_("所属政府（英文）"), max_length=80, blank=True)
    owner = models.CharField(_("主办单位"), max_length=60, blank=True)
    owner_en = models.CharField(_("主办单位（英文）"), max_length=120, blank=True)
    operator = models.CharField(_("承办单位"), max_length=60, blank=True)
    operator_en = models.CharField(_("承办单位（英文）"), max_length=120, blank=True)
    site_code = models.CharField(_("网站标识码"), max_length=20, blank=True)
    icp = models.CharField(_("ICP 备案号"), max_length=40, blank=True)
    police = models.CharField(_("公安机关备案号"), max_length=40, blank=True)
    badge = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("党政机关标识图片"),
        help_text=_("取得标识证书后，上传证书所给的图片。"),
    )
    badge_address = models.CharField(
        _("党政机关标识网址"), max_length=200, blank=True, help_text=_("证书所给的网址；点页脚的标识，就到这里核实。")
    )
    ipv6 = models.BooleanField(
        _("网站支持 IPv6"), default=False, help_text=_("从外网验证过再勾选；页脚会写“IPv6：本网站已支持”。")
    )
    phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    hotline = models.CharField(_("服务热线"), max_length=20, blank=True)
    email = models.CharField(_("电子邮箱"), max_length=100, blank=True)
    mistakes_address = models.CharField(
        _("网站找错网址"),
        max_length=200,
        blank=True,
        help_text=_("“我为政府网站找错”平台给本网站的网址；不填，找错就发邮件或打电话到本网站。"),
    )
    address = models.CharField(_("地址"), max_length=80, blank=True)
    address_en = models.CharField(_("地址（英文）"), max_length=120, blank=True)

    base_form_class = IdentityForm
    edit_handler = ObjectList(
        [
            HelpPanel(content=_("这些内容出现在每个页面上，保存后几秒内就能看到。留空的，用部署时环境变量里的值。")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
                    FieldRowPanel([FieldPanel("place"), FieldPanel("place_en")]),
                    FieldRowPanel([FieldPanel("owner"), FieldPanel("owner_en")]),
                    FieldRowPanel([FieldPanel("operator"), FieldPanel("operator_en")]),
                ],
                heading=_("名称"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("site_code"),
                    FieldRowPanel([FieldPanel("icp"), FieldPanel("police")]),
                    FieldPanel("badge_address"),
                    FieldPanel("badge"),
                    FieldPanel("ipv6"),
                ],
                heading=_("备案和标识"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("phone"), FieldPanel("hotline")]),
                    FieldPanel("email"),
                    FieldPanel("mistakes_address"),
                    FieldRowPanel([FieldPanel("address"), FieldPanel("address_en")]),
                ],
                heading=_("联系方式"),
            ),
            RecentChangesPanel(heading=_("最近的修改")),
        ],
        base_form_class=IdentityForm,
    )

    class Meta:
        verbose_name = _("网站标识和页脚")
        verbose_name_plural = _("网站标识和页脚")

    @classmethod
    def label(cls, name: str) -> str:
        """Return a field's name as people read it."""
        return str(next(field.verbose_name for field in cls._meta.fields if field.name == name))

    def clean(self) -> None:
        """Raise ValidationError for what is not well-formed, by the same rules as the environment is checked by."""
        super().clean()
        entered = Identity(**{name: getattr(self, name) for name in ADVICE})
        if wrong := {key: ADVICE[key] for key, _description in entered.malformed()}:
            raise ValidationError(wrong)
