"""The configuration of `planparse check`: where it is found, what it may say, what beats it."""

import json

import checks
import pytest
from checks import CLEAN, COMMAS, GAP, write

from planparse.checking.config import Configurations
from planparse.checking.policy import Asked, Policies
from planparse.errors import PlanparseError
from planparse.rules.registry import rules
from planparse.rules.rule import Basis, Rule

BOTH = GAP.replace("食堂", "食堂,操场")
OPTIONS = {"most": 3, "share": 0.5, "strict": False, "name": "甲", "sections": ("目标", "措施"), "words": frozenset(("一",)), "any": None}


@pytest.fixture
def run(monkeypatch, capfd, tmp_path):
    return checks.runner(monkeypatch, capfd, tmp_path)


@pytest.fixture
def codes(run):
    """The codes that a run finds, by file."""

    def codes(*arguments):
        done = run("check", *arguments, "--output-format", "concise", "--exit-zero", "--no-cache")
        assert done.code == 0, done.err
        return sorted({(line.split(":")[0], line.split("PN")[1][:3]) for line in done.out.splitlines()})

    return codes


class TestFinding:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("planparse.toml", 'select = ["PN404"]'),
            (".planparse.toml", 'select = ["PN404"]'),
            ("pyproject.toml", '[tool.planparse]\nselect = ["PN404"]'),
        ],
    )
    def test_names(self, codes, tmp_path, name, text):
        write(tmp_path, {name: text, "deep/er/a.txt": BOTH})
        assert codes("deep") == [("deep/er/a.txt", "404")]

    def test_the_nearest_holds(self, codes, tmp_path):
        write(tmp_path, {
            "planparse.toml": 'select = ["PN404"]', "a.txt": BOTH, "b/planparse.toml": 'select = ["PN101"]', "b/c/a.txt": BOTH,
        })  # fmt: skip
        assert codes(".") == [("a.txt", "404"), ("b/c/a.txt", "101")]

    def test_a_project_that_says_nothing_is_passed_over(self, codes, tmp_path):
        write(tmp_path, {
            "planparse.toml": 'select = ["PN404"]', "b/pyproject.toml": "[project]\nname = 'planparse-user'\n", "b/a.txt": BOTH,
        })  # fmt: skip
        assert codes("b") == [("b/a.txt", "404")]

    def test_the_hidden_one_comes_first(self, codes, tmp_path):
        write(tmp_path, {"planparse.toml": 'select = ["PN404"]', ".planparse.toml": 'select = ["PN101"]', "a.txt": BOTH})
        assert codes("a.txt") == [("a.txt", "101")]

    def test_named_or_none(self, codes, run, tmp_path):
        write(tmp_path, {"planparse.toml": "select = 1", "x/own.toml": 'select = ["PN101"]', "a.txt": BOTH})
        assert codes("a.txt", "--config", "x/own.toml") == [("a.txt", "101")]
        assert ("a.txt", "404") in codes("a.txt", "--isolated")
        write(tmp_path, {"pyproject.toml": "[project]"})
        assert "there is no table [tool.planparse]" in run("check", "a.txt", "--config", "pyproject.toml").err

    def test_standard_input_has_the_one_of_its_name(self, run, tmp_path):
        write(tmp_path, {"b/planparse.toml": 'select = ["PN101"]\nfail-on = "any"'})
        done = run("check", "-", "--stdin-filename", "b/a.txt", "--output-format", "concise", stdin=COMMAS.encode())
        assert (done.code, done.out) == (0, "")

    def test_files_are_read_once(self, tmp_path):
        write(tmp_path, {"planparse.toml": "", "a/x.txt": "", "b/x.txt": ""})
        configurations = Configurations()
        assert configurations.of_file(str(tmp_path / "a/x.txt")) is configurations.of_file(str(tmp_path / "b/x.txt"))
        assert configurations.files() == [str(tmp_path / "planparse.toml")]
        policies = Policies(Asked(), configurations)
        assert policies.of(str(tmp_path / "a/x.txt")) is policies.of(str(tmp_path / "b/x.txt"))


class TestSettings:
    def test_the_command_line_beats_it(self, codes, tmp_path):
        write(tmp_path, {"planparse.toml": 'select = ["PN404"]\nignore = ["PN101"]', "a.txt": BOTH})
        assert codes("a.txt") == [("a.txt", "404")]
        assert codes("a.txt", "--select", "PN101") == [("a.txt", "101")]
        assert codes("a.txt", "--extend-select", "PN101") == [("a.txt", "101"), ("a.txt", "404")]
        assert codes("a.txt", "--ignore", "PN4") == []
        assert codes("a.txt", "--ignore", "PN4", "--extend-select", "PN404") == [("a.txt", "404")]

    def test_extend_select_and_profile(self, codes, tmp_path, monkeypatch):
        checks.added_rule(monkeypatch, Rule("warning", Basis("practice"), ("x",), on=("crawl",)), lambda view: [])
        write(tmp_path, {"planparse.toml": 'extend-select = ["PN998"]', "x.toml": 'profile = "crawl"', "y.toml": ""})
        for file, runs in (("planparse.toml", True), ("x.toml", True), ("y.toml", False)):
            policies = Policies(Asked(), Configurations(str(tmp_path / file)))
            assert ("PN998" in policies.of("a.txt").selection.severities) == runs
        asked = Asked(profile="default")
        assert "PN998" not in Policies(asked, Configurations(str(tmp_path / "x.toml"))).of("a.txt").selection.severities

    def test_fail_on(self, run, tmp_path):
        write(tmp_path, {"planparse.toml": 'fail-on = "any"\nselect = ["PN101", "PN404"]', "a.txt": COMMAS})
        assert run("check", "a.txt").code == 1
        assert run("check", "a.txt", "--fail-on", "warning").code == 0
        write(tmp_path, {"b/planparse.toml": 'fail-on = "never"\nselect = ["PN101"]', "b/a.txt": GAP})
        assert run("check", "b").code == 0
        assert run("check", "b", "a.txt").code == 1

    def test_exclude(self, run, tmp_path):
        write(tmp_path, {"planparse.toml": 'exclude = ["old", "*.md", "b/x*"]'})
        write(tmp_path, dict.fromkeys(("a.txt", "a.md", "old/a.txt", "b/old/a.txt", "b/x1.txt", "b/b/x1.txt"), CLEAN))
        assert run("check", ".", "--show-files").out.split() == ["a.txt", "b/b/x1.txt"]
        assert run("check", ".", "--show-files", "--exclude", "b").out.split() == ["a.txt"]
        assert run("check", "a.md", "--show-files").out.split() == ["a.md"]
        assert run("check", "a.md", "a.txt", "--show-files", "--force-exclude").out.split() == ["a.txt"]

    def test_per_file_ignores(self, codes, tmp_path):
        write(tmp_path, {"c/planparse.toml": 'select = ["PN101", "PN404"]\n[per-file-ignores]\n"old/**" = ["PN1"]\n"*.md" = ["ALL"]'})
        write(tmp_path, {"c/a.txt": BOTH, "c/old/a.txt": BOTH, "c/old/a.md": BOTH})
        assert codes("c") == [("c/a.txt", "101"), ("c/a.txt", "404"), ("c/old/a.txt", "404")]

    def test_baseline_and_format(self, run, tmp_path):
        write(tmp_path, {"c/planparse.toml": 'baseline = "known.json"\noutput-format = "json"\nselect = ["PN101"]', "c/a.txt": GAP})
        assert run("check", "c").code == 2
        done = run("check", "c", "--update-baseline")
        assert (done.code, (tmp_path / "c/known.json").exists()) == (0, True)
        done = run("check", "c")
        assert (done.code, json.loads(done.out) is not None) == (0, True)

    def test_severity(self, run, tmp_path):
        write(tmp_path, {"planparse.toml": 'select = ["PN101"]\n[severity]\nPN101 = "error"\nPN1 = "information"', "a.txt": GAP})
        assert "a.txt:5:1: error PN101" in run("check", "a.txt").out

    def test_options_of_rules(self, tmp_path, monkeypatch):
        raised = {"official": {"most": 9, "name": "乙"}}
        checks.added_rule(monkeypatch, Rule("warning", Basis("practice"), ("x",), options=OPTIONS, raised_options=raised), lambda view: [])
        said = 'most = 5\nshare = 1\nstrict = true\nsections = ["任务"]\nwords = ["二"]\nany = [1]'
        write(tmp_path, {"planparse.toml": f"[rules.PN998]\n{said}", "a.toml": "[rules.made-up-rule]\nmost = 4"})
        options = {"most": 5, "share": 1.0, "strict": True, "sections": ("任务",), "words": frozenset(("二",)), "any": [1]}
        policy = Policies(Asked(), Configurations(str(tmp_path / "planparse.toml"))).of("x.txt")
        assert policy.options["PN998"] == options
        policies = Policies(Asked(profile="official"), Configurations(str(tmp_path / "planparse.toml")))
        assert policies.of("x.txt").options["PN998"] == options | {"name": "乙"}
        assert Policies(Asked(profile="official"), Configurations(isolated=True)).of("x").options["PN998"] == raised["official"]
        assert Policies(Asked(), Configurations(str(tmp_path / "a.toml"))).of("x").options["PN998"] == {"most": 4}
        assert "PN998" not in Policies(Asked(), Configurations(isolated=True)).of("x").options

    def test_options_are_part_of_what_is_remembered(self, tmp_path, monkeypatch):
        checks.added_rule(monkeypatch, Rule("warning", Basis("practice"), ("x",), options=OPTIONS), lambda view: [])
        write(tmp_path, {f"{k}.toml": f"[rules.PN998]\nmost = {k}" for k in range(3)})
        keys = {Policies(Asked(), Configurations(str(tmp_path / f"{k}.toml"))).of("x").key() for k in range(3)}
        assert len(keys) == 3


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("selct = []", "there is no setting selct; did you mean select?"),
            ("extend_select = []", "there is no setting extend_select; did you mean extend-select?"),
            ("zzzz = 1", "there is no setting zzzz; there are baseline, exclude,"),
            ('select = "PN1"', "select must be a list of texts in quotes"),
            ("select = [1]", "select.0 must be a text in quotes"),
            ('profile = "offical"', "profile must be one of default, official, crawl, audit"),
            ('fail-on = "info"', "fail-on must be one of error, warning, any, never"),
            ('output-format = "xml"', "output-format: there is no format xml; take one of full,"),
            ('per-file-ignores = ["a"]', "per-file-ignores must be a table"),
            ('exclude = ["[z-a]"]', "[z-a]: this is no pattern"),
            ("baseline = ''", "baseline must be a text in quotes"),
            ('select = ["numbering-gab"]', "select: there is no rule numbering-gab; did you mean numbering-gap?"),
            ('ignore = ["zzzz"]', "ignore: there is no rule zzzz; `planparse rules` lists them"),
            ('[per-file-ignores]\n"*.md" = ["PN999"]', "per-file-ignores.*.md: there is no rule PN999"),
            ('[severity]\nPN101 = "fatal"', "severity.PN101 must be one of error, warning, information"),
            ('[severity]\nPN999 = "error"', "severity: there is no rule PN999"),
            ("[rules.PN999]\na = 1", "rules: there is no rule PN999"),
            ("[rules.PN1]\na = 1", "rules.PN1: settings are those of one rule; name it, e.g. PN101"),
            ("[rules.PN998]\nmots = 1", "there is no setting rules.PN998.mots; did you mean most?"),
            ("[rules.PN801]\na = 1", "there is no setting rules.PN801.a; this rule has none"),
            ("[rules.PN998]\nmost = 'x'", "rules.PN998.most must be a number"),
            ("[rules.PN998]\nmost = true", "rules.PN998.most must be a number"),
            ("[rules.PN998]\nmost = 1.5", "rules.PN998.most must be a number"),
            ("[rules.PN998]\nstrict = 1", "rules.PN998.strict must be true or false"),
            ("[rules.PN998]\nname = 1", "rules.PN998.name must be a text in quotes"),
            ("[rules.PN998]\nsections = '目标'", "rules.PN998.sections must be a list of texts in quotes"),
            ("[rules.PN998]\nsections = [1]", "rules.PN998.sections must be a list of texts in quotes"),
            ("select = [", "this is no valid TOML"),
            ("select = ['\xff']".encode("latin-1"), "this is no valid TOML"),
        ],
    )
    def test_say_file_key_and_what_to_do(self, run, tmp_path, monkeypatch, text, said):
        checks.added_rule(monkeypatch, Rule("warning", Basis("practice"), ("x",), options=OPTIONS), lambda view: [])
        write(tmp_path, {"planparse.toml": text, "a.txt": CLEAN})
        done = run("check", "a.txt")
        assert done.code == 2
        assert said in done.err
        assert "[z-a]" in said or str(tmp_path / "planparse.toml") in done.err

    def test_an_unreadable_file(self, tmp_path, monkeypatch):
        write(tmp_path, {"planparse.toml": ""})

        def refuse(*_, **__):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("planparse.checking.config.open", refuse, raising=False)
        with pytest.raises(PlanparseError, match=r"planparse.toml: cannot be read \(Permission denied\)"):
            Configurations().of_file(str(tmp_path / "a.txt"))


def test_every_option_of_every_rule_can_be_set():
    """Its default is of a kind that a configuration can give."""
    from planparse.checking.config import _fitting
    from planparse.cli.explain import plain

    for entry in rules().values():
        for name, default in entry.rule.options.items():
            assert _fitting(json.loads(json.dumps(plain(default))), default) == (default,), (entry.code, name)
