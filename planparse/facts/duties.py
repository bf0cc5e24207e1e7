"""How plans say who answers: labels of slots, verbs, posts of leading groups. One row for a duty or a verb."""

from __future__ import annotations

from typing import NamedTuple

from planparse.syntax.lazy import lazy


class Duty(NamedTuple):
    """A row of the table of labels."""

    duty: str
    label: str
    kind: str = "unit"
    """What a name in this slot is where its making does not tell."""


_BODIES = "(?:单位|部门|科室|处室|股室|人员|领导|校领导|局领导|同志|教师|主体|人)"
LABELS = (
    Duty("deputy", "(?:常务)?副 *组 *长|副总?指挥长?|副主任|副秘书长", "person"),
    Duty("head", "组 *长|总指挥长?|指挥长|主 *任(?:委员)?|秘书长|总负责人?", "person"),
    Duty("member", "成 *员(?:单位|名单)?|组 *员|委 *员|参加人员", "person"),
    Duty("lead", f"(?:牵头|主办|主管|主要责任)(?:责任)?{_BODIES}?|第一责任人"),
    Duty("support", f"(?:配合|协办|协助|参与|协同)(?:责任)?{_BODIES}?|(?:参加|支持)(?:单位|部门)"),
    Duty("responsible", "(?:责任|负责)人", "person"),
    Duty(
        "responsible",
        f"(?:责任|负责)(?:(?:县|市|区|园|处|校)领导|处|科|室|站所|村居|{_BODIES})?(?:及责任人|及人员)?|承办{_BODIES}?|(?:落实|实施|执行|完成){_BODIES}|(?:具体)?经办人|联系(?:人|领导)|"
        "(?:分管|包保|包联|挂钩|包抓|督办|督导|带班|值班)(?:校|局|县|市|区|镇|院|园)?领导|包(?:保|联|抓)(?:单位|人)|主持人?|组织者|责任分工|部门",
    ),
)
"""Labels of slots that name owners; the first row that fits counts."""
LABEL = lazy("(?:" + "|".join(f"(?P<d{k}>{row.label})" for k, row in enumerate(LABELS)) + ")[】\\]]?[ \u3000]*\\Z")
"""A label that ends where the slot's colon stands."""
LONGEST_LABEL = 14

VERBS = {
    "负责": "responsible", "负总责": "responsible", "承办": "responsible", "承担": "responsible", "主持": "responsible", "落实": "responsible", "组织实施": "responsible",
    "兼任": "responsible", "担任": "responsible", "牵头负责": "lead", "牵头": "lead", "主办": "lead", "配合": "support", "协助": "support",
    "协办": "support", "参与": "support",
}  # fmt: skip
"""What who stands before the verb does."""
ALONE = frozenset({"负责", "负总责", "牵头", "牵头负责", "承办", "主办", "协助", "配合", "协办"})
"""Verbs before which a name need not be led in by 由."""
VERB = lazy(
    "(?P<verb>牵头负责|负责|负总责|牵头|承办|主办|协办|协助|配合|主持|承担|组织实施|落实|兼任|担任)"
    "(?!人|制|心|感|单位|部门|任|同志|机构|地|区|领导|[的地得]|到[人位岗]|教师|科室|处室|股室|者)"
)
CLOSING_VERB = lazy(
    "(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体|主要|各自)*(?P<verb>牵头负责|牵头|负责|配合|协助|承办|主办|协办|落实|参与|组织实施)(?:落实|实施|配合)?\\Z"
)
"""How a bracket's clause ends: 市教育局牵头, 市财政局按职责分工负责."""
MANNER = lazy("(?:具体|主要|统一|全面|共同|分别|全权|专门|亲自|直接|总体?|同志|来|等|按职责分工|一并|联合|[ \u3000])+\\Z")
"""What may stand between a name and its verb."""

POSTS = {"副组长": "deputy", "副总指挥": "deputy", "副主任": "deputy", "成员": "member"}
"""Posts of a leading group; all others head it."""
POST = lazy(
    "(?:任|为|担任|兼任)(?:领导小组|工作组|小组|专班|指挥部)?(?P<post>常务副组长|副组长|组长|副总指挥|总指挥|成员|办公室主任|副主任|主任)"
)
POST_BEFORE = lazy("(?P<post>常务副组长|副组长|组长|副总指挥|总指挥)由[^，,。；;：:]{2,24}\\Z")
"""A post and who holds it: 组长由校长担任."""
MARK = lazy("[（(](?P<duty>牵头|主办|负责|配合|协办|参与|组长|副组长)[）)]")
"""A duty in brackets behind a name: 县教育局（牵头）."""
LEADING = lazy(
    "(?P<who>[\u4e00-\u9fff、 \u3000]{2,24}?)(?:同志)?[：:](?=(?:主要|具体|全面|直接)*(?P<verb>负责|主持|分管|协助|主管|承担|联系|配合|牵头|做好|抓好))"
)
OFFICE = lazy("(?:设在|设于|挂靠在?)(?P<who>[^，,。；;（(：:]{2,20})")
OFFICE_BEFORE = lazy("(?:办公室|办事机构|秘书处|指挥部|办|专班|小组)[^。；;]{0,6}\\Z")


def duty_of_mark(word: str) -> str:
    """The duty that a word in brackets behind a name gives."""
    return VERBS.get(word) or POSTS.get(word, "head")
