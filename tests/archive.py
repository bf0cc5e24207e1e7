"""An invented archive: two schools over two years, one of which copied from the other, and a file that could not be read."""

import json

from planparse import parse_bytes

FIRST_2024 = """青岑县第一小学2024年工作计划

一、教学质量（责任单位：教务处）
1．每学期组织公开课不少于12节。
2．学生近视率控制在35%以下，6月底前完成普查。
3．编印校本教材《识字三百》。
二、校园安全（责任单位：总务处）
1．每月检查消防器材一次，12月20日前更换到期灭火器40具。
2．暑假前修好东门台阶。

青岑县第一小学
2024年2月20日
"""
FIRST_2025 = """青岑县第一小学2025年工作计划

一、教学质量（责任单位：教务处）
1．每学期组织公开课不少于16节。
2．学生近视率控制在33%以下，6月底前完成普查。
二、校园安全（责任单位：总务处）
1．每月检查消防器材一次，12月20日前更换到期灭火器15具。
2．为食堂加装监控12路。

青岑县第一小学
2025年2月18日
"""
SECOND_2025 = FIRST_2025.replace("第一小学", "第二小学").replace("一、", "（一）").replace("二、", "（二）").replace("18日", "19日")
WEEKS = """青岑县实验幼儿园2025年春季学期工作安排

周次	日期	工作内容	责任人
第1周	2月10日—2月16日	幼儿返园、晨检	保健室
第2周	2月17日—2月23日	召开家长会	园长室
"""
FILES = {"a/first-2024.txt": FIRST_2024, "a/first-2025.txt": FIRST_2025, "b/second-2025.txt": SECOND_2025, "c/weeks.txt": WEEKS}
BROKEN = {
    "source": {"name": "c/broken.pdf", "sha256": "0" * 64, "bytes": 7},
    "document": None,
    "error": {"kind": "timeout", "message": "reading took more than 60 seconds"},
    "seconds": 60.0,
    "parser": "planparse 0",
}


def record(name, text):
    """The record of a file, as a line of JSON."""
    data = text.encode()
    document = json.loads(parse_bytes(data, name))
    source = {"name": name, "sha256": document["source"]["sha256"], "bytes": len(data)}
    line = {"source": source, "document": document, "error": None, "seconds": 0.01, "parser": "planparse 0"}
    return json.dumps(line, ensure_ascii=False).encode()


def records():
    """The archive as lines of JSON."""
    return [*(record(name, text) for name, text in FILES.items()), json.dumps(BROKEN).encode()]
