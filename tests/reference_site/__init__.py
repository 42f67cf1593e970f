"""Tests of the reference site: it keeps the policy, and each defect really breaks it."""
