# The two commands that matter: `make report` and `make test`. Each does all set-up by itself.

PROFILE ?= quick
FIGURES ?=
OUTPUT  ?= report
STORE   ?= store
ONLY    ?=
MINUTES ?= 10
SEED    ?= 1
READERS ?=
PREFIX  ?= /usr/local
DESTDIR ?=
PLATEAU := .build/release/plateau
# Tests know the engine on libtorch by this variable, where it was built.
TORCH   := .build/release/libplateau-torch.so
TESTED  := $(if $(PLATEAU_TORCH_ENGINE),,$(if $(wildcard $(TORCH)),PLATEAU_TORCH_ENGINE=$(abspath $(TORCH))))
# And use the same kernels of OpenBLAS on every processor that has them: which sums come first decides now and then the sign
# before a ReLU, in what is compared with PyTorch's Float64 too.
KERNELS = $(if $(OPENBLAS_CORETYPE),,$(if $(shell grep -m 1 -w avx2 /proc/cpuinfo),OPENBLAS_CORETYPE=Haswell))
# Nor does a program that a test starts begin itself again for the setting that it would choose here.
SPINS   := GOMP_SPINCOUNT=3000
WORK    := --profile $(PROFILE) $(if $(FIGURES),--figures $(FIGURES)) --store $(STORE)
SOURCES := Sources Tests Benchmarks/PlateauBenchmarks Fuzzing/PlateauFuzz Package.swift scripts/man-pages.swift

.DEFAULT_GOAL := help
.PHONY: help setup build engine-torch report plan archive diff results repro-check site-check cluster-check install uninstall install-check dist dist-check soak test bench clock-check fuzz lint format layers clean

help: ## show this list
	@echo "plateau: the figures of \"Why flatness does and does not correlate with generalization\", again"
	@echo
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18
	@echo
	@echo "  PROFILE=smoke|quick|paper  FIGURES=3,S5  pass through, as in: make report PROFILE=paper FIGURES=3"

setup:
	@scripts/setup.sh

build: setup
	swift build -c release --product plateau

engine-torch: build ## build the engine for GPUs against the libtorch that is there (LIBTORCH, that of Python, of Debian)
	Plugins/TorchEngine/build.sh $(TORCH)

report: build ## run what is missing and write the report to report/index.html
	$(PLATEAU) report $(WORK) --output $(OUTPUT)

plan: build ## say what would run, and for how long
	$(PLATEAU) plan $(WORK)

archive: build ## pack the report and its runs into report.tar.gz
	$(PLATEAU) archive $(OUTPUT) --output $(OUTPUT).tar.gz

diff: build ## compare two reports or bundles: make diff A=old.tar.gz B=report (ONLY_CHANGED=1); the page is diff/index.html
	@test -n "$(A)" && test -n "$(B)" || { echo "name both: make diff A=old.tar.gz B=report" >&2; exit 64; }
	$(PLATEAU) diff "$(A)" "$(B)" --output diff $(if $(ONLY_CHANGED),--only-changed)

results: build ## make Documentation/Results.md, and the claims of README, from the reports in Documentation/results
	$(PLATEAU) results $(sort $(patsubst %/metrics.json,%,$(wildcard Documentation/results/*/metrics.json))) \
	  --notes Documentation/results/Notes.md --output Documentation/Results.md --summary README.md

repro-check: build ## see that a report has the same bytes whatever the jobs, time zone, locale, folder, umask
	scripts/repro-check.sh $(PLATEAU)

site-check: build ## have Chromium, axe, bagit and roc-validator look at a report, a comparison, a history, a bundle
	scripts/site-check.sh $(PLATEAU)

# Through sudo it installs what the user has built, so that .build stays the user's.
install: $(if $(SUDO_USER),,build) ## install the program, its manual and its completions: make install PREFIX=/usr/local
	scripts/install.sh "$(DESTDIR)$(PREFIX)"

uninstall: ## remove what make install installed below PREFIX
	scripts/install.sh --remove "$(DESTDIR)$(PREFIX)"

install-check: build ## install into a fresh folder; man, mandoc, bash, zsh and fish look at what is there
	scripts/install-check.sh

dist: build ## pack the program, with all it needs, into a folder that runs on any node: plateau-VERSION-linux-x86_64.tar.xz
	scripts/dist.sh

dist-check: dist ## see that the packed program makes the same report where there is nothing but glibc (as root)
	scripts/dist-check.sh $(PLATEAU) plateau-*-linux-x86_64.tar.xz

cluster-check: build ## submit to a true Slurm cluster of two nodes on this machine, while tasks and nodes are lost
	scripts/setup.sh slurm-wlm munge
	Tests/Cluster/check.py $(ONLY)

soak: build ## call the program while things go wrong (kills, full disks, damage): make soak MINUTES=60 SEED=1
	MINUTES=$(MINUTES) SEED=$(SEED) ONLY=$(ONLY) Tests/Soak/soak.py

# Tests run beside each other on all cores: threads of one's sums would wait for those of another's.
test: setup ## run all tests, in the build that make report makes (ONLY=GoldenRuns: some of them)
	$(TESTED) $(KERNELS) OPENBLAS_NUM_THREADS=1 $(SPINS) swift test -c release --disable-testable-imports $(if $(ONLY),--filter '$(ONLY)')

bench: setup ## time the hot paths beside PyTorch and GPy (into .bench-venv): make bench ONLY="fcn-step functions"
	swift build -c release --product PlateauBenchmarks
	swift build -c release --product plateau
	python3 Benchmarks/compare.py $(ONLY)

clock-check: build ## make a report from an empty store, and compare the time left that it tells with the true one
	python3 Benchmarks/clock.py --profile $(PROFILE) $(if $(FIGURES),--figures $(FIGURES))

fuzz: setup ## feed every reader of others' files with changed ones, by libFuzzer: make fuzz MINUTES=60 (SEED=1 READERS=specs)
	scripts/fuzz.sh $(MINUTES) $(SEED) $(READERS)

lint: ## check the formatting of every Swift file
	swift format lint --strict --recursive --parallel $(SOURCES)

format: ## format every Swift file
	swift format format --in-place --recursive --parallel $(SOURCES)

layers: setup ## check that every module imports only what its layer may
	swift test -c release --disable-testable-imports --filter ArchitectureTests

clean: ## remove the build and the report; the store of finished runs stays
	rm -rf .build $(OUTPUT)
