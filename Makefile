# The verbs of this project. Each makes what it needs first, so `make run` on a bare machine is enough.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
UV := $(BIN)/uv
NPM := npm --prefix web
INSTALLED := .venv/.installed
MODULES := web/node_modules/.installed
PAGE := web/node_modules/.built
# How many processes, and which tests share one: tests/sharing.py.
SHARED := -p tests.sharing --numprocesses auto
CDK := infrastructure/cdk/node_modules/.bin/cdk
CDK_INSTALLED := infrastructure/cdk/node_modules/.installed

PAGE_SOURCES := $(shell find web contract infrastructure/partners.json -type f \
	-not -path 'web/node_modules/*' -not -path 'web/dist/*' -not -path 'web/test/*' 2>/dev/null)

.PHONY: help run reset test check fix bench synth lock deploy

help: ## Show these verbs.
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r verb sentence; do \
		printf '  make %-7s %s\n' "$$verb" "$$sentence"; done

run: $(INSTALLED) $(PAGE) ## Start the whole system on this machine; Ctrl-C stops it and keeps the data.
	@exec $(BIN)/python -m local run

reset: $(INSTALLED) ## Forget everything that `make run` has stored.
	@exec $(BIN)/python -m local reset

test: $(INSTALLED) $(PAGE) ## Run every test, the browser's too.
	@$(BIN)/python -m local browser >/dev/null
	@# Both suites run even if the first fails, and pytest's summary comes last.
	@status=0; $(NPM) run --silent test || status=1; \
		$(BIN)/pytest $(SHARED) || status=1; exit $$status

check: $(INSTALLED) $(PAGE) ## Check style, types, layers, the stack and the contract, and change nothing.
	@exec sh local/check.sh

fix: $(INSTALLED) $(MODULES) ## Put right what a tool can: the style, and the API description.
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python -m infrastructure.openapi
	@$(NPM) run --silent fix

bench: $(INSTALLED) $(PAGE) ## Measure what is claimed to be fast, side by side.
	@exec $(BIN)/python -m bench

synth: $(INSTALLED) $(PAGE) ## Write the CloudFormation template to cdk.out, with every rule applied.
	@$(BIN)/python -m infrastructure.app
	@echo 'The template is cdk.out/NotYours.template.json.'

lock: $(INSTALLED) ## Bring every lock up to date with what is asked for.
	@exec sh local/lock.sh

deploy: $(INSTALLED) $(PAGE) $(CDK_INSTALLED) ## For operators: deploy to the AWS account of your credentials.
	@exec $(CDK) deploy

# How each thing that the verbs need is made. A stamp is newer than what it was made from.

.venv/bin/uv: local/uv.txt
	@python=$$(sh local/tools.sh python) && "$$python" -m venv .venv
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --requirement local/uv.txt
	@touch $@

$(INSTALLED): requirements.txt .venv/bin/uv
	@echo 'Installing the Python packages.' >&2
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.txt
	@touch $@

$(MODULES): web/package-lock.json web/package.json web/.npmrc
	@sh local/tools.sh node
	@echo "Installing the page's packages." >&2
	@$(NPM) ci --silent --no-progress
	@touch $@

$(CDK_INSTALLED): infrastructure/cdk/package-lock.json infrastructure/cdk/package.json infrastructure/cdk/.npmrc
	@sh local/tools.sh node
	@echo "Installing the CDK's command line." >&2
	@npm --prefix infrastructure/cdk ci --silent --no-progress
	@touch $@

$(PAGE): $(PAGE_SOURCES) $(MODULES)
	@echo 'Building the page.' >&2
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@
