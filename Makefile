# make run   set everything up and open the window on a demonstration patient
# make test  set everything up and run the tests
# make lint  layers, style and types
# make faults bring about every fault a thousand times and write docs/FAULTS.md (an hour)
# make bench print the table of measured figures, beside floors and rivals (in an environment of its own);
#            GROUPS="start session" prints those groups alone
# make bench-xvfb  the same in windows of an X server without a screen
# make clean take away what was built (.venv, caches)

.PHONY: run test lint bench bench-xvfb faults clean setup setup-test setup-lint

run: setup
	bash packaging/run.sh

test: setup-test
	QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -n auto --dist loadfile $(PYTEST_ARGS)

lint: setup-lint
	.venv/bin/lint-imports
	.venv/bin/ruff check .
	.venv/bin/mypy --strict

bench:
	bash packaging/setup_system.sh
	bash packaging/setup_venv.sh benchmarks .venv-benchmarks
	.venv-benchmarks/bin/python -m tests.benchmarks $(GROUPS)

faults: setup-test
	QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.faults --full

bench-xvfb:
	bash packaging/setup_system.sh
	bash packaging/setup_venv.sh benchmarks .venv-benchmarks
	QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24" .venv-benchmarks/bin/python -m tests.benchmarks $(GROUPS)

setup:
	bash packaging/setup_system.sh
	bash packaging/setup_venv.sh requirements

setup-test:
	bash packaging/setup_system.sh
	bash packaging/setup_venv.sh test

setup-lint:
	bash packaging/setup_system.sh
	bash packaging/setup_venv.sh lint

clean:
	rm -rf .venv .venv-benchmarks build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
