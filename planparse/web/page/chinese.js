export const chinese = {
  locale: "zh-CN", other_language: "English", other_language_code: "en",
  brand: "计划解析", modes: "功能", mode_read: "读一份计划", mode_compare: "比较两份", local: "只在本机处理，不上传",
  skip: "跳到正文", colon: "：", comma: "、",

  start_title: "把计划贴进来，看清结构、问题和日期",
  start_lead: "在 Word 或 WPS 里全选、复制，到这里粘贴；也可以把文件拖进来。",
  paste_label: "粘贴计划", paste_here: "在这里粘贴（Ctrl+V）。表格和自动编号会保留。", pasted: "粘贴的计划",
  go: "解析", choose: "选择文件", example: "先看一个例子", example_name: "例子", back: "回到刚才的计划", readable: "可读 {formats}",
  step_1: "看", step_1_more: "大纲、日程表、任务与日期，逐条对应原文。",
  step_2: "改", step_2_more: "编号、标点、断行等问题，一键修改，可撤销。",
  step_3: "取走", step_3_more: "存成 Word、Excel、日历或 JSON。",
  dropping: "松开鼠标，读取文件", working: "正在处理…",

  title_none: "没有标题", plans_of: "{count} 份计划", characters: "{count} 字", time_taken: "用时 {n} 毫秒",
  undo: "撤销（Ctrl+Z）", undo_short: "撤销", keep_numbers: "Word 和纯文本保留原来的编号", redo: "重做（Ctrl+Shift+Z）", save: "下载", another: "换一份", results: "解析结果",
  mend_all: "修改 {count} 处", mend_all_label: "修改全部 {count} 处可以放心修改的问题",
  source: "原文", edit: "编辑", edit_done: "完成", draft: "编辑原文", show_source: "原文", show_side: "结果", shown_pane: "显示",
  kind_text: "纯文本", kind_other: "由文件转成的文字",
  year_pill: "{year} 年", year_pill_open: "年份未定", findings_pill: "{count} 个问题", findings_pill_none: "没有问题",
  open_year: "这份计划没有写明年份，日期还算不出来。请选择年份：", open_year_choice: "这份计划的年份还不能确定。请选择：", open_years: "有 {count} 份计划的年份还不能确定。请选择（用于全部计划）：",

  tab_outline: "大纲", tab_findings: "问题", tab_schedule: "日程", tab_promises: "任务", tab_dates: "日期", tab_json: "JSON",
  outline_none: "没有读到计划的内容。", unfold: "全部展开", fold: "全部收起", untitled: "没有标题的计划", signature: "落款",
  schedule_of: "日程表，{rows} 行", table_of: "表格，{rows} 行", week: "第{n}周",
  noise_advertisement: "广告", noise_page_navigation: "翻页", noise_compiler_preface: "编者按", noise_publication_line: "发布信息",
  noise_related_articles: "相关文章", noise_stray_markup: "残留标记", noise_contents: "目录", noise_page_header: "页眉页脚",

  findings_none: "没有发现问题。", mend: "修改", mend_risky: "修改（请核对）", mend_same: "同类 {count} 处", mend_this: "修改",
  mends_text: "修改后按纯文本继续，原来的文件不变。", more_places: "另有 {count} 处", line: "第 {n} 行", whole_file: "全文",
  severity_error: "错误", severity_warning: "警告", severity_information: "提示",
  mended: "已修改 {count} 处。", mended_none: "没有可以放心修改的地方。", refused: "另有 {count} 处没有改：改了会动到别的内容。",

  shown: "显示方式", shown_table: "表格", shown_calendar: "日历", schedule_none: "没有日程表。可以切换到日历，看全文的日期。",
  unit_week: "周", unit_day: "日", unit_month: "月", unit_phase: "阶段", work: "事项", owner: "责任", place: "地点", note: "备注",
  calendar_open: "年份未定，日期还排不上日历。请先在“日期”里选择年份。", calendar_none: "没有能排上日历的日期。",
  left_out: "没有排上日历的 {count} 项", more: "另有 {count} 项",
  day_mon: "周一", day_tue: "周二", day_wed: "周三", day_thu: "周四", day_fri: "周五", day_sat: "周六", day_sun: "周日",

  promises_none: "没有读到任务。", promise: "任务", target: "指标", deadline: "期限", search: "查找任务", filter: "筛选", order: "排序",
  filter_all: "全部任务", filter_target: "有指标", filter_ownerless: "没有责任人", filter_undated: "没有期限",
  order_text: "按原文", order_due: "按期限", order_owner: "按责任", shown_of: "{shown} / {total}",
  duty_lead: "牵头", duty_support: "配合", duty_head: "组长", duty_deputy: "副组长", duty_member: "成员", duty_office: "办公室",

  dates_none: "没有读到日期。", year_is: "{year} 年", year_given: "{year} 年（由你选定）", year_open: "年份未定", year_likely: "可能是 {year} 年，请确认", year_candidates: "年份有几种可能",
  evidence: "依据", clue_for: "支持", clue_against: "不符", clue_told: "提到", choose_year: "选择年份",
  own_year: "年份", own_term: "第 1 周第一天", apply: "应用", find_out: "改回自动判断",
  times_of: "{count} 处日期", time: "原文", days: "日期", why: "理由",
  copy: "复制", copied: "已复制。",

  form_docx: "Word", form_docx_more: "按公文格式重排", form_xlsx: "Excel", form_xlsx_more: "每张表一页，另附全部条目",
  form_ics: "日历", form_ics_more: "可导入手机和 Outlook", form_markdown: "Markdown", form_markdown_more: "标题、列表和表格",
  form_text: "纯文本", form_text_more: "整理好的全文", form_json: "JSON", form_json_more: "完整数据，供程序使用",
  form_csv: "CSV", form_csv_more: "逐条列表", form_jsonl: "JSON Lines", form_jsonl_more: "同样的数据，写成一行", needs: "需要安装 planparse[{extra}]",

  compare_title: "比较两份计划", compare_lead: "放入去年和今年的计划，看哪些沿用、哪些改了、哪些不见了。",
  slot_old: "原来的计划", slot_new: "现在的计划", slot_here: "在这里粘贴，或把文件拖进来", take_out: "移除",
  run: "开始比较", swap: "对调", report: "比较报告", report_count: "{records} 条记录", alone: "在新窗口打开", report_save: "保存报告",
  gone: "报告已不在内存里，请重新比较。",

  offline: "planparse 没有回应。请看启动它的窗口是否还开着。", failed: "没有成功。", close: "关闭",
};
