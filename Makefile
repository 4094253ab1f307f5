# The handful of commands. `make help` lists them.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: run test lint fix docs words bench help

run: ## Start Amends on this machine, with a demo to walk through
	@scripts/sync run "[1/4] Python packages"
	@AMENDS_STEPS_BEFORE=1 exec .venv/bin/amends up --demo --data data

test: ## Run every test (pick some with ARGS="tests/method -k promise")
	@scripts/sync dev "[1/3] Python packages"
	@scripts/test-tools "[2/3] Programs that tests use"
	@scripts/test "[3/3] Tests" $(ARGS)

lint: ## Look for mistakes: format, style, types, imports, templates
	@scripts/sync dev "Python packages"
	@scripts/lint

fix: ## Mend what the tools can mend by themselves
	@scripts/sync dev "Python packages"
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format --quiet .

docs: ## Check the documents: links, commands, decisions, changelog
	@scripts/sync dev "Python packages"
	@.venv/bin/python -m pytest -q tests/house -k "docs or changelog or commands"

words: ## Gather what customers read, for translation, and compile what is translated
	@scripts/sync dev "Python packages"
	@.venv/bin/python -m tests.desk.catalogues

bench: ## Measure (takes a while; figures are kept in docs/benchmarks.md)
	@scripts/sync dev "Python packages"
	@scripts/bench $(ARGS)

help: ## Show this list
	@sed -nE 's/^([a-z]+): ## (.*)/  make \1\t\2/p' Makefile | expand -t 16
