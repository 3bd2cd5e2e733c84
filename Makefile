# Every target sets itself up first: see deploy/local/setup.sh.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo faults hostile mutants screens test lint format bench up down status requirements

DATA ?= var/local
PAIZHU := .venv/bin/paizhu
PYTHON := .venv/bin/python

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv and see that PostgreSQL and RabbitMQ can be started
	@deploy/local/setup.sh

demo: setup ## Empty var/demo, play all five programmes there and show their figures; ARGS="--data var/other" leaves it alone, ARGS="--scale full" for the whole batch of 2018
	@$(PAIZHU) demo $(ARGS)

test: setup ## Run every test; ARGS="-k name" for some
	@deploy/local/test.sh $(ARGS)

lint: ## Check style, types, the laws of the structure, the container files, the contract of the city feeds, the table of refusals
	@deploy/local/setup.sh lint
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/hadolint deploy/Dockerfile
	node_modules/.bin/dclint --max-warnings 0 deploy/compose.yml
	$(PAIZHU) contract --check
	$(PAIZHU) refusals --check
	node deploy/asyncapi.mjs docs/contract/asyncapi.yaml

format: ## Put the code into the one form that lint asks for
	@deploy/local/setup.sh lint
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: setup ## Measure appends, replay, relay, a command, history, growth, plans, what is due, the import of forms and a month of attendance
	@$(PYTHON) -m bench $(ARGS)

faults: setup ## Kill, wipe, drop, fill the disk under load and check the history; ARGS="--only kills --seed 1" for some
	@$(PYTHON) -m tests.faults $(ARGS)

hostile: setup ## Attack a running system from all sides, count who else was served and what was told; ARGS="--only attacks" for some
	@$(PYTHON) -m tests.hostile $(ARGS)

mutants: setup ## Break the rule under twelve drawn marks, want their tests red; ARGS="--seed x", "--only AL-011" for one
	@$(PYTHON) -m tests.mutants $(ARGS)

screens: setup ## Take a picture of every page of the console, at a desk and on a phone, in var/screens
	@deploy/local/setup.sh browser
	@$(PYTHON) -m tests.browser

up: setup ## Start a system in DATA (var/local)
	@$(PAIZHU) up --data "$(DATA)"

down: ## Stop the system in DATA
	@$(PAIZHU) down --data "$(DATA)"

status: ## Show the system in DATA
	@$(PAIZHU) status --data "$(DATA)"

requirements: ## Pin requirements*.in anew, with hashes
	@deploy/local/lock.sh
