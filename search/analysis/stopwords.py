"""What nearly every question says and hardly tells one from another: asked with little weight, never left out."""

from functools import cache

from search.analysis.folding import fold

LITTLE = 0.12  # of the weight of any other word

_WORDS = """
办理 申请 申办 申领 领取 怎么 怎么办 怎么样 怎样 如何 咋 咋办 咋整 咋弄 怎么弄 怎么搞 怎么说 什么 啥 啥子 哪里 哪儿 哪个 哪些 在哪 在哪里 去哪 去哪里 到哪里
多少 几个 多久 谁 找谁 问谁 为什么 为啥 为何 凭什么 吗 呢 吧 啊 呀 嘛 了 的 是 有 有没有 没有 是不是 能 能不能 可以 可不可以 可否 能否 要不要 需要 想 想要 我 我们 我家
你 你们 他 她 它 他们 请问 请教 一下 问一下 想问 我想 帮忙 麻烦 谢谢 你好 您好 关于 对于 有关 相关 情况 问题 事情 事项 事宜 人家 别人
现在 今年 最近 刚刚 已经 还要 还能 还没 还在 也 都 就 又 把 被 在 和 与 或 如果 因为 所以 这个 这种 那个 那边 这边 这里 哪种 一个 一些 两个 怎么回事 怎么处理 怎么解决
怎么申请 怎么办理 如何办理 如何申请 在哪办 哪里办 去哪办 去哪里办 要什么 需要什么 要啥 准备什么 带什么 要带什么 带啥 手续 流程 材料 条件 规定 政策 服务 指南 通知
多少钱 要多少钱 几天 要几天 多长时间 多少天 什么时候 几时 什么时间 哪个部门 什么部门 哪个单位 归谁管 谁管 谁负责 没人管 怎么收费 收费 有什么要求 要求 资格 程序
""".split()


@cache
def stopwords() -> frozenset[str]:
    """Return the words that tell little, folded."""
    return frozenset(map(fold, _WORDS))
