# Everything a developer does here. Set-up happens by itself, once: .NET packages, the tools of package.json, and
# PostgreSQL's programs where none are installed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

CONFIGURATION ?= Release
SERVER := src/Profiles.Server/bin/$(CONFIGURATION)/net10.0/Profiles.Server.dll
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

.PHONY: help
help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: run
run: node_modules/.package-lock.json ## Run the server with its own database, and print calls to paste
	@echo "Building the server (a minute or two the first time)..." >&2
	@dotnet build src/Profiles.Server -c $(CONFIGURATION) -v quiet -clp:NoSummary
	@[ -n "$${ConnectionStrings__Profiles:-}" ] || PROFILES_POSTGRES_BIN="$$(build/ensure-postgres.sh)"; \
		export PROFILES_POSTGRES_BIN Pictures__LibraryPath="$${Pictures__LibraryPath:-$$(build/find-libvips.sh)}"; Logging__Console__FormatterName=simple \
		dotnet $(SERVER) serve --examples

.PHONY: test
test: node_modules/.package-lock.json ## Check contracts and format, build, run every test
	@build/test.sh $(CONFIGURATION)

.PHONY: build
build: node_modules/.package-lock.json ## Build everything
	@dotnet build Profiles.sln -c $(CONFIGURATION) -v quiet -clp:NoSummary

.PHONY: lint
lint: node_modules/.package-lock.json ## Check the contracts: style, format, and changes that would break callers
	@build/lint.sh

.PHONY: format
format: node_modules/.package-lock.json ## Format contracts and code
	@npx --no-install buf format --write
	@dotnet format Profiles.sln

.PHONY: build-bench
build-bench: node_modules/.package-lock.json
	@dotnet build tests/Profiles.Benchmarks -c $(CONFIGURATION) -v quiet -clp:NoSummary

.PHONY: bench
bench: build-bench ## Measure the server: QUICK=1 for the short form, PROFILE=1 for samples (see docs/performance.md)
	@build/bench.sh $(CONFIGURATION) server

.PHONY: bench-growth
bench-growth: build-bench ## Measure while the database grows to ten million profiles: SIZES=10000,1000000 for less
	@build/bench.sh $(CONFIGURATION) growth

.PHONY: bench-json
bench-json: build-bench ## Measure the reading and writing of JSON alone (2 minutes)
	@dotnet tests/Profiles.Benchmarks/bin/$(CONFIGURATION)/net10.0/Profiles.Benchmarks.dll json

.PHONY: unicode-table
unicode-table: ## Derive the tables of usernames anew: UNICODE=folder with Unicode's files (see docs/usernames.md)
	@build/unicode-table.sh "$(UNICODE)"

.PHONY: fuzz
fuzz: build ## Look for harmful input: FUZZ_SECONDS=60, SEED= to repeat a run
	@dotnet tests/Profiles.Fuzz/bin/$(CONFIGURATION)/net10.0/Profiles.Fuzz.dll $${FUZZ_SECONDS:-60} $${SEED:-}

.PHONY: clean
clean: ## Remove what builds and tests made; keeps the data of `make run`
	@find src tests \( -name bin -o -name obj -o -name TestResults \) -type d -prune -exec rm -rf {} +
	@rm -rf artifacts

node_modules/.package-lock.json: package.json package-lock.json
	@build/check-tools.sh
	@echo "Fetching the tools of package.json (once)..." >&2
	@# Not npm ci: it wants every platform's optional packages in the lock file, and registries differ in which they have.
	@npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@
