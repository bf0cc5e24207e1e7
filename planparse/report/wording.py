"""Words that several reports say: names of severities, and the line that sums a run up."""

from __future__ import annotations

from planparse.messages import Translate
from planparse.report.run import Run
from planparse.rules.rule import Grade, Severity


def severity_name(severity: Severity, translate: Translate) -> str:
    """A severity in the reader's language."""
    if severity == "error":
        return translate("error")
    return translate("warning") if severity == "warning" else translate("information")


def amount(severity: Severity, count: int, translate: Translate) -> str:
    """So many findings of a severity: `2 warnings`."""
    if severity == "error":
        form = translate("{count} error") if count == 1 else translate("{count} errors")
    elif severity == "warning":
        form = translate("{count} warning") if count == 1 else translate("{count} warnings")
    else:
        form = translate("{count} for information")
    return form.format(count=count)


def advice(code: str, translate: Translate) -> str:
    """Where to read about a rule."""
    return translate("`planparse explain {code}` tells more").format(code=code)


def fix_name(grade: Grade, translate: Translate) -> str:
    """What a fix of a grade is called."""
    return translate("fix") if grade == "safe" else translate("unsafe fix")


def files(count: int, translate: Translate) -> str:
    """So many files."""
    return (translate("{count} file") if count == 1 else translate("{count} files")).format(count=count)


def listed(parts: list[str], translate: Translate) -> str:
    """Things one after the other on a line."""
    return translate(", ").join(parts)


def summary(run: Run) -> str:
    """The run in one line: how much of each severity in how many files, what fixes there are, what was left out."""
    translate = run.translate
    found = [amount(severity, count, translate) for severity, count in run.counts().items() if count]
    read = [result for result in run.results if result.error is None]
    sentences = [
        translate("{files} checked: {found}.").format(
            files=files(len(read), translate), found=listed(found, translate) or translate("nothing found")
        )
    ]
    if unread := len(run.results) - len(read):
        sentences.append(translate("{files} could not be read.").format(files=files(unread, translate)))
    if fixed := sum(result.fixed for result in run.results):
        sentences.append(translate("{count} fixed.").format(count=fixed))
    safe, unsafe = run.fixable()
    if safe and unsafe:
        sentences.append(translate("{safe} can be fixed with --fix, {unsafe} more with --unsafe-fixes.").format(safe=safe, unsafe=unsafe))
    elif safe:
        sentences.append(translate("{safe} can be fixed with --fix.").format(safe=safe))
    elif unsafe:
        sentences.append(translate("{unsafe} can be fixed with --unsafe-fixes.").format(unsafe=unsafe))
    if known := sum(result.known for result in run.results):
        sentences.append(translate("{count} known to the baseline.").format(count=known))
    if silenced := sum(result.silenced for result in run.results):
        sentences.append(translate("{count} silenced by comments.").format(count=silenced))
    return " ".join(sentences)
