"""Debris of web pages and compilers: advertisements, pagers, prefaces, links. One row a kind; nothing of it is lost."""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.syntax import notation
from planparse.syntax.lazy import lazy

LONGEST_LINK = 80
"""Lines longer than this are neither links nor pagers."""


PAGER_ENDS = ("下一页", "尾页", "末页")
"""What a pager ends with that may begin like a numbered line."""


class Debris(NamedTuple):
    """A kind of debris. `hints` are words, parted by blanks, of which a line must hold one before `pattern` is tried."""

    reason: str
    hints: str
    pattern: re.Pattern[str]
    long: bool = False  # may be longer than a link


FILE_REASONS = ("contents", "page_header")
"""Debris that a file itself tells: lines of its table of contents, what stands in the margins of its pages."""

LINES: tuple[Debris, ...] = (
    Debris("page_navigation", "上一 下一 打印 关闭 返回 首页 尾页 栏目 导航 搜索 友情 收藏 字号 字体 分享 纠错 下载 查看 全文 当前 页", lazy(
        "^[【\\[（(<《|]*(?:上一篇|下一篇|上一页|下一页|上一条|下一条|打印|关闭|返回(?:顶部|列表|首页|上页)?|首页|尾页|栏目列表|栏目导航|网站导航|站内搜索|友情链接|"
        "收藏本页|字号|字体|分享到|我要纠错|点击下载|查看更多|阅读全文|展开全文|加入收藏)(?:[】\\]）)>》]|[:：]|$|[^。；，]{0,12}$)"
        "|^[^。；，：:]{0,8}当前位置[:：]|^(?:第 ?\\d{1,4} ?页|共 ?\\d{1,4} ?页|第 ?\\d{1,4} ?页[ ，,/]{0,2}共 ?\\d{1,4} ?页)$"
        "|^(?:上一页[ ，,|/]{0,3})?(?:(?:[\\[【(（]\\d{1,4}[\\]】)）]|\\d{1,4}(?!\\d))[ ，,|/]{0,3}){1,30}(?:[ ]?(?:下一页|尾页|末页)){1,2}[>»]{0,2}$"
        "|^\\d{0,12} ?下一页$|^首页.{0,60}(?:下一页|尾页|末页)")),
    Debris("page_navigation", "| ｜", lazy("^[^|｜。；]{1,8}(?:[ \\u3000]*[|｜][ \\u3000]*[^|｜。；]{1,8}){2,20}$")),
    Debris("page_navigation", "> ＞ » ›", lazy("^[^。；，>＞»›]{1,20}(?:[ ]?(?:>{1,2}|＞|»|›)[ ]?[^。；>＞»›]{1,40}){2,8}$"), long=True),
    Debris("publication_line", "编号 索引 主题 机关 机构 日期 公开 分类 阅读 评论 浏览 收藏 点赞 点击 转发 人气 时间 发布 编辑 来源 作者 更新", lazy(
        "^(?:文档编号|索引号|信息索引|主题分类|主题词|发文机关|发布机构|成文日期|公开方式|公开范围|信息分类|文件编号|列印日期|更新日期|最后更新)[:：]"
        "|^(?:阅读|评论|浏览|收藏|点赞|转发|人气)[ ]?[(（:：][ ]?\\d+"
        "|^(?=.{0,120}(?:点击数|点击率|点击次数|浏览次数|浏览量|阅读次数|阅读量|阅读：|发布时间|发布日期|更新时间|发表时间|发布人|发布者|责任编辑|信息来源|文章来源|作者[:：]|来源[:：]|编辑[:：]))"
        "[【\\[（(]?(?:[本原]文来源|文章来源|信息来源|稿件来源|文档来源|来源|本文作者|作者|发布时间|发布日期|发布人|发布者|更新时间|发表时间|点击数|点击|浏览|阅读|日期|时间|责任编辑|编辑)[^。；]{0,20}[:：]")),
    Debris("related_articles", "相关 推荐 阅读 喜欢 文章 链接 还看", lazy(
        "(?:相关文章|相关推荐|推荐阅读|相关阅读|延伸阅读|猜你喜欢|热门文章|精选文章|相关链接|扩展阅读|拓展阅读|推荐文章|相关热词)[^。；]{0,20}[:：】]?$"
        "|^[^，。；:：]{0,8}(?:推荐|你还喜欢|您可能还喜欢)[:：]|(?:的人还看了|还看过)[:：]?$"), long=True),
    Debris("advertisement", "公众 扫一 赚钱 申诉 侵犯 侵权 下载 一键 反馈 想了 地址 二维 微信 QQ 请勿 版权 版權 回上 本站 免责 http www 本文 转载 更多 百度 范文 秘书", lazy(
        "(?:公众号|扫一扫|投稿赚钱|版权申诉|文档侵犯|下载(?:此|本)?文档|下载前请|一键复制|举报反馈|想了解更多|本文地址|原文地址|扫描二维码|微信号|加微信|加QQ|QQ群|免费下载|点击下载|下载地址|"
        "会员下载|付费下载|百度一下|百度搜索|请勿复制|版权所有|本站所有|免责声明|侵权必删|版權所有|回上一頁)[^。]{0,60}$|^[-0-9、.． ]{0,6}(?:下载文档|如文档侵犯)[^。]{0,80}。?$|^[^。]{0,30}(?:https?://|www\\.)[^。]{0,80}$"
        "|^[(（\\[【]?本文(?:来源于|来自|转自|摘自|由[^。；]{1,30}(?:整理|上传|发布|收集|搜集|分享|编辑))[^。]{0,40}。?[)）\\]】]?$"
        "|^[^。；]{0,16}转载[^。；]{0,6}注明[^。]{0,40}。?[)）\\]】]?$"
        "|^[(（\\[【]?[^。；]{0,4}更多[^。；]{0,8}(?:计划|总结|范文|文章|资料|方案|作文|文档|课件|教案|模板|材料|资讯|内容|精彩)[^。；]{0,6}"
        "(?:(?:请|欢迎)[^。；，,]{0,4}(?:关注|访问|登[录陆]|浏览|光临|收藏)|尽在)[^。；]{0,30}。?[)）\\]】]?$"
        "|^[(（\\[【][^()（）\\[\\]【】]{0,60}(?:百度文库|范文网|秘书网)[^()（）\\[\\]【】]{0,30}[)）\\]】]$"), long=True),
    Debris("stray_markup", ") } ; >", lazy("^(?=[\x20-\x7e]*[A-Za-z_$][\x20-\x7e]*[({;=<])[\x20-\x7e]*[)};>]$")),
    Debris("compiler_preface", "小编 篇 欢迎 感谢 以下 下面 仅供 供大 供您 供你 希望 但愿 范文 来看", lazy(
        "小编|(?:欢迎|感谢)(?:您的|你的|大家|阅读|参阅|查阅|参考|借鉴)|(?:以下|下面)(?:是|就是|为)[^。]{0,30}(?:整理|分享|收集|搜集|带来|准备)|仅供(?:大家)?参考|供(?:大家|您|你)(?:参考|阅读|借鉴)|"
        "(?:希望|但愿)[^。]{0,12}(?:对(?:大家|您|你)|能够?帮助)|范文[^。]{0,20}(?:欢迎|供|参考)|(?:一起|大家)来看看吧"
        "|(?<![第\\d一二三四五六七八九十])(?:模板|精选|通用|合集|范文|优秀|最新|推荐)?(?:\\d{1,3}|[一二三四五六七八九十]{1,3})篇[)）】]?(?:[【(（]?(?:精选|范文|合集|模板|大全|最新)[】)）]?)?$"), long=True),
)  # fmt: skip

COMMENT = lazy("<!-- ([a-z_]{1,24}): ([^\n]*?) -->")
"""How debris is kept in Markdown: its reason and its text."""


def hint_pattern(words: str) -> re.Pattern[str]:
    """A quick test for words: never blind to one of them, at times mistaken, and twenty times as fast as an alternation.

    It looks for a first letter of a word followed by a second letter of any: with one set in front the engine skips text.
    """
    single = {re.escape(word) for word in words.split() if len(word) == 1}
    longer = [word for word in words.split() if len(word) > 1]
    first, second = "".join({re.escape(word[0]) for word in longer}), "".join({re.escape(word[1]) for word in longer})
    alone = "".join(single)
    return lazy(f"[{first}{alone}](?:(?<=[{alone}])|[{second}])" if alone else f"[{first}][{second}]")


_HINT = hint_pattern(" ".join(debris.hints for debris in LINES))
_WORDS = [(debris, debris.hints.split()) for debris in LINES]
_PAGER = lazy("(?:[-—] ?\\d{1,4} ?[-—]|\\d{1,4} ?/ ?\\d{3,4})$")
"""Page numbers without a word: - 12 -, 3 / 120."""


def noise_reason(work: str, start: int, end: int) -> str | None:
    """Why the line `work[start:end]` is debris (the reason of its row), or None."""
    if work[start] == "<" and (comment := COMMENT.fullmatch(work, start, end)):
        return comment[1]
    long = end - start > LONGEST_LINK
    if work[start] == "|" or (not long and _HINT.search(work, start, end) is None):
        pager = end - start <= 12 and work[end - 1] in "-—0123456789" and work[start] in "-—0123456789" and _PAGER.match(work, start, end)
        return "page_navigation" if pager else None
    piece = work[start:end]
    for debris, words in _WORDS:
        if long and not debris.long:
            continue
        for word in words:
            if word in piece:
                if debris.pattern.search(piece):
                    return debris.reason
                break
    return None


# Noise inside a line: an advertisement in brackets, a pager at the end.
INLINE = lazy(
    "<!-- [a-z_]{1,24}: [^\n]*? -->|"
    "[(（\\[【](?=[^()（）]{0,120}(?:来源于|来源[:：]|来自|www\\.|https?://|百度|请勿复制|范文网|秘书网|公众号|更多[^()（）]{0,10}(?:请|关注|尽在)|本文由|转载请|尽在))"
    "(?:[^()（）\\[\\]【】]|[\\[【][^\\[\\]【】\\n]{0,60}[\\]】]){2,160}[)）\\]】](?:[ ]{0,2}\\d{0,12}[ ]?(?:上一页|下一页|尾页))*"
    "|(?<=[。！？；;.”])[ ]?\\d{1,12}[ ]?(?:上一页|下一页|尾页)[^。]{0,12}$"
)
_INLINE_WORDS = "<! 来源 来自 www http 百度 上一 下一 尾页 范文 秘书 公众 更多 本文 转载 尽在"
# Without one of these words `INLINE` need not be tried.
INLINE_HINT = hint_pattern(_INLINE_WORDS)
MAY_HOLD_MORE = hint_pattern(
    _INLINE_WORDS + " ② ⑵ ❷ " + " ".join(two + mark for two in notation.SECOND_NUMERALS for mark in notation.SECOND_DELIMITERS)
)
"""Without this a line holds neither points (`points.find_points`) nor noise (`INLINE`)."""
