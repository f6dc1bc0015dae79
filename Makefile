# Development and packaging of `kubectl gcr-report`. `make` alone lists the targets.

PREFIX ?= /usr/local
SWIFT ?= swift
BINARY = kubectl-gcr_report

# The same for every debug build, and the same for every release build: a flag that differs makes
# the compiler start from nothing.
DEBUG_FLAGS = --explicit-target-dependency-import-check error
# Tests wait for each other's processes; more at once than this, and time limits are met by chance.
TEST_FLAGS = --experimental-maximum-parallelization-width 8
STATIC_LIBRARIES = .build/static-libraries
RELEASE_FLAGS = -c release --static-swift-stdlib --product $(BINARY) \
	-Xlinker -L$(STATIC_LIBRARIES) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
	$(NO_EXPORTS)
# Nobody loads symbols from the program; without their table it starts two MiB smaller.
NO_EXPORTS = -Xlinker --no-export-dynamic -Xlinker --exclude-libs=ALL

.DEFAULT_GOAL := help
.PHONY: help headers build demo test test-real fuzz lint release-binary install bench release clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

headers: ## Install the development headers that a build needs
	@.ci/headers build

build: headers ## Build for development
	$(SWIFT) build $(DEBUG_FLAGS)

demo: headers ## Build, and report on the embedded sample cluster
	$(SWIFT) build $(DEBUG_FLAGS) --product $(BINARY)
	@.build/debug/$(BINARY) demo

test: ## Build and run the tests that need no network and no cluster
	@.ci/headers test
	@.ci/test $(SWIFT) test $(DEBUG_FLAGS) $(TEST_FLAGS)

test-real: ## Install real programs (kubectl …) and run the tests that need them
	@.ci/headers real
	@GCR_REPORT_REAL_TOOLS=1 .ci/test $(SWIFT) test $(DEBUG_FLAGS) $(TEST_FLAGS) \
	  --filter "Real(Tools|Kubectl)"

fuzz: headers ## Damage recorded answers a million times and decode them (CASES=, SEED=)
	@.ci/static-libraries $(STATIC_LIBRARIES)
	$(SWIFT) build $(RELEASE_FLAGS:$(BINARY)=WireFuzz)
	SWIFT_BACKTRACE=enable=no timeout -s KILL 120 .build/release/WireFuzz $(CASES) $(SEED)

lint: ## Check the format and the rules of the house
	@.ci/lint

release-binary: headers
	@.ci/static-libraries $(STATIC_LIBRARIES)
	$(SWIFT) build $(RELEASE_FLAGS)

install: release-binary ## Build for release and install below PREFIX (/usr/local)
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/release/$(BINARY) "$(DESTDIR)$(PREFIX)/bin/$(BINARY)"
	.build/release/$(BINARY) completion kubectl \
	  > "$(DESTDIR)$(PREFIX)/bin/kubectl_complete-gcr_report"
	chmod 755 "$(DESTDIR)$(PREFIX)/bin/kubectl_complete-gcr_report"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/$(BINARY): kubectl gcr-report finds it when that folder is in PATH"

bench: release-binary ## Measure a scan beside curl and kubectl, the decoders alone, and a sweep
	$(SWIFT) build $(RELEASE_FLAGS:$(BINARY)=DecoderBenchmark)
	python3 Tests/Benchmarks/bench.py .build/release/$(BINARY) \
	  --decoders .build/release/DecoderBenchmark --cache-dir .build/bench-cache \
	  --output Tests/Benchmarks/results/$(shell uname -m)-$(shell nproc)-cores.md
	python3 Tests/Benchmarks/sweep.py .build/release/$(BINARY) \
	  --output Tests/Benchmarks/results/sweep-$(shell uname -m)-$(shell nproc)-cores.md

release: headers ## Build the archive for krew and write its checksum into the manifest
	@krew/release

clean: ## Remove what was built
	rm -rf .build dist
