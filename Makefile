# `make` alone lists the targets. PYTHON=… names the interpreter to use (3.11 or newer, with pip).

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check bench torture lock clean

# Byte code makes every start three times cheaper, so an environment that forbids it is overruled.
unexport PYTHONDONTWRITEBYTECODE
export PYTHON

bin := .venv/bin
compile := $(bin)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --quiet \
	--custom-compile-command "make lock"

run: setup ## open Upswing; the first time it makes what it needs
	@$(bin)/upswing serve

demo: setup ## open a made-up year, in a throw-away vault
	@$(bin)/upswing demo

setup: ## make the environment (.venv) from the lock file
	@tools/environment.sh requirements.lock

test: ## run every test, on the vault and on PostgreSQL; ARGS=… goes to pytest
	@tools/environment.sh requirements-dev.lock
	@$(bin)/python tools/needs.py
	@tools/test.sh $(ARGS)

check: ## look over format, lint, types, imports, migrations and docs
	@tools/environment.sh requirements-dev.lock
	@tools/check.sh

bench: setup ## measure speed and write benchmarks/RESULTS.md; SIZES="100 1000" for a quick look
	@tools/bench.sh $(SIZES)

torture: ## kill, fill, flip and mutate for an hour, and write docs/reliability.md
	@tools/environment.sh requirements-dev.lock
	@$(bin)/python tools/needs.py
	@tools/torture.sh $(ARGS)

lock: ## make both lock files anew, with the newest versions that fit
	@tools/environment.sh requirements-dev.lock
	@$(compile) --upgrade --group build -o requirements.lock
	@$(compile) --upgrade --group dev --constraint requirements.lock -o requirements-dev.lock

clean: ## remove everything that was made here; your vault is elsewhere and stays
	@rm -rf .venv .venv-bench build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tools tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list these targets
	@echo "Upswing: a private workbook for the time after a setback."
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 15
