# The commands of the project; `make help` lists them. The work is done by the small programs in scripts/.
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests
WORKERS ?= 2
# Hundreds of processes are started (servers, SymPy's, notebooks'): what one of them compiles is there for the next.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test search check style types walls chromium format bench picture clean

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: $(VENV)/.runtime  ## set up and serve the explorer on http://localhost:8501 (PORT=9000 changes the port)
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.development  ## set up and run every test, in a real Chromium too (TESTS=tests/numeric runs a part, WORKERS=1 one by one)
	$(MAKE) --no-print-directory --jobs 3 style types chromium $(if $(filter-out tests,$(TESTS)),walls)
	CHROMIUM="$$(scripts/find-chromium --install)" && export CHROMIUM && \
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal --durations 20 $(TESTS)

search: $(VENV)/.development  ## let the property tests look for examples that they have not tried (TESTS=tests/numeric searches a part)
	EXAMPLES=search $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal -m "not browser" $(TESTS)

# The walls are among the tests: `make test` asks for them here only where it runs a part, and finds its browser meanwhile.
check: style types walls  ## formatting, lint, types and the walls between the rooms

style: $(VENV)/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.development
	$(BIN)/mypy

walls: $(VENV)/.development
	$(BIN)/python -m pytest tests/architecture

chromium:
	scripts/find-chromium --install

format: $(VENV)/.development  ## let ruff format and mend what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.development  ## measure what benchmarks/README.md describes (ONLY="drag first_picture" measures a part)
	CHROMIUM="$$(scripts/find-chromium --install --windowed)" && export CHROMIUM && $(BIN)/python -m benchmarks $(ONLY)

picture: $(VENV)/.development  ## make the moving picture of README.md from the running pages
	CHROMIUM="$$(scripts/find-chromium --install --windowed)" && export CHROMIUM && $(BIN)/python scripts/moving_picture.py

clean:  ## remove what the commands above have made
	rm -rf $(VENV) build static/*.js* .mypy_cache .pytest_cache .ruff_cache .hypothesis

# A stamp is newer than its requirements when the environment holds them.
$(VENV)/.runtime: requirements.txt scripts/make-environment
	scripts/make-environment $(VENV) requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	scripts/make-environment $(VENV) requirements-dev.txt
	@touch $@
