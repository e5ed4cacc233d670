# Everything a person or a machine does with this repository; `make` alone lists it.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PACKAGES := pipeline extractors lexicons

# A process that may not keep compiled modules compiles all of them anew: three seconds for each that the tests start.
unexport PYTHONDONTWRITEBYTECODE

# The hashes are of the wheels for Linux (glibc and musl) and macOS, on x86_64 and on arm64.
UV_VERSION := 0.13.9
UV_HASHES := \
	d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19 \
	2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25 \
	5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe \
	ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375 \
	c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5 \
	66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63

# Debian keeps ensurepip in a package of its own; without it pip comes as a wheel from the distribution's packages, which
# can be unpacked by anyone and run unpacked. The private lists are for machines that have none yet.
APT := apt-get -qq -o Dir::State::lists=$(CURDIR)/.venv/apt/lists -o Dir::Cache=$(CURDIR)/.venv/apt/cache
define PIP_FROM_APT
mkdir -p .venv/apt/lists/partial .venv/apt/cache/archives/partial && cd .venv/apt \
	&& $(APT) update && $(APT) download python3-pip-whl \
	&& dpkg-deb -x python3-pip-whl*.deb . && cp usr/share/python-wheels/pip-*.whl ../pip.whl
endef

.PHONY: help setup run test notebooks docs accuracy bench-check mutants kills fuzz growth habits format sbom lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

setup: .venv/bin/poimuri ## install the locked packages into .venv, and libvoikko with its dictionary
	@.venv/bin/python -m pipeline.language.native

run: setup ## data/raw to data/processed
	.venv/bin/poimuri run data/raw data/processed

test: setup ## formatting, lint, types, tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/pytest -q -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist worksteal

notebooks: run ## run the notebooks over data/processed and write their outputs
	.venv/bin/python -m tests.notebooks

docs: setup ## the pages of docs/ as a site, in docs/_build; a warning fails
	.venv/bin/uv sync --locked --inexact --group docs
	.venv/bin/python -m sphinx -W --keep-going -q -b html docs docs/_build
	@echo docs/_build/index.html

accuracy: setup ## measure the tables on documents with truth, for the data dictionary
	.venv/bin/poimuri bench documents tests/documents tests/truth --json docs/accuracy.json

N ?= 200
SEED ?= 1
IN ?= extractors pipeline/repair
mutants: setup ## break the code at N random places and say what no test finds: make mutants N=50 SEED=2 IN=pipeline/repair
	@.venv/bin/python tests/mutants.py -n $(N) --seed $(SEED) $(IN)

kills: setup ## kill a hundred runs at random moments: the tables must end as if nothing had been
	POIMURI_KILLS=100 .venv/bin/pytest -q -n 0 tests/test_ways_to_end.py -k killed

fuzz: N := $(if $(filter command line,$(origin N)),$(N),20000)
fuzz: setup ## N mutants of our own samples in each format: each a document or a clear reject: make fuzz N=2000 FORMATS="txt pdf"
	nice .venv/bin/python -m tests.fuzz -n $(N) --seed $(SEED) --keep fuzz $(FORMATS)

MOST ?= 10000000
growth: setup ## how the time of hostile texts grows with their size, from 10 kB to MOST bytes
	.venv/bin/python -m tests.growth --most $(MOST)

habits: setup ## 2000 reports in other offices' habits: the share of facts kept, by table and by habit
	.venv/bin/python -m tests.habits --runs 2000 --seed 1 --workers 2

bench-check: setup ## compare the speed of runs with the last release's: fails where it fell by more than 15 %
	rm -rf .bench && .venv/bin/poimuri synth 40 .bench
	.venv/bin/poimuri bench run .bench/exports --against docs/benchmarks.json; code=$$?; rm -rf .bench; exit $$code

format: setup ## format the code and mend what ruff can mend
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

sbom: setup ## dist/sbom.json: what the program is made of, from uv.lock, as CycloneDX
	@mkdir -p dist
	.venv/bin/uv export --quiet --locked --no-dev --all-extras --format cyclonedx1.5 -o dist/sbom.json

lock: .venv/uv-$(UV_VERSION) ## bring uv.lock in line with pyproject.toml
	.venv/bin/uv lock

clean: ## remove .venv, .voikko and caches, nothing else
	rm -rf .venv .voikko .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(PACKAGES) tests -name __pycache__ -prune -exec rm -rf {} +

# First the packages, hatchling among them; so poimuri is built by what the lock holds, by hash, and nothing else.
# -c: a command that uv did not make must not appear as an empty file.
.venv/bin/poimuri: uv.lock pyproject.toml .venv/uv-$(UV_VERSION)
	UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --locked --no-install-project --python .venv/bin/python
	UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --locked --no-build-isolation-package poimuri --python .venv/bin/python
	@touch -c $@

# pip checks uv by hash; from there on uv checks everything else by those in uv.lock.
.venv/uv-$(UV_VERSION):
	@test -n "$(PYTHON)" || { echo "error: no Python >= 3.11; name one: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv >/dev/null 2>&1 \
		|| { $(PYTHON) -m venv --clear --without-pip .venv && (set -e; $(PIP_FROM_APT)) >/dev/null 2>&1; } \
		|| { echo "error: no pip for .venv, none from the network; run: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "uv==$(UV_VERSION) $(UV_HASHES:%=--hash=sha256:%)" | PYTHONPATH=.venv/pip.whl .venv/bin/python -m pip install \
		--quiet --disable-pip-version-check --only-binary :all: --require-hashes --requirement /dev/stdin
	@touch $@
