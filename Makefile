# Every target works in a fresh clone on a Debian that has only Go, make and git: what is missing is
# installed first, by .ci/need, as root or through sudo.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GO     ?= $(or $(shell command -v go),/usr/local/go/bin/go)
PREFIX ?= /usr/local
export GO

# Go asks git for the version, and gives up where git will not say: in a folder of another user, or with no commit.
ifeq ($(shell git rev-parse --verify --quiet HEAD 2>/dev/null),)
export GOFLAGS += -buildvcs=false
endif

as_root := $(if $(DESTDIR)$(filter 0,$(shell id -u)),,sudo)
bin     := $(DESTDIR)$(PREFIX)/bin
share   := $(DESTDIR)$(PREFIX)/share

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## build, and analyze two captures: a ping, and an address that nobody has
	./icmpsniff testdata/pcaps/ping.pcap
	@echo
	./icmpsniff testdata/pcaps/ping-nobody.pcap

.PHONY: build
build: ## build ./icmpsniff
	@.ci/need build
	$(GO) build -trimpath -o icmpsniff ./cmd/icmpsniff

.PHONY: test
test: ## run every test; with CI=true a skipped test fails
	@.ci/need build test
	$(GO) test -json ./... | $(GO) run ./internal/testsummary $(if $(filter true,$(CI)),-noskips)

.PHONY: race
race: ## run every test under the race detector, which takes a quarter of an hour
	@.ci/need build test
	$(GO) test -race -timeout 40m ./...

.PHONY: lint
lint: ## gofmt, go vet, staticcheck
	@.ci/need build
	@unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l .); \
		if [ -n "$$unformatted" ]; then printf 'gofmt would change:\n%s\n' "$$unformatted" >&2; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

.PHONY: bench
bench: build ## measure against tshark and tcpdump
	@.ci/need build test
	$(GO) run ./bench

# Every build follows the profile: go build looks for default.pgo beside the command.
.PHONY: pgo
pgo: ## record anew the profile that the compiler optimizes by, cmd/icmpsniff/default.pgo
	@.ci/need build
	profiles=$$(mktemp -d); trap 'rm -r "$$profiles"' EXIT; \
		$(GO) test -run - -bench Run -benchtime 4s -cpuprofile "$$profiles/frames" -o "$$profiles/frames.test" ./pipeline; \
		$(GO) test -run - -bench 'Tracker/1000_flows$$' -benchtime 4s -cpuprofile "$$profiles/flows" -o "$$profiles/flows.test" ./track; \
		$(GO) test -run - -bench Line -benchtime 4s -cpuprofile "$$profiles/lines" -o "$$profiles/lines.test" ./report; \
		$(GO) tool pprof -proto -output cmd/icmpsniff/default.pgo "$$profiles"/{frames,flows,lines}

.PHONY: lab
lab: ## record testdata/pcaps anew, with real tools on hosts of our own
	@.ci/need build test
	$(GO) run ./lab/make

.PHONY: install
install: build ## install under PREFIX (/usr/local), with its manual page and completions, allowed to capture without root
	@.ci/need install
	$(as_root) install -D -m 755 icmpsniff $(bin)/icmpsniff
	$(as_root) install -D -m 644 docs/icmpsniff.1 $(share)/man/man1/icmpsniff.1
	$(as_root) install -D -m 644 cmd/icmpsniff/completion/icmpsniff.bash $(share)/bash-completion/completions/icmpsniff
	$(as_root) install -D -m 644 cmd/icmpsniff/completion/icmpsniff.zsh $(share)/zsh/site-functions/_icmpsniff
	$(as_root) install -D -m 644 cmd/icmpsniff/completion/icmpsniff.fish $(share)/fish/vendor_completions.d/icmpsniff.fish
	@$(as_root) env PATH="$$PATH:/usr/sbin:/sbin" setcap cap_net_raw,cap_net_admin+eip $(bin)/icmpsniff || \
		echo 'Capturing will need sudo: $(bin) takes no capabilities.' >&2

.PHONY: clean
clean: ## remove what was built
	rm -f icmpsniff
