"""Page furniture: what stands around the text of a saved web page. It is kept, as debris with a reason.

An element is furniture by what it is (nav, footer), by the words of its class when its text looks the part, or because
outside the text it is hardly more than links. What holds the text, a heading of the page or a table never is.
"""

from __future__ import annotations

import re

from planparse.readers.blocks import Block, Paragraph
from planparse.readers.web.tables import Sizes, is_link
from planparse.readers.web.tree import Node

TAGS = {
    "nav": "page_navigation",
    "footer": "page_navigation",
    "aside": "related_articles",
    "select": "page_navigation",
    "button": "page_navigation",
    "header": "page_navigation",
}
ROLES = {
    "navigation": "page_navigation", "menubar": "page_navigation", "menu": "page_navigation", "search": "page_navigation",
    "contentinfo": "page_navigation", "complementary": "related_articles",
}  # fmt: skip
PARTS_OF_ARTICLE = frozenset(("footer", "aside", "header"))
"""Tags that inside an article may hold what belongs to it."""

CLASSES = (
    ("page_navigation", re.compile(
        "nv|nav|navs|navbar|.*nav|nav(?:list|menu|box|wrap|bar)|menu|menus|submenu|.*menu|menu(?:list|box|bar)|breadcrumbs?|crumbs?|.*crumbs?|footer|.*footer|foot|copyright|.*copyright|toolbar|topbar|pager|"
        "pagination|paging|share|.*share|share.*|bdshare.*|bshare.*|jiathis.*|social|sidebar|search|.*search|searchbox|login|.*login|links|friendlinks?|gotop|backtop|totop|weizhi|dqwz|"
        "comments?|commentlist|reply|replies|prevnext|pn|prev|next|tags|header|topnav|hd|top|statement|beian|qrcode|print")),
    ("related_articles", re.compile("related|.*related|related.*|recommend|.*recommend|recommended|tuijian|xiangguan|hotnews|hotlist|hots?|guess|morenews|ranking|rank")),
    ("advertisement", re.compile("ads?|advert|adverts?|advertisement|guanggao|adsbygoogle|banner")),
)  # fmt: skip
TAIL = re.compile("(?:.*footer|foot|.*copyright|beian|statement|comments?|commentlist|reply|replies)")
"""Classes of what may hold sentences and still be furniture."""

CONTAINERS = frozenset(
    [
        "div",
        "ul",
        "ol",
        "dl",
        "p",
        "section",
        "table",
        "td",
        "tr",
        "center",
        "form",
        "header",
        "article",
        "aside",
        "main",
        "menu",
        "h4",
        "h5",
        "h6",
    ]
)
SENTENCE = 12
"""So long is a piece of text, in characters, that it is taken for the page's own text if it is no link."""

_FIELDS = "发布时间|发布日期|发表时间|发表日期|发文时间|发稿时间|更新时间|更新日期|最后更新|录入时间|添加时间|文章来源|信息来源|稿件来源|来源|作者|撰稿|供稿|编辑|责任编辑|责编|审核|浏览次数|浏览量|浏览|点击数|点击率|点击次数|点击|阅读次数|阅读量|阅读|访问量|访问次数|字号|字体|發佈日期|發布日期|更新日期|點閱數|點閱率"
_DAY = "(?:19|20)\\d\\d ?[-/.年] ?\\d{1,2} ?[-/.月] ?\\d{1,2}"
_FIELD = re.compile(f"(?:^|[\\s\u00a0\u3000|｜【\\[（(】\\]）)\\d次])({_FIELDS})[\\s\u00a0\u3000]?[:：]")
_DATED = re.compile(
    f"^[【\\[（(]?(?:发布|发表|发文|发稿|更新|录入|添加|成文|印发|發佈|發布)(?:时间|日期|時間)[\\s\u00a0\u3000]?[:：][\\s\u00a0\u3000]*{_DAY}"
)
LINES = (
    (
        "page_navigation",
        re.compile(
            "(?:上一[篇条页則]|下一[篇条页則])[\\s\u00a0\u3000]?[:：]|(?:您|你)?(?:现在)?(?:的|所在)?(?:当前)?位置[\\s\u00a0\u3000]?[:：].*[>＞»›/]|分享到?[:：]?$|【?字[号体][:：]|[【\\[]?(?:打印|关闭)(?:本页|窗口|此页)?[】\\]]?(?:[\\s\u00a0\u3000]*[【\\[]?(?:打印|关闭)|$)"
            "|(?=.{0,80}[上下]一页)(?:[\\s\u00a0\u3000\\[\\]【】()（）|<>«»…·.,，/\\d]|首页|[尾末]页|[上下]一页|[第共]|页)+$"
            "|[【\\[(（]?(?:返回(?:首页|顶部|列表|上一页|上页|目录)?|回到?顶部|TOP)[】\\])）]?$"
            "|(?:打开)?(?:微信)?扫一扫|(?:长按|扫描|识别).{0,8}二维码|阅读原文(?:[\\s\u00a0\u3000]|$)|关注(?:该|我们的?)?(?:微信)?公众号$"
        ),
    ),
    ("advertisement", re.compile("[^。；]{0,60}(?:版权所有|版權所有|ICP备|公网安备)|(?:Copyright|©)[^。；]{0,20}\\d{4}")),
)
LONGEST_LINE = 120

_COUNTED = re.compile(
    "(?:评论|回复|阅读|浏览|点击|点赞|收藏|查看)(?:数|次数|量)?[\\s\u00a0\u3000]?[(（:：]?[\\s\u00a0\u3000]?\\d{1,9}[\\s\u00a0\u3000]?(?:次|条|人)?[)）]?(?=[\\s\u00a0\u3000|｜/]|$)"
)
_STAMPED = re.compile(f"[^，。：；:]{{0,40}}{_DAY}日?[\\s\u00a0\u3000]+\\d{{1,2}}:\\d\\d(?::\\d\\d)?")
"""Below the title: who published it and when, to the minute."""
_POSTED = re.compile(f"^(?:楼主)?[\\s\u00a0\u3000]*发表于[\\s\u00a0\u3000:：]*{_DAY}")


def find(nodes: list[Node], sizes: Sizes, tables: set[int], title: str = "") -> dict[int, str]:
    """The outermost elements that are furniture, by index, with the reason.

    Args:
        nodes: The page.
        sizes: How much text and how many links its nodes hold.
        tables: Those that place nothing.
        title: The title of the window; what it begins with is no site's name, even if it is a link.
    """
    if not nodes:
        return {}
    prose = sizes.prose[0]
    solid = _solid(nodes, sizes, tables, "".join(title.split()))
    found = _by_name(nodes, sizes, solid, prose)
    _by_links(nodes, sizes, solid, prose, found)
    return found


def _solid(nodes: list[Node], sizes: Sizes, tables: set[int], title: str) -> list[bool]:
    """For each node whether it holds a first heading or a table; neither a site's name nor a list of links is one."""
    solid = [
        (node.tag == "h1" and not _is_site_name(nodes, sizes, index, title))
        or (index in tables and not _is_list_of_links(nodes, sizes, index))
        for index, node in enumerate(nodes)
    ]
    for index in range(len(nodes) - 1, 0, -1):
        if solid[index]:
            solid[nodes[index].parent] = True
    return solid


def _is_site_name(nodes: list[Node], sizes: Sizes, index: int, title: str) -> bool:
    """Whether a heading is a link as a whole and the window's title begins with something else."""
    if sizes.links[index] < sizes.text[index]:
        return False
    text = "".join("".join(node.text.split()) for node in nodes[index : nodes[index].end])
    return bool(text and title) and not title.startswith(text)


def _is_list_of_links(nodes: list[Node], sizes: Sizes, index: int) -> bool:
    """Whether a table holds links and next to nothing else but the days beside them."""
    links = sum(node.tag == "a" and is_link(node) for node in nodes[index : nodes[index].end])
    return links >= 3 and sizes.links[index] >= 10 * sizes.prose[index] and sizes.links[index] >= 6 * links


def _by_name(nodes: list[Node], sizes: Sizes, solid: list[bool], prose: int) -> dict[int, str]:
    """Furniture by tag, role and class."""
    found: dict[int, str] = {}
    targets = {node.attributes[key] for node in nodes for key in ("id", "name") if key in node.attributes}
    index, article_end = 0, 0
    while index < len(nodes):
        node = nodes[index]
        if node.tag in ("article", "main"):
            article_end = max(article_end, node.end)
        own, linked = sizes.prose[index], sizes.links[index]
        # Most of a short page is often its footer: what counts is the text there is besides.
        held = own * 2 > prose and own > 0
        if node.tag and not held:
            reason = TAGS.get(node.tag) or ROLES.get(node.attributes.get("role", "").lower()) or ""
            if node.tag == "header" and linked < own:
                reason = ""
            if reason and ((index < article_end and node.tag in PARTS_OF_ARTICLE) or (solid[index] and linked < own)):
                reason = ""
            if not reason and node.tag in CONTAINERS and not solid[index]:
                reason = _class_reason(node, own, linked, prose) or _contents_reason(nodes, sizes, index, targets)
            if reason:
                found[index] = reason
                index = node.end
                continue
        index += 1
    return found


def _class_reason(node: Node, own: int, linked: int, prose: int) -> str:
    named = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}".strip()
    if not named or not own + linked:
        return ""
    words = [word.lower() for word in re.split("[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])", named[:200]) if word]
    for reason, pattern in CLASSES:
        for word in words:
            if pattern.fullmatch(word):
                if linked >= own or (TAIL.fullmatch(word) and own * 5 <= prose) or (linked and own <= 20):
                    return reason
                break
    return ""


def _contents_reason(nodes: list[Node], sizes: Sizes, index: int, targets: set[str]) -> str:
    """page_navigation for a list whose items all jump to places in the page: a table of contents."""
    if nodes[index].tag not in ("ul", "ol") or nodes[nodes[index].parent].tag == "li":
        return ""
    jumps = [
        k for k in range(index, nodes[index].end) if nodes[k].tag == "a" and nodes[k].attributes.get("href", "").strip()[1:] in targets
    ]
    jumps = [k for k in jumps if nodes[k].attributes["href"].strip().startswith("#")]
    return "page_navigation" if len(jumps) >= 3 and sum(sizes.text[k] for k in jumps) == sizes.text[index] else ""


def _by_links(nodes: list[Node], sizes: Sizes, solid: list[bool], prose: int, found: dict[int, str]) -> None:
    """Adds what stands before or after the text of the page and is hardly more than links."""
    first, last = _extent(nodes, sizes, found)
    if last < 0 or prose < 100:
        return
    count = [0] * len(nodes)
    for index in range(len(nodes) - 1, 0, -1):
        if nodes[index].tag == "a" and is_link(nodes[index]):
            count[index] = 1
        count[nodes[index].parent] += count[index]
    index = 0
    while index < len(nodes):
        node = nodes[index]
        if index in found:
            index = node.end
            continue
        outside = node.end <= first or index > last
        if outside and node.tag in CONTAINERS and not solid[index] and count[index] >= 3:
            own, linked = sizes.prose[index], sizes.links[index]
            if linked >= 4 * own:
                titles = index > last and linked >= 10 * count[index]
                found[index] = "related_articles" if titles else "page_navigation"
                index = node.end
                continue
        index += 1


def _extent(nodes: list[Node], sizes: Sizes, found: dict[int, str]) -> tuple[int, int]:
    """The indices of the first and the last piece of the page's own text."""
    first, last, index, link_end = 0, -1, 0, 0
    while index < len(nodes):
        node = nodes[index]
        if index in found:
            index = node.end
            continue
        if node.tag == "a" and is_link(node):
            link_end = max(link_end, node.end)
        # Squares of tables are often shorter than any sentence.
        if index >= link_end and ((not node.tag and sizes.text[index] >= SENTENCE) or node.tag in ("th", "h1")):
            first = index if last < 0 else first
            last = index
        index += 1
    return first, last


def mark_lines(blocks: list[Block]) -> None:
    """Marks single lines of a web page that are no part of its text: when it was published, pagers, copyright."""
    above: Block | None = None
    for block in blocks:
        if isinstance(block, Paragraph) and not block.debris and len(block.text) <= LONGEST_LINE and not block.label:
            stamped = isinstance(above, Paragraph) and above.outline == 1 and _STAMPED.fullmatch(block.text)
            block.debris = line_reason(block.text) or ("publication_line" if stamped else "")
        above = block


def line_reason(text: str) -> str:
    """Why a line of a web page is debris; empty when it is none."""
    if _DATED.match(text) or _POSTED.match(text) or len(set(_FIELD.findall(text))) + len(_COUNTED.findall(text)) >= 2:
        return "publication_line"
    return next((reason for reason, pattern in LINES if pattern.match(text)), "")
