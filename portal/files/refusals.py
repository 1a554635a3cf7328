"""Why a file is not taken, in sentences that say what to do."""

from django.utils.translation import gettext_lazy as _

from portal.files.rules import Fault
from portal.kernel.permissions import Reason


class Refused(Exception):
    """Raised when a file is not taken; `reason` is shown to the one who sent it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def of(fault: Fault) -> Refused:
    """Return the refusal for a fault that the checks found."""
    return Refused(Reason(fault.value, _SENTENCES[fault]))


_SENTENCES = {
    Fault.EMPTY: _("这个文件是空的，请重新选择。"),
    Fault.TOO_LARGE: _("文件太大：每个文件不超过 10 MB。请压缩或分开后再上传。"),
    Fault.TYPE_UNKNOWN: _("不能上传这种文件。请使用 JPG、PNG、WebP 图片，或 PDF、Word（docx）、Excel（xlsx）文件。"),
    Fault.HEIC: _("不能上传 HEIC 格式的照片。请在手机相机设置中选择“兼容性最佳”，或先转换为 JPG。"),
    Fault.OLD_OFFICE: _("请将文件另存为 docx、xlsx 或 PDF，并去掉打开密码后再上传。"),
    Fault.NAME_DISAGREES: _("文件扩展名与内容不一致。请用原来的程序打开并重新保存，再上传。"),
    Fault.DAMAGED: _("文件已损坏，无法读取。请重新保存或重新拍摄后再上传。"),
    Fault.TOO_MANY_PIXELS: _("图片的尺寸太大。请缩小图片，或截取需要的部分后再上传。"),
    Fault.MACROS: _("文件中含有宏或控件。请另存为不含宏的文件，或转换为 PDF 后再上传。"),
    Fault.UNPACKS_TOO_LARGE: _("文件的内部内容太大。请转换为 PDF 或分成几个文件后再上传。"),
    Fault.ACTIVE_PDF: _("PDF 文件中含有脚本或可执行内容。请用“打印为 PDF”重新生成后再上传。"),
}
TOO_MANY_FILES = Reason("too_many_files", _("最多可以上传 5 个附件。请先删除一个，再上传新的。"))
NO_ROOM = Reason("no_room", _("现在上传的人太多，暂时不能接收附件。您可以不带附件先提交，或稍后再试。"))
STORAGE_DOWN = Reason("storage_down", _("附件暂时无法保存，其他内容不受影响。您可以不带附件先提交，或稍后再试。"))
