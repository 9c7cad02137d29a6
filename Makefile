# make run   install, build the index, serve http://127.0.0.1:8000
# make test  everything that CI runs
# make lint  style, types, layers only
# make docs  write the generated parts of the docs anew
# make vendor  fetch typefaces and scripts of the page (tools/vendor.toml); the results are committed
# make pictures  take the pictures of the user guide anew
# make gallery  draw the chats of docs/telegram.md anew
# make lock  write constraints.txt from what `make test` installed
# make sbom  write build/sbom.cdx.json, the bill of materials of an installation (CycloneDX)
# make clean remove everything that these made

PYTHON ?= python3
# A small CPU build where the index offers one; only the tests of the extra `models` need it.
TORCH ?= torch==2.13.0
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test lint docs vendor pictures gallery lock sbom clean postgres chromium

run: $(VENV)/.core
	@$(BIN)/danvan index
	@$(BIN)/danvan serve

test: lint postgres chromium
	$(BIN)/python -m pytest --numprocesses 2 --dist loadscope --cov --cov-report=term

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The records are tested on PostgreSQL as well: installed where it is missing and may be, else those tests are skipped.
postgres:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -qq -y postgresql; } \
	  || echo "PostgreSQL is missing (apt-get install postgresql): its tests are skipped"

# The page is tested in a real browser: installed where it is missing and may be, else those tests are skipped.
chromium:
	@command -v chromium >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; } \
	  || echo "Chromium is missing (apt-get install chromium): the tests of the page in a browser are skipped"

vendor: $(VENV)/.dev
	$(BIN)/python -m tools.vendor

pictures: $(VENV)/.dev chromium
	$(BIN)/python -m tools.pictures docs/images

docs: $(VENV)/.dev
	$(BIN)/python -m bot.reference docs

gallery: $(VENV)/.dev
	$(BIN)/danvan index
	$(BIN)/python -m tests.telegram.gallery docs/images

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Đang cài đặt (khoảng một phút, 700 MB) …"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(PIP) '$(TORCH)'
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.core

# Neither torch, whose builds differ from machine to machine, nor the project itself.
lock: $(VENV)/.dev
	$(BIN)/python -m pip freeze --exclude-editable --disable-pip-version-check \
	  | grep -v -i -E '^(torch|triton|nvidia-|cuda-|danvan-assistant)' | grep -v ' @ ' > constraints.new
	mv constraints.new constraints.txt

# In environments of their own: the bill lists what the core install brings, and nothing of what made the bill.
sbom:
	@rm -rf build/sbom && mkdir -p build/sbom
	$(PYTHON) -m venv build/sbom/core
	build/sbom/core/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt .
	build/sbom/core/bin/python -m pip uninstall --quiet --yes pip setuptools
	$(PYTHON) -m venv build/sbom/tools
	build/sbom/tools/bin/python -m pip install --quiet --disable-pip-version-check 'cyclonedx-bom>=7.2,<8'
	build/sbom/tools/bin/python -m tools.sbom build/sbom/core/bin/python build/sbom.cdx.json

clean:
	rm -rf $(VENV) .danvan build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
