# Everything a person or a machine does with this project. `make run` and `make test` prepare what they need first.
PSOAS := .venv/bin/psoas
PORT ?= 5005

.PHONY: install run chat test cluster-test bench clean

install: ## environment, knowledge base and trained model, without starting anything
	@scripts/install
	@$(PSOAS) prepare

run: ## the assistant; prints the address of its page
	@scripts/install
	@$(PSOAS) serve --port $(PORT)

chat: ## the same conversation in the terminal
	@scripts/install
	@$(PSOAS) chat

test: ## everything that proves the project
	@scripts/install
	@scripts/test

cluster-test: ## several Rasa processes and action servers behind nginx, with PostgreSQL and Redis, on this machine
	@scripts/install
	@.venv/bin/python -m pytest -m cluster

bench: ## one table of figures; nothing depends on them
	@scripts/install
	@.venv/bin/python -m benchmarks.run

clean: ## what was built, not the environment
	rm -rf var models .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis
