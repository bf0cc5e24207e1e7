export const english = {
  locale: "en-GB", other_language: "中文", other_language_code: "zh",
  brand: "Chinese plans, read", modes: "What to do", mode_read: "Read a plan", mode_compare: "Compare two", local: "Stays on this machine",
  skip: "To the content", colon: ": ", comma: ", ",

  start_title: "Paste a plan to see its structure, its faults and its dates",
  start_lead: "Select all in Word or WPS, copy, and paste here. Or drop a file on the page.",
  paste_label: "Paste a plan", paste_here: "Paste here (Ctrl+V). Tables and automatic numbers survive.", pasted: "pasted plan",
  go: "Read", choose: "Choose a file", example: "Try an example", example_name: "example", back: "Back to the plan", readable: "Reads {formats}",
  step_1: "See", step_1_more: "Outline, schedule, tasks and dates, each tied to the text.",
  step_2: "Mend", step_2_more: "Numbers, punctuation, broken lines: one click, and undo.",
  step_3: "Take away", step_3_more: "As Word, Excel, a calendar or JSON.",
  dropping: "Let go to read the file", working: "Working…",

  title_none: "Untitled", plans_of: "{count} plans", characters: "{count} characters", time_taken: "{n} ms",
  undo: "Undo (Ctrl+Z)", undo_short: "Undo", keep_numbers: "Word and plain text keep the numbers as written", redo: "Redo (Ctrl+Shift+Z)", save: "Download", another: "New plan", results: "Results",
  mend_all: "Mend {count}", mend_all_label: "Mend all {count} findings that have a safe fix",
  source: "Text", edit: "Edit", edit_done: "Done", draft: "Edit the text", show_source: "Text", show_side: "Results", shown_pane: "Show",
  kind_text: "plain text", kind_other: "text made of the file",
  year_pill: "{year}", year_pill_open: "year open", findings_pill: "{count} findings", findings_pill_none: "no findings",
  open_year: "This plan names no year, so its days are not known yet. Choose the year:", open_year_choice: "The year of this plan is not certain. Choose it:", open_years: "The year of {count} plans is not certain. Choose one for all plans:",

  tab_outline: "Outline", tab_findings: "Findings", tab_schedule: "Schedule", tab_promises: "Tasks", tab_dates: "Dates", tab_json: "JSON",
  outline_none: "No plan was found in this.", unfold: "Open all", fold: "Close all", untitled: "Untitled plan", signature: "signature",
  schedule_of: "Schedule, {rows} rows", table_of: "Table, {rows} rows", week: "Week {n}",
  noise_advertisement: "advertisement", noise_page_navigation: "pager", noise_compiler_preface: "compiler’s preface", noise_publication_line: "publication line",
  noise_related_articles: "related articles", noise_stray_markup: "stray markup", noise_contents: "contents", noise_page_header: "page header",

  findings_none: "Nothing was found.", mend: "Mend", mend_risky: "Mend (check it)", mend_same: "all {count} like it", mend_this: "Mend",
  mends_text: "After a fix the plan goes on as plain text; your file stays as it is.", more_places: "and {count} more places", line: "line {n}", whole_file: "whole text",
  severity_error: "error", severity_warning: "warning", severity_information: "information",
  mended: "{count} mended.", mended_none: "There was nothing to mend safely.", refused: "{count} were left: they would have changed something else.",

  shown: "Show as", shown_table: "Table", shown_calendar: "Calendar", schedule_none: "There is no schedule. The calendar shows the dates of the whole text.",
  unit_week: "Week", unit_day: "Day", unit_month: "Month", unit_phase: "Phase", work: "Work", owner: "Owner", place: "Place", note: "Notes",
  calendar_open: "The year is open, so no day is known. Choose it under Dates first.", calendar_none: "There is no date for a calendar.",
  left_out: "{count} not in the calendar", more: "and {count} more",
  day_mon: "Mon", day_tue: "Tue", day_wed: "Wed", day_thu: "Thu", day_fri: "Fri", day_sat: "Sat", day_sun: "Sun",

  promises_none: "No task was found.", promise: "Task", target: "Target", deadline: "Due", search: "Search tasks", filter: "Filter", order: "Order",
  filter_all: "All tasks", filter_target: "With a target", filter_ownerless: "Without an owner", filter_undated: "Without a deadline",
  order_text: "As in the text", order_due: "By deadline", order_owner: "By owner", shown_of: "{shown} of {total}",
  duty_lead: "leads", duty_support: "supports", duty_head: "head", duty_deputy: "deputy", duty_member: "member", duty_office: "office",

  dates_none: "No date was found.", year_is: "{year}", year_given: "{year}, as you chose", year_open: "The year is open", year_likely: "Probably {year}; please confirm", year_candidates: "Several years fit",
  evidence: "Evidence", clue_for: "for it", clue_against: "against it", clue_told: "it says", choose_year: "Choose the year",
  own_year: "Year", own_term: "First day of week 1", apply: "Apply", find_out: "Find out again",
  times_of: "{count} times", time: "As written", days: "Days", why: "Why",
  copy: "Copy", copied: "Copied.",

  form_docx: "Word", form_docx_more: "set as an official document", form_xlsx: "Excel", form_xlsx_more: "a sheet a table, one of all entries",
  form_ics: "Calendar", form_ics_more: "for phones and Outlook", form_markdown: "Markdown", form_markdown_more: "headings, lists and tables",
  form_text: "Plain text", form_text_more: "the whole text, tidied", form_json: "JSON", form_json_more: "all data, for programs",
  form_csv: "CSV", form_csv_more: "a list of entries", form_jsonl: "JSON Lines", form_jsonl_more: "the same data on one line", needs: "needs planparse[{extra}]",

  compare_title: "Compare two plans", compare_lead: "Last year’s plan and this year’s: what was kept, what changed, what is gone.",
  slot_old: "The old plan", slot_new: "The new plan", slot_here: "Paste here, or drop a file", take_out: "Take out",
  run: "Compare", swap: "Swap", report: "Report", report_count: "{records} records", alone: "Open in a new window", report_save: "Save the report",
  gone: "The report is no longer in memory; compare again.",

  offline: "planparse does not answer. See whether the window that started it is still open.", failed: "That did not work.", close: "Close",
};
