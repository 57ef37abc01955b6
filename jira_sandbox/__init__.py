"""A small stateful Jira over real HTTP, for the demo, the tests and the benchmarks."""
