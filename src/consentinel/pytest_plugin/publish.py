"""Publishes a run: the report, run.json and summary, what the terminal says at the end, and the exit code."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from consentinel.policy.policy_file import PolicyFile
from consentinel.pytest_plugin.after_run import AfterRun, follow_up, notify
from consentinel.pytest_plugin.deployment import DEPLOYMENT
from consentinel.pytest_plugin.options import HAS_ALLURE, Settings, has_features, settings_of
from consentinel.pytest_plugin.pace import pace_of
from consentinel.pytest_plugin.policy_of_run import category_names, pack_data, policy_data, promise_data
from consentinel.pytest_plugin.progress import Progress, mark_inconclusive
from consentinel.pytest_plugin.run_records import RunRecords
from consentinel.pytest_plugin.seal import Seal
from consentinel.report.causes import causes
from consentinel.report.exit_codes import BROKEN, ERROR, KEPT, NOTHING_RAN, SETUP_FAILED, SOFT
from consentinel.report.failures import failures
from consentinel.report.policy_schema import PolicyData
from consentinel.report.recovery import RUNNING, begun, in_order, running, unended
from consentinel.report.schema import VERSION, RunData, ScenarioData
from consentinel.report.summary import markdown
from consentinel.report.terminal import promise_table
from consentinel.report.writer import ReportError, write_report

if HAS_ALLURE:
    from consentinel.report.allure import write_allure

NONE_SELECTED = "No scenario was selected: look at -m, -k and the names of the feature files."

JUDGED = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)


class Publisher:
    """Publishes one run, whose records it passes on to `records` as they arrive."""

    def __init__(self, config: pytest.Config, progress: Progress) -> None:
        self.config = config
        self.settings: Settings = settings_of(config)
        self.progress = progress
        self.started = time.time()
        self.records = RunRecords(self.settings.report)
        self.final: RunData | None = None
        self.prepared = False
        self.complete = False
        self.is_published = False
        self.is_incomplete = False
        """Whether a file that the options ask for could not be written, or a record could not be read."""
        self.policy: PolicyData | None = None
        self.after_run = AfterRun()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take a scenario's record off its report."""
        if report.nodeid.partition("::")[0].endswith(".feature"):
            self.records.begun.add(report.nodeid)
            self._prepare()
        for scenario in self.records.take(report):
            self.progress.ended(scenario)

    @pytest.hookimpl(optionalhook=True)
    def pytest_handlecrashitem(self, crashitem: str, report: pytest.TestReport) -> None:
        """Make a scenario inconclusive if a worker of pytest-xdist crashed in it: the site is not at fault."""
        if crashitem in self.records.recorded or not (scenario := running(self.settings.report).get(crashitem)):
            return
        self._prepare()
        crashed = unended(scenario, "Its worker crashed")
        self.records.lose(crashitem, crashed)
        self.progress.ended(crashed)
        report.when = "call"
        reason = "its worker crashed before the scenario had come to its end"
        mark_inconclusive(report, scenario["file"], scenario["line"], reason)

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Add the internal error to the report, which is kept longer than the terminal's traceback."""
        message = str(excinfo.value).strip().partition("\n")[0]
        self.problem(f"pytest ended the run with an internal error: {excinfo.typename}: {message}")

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Any:
        """Write the report, even after an error, and set the exit code."""
        for scenario in self.records.lose_unended():
            self.progress.ended(scenario)
        self.complete = exitstatus in JUDGED and self.records.are_whole
        self._read_policy(is_interrupted=exitstatus == pytest.ExitCode.INTERRUPTED)
        run = self.final = self.run()
        if run["scenarios"]:
            partial = bool(self.config.option.keyword or self.config.option.markexpr) or len(self.config.args) != 1
            self.after_run = follow_up(run, self.settings, partial, self._policy_file())
            self._publish(run)
            if exitstatus in (*JUDGED, pytest.ExitCode.INTERRUPTED):
                alone = session.testscollected <= len(run["scenarios"])
                session.exitstatus = self._code(run, exitstatus, alone)
        elif self.is_lost and exitstatus in JUDGED:
            session.exitstatus = ERROR
        if self.records.ended_by and session.exitstatus not in (BROKEN, pytest.ExitCode.INTERNAL_ERROR):
            session.exitstatus = SETUP_FAILED
        self.records.spool.close()
        with suppress(OSError):  # the folder is not empty while workers still run, or does not exist
            (self.settings.report / RUNNING).rmdir()
        return (yield)

    def pytest_terminal_summary(self, terminalreporter: Any, exitstatus: int) -> None:
        """Print the failures, the table of promises and the path of the report."""
        if self.final is None or not self.final["scenarios"]:
            if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and has_features(self.config):
                terminalreporter.write_line(NONE_SELECTED)
            for problem in self.records.problems if self.is_lost else ():
                terminalreporter.write_line(f"Problem: {problem}")
            return
        run, colour = self.final, bool(terminalreporter.hasmarkup)
        terminalreporter.write_line("")
        for block in failures(run, self.settings.report, colour=colour):
            terminalreporter.write(f"{block}\n\n")
        terminalreporter.write(promise_table(run, colour=colour).rstrip() + "\n")
        for line in [*self.after_run.lines, *(f"Problem: {problem}" for problem in self.records.problems)]:
            terminalreporter.write_line(line)
        if self.is_published:
            terminalreporter.write_line(f"Report: {self.settings.report / 'index.html'}")

    def _code(self, run: RunData, exitstatus: int, alone: bool) -> int:
        """Return the exit code for the most serious result. Other failures of the run outrank soft scenario results.

        `alone` is false if the run had tests beside the scenarios. Then it is not empty if each scenario was skipped.
        """
        code = self.after_run.code(run, self.settings)
        if code == NOTHING_RAN and not alone:
            code = KEPT
        if code not in SOFT:
            return code
        if exitstatus == pytest.ExitCode.TESTS_FAILED:
            return BROKEN  # a test that is not a scenario failed, or a file could not be collected
        return ERROR if self.is_incomplete else code

    def run(self) -> RunData:
        """Return the run so far, with the records read from disk."""
        deployment = self.config.stash.get(DEPLOYMENT, None)
        profile = deployment.profile if deployment else None
        horizon, scenarios = self.settings.horizon, in_order(self._ended())
        return RunData(
            version=VERSION,
            tool="consentinel",
            site=profile.site.name if profile else self.settings.site,
            base_url=str(profile.site.base_url) if profile else "",
            started=self.started,
            seconds=round(time.time() - self.started, 3),
            complete=self.complete,
            browsers=self.records.browsers,
            wire=self.settings.wire and (profile.allow.wire if profile else True),
            horizon_s=horizon if horizon is not None else (profile.limits.horizon_s if profile else 0.0),
            promises=promise_data(self.config),
            blindness=list(self.records.blindness.values()),
            scenarios=scenarios,
            causes=causes(scenarios),
            problems=self.records.problems,
            categories=category_names(deployment),
            packs=pack_data(deployment.policy if deployment else None),
            policy=self.policy,
        )

    def _policy_file(self) -> PolicyFile | None:
        deployment = self.config.stash.get(DEPLOYMENT, None)
        return deployment.policy if deployment else None

    @property
    def is_lost(self) -> bool:
        """Whether scenarios were played, and no record of them can be read."""
        has_some = self.final is not None and bool(self.final["scenarios"])
        return bool(self.records.recorded) and not self.records.ended_by and not has_some

    def _read_policy(self, *, is_interrupted: bool) -> None:
        """Read the published policy, if a scenario ran and a policy file goes with the site.

        Ctrl-C may have ended the site as well: that its policy cannot be read then is no problem of the run.
        """
        if self.records.recorded and DEPLOYMENT in self.config.stash:
            self.policy = policy_data(self.config.stash[DEPLOYMENT])
            if self.policy and self.policy["problem"] and not is_interrupted:
                self.problem(self.policy["problem"])

    def _ended(self) -> Iterator[ScenarioData]:
        try:
            yield from self.records.spool.read()
        except (OSError, ValueError) as error:
            self.complete, self.is_incomplete = False, True
            lost = "records of this run are lost, as where two runs at once have the same --report"
            self.problem(f"{self.records.spool.path} cannot be read: {error}; {lost}")

    def _publish(self, run: RunData) -> None:
        try:
            self.settings.report.mkdir(parents=True, exist_ok=True)
            first_page = write_report(run, self.settings.report, self.after_run.trends, with_manifest=False)
            self.is_published = True
            if self.settings.allure is not None:
                write_allure(run, self.settings.report, self.settings.allure, clean=self.settings.clean_allure)
            problem = notify(run, self.settings, self.after_run, first_page)
            summary = os.environ.get("GITHUB_STEP_SUMMARY")
            if summary:
                with Path(summary).open("a", encoding="utf-8") as file:
                    file.write(markdown(run))
        except Exception as error:  # noqa: BLE001 - the verdicts are known; the terminal still prints them
            known = isinstance(error, ReportError | OSError)
            problem = str(error) if known else f"the report could not be made: {type(error).__name__}: {error}"
            self.is_incomplete = True
        if problem:
            self.problem(problem)

    def problem(self, message: str) -> None:
        """Add a problem of the run, once."""
        self.records.problem(message)

    def _prepare(self) -> None:
        """Write a first report when the first scenario begins.

        A killed run leaves this report, which says how to make a report of the finished scenarios.
        """
        if self.prepared:
            return
        self.prepared = True
        try:
            self.settings.report.mkdir(parents=True, exist_ok=True)
            self.records.spool.open()
            run = begun(self.run(), self.settings.report)
            self.progress.pace = pace_of(self.settings.history, run["site"], map(str, self.settings.engines))
            write_report(run, self.settings.report, with_manifest=False)
        except ReportError as error:
            self.problem(str(error))
        except OSError as error:
            self.problem(f"{self.records.spool.path} cannot be written: {error.strerror or error}")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Register the publisher in the controller, not in workers."""
    if hasattr(config, "workerinput"):
        return
    settings = settings_of(config)
    progress = Progress(config)
    config.pluginmanager.register(progress, "consentinel-progress")
    publisher = Publisher(config, progress)
    config.pluginmanager.register(publisher, "consentinel-publisher")
    seal = Seal(settings.report, lambda: publisher.is_published, publisher.problem)
    config.pluginmanager.register(seal, "consentinel-seal")
    if not config.option.collectonly and has_features(config):
        for folder in ("pictures", "timelines", "hars", "scenarios", "allure", RUNNING):
            shutil.rmtree(settings.report / folder, ignore_errors=True)
        _check_writable(settings.report)


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise pytest.UsageError(f"--report {folder}: cannot be written: {error.strerror or error}") from error
