# make conformance   judge the targets of targets.yaml (by default the embedded reference servers), and pass the gate or not
# make test          test this project in some minutes: format, vet, unit tests, end-to-end tests, a part of the proof;
#                    RACE=-race: the unit tests under the race detector
# make quick         tell in seconds whether a change is sound: format, vet, the embedded targets, the quickest tests, some faults
# make prove         show that every spec can fail: all faults, variants and null targets; about ten minutes; reports/proof/
# make hostile       judge each hostile server at each API, one by one and all at once
# make stability     ten runs in random order, serially and in processes: no verdict may differ
# make test-bench    try the bench, once and small
# make test-browser  open the HTML report in a real Chromium and check its accessibility; needs chromium, and npm for the checker
# make test-repro    run the scripts that reproduce failures against faulty and conforming servers; REPRO=1/20: a part of them; all: an hour or two
# make test-readers  let readers of JUnit, Allure 2 and 3, a validator of XML Schema and Groovy read what we write; needs npm, python3 with pip, java and mvn
# make test-keycloak judge logins with tokens of a real Keycloak; needs Java 17 or later, and Maven, which fetches it once
# make test-stacks   judge the three APIs on Fastify, Spring Boot and RESTEasy, behind nginx and HAProxy; needs node, java, mvn, nginx, haproxy
# make test-fleet    judge in parts by a real Slurm, one of them killed and run again; needs root, and Debian's slurmctld, slurmd, munge
# make test-image    judge with what make dist builds: the archive alone, and the image without rights; needs root, umoci and runc
# make test-windows  the program for Windows under Wine: run, judge, check, Ctrl-C; needs wine of 8.8 or later
# make bench         measure runs side by side with a bare client's replay of their requests; about five minutes on an idle machine
# make dist          build the program for each system, with checksums, bills of materials and an image, into .dist
# make lint          golangci-lint; its first build takes minutes
# make vulnerabilities  what is known of the dependencies of all modules (govulncheck); needs vuln.go.dev
# make platforms     build and vet for linux, darwin and windows on amd64 and arm64
# make serve         serve the reference servers on fixed loopback ports; SERVE holds flags: SERVE=--port=7200
.PHONY: conformance test quick platforms format unit e2e hostile sample prove stability test-bench test-browser \
	test-repro test-readers test-keycloak test-stacks test-fleet test-image test-windows bench dist lint \
	vulnerabilities serve

conformance:
	@go tool conformance run

test: format unit e2e sample

quick:
	@test -z "$$(gofmt -l suites support)" || { gofmt -l suites support; exit 1; }
	go vet ./suites/... ./support/suite ./support/cmd/...
	@reports=$$(mktemp -d) && export REPORTS_DIR=$$reports && go tool conformance run --embedded -q && \
		go tool conformance prove --case '^ac' && rm -r $$reports
	go test -tags unit ./support/clause ./support/lang ./support/match ./support/evidence ./support/cmd/...

platforms:
	@for os in linux darwin windows; do for arch in amd64 arm64; do echo "$$os/$$arch"; \
		GOOS=$$os GOARCH=$$arch go build ./... && GOOS=$$os GOARCH=$$arch go vet -tags unit,e2e,long ./suites/... ./support/... || exit 1; \
	done; done

format:
	@test -z "$$(gofmt -l suites support)" || { gofmt -l suites support; echo "these files are not formatted: gofmt -w suites support"; exit 1; }
	@untagged=$$(grep -L '^//go:build' $$(find support -name '*_test.go')); test -z "$$untagged" || { echo "$$untagged"; echo "these tests lack //go:build unit"; exit 1; }
	go vet ./...
	go vet -tags unit,e2e,long,browser,readers,keycloak,slurm,repro ./support/...
	go vet -tags wine ./support/cmd/...
	for m in bench dist fleet/kubernetes; do (cd support/$$m && go vet -tags unit,long,image ./...) || exit 1; done

unit:
	go test $(RACE) -tags unit,long -timeout 25m ./support/...
	cd support/bench && go test -tags unit ./...
	cd support/fleet/kubernetes && go test -tags unit ./...

# The end-to-end tests wait more than they work, so two packages of them run at once, and six tests of each.
e2e:
	go test -p 2 -parallel 6 -tags unit,e2e -timeout 45m ./support/cmd/... ./support/ci

hostile:
	go test -parallel 6 -tags unit,e2e -timeout 45m ./support/proof

# The cases whose names begin with c, but not with co: some forty, of all three APIs. Those of make quick are ten.
sample:
	@go tool conformance prove --case '^c[^o]'

prove:
	@go tool conformance prove

stability:
	@go tool conformance stability

test-bench:
	cd support/bench && go test -tags unit,long ./...

test-browser:
	go test -count=1 -tags unit,browser ./support/report

test-repro:
	go test -count=1 -tags unit,repro -timeout 60m -run TestScriptsReproduceFaults -v ./support/proof

test-readers:
	go test -count=1 -tags unit,readers ./support/formats ./support/ci

test-keycloak:
	go test -count=1 -tags unit,keycloak -timeout 20m -run RealKeycloak ./support/keycloak

# Each of the runs, three unless STACKS_RUNS says otherwise, takes some minutes.
test-stacks:
	go test -count=1 -tags stacks -timeout $$((20 + 7 * $${STACKS_RUNS:-3}))m -v ./support/stacks

test-fleet:
	go test -count=1 -tags slurm -timeout 15m -run Slurm -v ./support/fleet

test-image:
	cd support/dist && go test -count=1 -tags image -timeout 20m -v .

test-windows:
	go test -count=1 -tags wine -timeout 15m -run Windows -v ./support/cmd/conformance

bench:
	cd support/bench && go run .

dist:
	cd support/dist && go run . $(if $(PUSH),-push '$(PUSH)')

# Its first build takes minutes, so it is no part of make test.
lint:
	go tool -modfile=.ci/lint.mod golangci-lint run ./...

vulnerabilities:
	@for m in . support/bench support/dist support/fleet/kubernetes; do echo "$$m"; \
		go tool -modfile=.ci/vuln.mod govulncheck -C $$m -test -tags unit,e2e ./... || exit 1; \
	done

serve:
	@go tool conformance serve $(SERVE)
