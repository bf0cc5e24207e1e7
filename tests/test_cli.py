"""The command line as users meet it: every command, exit codes, streams, files, and what it says when things go wrong."""

import json
import os
import re
import subprocess
import sys

import pytest

from planparse.cli import COMMANDS, main
from planparse.cli.app import Commands
from planparse.cli.console import wants_colour

ODD = "一、备课\n1、周一开会\n3、周二检查\n二、教研\n1、听课\n".encode()
PLAIN = "工作计划\n一、备课\n1、周一开会\n2、周二检查\n".encode()


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAIN)
    return path


@pytest.fixture
def odd(tmp_path):
    path = tmp_path / "odd.txt"
    path.write_bytes(ODD)
    return path


class TestParse:
    def test_one_file_is_one_object(self, planparse, plan):
        done = planparse("parse", plan)
        document = json.loads(done.stdout)
        assert (done.returncode, done.stderr) == (0, b"")
        assert document["source"]["name"] == str(plan)
        assert document["plans"][0]["title"] == "工作计划"

    def test_lines_end_in_line_feeds(self, planparse, plan):
        out = planparse("parse", plan).stdout
        assert out.endswith(b"}\n")
        assert b"\r" not in out

    def test_several_files_are_an_array(self, planparse, plan, odd):
        documents = json.loads(planparse("parse", plan, odd).stdout)
        assert [d["source"]["name"] for d in documents] == [str(plan), str(odd)]

    def test_one_document_a_line(self, planparse, plan, odd):
        lines = planparse("parse", "-f", "jsonl", plan, odd).stdout.splitlines()
        assert [json.loads(line)["source"]["name"] for line in lines] == [str(plan), str(odd)]

    @pytest.mark.parametrize("arguments", [["parse"], ["parse", "-"]])
    def test_standard_input(self, planparse, arguments):
        assert json.loads(planparse(*arguments, stdin=PLAIN).stdout)["source"]["name"] == "-"

    def test_without_positions(self, planparse, plan):
        assert b'"position"' in planparse("parse", plan).stdout
        assert b'"position"' not in planparse("parse", plan, "--no-positions").stdout

    def test_options_may_stand_anywhere(self, planparse, plan):
        assert planparse("parse", "--no-positions", plan).stdout == planparse("parse", plan, "--no-positions").stdout

    @pytest.mark.parametrize("form", ["markdown", "text"])
    def test_formats_for_people(self, planparse, plan, odd, form):
        done = planparse("parse", "-f", form, plan, odd)
        assert done.returncode == 0, done.stderr
        assert "周二检查" in done.stdout.decode()

    def test_numbering(self, planparse, odd):
        assert "周二检查" in planparse("parse", "-f", "text", "--numbering", "keep", odd).stdout.decode()

    def test_the_encoding_is_detected_or_named(self, planparse, tmp_path):
        path = tmp_path / "gbk.txt"
        path.write_bytes(PLAIN.decode().encode("gbk"))
        assert json.loads(planparse("parse", path).stdout)["source"]["encoding"] == "gb18030"
        assert json.loads(planparse("parse", path, "--encoding", "gbk").stdout)["source"]["encoding_guessed"] is False

    def test_every_sample(self, planparse, samples):
        paths = sorted(path for path in samples.iterdir() if path.is_file())
        done = planparse("parse", *paths)
        assert (done.returncode, done.stderr) == (0, b"")
        assert len(json.loads(done.stdout)) == len(paths)


class TestStrict:
    def test_silent_without_it(self, planparse, odd):
        done = planparse("parse", odd)
        assert (done.returncode, done.stderr) == (0, b"")
        assert json.loads(done.stdout)["diagnostics"]

    def test_diagnostics_and_exit_code(self, planparse, odd):
        done = planparse("parse", "--strict", odd)
        assert done.returncode == 1
        assert done.stderr.decode() == f"{odd}:3:1: PN101 numbering-gap: number 3 follows where 2 was due\n"
        assert json.loads(done.stdout)["plans"]

    def test_in_chinese(self, planparse, odd):
        done = planparse("parse", "--strict", "--lang", "zh", odd)
        assert "此处编号应为 2，却是 3" in done.stderr.decode()
        assert json.loads(done.stdout)["diagnostics"][0]["message"] == "此处编号应为 2，却是 3"

    def test_nothing_odd(self, planparse, plan):
        done = planparse("parse", "--strict", plan)
        assert (done.returncode, done.stderr) == (0, b"")


class TestOutput:
    @pytest.mark.parametrize("name", ["plan.json", "plan.jsonl", "plan.md", "out.txt"])
    def test_the_name_tells_the_format(self, planparse, plan, tmp_path, name):
        done = planparse("parse", plan, "-o", name)
        assert (done.returncode, done.stdout) == (0, b""), done.stderr
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.startswith('{"schema"') == ("json" in name)
        assert sorted(os.listdir(tmp_path)) == sorted({"plan.txt", name})

    def test_the_same_bytes_as_on_the_screen(self, planparse, plan, tmp_path):
        planparse("parse", plan, "-o", "plan.json")
        assert (tmp_path / "plan.json").read_bytes() == planparse("parse", plan).stdout

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("nowhere/plan.json", "its folder does not exist"),
            (".", "its name tells no format"),
            ("plan.doc", "its name tells no format"),
            ("plan.txt", "this is an input"),
        ],
    )
    def test_what_cannot_be_written(self, planparse, plan, tmp_path, name, message):
        done = planparse("parse", plan, "-o", name)
        assert done.returncode == 2
        assert message in done.stderr.decode()
        assert os.listdir(tmp_path) == ["plan.txt"]
        assert plan.read_bytes() == PLAIN

    def test_a_folder_is_no_output(self, planparse, plan):
        assert b"this is a folder; name a file to write" in planparse("parse", plan, "-f", "json", "-o", ".").stderr

    def test_a_failure_leaves_the_old_file(self, planparse, tmp_path):
        (tmp_path / "plan.json").write_text("old")
        assert planparse("parse", "missing.txt", "-o", "plan.json").returncode == 2
        assert (tmp_path / "plan.json").read_text() == "old"
        assert os.listdir(tmp_path) == ["plan.json"]

    @pytest.mark.skipif(os.name == "nt", reason="modes and devices of POSIX")
    def test_a_file_keeps_its_mode_and_a_device_its_nature(self, planparse, plan, tmp_path):
        (tmp_path / "plan.json").touch(mode=0o640)
        planparse("parse", plan, "-o", "plan.json")
        assert (tmp_path / "plan.json").stat().st_mode & 0o777 == 0o640
        assert planparse("parse", plan, "-o", "/dev/null").returncode == 0
        assert not os.path.isfile("/dev/null")


class TestBadInputs:
    CASES = (
        ("missing.txt", None, "there is no such file", "没有这个文件"),
        ("folder", "", "this is a folder", "这是文件夹"),
        ("plan.docx", b"PK\x03\x04rest", "this is a Word (.docx)", "这是Word（.docx）"),
        ("cut.docx", b"PK\x03\x04word/document.xml", "this file is cut off or damaged", "文件不完整或已损坏"),
        ("plan.pdf", b"%PDF-1.7", "this PDF file is damaged", "这个 PDF 已损坏"),
        ("plan.png", b"\x89PNG\r\n\x1a\n", "this is a picture, not a text file", "这是图片，不是文本文件"),
        (
            "broken.txt",
            b"\xff\xfe\x01",
            "byte 2 is not utf-16 text; name the encoding with --encoding",
            "第 2 字节不合 utf-16 编码",
        ),
    )

    @pytest.mark.parametrize(("name", "content", "english", "chinese"), CASES, ids=[case[0] for case in CASES])
    @pytest.mark.parametrize("command", ["parse", "outline"])
    def test_one_clear_line(self, planparse, tmp_path, command, name, content, english, chinese):
        path = tmp_path / name
        if content == "":
            path.mkdir()
        elif content is not None:
            path.write_bytes(content)
        for language, message in (("en_US.UTF-8", english), ("zh_CN.UTF-8", chinese)):
            done = planparse(command, name, env={"LC_ALL": language, "PYTHONUTF8": "1"})
            assert (done.returncode, done.stdout) == (2, b"")
            assert re.fullmatch(f"planparse: {name}[:：].*{re.escape(message)}.*\n", done.stderr.decode())

    def test_the_other_files_are_done(self, planparse, plan, odd):
        for form in ("json", "jsonl"):
            done = planparse("parse", plan, "missing.txt", odd, "-f", form)
            assert done.returncode == 2
            assert done.stderr.count(b"\n") == 1
            documents = json.loads(done.stdout) if form == "json" else done.stdout.splitlines()
            assert len(documents) == 2

    @pytest.mark.parametrize("content", [b"", b" \n\t\n", "\ufeff\u3000\r\n".encode()])
    def test_nothing_in_it(self, planparse, tmp_path, content):
        (tmp_path / "empty.txt").write_bytes(content)
        done = planparse("parse", "empty.txt")
        assert done.returncode == 0
        assert json.loads(done.stdout)["plans"] == []
        assert done.stderr == b"planparse: empty.txt: there is no text in it, hence no plan\n"

    def test_the_wrong_encoding(self, planparse, plan):
        done = planparse("parse", plan, "--encoding", "ascii")
        assert (done.returncode, b"byte 0 is not ascii text" in done.stderr) == (2, True)
        done = planparse("parse", plan, "--encoding", "utf-99")
        assert (done.returncode, b"no encoding named utf-99" in done.stderr) == (2, True)

    @pytest.mark.parametrize("stream", ["json", "jsonl"])
    def test_a_fault_of_ours_is_one_line_and_stops_no_other_file(self, capfdbinary, monkeypatch, plan, odd, stream):
        from planparse.cli import parse

        def broken(source, settings):
            if source.name == str(odd):
                raise IndexError("list index out of range")
            return parsed(source, settings)

        parsed = parse.Parsed
        monkeypatch.setattr(parse, "Parsed", broken)
        assert main(["parse", str(odd), str(plan), "-f", stream, "--lang", "en"]) == 2
        captured = capfdbinary.readouterr()
        assert captured.err.decode() == (
            f"planparse: {odd}: this is a fault of planparse (IndexError: list index out of range); please report it with this file\n"
        )
        assert str(plan) in captured.out.decode()
        monkeypatch.setenv("PLANPARSE_DEBUG", "1")
        assert main(["parse", str(odd)]) == 2
        assert b"Traceback" in capfdbinary.readouterr().err


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "english", "chinese"),
        [
            (
                ["parse", "--fromat", "json"],
                "No such option: --fromat (Possible options: --format)",
                "没有选项 --fromat（可能是：--format）",
            ),
            (["parse", "-f", "yaml"], "'yaml' is not one of", "'yaml' 不在可选值"),
            (["parse", "-o"], "Option '-o' requires an argument.", "选项 '-o' 后面要给值。"),
            (["prase"], "No such command 'prase'", "没有命令 'prase'"),
            (["outline", "a", "b"], "unexpected extra argument", "多出的参数（b）"),
            (["outline", "--depth", "0"], "0 is not in the range x>=1.", "0 不在范围 x>=1 之内。"),
        ],
    )
    def test_wrong_options(self, planparse, arguments, english, chinese):
        for language, message in (("en", english), ("zh", chinese)):
            done = planparse("--lang", language, *arguments)
            assert (done.returncode, done.stdout) == (2, b"")
            assert message in done.stderr.decode()

    def test_a_wrong_language(self, planparse):
        assert planparse("--lang", "fr", "schema").returncode == 2

    def test_no_arguments_is_help(self, planparse):
        done = planparse()
        assert done.returncode == 2
        assert b"Commands:" in done.stderr

    @pytest.mark.parametrize("command", COMMANDS)
    def test_help_has_examples_in_both_languages(self, planparse, command):
        english, chinese = (planparse(command, "--help", "--lang", language) for language in ("en", "zh"))
        assert english.returncode == chinese.returncode == 0
        examples = re.findall(r"^    \$ .*$", english.stdout.decode(), re.MULTILINE)
        assert examples
        assert all(f"planparse {command}" in example and example in chinese.stdout.decode() for example in examples)
        assert "示例" in chinese.stdout.decode()

    @pytest.mark.parametrize("command", COMMANDS)
    def test_examples_use_options_that_exist(self, command):
        from planparse.cli.app import application

        page = application().get_command(None, command)
        known = {name for parameter in page.params for name in parameter.opts} | {"-"}
        for _, example in page.examples:
            ours = example[example.index(f"planparse {command}") :].split("&&")[0].split("|")[0]
            assert {word for word in ours.split() if word.startswith("-")} <= known

    @pytest.mark.parametrize("option", ["--version", "-V"])
    def test_version(self, planparse, option):
        assert planparse(option).stdout == b"planparse 0.1.0\n".replace(b"\n", os.linesep.encode())
        assert planparse(option, "--lang", "zh").stdout.split() == [b"planparse", b"0.1.0"]

    def test_the_table_is_the_application(self):
        assert Commands(name="x", params=[]).list_commands(None) == list(COMMANDS)


class TestOutline:
    def test_a_tree(self, planparse, plan):
        done = planparse("outline", plan)
        assert done.returncode == 0, done.stderr
        assert "备课" in done.stdout.decode()
        assert b"\x1b[" not in done.stdout

    def test_depth(self, planparse, plan):
        assert "周二检查" not in planparse("outline", plan, "--depth", "1").stdout.decode()

    def test_standard_input(self, planparse):
        assert "备课" in planparse("outline", stdin=PLAIN).stdout.decode()

    def test_colours_only_on_a_willing_terminal(self, monkeypatch):
        class Terminal:
            def isatty(self):
                return True

        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.delenv("NO_COLOR", raising=False)
        assert wants_colour(Terminal())
        monkeypatch.setenv("NO_COLOR", "1")
        assert not wants_colour(Terminal())
        with open(os.devnull) as stream:
            assert not wants_colour(stream)


class TestValidate:
    def test_what_parse_writes_is_valid(self, planparse, plan, tmp_path):
        planparse("parse", plan, "-o", "plan.json")
        done = planparse("validate", "plan.json")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert planparse("validate", "-", stdin=(tmp_path / "plan.json").read_bytes()).returncode == 0

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_faults_are_told_with_their_place(self, planparse, plan, tmp_path, language):
        document = json.loads(planparse("parse", plan).stdout)
        document["plans"][0]["children"][0]["level"] = "deep"
        (tmp_path / "bad.json").write_text(json.dumps(document))
        done = planparse("validate", "bad.json", "--lang", language)
        assert done.returncode == 1
        assert done.stdout.decode().startswith("bad.json: $.plans[0].children[0]")

    def test_no_json_at_all(self, planparse, plan):
        done = planparse("validate", plan)
        assert done.returncode == 1
        assert re.fullmatch(rf"{re.escape(str(plan))}: \$: this is no JSON: .*\n", done.stdout.decode())

    def test_a_missing_file(self, planparse):
        done = planparse("validate", "missing.json")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"missing.json: there is no such file" in done.stderr


class TestSchema:
    def test_it_is_the_models(self, planparse):
        schema = json.loads(planparse("schema").stdout)
        assert {"schema", "source", "plans", "stray", "diagnostics"} <= set(schema["properties"])
        assert all("description" in field for field in schema["$defs"]["Section"]["properties"].values() if "$ref" not in field)


class TestStreams:
    @pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
    @pytest.mark.parametrize("command", ["parse", "schema"])
    def test_a_reader_that_leaves_early(self, tmp_path, command):
        path = tmp_path / "long.txt"
        path.write_bytes(PLAIN * 20_000)
        arguments = [sys.executable, "-m", "planparse", command, *([str(path)] if command == "parse" else [])]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            if command == "parse":
                process.stdout.read(10)
            process.stdout.close()
            assert process.stderr is not None
            assert process.stderr.read() == b""
            assert process.wait() == 141

    def test_the_interrupt_key(self, monkeypatch):
        def interrupt(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr("planparse.cli.app.application", interrupt)
        assert main(["schema"]) == 130

    def test_a_terminal_is_no_input(self, capfd, monkeypatch):
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        assert main(["parse", "--lang", "en"]) == 2
        assert "no file was named" in capfd.readouterr().err

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
    def test_a_full_disk(self, planparse, plan):
        done = planparse("parse", plan, "-o", "/dev/full", "-f", "json")
        assert (done.returncode, b"cannot write the result (No space left on device)" in done.stderr) == (2, True)
