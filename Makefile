SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test lint fix golden reference bench soak fuzz samples wheel
BIN := .venv/bin
export PYTHON ?= python3

help:  ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run:  ## Install what is missing, read the sample replies, show the table of delegations
	@scripts/install run
	@scripts/run-samples

test:  ## Install what the tests need; lint, types, import direction and all tests
	@scripts/install test
	@scripts/lint
	@scripts/tests

lint:  ## Lint, format, types and import direction only
	@scripts/install test
	@scripts/lint

fix:  ## Repair what the linter and the formatter can repair
	@scripts/install test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden:  ## Write the golden readings of the samples anew; look at the diff
	@scripts/install test
	scripts/tests --golden-write -k golden

reference:  ## Write docs/reference anew from the code (commands, keys, columns, reasons, modules)
	@scripts/install test
	$(BIN)/python -m scripts.reference

bench:  ## Measure accuracy on the samples, and speed against tesseract alone
	@scripts/install test
	$(BIN)/python benchmarks/accuracy.py samples
	$(BIN)/python benchmarks/speed.py samples

soak:  ## The long trials: hundreds of kills, bad networks, full disks, 1,440 polls
	@scripts/install test
	scripts/tests -m soak tests/soak tests/noteverbale/test_busy_machine.py

fuzz:  ## Bombs, and mutants of the samples for FUZZ_SECONDS (300); FUZZ_SEED repeats a run
	@scripts/install test
	scripts/tests -m 'soak or not soak' tests/fuzz
	$(BIN)/python -m tests.fuzz.run --seconds $(or $(FUZZ_SECONDS),300) $(if $(FUZZ_SEED),--seed $(FUZZ_SEED))

samples:  ## Make the sample replies, messages and truth files again
	@scripts/install test
	$(BIN)/python -m samples.make

wheel:  ## Build the wheel, install it in a fresh environment and run it
	@scripts/install test
	@scripts/wheel-check
