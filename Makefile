# Two commands: `make site` builds site/public and site/internal, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: site test lint serve lock clean fuzz kalimat bench-flow bench-reading bench-documents bench-look bench-edit bench-search bench-site bench-pages bench-province bench-cluster

site: .venv/site
	@echo "[3/3] Membuat situs …"
	@$(BIN)/sop build
	@echo
	@echo "Situs untuk umum ada di site/public/, situs untuk kalangan sendiri di site/internal/."
	@echo "Melihatnya:      make serve, lalu buka http://127.0.0.1:8000/"
	@echo "Perintah lain:   source .venv/bin/activate, lalu misalnya: sop check"

serve: .venv/site
	$(BIN)/sop serve

test: .venv/test lint
	$(BIN)/python -m pytest -n auto

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

kalimat: .venv/test  ## every sentence of the product in one list, each with its place
	@$(BIN)/python -m tests.sentences

fuzz: .venv/test  ## mutated data files (COUNT=20000), then files of each door (DOORS="pdf docx …", DOOR_COUNT=5000): problems, never a traceback or a hang
	$(BIN)/python -m tests.bench.fuzz --count $(COUNT)
	@for door in $(DOORS); do echo "$$door:"; $(BIN)/python -m tests.bench.fuzz --doors $$door --count $(DOOR_COUNT) || exit 1; done
COUNT := 20000
DOORS := pdf docx xlsx ods xls csv txt md html
DOOR_COUNT := 5000

bench-flow: .venv/test  ## our router beside Graphviz and libavoid, on the same generated SOPs
	$(BIN)/python -m tests.bench.flow

bench-reading: .venv/test  ## readings of real signed PDFs against hand transcriptions; CORPUS=folder; PEERS=1: peers beside ours
	$(BIN)/python -m tests.bench.reading $(if $(CORPUS),--corpus $(CORPUS)) $(if $(PEERS),--peers)

bench-search: .venv/test  ## our search beside plain Pagefind and Material's; CORPUS=folder also asks real SOPs what strangers type
	$(BIN)/python -m tests.bench.search --write docs/pengukuran-pencarian.md
ifdef CORPUS
	$(BIN)/python -m tests.bench.search.strangers $(CORPUS)
endif

bench-site: .venv/test  ## whole builds of 100 to 10,000 SOPs, ours beside Material, ProperDocs, Zensical, Hugo; AGAINST=REV: beside a commit
ifdef AGAINST
	$(BIN)/python -m tests.bench.against $(AGAINST)
else
	$(BIN)/python -m tests.bench.scale --write docs/pengukuran-skala.md
endif

bench-province: .venv/test  ## many agencies beside as many SOPs in one; AGENCIES=500 SOPS=20
	$(BIN)/python -m tests.bench.province --agencies $(or $(AGENCIES),500) --sops $(or $(SOPS),20) --write docs/pengukuran-provinsi.md

bench-cluster: .venv/test  ## a portal with documents, built by 1, 2, 4 and 8 Dask workers
	$(BIN)/python -m tests.bench.province.cluster

bench-pages: .venv/test  ## bytes, shifts, requests and axe-core's findings of every kind of page
	$(BIN)/python -m tests.bench.site --write docs/pengukuran-situs.md

bench-edit: .venv/test  ## the editing page: KLM of whole tasks, key to drawn table; SESSIONS=1000 random sessions
	$(BIN)/python -m tests.bench.edit $(if $(SESSIONS),--sessions $(SESSIONS))

bench-look: .venv/test  ## how SOPs look on paper, in Word and on pages; CASES=folder, CORPUS=folder, PICTURES=folder
	$(BIN)/python -m tests.bench.look --write docs/pengukuran-rupa.md --cases $(CASES) \
	  $(if $(CORPUS),--corpus $(CORPUS)) $(if $(PICTURES),--pictures $(PICTURES))

bench-documents: .venv/test  ## our PDF and Word files beside WeasyPrint, Chromium and LibreOffice; AGAINST=REV: beside a commit
ifdef AGAINST
	$(BIN)/python -m tests.bench.against $(AGAINST) --count 0 --documents 20
else
	$(BIN)/python -m tests.bench.documents
endif

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Perlu Python 3.11 atau lebih baru; pilih dengan: make PYTHON=python3.12 site"; exit 1; }
	@echo "[1/3] Menyiapkan Python di .venv …"
	@$(PYTHON) -m venv .venv

.venv/site: requirements.txt pyproject.toml | .venv/bin/python
	@echo "[2/3] Memasang paket (sekali saja, beberapa menit) …"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: requirements-test.txt pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements-test.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ .venv/site

# Exact versions with hashes, no index named; needs uv.
lock:
	uv pip compile $(LOCK) --extra build -o requirements.txt pyproject.toml
	uv pip compile $(LOCK) --extra build --extra test -o requirements-test.txt pyproject.toml
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

clean:
	rm -rf site .venv
