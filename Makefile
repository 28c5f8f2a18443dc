# make lab       open the notebooks in JupyterLab         (BROWSER=no: only print the address)
# make test      everything that is checked               (make -k test goes on after a failure)
# make check     ruff and mypy alone
# make binder-test   install what Binder would, and run the notebooks there
# make bench     how fast it is, beside other libraries
# make pins      what Binder installs, from the newest releases
# make pictures  take the README's picture again, in a real browser
# make notebooks execute, clean and check the notebooks (for those who write them)
# make handouts  print every notebook into handouts/, as HTML and, with Chromium, as PDF
# make assignment   write a sheet's exercises for nbgrader into assignment/   (SEED=101: other numbers)
# make clean     remove .venv and every cache
#
# PYTHON=python3.12 chooses the Python for .venv; LAB_ARGS="--port 9999" is passed on to JupyterLab.

PYTHON = python3
BROWSER = yes
LAB_ARGS =
SEED = 1
FIRST = 00_start_here.ipynb

VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
LAB = $(BIN)/python -m jupyter lab notebooks --LabApp.default_url=/lab/tree/$(FIRST) --LabApp.news_url=None
NO_BROWSER = $(if $(filter no,$(BROWSER)),--no-browser)
AS_ROOT = $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: help lab test check style types unit-tests notebook-tests browser-tests binder-test bench \
        pins pictures notebooks handouts assignment clean
.NOTPARALLEL:

help:
	@sed -n 's/^# //p; /^$$/q' Makefile

lab: $(VENV)/.lab
	$(LAB) $(NO_BROWSER) $(AS_ROOT) $(LAB_ARGS)

test: check unit-tests notebook-tests browser-tests

check: style types

# Each step's commands stand in tests/steps.py.
style types unit-tests notebook-tests browser-tests binder-test: $(VENV)/.test
	@$(BIN)/python tests/steps.py $@

bench: $(VENV)/.bench
	$(BIN)/python tests/bench

pins: $(BIN)/python
	$(BIN)/python binder/pins.py

pictures: $(VENV)/.test
	$(BIN)/python -m tests.browser.pictures

notebooks: $(VENV)/.test
	$(BIN)/python -m course.author

handouts: $(VENV)/.test
	$(BIN)/python -m course.handouts

assignment: $(VENV)/.test
	$(BIN)/python -m course.assignment --seed $(SEED)

clean:
	rm -rf $(VENV) handouts .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment, installed again only when pyproject.toml has changed.

$(VENV)/.lab $(VENV)/.test $(VENV)/.bench: pyproject.toml $(BIN)/python
	$(PIP) install --quiet --editable '.[$(subst .,,$(notdir $@))]'
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'bpwidgets needs Python 3.11 or newer; choose one with: make PYTHON=python3.12 ...' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo 'Python cannot make a virtual environment here. On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
