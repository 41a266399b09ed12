# make run    build and serve the demo year on http://127.0.0.1:8080
# make test   get what the tests need, and run every test
# make lint   format, vet and staticcheck
# make bench  every benchmark, in the form benchstat reads
# make fuzz   every fuzz target for FUZZTIME (10s)
# make accuracy  precision and recall of the reader, written into docs/reader.md
SHELL := /bin/bash
GO ?= $(shell command -v go 2>/dev/null || echo /usr/local/go/bin/go)
export PATH := $(dir $(GO)):$(PATH)
export CGO_ENABLED := 0

# What to test: make test PKG=./internal/domain/... TESTFLAGS='-run Scoring -v'
PKG ?= ./...
TESTFLAGS ?=
COUNT ?= 6
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

# A build outside a checkout, or in one of another user, carries no revision.
BUILD := $(GO) build -trimpath -buildvcs=$(shell git rev-parse --verify -q HEAD >/dev/null 2>&1 && echo true || echo false)

.PHONY: run build test tools lint vet bench fuzz accuracy clean have-go

run: build
	exec bin/thidua demo $(if $(ADDR),--addr $(ADDR)) $(if $(DATA),--data $(DATA))

build: have-go
	@$(BUILD) -o bin/thidua ./cmd/thidua

# All packages share one PostgreSQL server, which ends with the tests.
test: tools build/withpostgres
	@build/withpostgres $(GO) test -buildvcs=false -count=1 -timeout=25m $(TESTFLAGS) $(PKG)

bench: tools build/withpostgres
	@build/withpostgres $(GO) test -buildvcs=false -run='^$$' -bench=. -benchmem -count=$(COUNT) -timeout=60m $(TESTFLAGS) $(PKG)

fuzz: have-go
	@FUZZTIME=$(FUZZTIME) tools/fuzz

accuracy: have-go
	@$(GO) run -buildvcs=false ./testkit/accuracy/publish

tools: have-go
	@tools/prepare

build/withpostgres: have-go
	@$(GO) build -buildvcs=false -o $@ ./testkit/withpostgres

lint: vet
	@$(GO) run $(STATICCHECK) ./...

# The part of lint that needs nothing but Go.
vet: have-go
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi
	@$(GO) vet ./...

clean:
	rm -rf bin build .cache

have-go:
	@command -v $(GO) >/dev/null 2>&1 || { echo "Go 1.26 or newer is needed: https://go.dev/dl/"; exit 1; }
