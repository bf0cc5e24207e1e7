"""A task does not say how to tell that it is done.

Three things do: a figure (建成35个, 覆盖率95%), a rate in words (全覆盖, 零事故, 一校一策), or something that is there
afterwards or is not. Of the last kind are documents and lists that are made (印发…方案, 制定…办法, 建立…制度, 形成…报告),
systems that are set up (平台, 资源库), bodies that are founded (成立…小组), works that are built or finished (新建…,
完成…改造) and events that are held (召开…会, 举办…, 组织…比赛). Mechanisms, orders, awareness and atmosphere (机制, 体系,
意识, 氛围) are none: nobody can see whether they are there.

Tasks are numbered entries without entries of their own that begin with what is to be done. The rule is for audits:
the profile `audit` runs it, or `--extend-select PN603`.

Basis: practice; no clause asks for figures. Article 19 of the Regulations on Official Documents (its number from secondary
sources) asks for concise text with facts and data.

Bad:

    某县2024年工作计划
    一、重点工作
    1．加强教师队伍建设，不断提高业务水平。
    2．新建幼儿园三所。

Good:

    某县2024年工作计划
    一、重点工作
    1．加强教师队伍建设，培训骨干教师300人次。
    2．新建幼儿园三所。
    3．印发教师交流办法。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.facts.figures import find_figures
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.tasks import Task, tasks
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

RULE = Rule(
    severity="information",
    basis=Basis("practice"),
    messages=("nothing tells when this task is done: it has no figure and no result",),
    on=("audit",),
    promises=True,
)
_RATE = lazy("全覆盖|百分之|翻番|翻一番|零[事投违差缺伤报欠]|无一[\u4e00-\u9fff]|一[校人班生户镇村企岗科园师县事机车]一[\u4e00-\u9fff]")
_THING = (
    "(?:方案|计划|规划|办法|制度|规定|细则|规程|预案|意见|通知|报告|清单|台[账帐]|档案|手册|汇编|标准|指南|目录|名单|名册|公约|协议|责任[书状]|承诺书|合同|教材|简报|规则|章程"
    "|[数据资源题案例]库|平台|网站|系统|公众号|展板|专栏|报表|资料|证书|结题|换届|《)"
)
_RESULT = lazy(
    f"(?:制[定订]|拟[定订]|修订|编[制写印]|印发|出台|发布|公布|起草|撰写|形成|建[立成好]|开[通发]|设立|上报|签订|汇总|发放|完[成善])[^，,。；;]{{0,40}}?{_THING}"
    "|(?:成立|组建|设立)[^，,。；;]{0,30}?(?:小组|工作组|指导组|机构|办公室|中心|队|委员会|专班|协会|社团)"
    "|[新扩改]建|举[办行]|召开|承办|竣工"
    "|(?:完成|建成)(?![^，,。；;]{0,30}(?:任务|工作|指标|目标))"
    "|(?:组织|开展|参加|迎接)[^，,。；;]{0,30}?(?:大会|会议|[大竞比]赛|考试|测试|检测|考核|培训班|讲座|演练|评[比选]|普查|换届|运动会|艺术节|论坛|验收|督导评估)"
)


def check(view: View) -> Iterator[Problem]:
    """Tasks without a figure, a rate or a result."""
    for task in tasks(view):
        if not task.facts("targets") and not _is_measured(view, task):
            yield Problem(task.start, task.end, RULE.messages[0])


def _is_measured(view: View, task: Task) -> bool:
    for part in task.parts:
        for cut in view.words(part):
            words = view.read(*cut)
            if any(not (figure.han and figure.value == 1) for figure in find_figures(words, 0, len(words))):
                return True
            if _RATE.search(words) or _RESULT.search(words):
                return True
    return False
