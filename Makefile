# Works on a machine that has only Python 3.11 (or later) and make.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
TRAINED := model/trained/manifest.json
# A process a core is enough: with threads in each they only wait for one another.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

.PHONY: setup app train model test coverage check data bench bench-long bench-load judge

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[test,dev]"
	touch $@

app: $(STAMP) $(TRAINED)
	$(BIN)/streamlit run app.py

$(TRAINED): | $(STAMP)
	@echo "No trained model yet: training one first (about three minutes)."
	$(BIN)/python train.py

model: $(TRAINED)

train: $(STAMP)
	$(BIN)/python train.py

test: $(STAMP) $(TRAINED)
	$(ONE_THREAD) $(BIN)/python -m pytest -n auto --dist loadgroup

coverage: $(STAMP) $(TRAINED)
	$(ONE_THREAD) $(BIN)/python -m pytest -n auto --dist loadgroup --cov

check: data
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

data: $(STAMP)
	$(BIN)/python -m bench.data_check

bench: $(STAMP) $(TRAINED)
	$(BIN)/python -m bench.time_suite
	$(BIN)/python -m bench.speed

bench-long: $(STAMP) $(TRAINED)
	$(BIN)/python -m bench.scale

bench-load: $(STAMP) $(TRAINED)
	$(BIN)/python -m bench.load

judge: $(STAMP) $(TRAINED)
	$(BIN)/python -m bench.judge
