# make run: the portal with its demo, on http://localhost:8000     make test: everything that CI checks
# PORT, DATABASE_URL and PORTAL_DATA_DIR come from the environment; the README lists the rest.

BIN := .venv/bin
PORTAL := $(BIN)/portal
export REFLEX_USE_NPM := 1
export REFLEX_TELEMETRY_ENABLED := false
export REFLEX_CHECK_LATEST_VERSION := false
export GRANIAN_WORKERS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help install dev run test torture check bench pictures lock migration clean
.DELETE_ON_ERROR:

help:
	@echo "make run         set up what is missing, load the demo into an empty database, serve"
	@echo "make test        every check and every test, as CI does it"
	@echo "make torture     processes killed at every point of a payment and of a form, fifty times each, and every handler"
	@echo "                 fed with nonsense sixty times: an hour"
	@echo "make check       the quick checks alone: style, types, layers, security"
	@echo "make bench       what it costs, next to what Reflex alone costs: ten minutes, on a quiet machine"
	@echo "make pictures    take the pictures of the README anew, from the demo"
	@echo "make lock        choose the newest versions of everything we build on, with their hashes"
	@echo "make migration   write a migration for what changed in the models: NAME=\"add rooms\""
	@echo "make clean       remove what was built; data and settings stay"

install: .venv/base.stamp
dev: .venv/dev.stamp

.venv/base.stamp: requirements/base.txt pyproject.toml
	@tools/install base

.venv/dev.stamp: requirements/dev.txt pyproject.toml
	@tools/install dev

run: install
	@exec $(PORTAL) serve --set-up

check: dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml portal

test: check
	@tools/programs
	@tools/localstripe
	@tools/with-scratch $(BIN)/pytest -q -n 2 --dist loadscope --durations=12

torture: dev
	@tools/programs
	@TORTURE_TIMES=$${TORTURE_TIMES:-50} $(BIN)/pytest -q -n 0 -m torture
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-60} $(BIN)/pytest -q -n 0 tests/security/test_fuzz.py

bench: dev
	@tools/programs
	@$(BIN)/python -m bench.run
	@$(BIN)/python -m bench.practice
	@$(BIN)/python -m bench.forms
	@$(BIN)/python -m bench.requests

pictures: dev
	@tools/programs
	@$(BIN)/python -m tests.e2e.pictures

lock: dev
	@tools/lock

migration: dev
	@$(BIN)/alembic revision --autogenerate --rev-id "$$(tools/next-revision)" -m "$(NAME)"

clean:
	@rm -rf .web .states .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
