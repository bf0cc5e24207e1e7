"""Comparisons put together by hand: the plans of a made-up school for two years, and sides, pairs and values for others."""

from difflib import SequenceMatcher

from planparse.diff.model import Candidate, Comparison, Count, FieldChange, Head, Mark, Record, Shift, Side
from planparse.model import Deadline, Number, Owner, Point, Position, Target


def side(node, text, *, label="", path=(), line=None, heading=None, plan=1):
    """A side; its key is its place, which is enough to tell sides apart."""
    number = Number(text=label, style="decimal", value=1) if label else None
    point = Point(line=line, column=1, offset=0) if line else None
    return Side(
        key=f"key of {node}", node=node, plan=plan, path=list(path), number=number, heading=heading, text=text,
        position=Position(start=point, end=point) if point else None,
    )  # fmt: skip


def marks(old, new):
    """The words side by side, character by character."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [Mark(verb=verb, old=old[a:b], new=new[c:d]) for verb, a, b, c, d in matcher.get_opcodes()]


def record(old, new, *changes, type="section", marked=True, confidence="high", **more):
    """A record; a pair of two texts has marks."""
    pair = old is not None and new is not None
    likeness = SequenceMatcher(None, old.text, new.text, autojunk=False).ratio() if pair else None
    words = marks(old.text, new.text) if pair and marked and old.text != new.text else []
    return Record(
        type=type,
        old=old,
        new=new,
        changes=list(changes),
        similarity=likeness,
        confidence=confidence if pair else None,
        marks=words,
        **more,
    )


def target(text, value, unit, subject=None, comparator="="):
    return Target(text=text, value=value, unit=unit, subject=subject, comparator=comparator)


def figure(old, new, change):
    """A target that differs."""
    amount = new.value - old.value if old and new else None
    percent = amount / old.value * 100 if old and new and old.value else None
    return FieldChange(field="target", change=change, old=old, new=new, amount=amount, percent=percent)


def due(day):
    return Deadline(text=day, kind="date", start=day, end=day, bound="by")


def owner(name):
    return Owner(text=name, kind="unit")


def comparison(records, **more):
    """A comparison of these records, counted as they are."""
    changes, fields, sure = {}, {}, {}
    for entry in records:
        for change in entry.changes:
            changes[change] = changes.get(change, 0) + 1
        for field in entry.fields:
            key = f"{field.field}/{field.change}"
            fields[key] = fields.get(key, 0) + 1
        if entry.confidence:
            sure[entry.confidence] = sure.get(entry.confidence, 0) + 1
    pairs = sum(entry.old is not None and entry.new is not None and entry.group is None for entry in records)
    grouped = [entry for entry in records if entry.group is not None]
    count = Count(
        removed=changes.get("removed", 0), added=changes.get("added", 0),
        regrouped_old=sum(entry.old is not None for entry in grouped), regrouped_new=sum(entry.new is not None for entry in grouped),
        old=sum(entry.old is not None for entry in records), new=sum(entry.new is not None for entry in records),
        pairs=pairs, unchanged=sum(not entry.changes for entry in records), changes=changes, fields=fields, confidence=sure,
    )  # fmt: skip
    heads = {
        "old": Head(name="计划/云桥小学2025.docx", sha256="0a1b2c3d4e5f6071" * 4, title="云桥小学2025年工作计划", year=2025),
        "new": Head(name="计划/云桥小学2026.docx", sha256="f0e1d2c3b4a59687" * 4, title="云桥小学2026年工作计划", year=2026),
    }
    return Comparison.model_validate({"version": "9.9", **heads, "count": count, "records": records, **more})


AIMS, TEACHING, SAFETY, STAFF, WORKS = "一、工作目标", "二、教育教学", "三、安全工作", "四、队伍建设", "五、后勤保障"
WELFARE, PARTY = "四、关爱工程", "一、党建引领"
TABLE = "六、周安排"


def school():
    """Two years of a school: every kind of change, moves across headings, a split, a merger, open partners."""
    return comparison(
        _records(),
        options={"threshold": 0.5, "words": True, "plans": None},
        shifts=[
            Shift(unit="year", amount=1, count=2, plan=1),
            Shift(unit="day", amount=-6, count=5, node="/plans/0/children/6/children/0", plan=1),
        ],
    )


def _records():
    at = "/plans/0/children"
    out = [
        record(side("/plans/0", "云桥小学2025年工作计划", line=1), side("/plans/0", "云桥小学2026年工作计划", line=1), "year", type="plan")
    ]

    def entry(section, k, text, label="", path=(), **more):
        node = f"{at}/{section}" + (f"/children/{k}" if k is not None else "")
        return side(node, text, label=label, path=path, line=section * 10 + (k or 0) + 3, **more)

    out += [
        record(None, entry(0, None, "党建引领", PARTY[:2], heading="党建引领"), "added"),
        record(None, entry(0, 0, "落实“三会一课”制度，全年开展主题党日活动不少于12次。", "1.", [PARTY]), "added",
               fields=[figure(None, target("不少于12次", 12, "次", "主题党日活动", ">="), "added")]),
        record(None, entry(0, 1, "建立党员示范岗8个，党员教师全部上一节公开课。", "2.", [PARTY]), "added",
               fields=[figure(None, target("8个", 8, "个", "党员示范岗"), "added")],
               possible=[Candidate(key=f"key of {at}/3/children/5", node=f"{at}/3/children/5", text="设立党员先锋岗，每学期上公开课一节。",
                                   similarity=0.44, kind="similar")]),
        record(entry(0, None, "工作目标", AIMS[:2], heading="工作目标"), entry(1, None, "工作目标", "二、", heading="工作目标"), "renumbered"),
        record(entry(0, 0, "毕业班合格率达到98%以上，优秀率达到45%以上。", "1.", [AIMS]),
               entry(1, 0, "毕业班合格率达到96%以上，优秀率达到50%以上。", "1.", ["二、工作目标"]), "target",
               fields=[figure(target("98%以上", 98, "%", "毕业班合格率", ">="), target("96%以上", 96, "%", "毕业班合格率", ">="), "lowered"),
                       figure(target("45%以上", 45, "%", "优秀率", ">="), target("50%以上", 50, "%", "优秀率", ">="), "raised")]),
        record(entry(0, 1, "新建教室35间，改造功能室12间。", "2.", [AIMS]),
               entry(1, 1, "新建教室50间，改造功能室12间。", "2.", ["二、工作目标"]), "target",
               fields=[figure(target("35间", 35, "间", "新建教室"), target("50间", 50, "间", "新建教室"), "raised")]),
        record(entry(0, 2, "全年培训教师400人次，选派骨干教师20名外出学习。", "3.", [AIMS]),
               entry(1, 2, "全年培训教师260人次，选派骨干教师到先进学校外出学习。", "3.", ["二、工作目标"]), "changed", "target",
               fields=[figure(target("400人次", 400, "人次", "培训教师"), target("260人次", 260, "人次", "培训教师"), "lowered"),
                       figure(target("20名", 20, "名", "骨干教师"), None, "dropped")]),
        record(entry(1, None, "教育教学", TEACHING[:2], heading="教育教学"), entry(2, None, "教育教学", "三、", heading="教育教学"), "renumbered"),
        record(entry(1, 0, "加强集体备课。每周组织一次集体备课，做到定时间、定地点、定内容、定主讲人。", "（一）", [TEACHING], heading="加强集体备课"),
               entry(2, 0, "深化集体备课。每两周组织一次集体备课，做到定时间、定地点、定主题、定主讲人，并形成电子教案。", "（一）", ["三、教育教学"],
                   heading="深化集体备课"), "changed"),
        record(entry(1, 1, "开展“推门听课”活动，校长每学期听课不少于30节，中层干部不少于25节。", "（二）", [TEACHING]),
               entry(2, 1, "开展“推门听课”活动，校长每学期听课不少于30节，中层干部不少于20节。", "（二）", ["三、教育教学"]), "target",
               fields=[figure(target("不少于25节", 25, "节", "中层干部", ">="), target("不少于20节", 20, "节", "中层干部", ">="), "lowered")]),
        record(entry(1, 2, "六月底前完成期末质量分析。", "（三）", [TEACHING]),
               entry(2, 2, "七月底前完成期末质量分析。", "（三）", ["三、教育教学"]), "deadline",
               fields=[FieldChange(field="deadline", change="later", old=due("2025-06-30"), new=due("2026-07-31"), amount=31)]),
        record(entry(1, 3, "举办校园读书节和科技节，评选“书香班级”10个。", "（四）", [TEACHING]), None, "removed",
               fields=[figure(target("10个", 10, "个", "“书香班级”"), None, "dropped")]),
        record(entry(1, 4, "抓好作业管理，严格控制作业总量，加强作业批改的检查；开齐开足体育课程，保证每天一小时锻炼。", "（五）", [TEACHING]), None,
               "split", group=1),
        record(None, entry(2, 3, "抓好作业管理，严格控制作业总量，加强作业批改的检查。", "（四）", ["三、教育教学"]), "split", group=1),
        record(None, entry(2, 4, "开齐开足体育课程，保证每天两小时锻炼。", "（五）", ["三、教育教学"]), "split", group=1),
        record(entry(1, 6, "参照《义务教育课程方案（2011年版）》开设地方课程。", "（七）", [TEACHING]),
               entry(2, 5, "参照《义务教育课程方案（2022年版）》开设地方课程。", "（六）", ["三、教育教学"]), "citation", "renumbered",
               fields=[]),
        record(entry(1, 7, "做好2025年秋季招生工作。", "（八）", [TEACHING]), entry(2, 6, "做好2026年秋季招生工作。", "（七）", ["三、教育教学"]),
               "year", "renumbered"),
        record(entry(2, None, "安全工作", SAFETY[:2], heading="安全工作"), entry(3, None, "安全工作", "四、", heading="安全工作"), "renumbered"),
        record(entry(2, 0, "每月开展一次消防疏散演练（责任单位：德育处）", "1.", [SAFETY]),
               entry(3, 0, "每月开展一次消防疏散演练（责任单位：总务处）", "1.", ["四、安全工作"]), "owner",
               fields=[FieldChange(field="owner", change="replaced", old=owner("德育处"), new=owner("总务处"))]),
        record(entry(2, 1, "完善校门口护学岗制度,落实值班教师到岗;", "2.", [SAFETY]),
               entry(3, 1, "完善校门口护学岗制度，落实值班教师到岗；", "2.", ["四、安全工作"]), "punctuation"),
        record(entry(2, 2, "开展食品安全自查，每周检查食堂一次。", "3.", [SAFETY]), None, "merged", group=2),
        record(entry(2, 3, "食堂实行明厨亮灶，接受家长监督。", "4.", [SAFETY]), None, "merged", group=2),
        record(None, entry(3, 2, "食堂实行明厨亮灶，开展食品安全自查，每周检查一次，接受家长监督。", "3.", ["四、安全工作"]), "merged", group=2),
        record(entry(4, 1, "改造校园监控系统，实现重点部位全覆盖。", "2.", [WORKS]),
               entry(3, 3, "升级校园监控系统，实现重点部位全覆盖。", "4.", ["四、安全工作"]), "moved", "changed", confidence="medium"),
        record(None, entry(3, 4, "聘请法治副校长来校讲课2次。", "5.", ["四、安全工作"]), "added",
               fields=[figure(None, target("2次", 2, "次", "讲课"), "added")]),
        record(entry(3, None, "队伍建设", STAFF[:2], heading="队伍建设"), entry(4, None, "教师队伍建设", "五、", heading="教师队伍建设"),
               "changed", "renumbered"),
        record(entry(3, 0, "实施“青蓝工程”，师徒结对15对。", "1.", [STAFF]),
               entry(4, 0, "实施“青蓝工程”，师徒结对15对，期末评选优秀师徒。", "1.", ["五、教师队伍建设"]), "changed"),
        record(entry(3, 1, "组织教师参加普通话测试。", "2.", [STAFF]), None, "removed"),
        record(entry(3, 2, "每学期组织教师读一本教育专著，撰写读书笔记不少于5000字。", "3.", [STAFF]),
               entry(4, 1, "鼓励教师阅读教育专著，撰写读书心得。", "2.", ["五、教师队伍建设"]), "changed", "target", "renumbered", confidence="low",
               fields=[figure(target("不少于5000字", 5000, "字", "读书笔记", ">="), None, "dropped")]),
        record(entry(3, 5, "设立党员先锋岗，每学期上公开课一节。", "6.", [STAFF]), None, "removed",
               possible=[Candidate(key=f"key of {at}/0/children/1", node=f"{at}/0/children/1",
                                   text="建立党员示范岗8个，党员教师全部上一节公开课。", similarity=0.44, kind="similar"),
                         Candidate(key=f"key of {at}/4/children/0", node=f"{at}/4/children/0",
                                   text="实施“青蓝工程”，师徒结对15对，期末评选优秀师徒。", similarity=0.31, kind="partly")]),
        record(entry(4, None, "后勤保障", WORKS[:2], heading="后勤保障"), entry(5, None, "后勤保障", "六、", heading="后勤保障"), "renumbered"),
        record(entry(4, 0, "投入资金120万元改造运动场，8月31日前完工。", "1.", [WORKS]),
               entry(5, 0, "投入资金90万元改造运动场，8月31日前完工。", "1.", ["六、后勤保障"]), "target",
               fields=[figure(target("120万元", 1200000, "元", "投入资金"), target("90万元", 900000, "元", "投入资金"), "lowered")]),
        record(entry(1, 5, "更新图书5000册，生均图书达到20册。", "（六）", [TEACHING]),
               entry(5, 1, "更新图书5000册，生均图书达到20册。", "2.", ["六、后勤保障"]), "moved"),
        record(entry(4, 2, "绿化校园。", "3.", [WORKS]), entry(5, 2, "绿化校园。", "3.", ["六、后勤保障"])),
        record(entry(4, 3, "为困难学生申请补助。", "4.", [WORKS]), None, "removed"),
    ]  # fmt: skip
    out += [
        record(
            side(f"{at}/5", "周次\t日期\t工作内容", path=[]),
            side(f"{at}/6", "周次\t日期\t工作内容\t负责人", path=[]),
            "changed",
            type="schedule",
        )
    ]
    weeks = [("2月17日-2月23日", "2月11日-2月17日"), ("2月24日-3月2日", "2月18日-2月24日"), ("3月3日-3月9日", "2月25日-3月3日"),
             ("3月10日-3月16日", "3月4日-3月10日"), ("3月17日-3月23日", "3月11日-3月17日")]  # fmt: skip
    for k, (last, this) in enumerate(weeks):
        before, now = f"第{k + 1}周 {last}", f"第{k + 1}周 {this}"
        out.append(record(side(f"{at}/5/children/{k}", before), side(f"{at}/6/children/{k}", now), "shifted", type="schedule_row"))
        if k == 1:
            out.append(
                record(side(f"{at}/5/children/{k}/items/0", "召开家长会。", label="1.", path=[before]),
                       side(f"{at}/6/children/{k}/items/0", "召开线上家长会。", label="1.", path=[now]), "changed", type="item")
            )  # fmt: skip
        if k == 3:
            out.append(record(None, side(f"{at}/6/children/{k}/items/1", "植树活动。", label="2.", path=[now]), "added", type="item"))
    return out
