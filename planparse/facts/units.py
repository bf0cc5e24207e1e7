"""What figures are counted and measured in: one row for a unit or a group of units that behave alike."""

from __future__ import annotations

from typing import NamedTuple


class Unit(NamedTuple):
    """A unit of measure or a measure word."""

    names: str
    """How it is written, parted by blanks; each name is its own unit unless `base` says otherwise."""
    base: str = ""
    """The unit that values are given in; the name itself when empty."""
    factor: float = 1
    """How many of the base unit one is."""
    han: str = "any"
    """Which Chinese numerals may stand before it: `any`; `many` for two signs or more (八十分, but not 十分); `held` for any
    behind words of holding (培训两期, but not 两期); `none`."""
    bound: bool = False
    """Counts only with a comparator: 不少于10天, but not 三天."""
    one: str = ""
    """What lets a written 一 count: `event` after a verb of holding (召开一次), `built` after one of building (新建一所)."""
    without: str = ""
    """Signs that may not follow: with them it is another word (元旦, 分类)."""


UNITS = (
    # counts of people, bodies and things
    Unit("人次 户次 车次 台次 场次 班次 件次 篇次 册次 批次 架次 人天"),
    Unit("人", without="员民才大格口均行道为工力士类文性心生事身气物际机手教社防", han="any"),
    Unit("名", without="次额义录"),
    Unit("位", without="一于置列次数体"),
    Unit("次", one="event", without="性元数序第函日"),
    Unit("场", one="event", without="所地馆"),
    Unit("回 遍 趟", han="any"),
    Unit("期", one="event", han="held", without="间末中望工货限房权债"),
    Unit("所", one="built", without="有以谓"),
    Unit("具", without="体有备象"),
    Unit("款", without="项式待额"),
    Unit("种", han="none", without="植类子族苗"),
    Unit("座 处 栋 幢 家", one="built", without="长室庭级属"),
    Unit("个", one="built", without="人性体别税百月"),
    Unit("项 条 件 户 篇 例 宗 枚 块 株 棵 匹 头 羽 艘 辆 架 副 盏 床 间 套 台 册 份 幅 首 则 张 页 门 桌 箱 瓶 顶 把 村次 标段 车位 学位 床位"),
    Unit("支 组 队 轮 批 部 道 口 面 根 片 段 对 只 眼 块 行 字 节 本 起 宗 圈 级台阶 户头", han="none"),
    Unit("个课时 课时", base="课时"),
    Unit("个学时 学时", base="学时"),
    Unit("个学分 学分", base="学分"),
    Unit("节课 台套 台件 人份 人户 车次 户人 篇次 家次"),
    # rates
    Unit("% ％", base="%"),
    Unit("‰", base="‰"),
    Unit("个百分点 百分点", base="百分点"),
    Unit("倍", base="倍"),
    # money
    Unit("元", han="many", without="旦月素件宵首老化"),
    Unit("块钱", base="元"),
    Unit("角", base="元", factor=0.1, han="none", without="色度落"),
    Unit("美元 欧元 港元 日元"),
    # lengths, areas, volumes, weights
    Unit("公里 千米 km KM Km", base="公里"),
    Unit("延长米 延米 米 公分 厘米 毫米", without="饭粉面跑往折接"),
    Unit("里", han="none", without="程面"),
    Unit("平方公里 平方千米 km² km2", base="平方公里"),
    Unit("平方米 平米 ㎡ m² m2 M2", base="平方米"),
    Unit("亩 公顷 平方尺"),
    Unit("立方米 立方 方 m³ m3", base="立方米", han="none", without="面式向案法针便位"),
    Unit("吨 公斤 千克 斤 克 毫克 微克 升 毫升 kg", han="none", without="服拉"),
    Unit("千瓦时 千瓦 兆瓦 度电 吨标准煤 毫克/升 微克/立方米 兆 GB TB MB 兆比特", han="none"),
    Unit("℃", han="none"),
    # scores and times that are measured
    Unit("分", han="many", without="钟之类为析别组布工开配段批级校管明散享辨局公数子红"),
    Unit("分钟", without="跳仰踢"),
    Unit("小时", han="any"),
    Unit("秒", han="none"),
    Unit("天 日 周 年 个月 个工作日 工作日 个学期 学年", bound=True, without="级代度月报常前起岁"),
)  # fmt: skip
"""Longer names win over shorter ones: 人次 over 人."""

BY_NAME: dict[str, Unit] = {name: unit for unit in UNITS for name in unit.names.split()}
