# `make` alone lists what can be made.
.DEFAULT_GOAL := help
.PHONY: help workshop test check soak fuzz bench screenshots pictures language lock test-newest clean runtime development
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
# Python keeps what it compiled, or each program that a test starts would compile itself anew.
unexport PYTHONDONTWRITEBYTECODE
TESTS := $(BIN)/pytest -q -n 3 --dist worksteal

help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

workshop: runtime ## set up, then open a sample contract with three people in it
	@echo "Starting the rehearsal …"
	@$(BIN)/contract-tui rehearse

test: development ## set up, then run every check and every test (about 16 minutes on two cores)
	@$(MAKE) -j2 lint types rooms compiled
	@echo "== tests =="
	@$(TESTS)

check: development lint types rooms ## what one runs while working (about a minute)
	@echo "== quick tests =="
	@HYPOTHESIS_PROFILE=quick $(TESTS) -m "not (journey or interop or later or soak)"

soak: development ## the long runs: kills, storms, deep simulation, fuzzing (about 8 minutes)
	@echo "== soak =="
	@HYPOTHESIS_PROFILE=deep $(TESTS) -m soak $$(grep -rl --include='test_*.py' 'mark\.soak' tests)

fuzz: development ## search for input that a reader neither takes nor refuses (13 minutes)
	@$(BIN)/python -m tests.fuzz --seconds 30

bench: development ## measure the program beside its peers and write the figures into the README
	@$(BIN)/python -m benchmarks

screenshots: development ## make the pictures of the README anew, from the real program
	@echo "Taking the pictures in docs/images …"
	@PICTURES=take $(BIN)/pytest -q tests/test_pictures.py

pictures: development ## take a picture of every screen anew, and show them all on one page
	@echo "Taking the pictures of every screen …"
	@PICTURES=take $(TESTS) tests/contract_tui/ui/pictures/test_scenes.py
	@$(BIN)/python -m tests.contract_tui.ui.pictures

language: development ## take what is said into every language's catalogue, and compile them
	@$(BIN)/python tools/language.py update
	@$(BIN)/python tools/language.py compile

lock: development ## write requirements/*.txt anew from pyproject.toml
	@$(BIN)/python tools/lock.py

test-newest: development ## run the tests with automerge-repo's newest versions from npm
	@echo "== automerge-repo, newest =="
	@AUTOMERGE_REPO=newest $(BIN)/pytest -q -m interop

clean: ## remove .venv and everything else that was made
	@echo "Removing .venv and caches …"
	@rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

runtime development:
	@tools/setup.sh $@

.PHONY: lint types rooms compiled
lint: development
	@echo "== format and lint =="
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet --output-format=concise .

types: development
	@echo "== types =="
	@$(BIN)/mypy

rooms: development
	@echo "== rooms =="
	@$(BIN)/lint-imports --no-logo

# Once for the three processes that run the tests, while the types are checked on the other core.
compiled: development
	@test -d tests/__pycache__ || $(BIN)/pytest -q --collect-only >/dev/null || true
