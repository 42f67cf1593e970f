"""Wires features, steps, pages and evidence together. What each part does is told in its own module."""

pytest_plugins = [
    "runner.memory",  # first: it knows when the others have been imported
    "runner.ahead",  # second: what it starts comes up while they are
    "runner.options",
    "runner.deployment",
    "runner.collect",
    "runner.attempts",
    "runner.sharing",
    "runner.scenarios",
    "runner.publish",
    "fixtures.settings",
    "fixtures.site",
    "fixtures.browsers",
    "fixtures.visitor",
    "fixtures.evidence",
    "steps.visitors",
    "steps.doing",
    "steps.seeing",
    "steps.judging",
    "steps.answering",
]
