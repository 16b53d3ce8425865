# tracker: a plain GNU Makefile.
#
#   make                 build/tracker and the index of places
#   make VARIANT=san     the same under build/san, with address and undefined-behaviour sanitizers
#   make run             packages, build, private database, the fixtures as rows
#   make test            everything that must hold; the last line is "N passed, N failed"
#   make check-slow      fuzzers for FUZZ_SECONDS each, and the slow tests
#   make bench           throughput (TEXT=file measures that file)
#   make db, db-stop     the private PostgreSQL: eval "$(make -s db)"; make db-stop
#   make install         PREFIX (default /usr/local), DESTDIR
#   make layers format-check format fuzz deps clean
#
# Only relative paths are used, so that the checkout may lie in a folder with a space or a quote.

VARIANT ?= release
WERROR  ?= 0
PREFIX  ?= /usr/local
DESTDIR ?=
TEXT    ?=
FUZZ_SECONDS ?= 120

ifeq ($(origin CC),default)
CC := gcc
endif

# A -j on the command line wins over this one.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 1)
endif
MAKEFLAGS += --no-print-directory --no-builtin-rules

# ---- variants ----------------------------------------------------------------------------------

ifeq ($(VARIANT),release)
B := build
CFLAGS ?= -O3 -g
VARIANT_FLAGS := -fstack-protector-strong
VARIANT_CPPFLAGS := $(if $(filter -O1 -O2 -O3 -Os,$(CFLAGS)),-D_FORTIFY_SOURCE=2)
else ifeq ($(VARIANT),san)
B := build/san
CFLAGS ?= -O1 -g
VARIANT_FLAGS := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(VARIANT),fuzz)
# libFuzzer comes with clang only.
B := build/fuzz
CC := clang
CFLAGS ?= -O1 -g
VARIANT_FLAGS := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
                 -fno-omit-frame-pointer
else
$(error VARIANT is release, san or fuzz, not '$(VARIANT)')
endif

# ---- flags -------------------------------------------------------------------------------------

PACKAGES := libpq yaml-0.1 json-c libutf8proc libcrypto glib-2.0 zlib libxml-2.0 libcurl
NEED := libraries or pkg-config are missing: run 'make deps'

# Asked once, and only when something is compiled: 'make deps' has to work before they are there.
pkg = $(shell pkg-config $(1) 2>/dev/null)$(if $(filter 0,$(.SHELLSTATUS)),,$(error $(NEED) ($(2))))
# Their headers count as the system's: no warnings from inside them.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(subst -I,-isystem ,$$(call pkg,--cflags $(PACKAGES),$(PACKAGES))))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(call pkg,--libs $(PACKAGES),$(PACKAGES)))$(PKG_LIBS)
CUNIT_LIBS = $(eval CUNIT_LIBS := $$(call pkg,--libs cunit,cunit))$(CUNIT_LIBS)

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wvla \
            -Wstrict-prototypes -Wmissing-prototypes
LANG_FLAGS := -std=c11 -D_GNU_SOURCE -Itracker
ALL_CFLAGS = $(LANG_FLAGS) $(VARIANT_CPPFLAGS) $(CPPFLAGS) $(WARNINGS) $(CFLAGS) $(VARIANT_FLAGS) \
             -pthread $(PKG_CFLAGS)
ALL_LDFLAGS = $(CFLAGS) $(VARIANT_FLAGS) -pthread $(LDFLAGS)
ALL_LIBS = $(PKG_LIBS) -lm
DATADIR := $(PREFIX)/share/tracker
UNITDIR := $(PREFIX)/lib/systemd/system
MANDIR := $(PREFIX)/share/man
BASHDIR := $(PREFIX)/share/bash-completion/completions
ZSHDIR := $(PREFIX)/share/zsh/site-functions

# ---- sources -----------------------------------------------------------------------------------

MAIN  := tracker/cli/main.c
SRC   := $(wildcard tracker/*/*.c)
FLOORS := base text read rules extract reconcile store pipeline report cli
# tests/<floor>/alone_*.c is a program of its own, one that replaces a library's functions with a
# script: linked with the suites, it would replace them for all. The script is in fake_*.c beside it.
ALONE := $(wildcard $(FLOORS:%=tests/%/alone_*.c))
FAKES := $(wildcard $(FLOORS:%=tests/%/fake_*.c))
TESTS := $(filter-out $(ALONE) $(FAKES),$(wildcard tests/runner.c $(FLOORS:%=tests/%/*.c)))
FUZZERS := $(wildcard tests/fuzz/fuzz_*.c)
PLACES := $(wildcard rules/places/*)

SRC_OBJ  := $(SRC:%.c=$(B)/obj/%.o)
LIB_OBJ  := $(filter-out $(B)/obj/$(MAIN:.c=.o),$(SRC_OBJ))
TEST_OBJ := $(TESTS:%.c=$(B)/obj/%.o)
ALONE_OBJ := $(ALONE:%.c=$(B)/obj/%.o)
FAKE_OBJ := $(patsubst %.c,$(B)/obj/%.o,$(FAKES) $(wildcard $(FLOORS:%=tests/%/samples.c)))
ALONE_BIN := $(addprefix $(B)/,$(notdir $(ALONE:.c=)))
BENCH := $(wildcard tests/bench/*_bench.c)
BENCH_BIN := $(BENCH:tests/bench/%.c=$(B)/%)
FUZZ_BIN := $(FUZZERS:tests/fuzz/%.c=$(B)/%)

# A file that names TRACKER_DATADIR is compiled again when PREFIX changes; no other one is.
DATADIR_OBJ := $(patsubst %.c,$(B)/obj/%.o,$(if $(SRC),$(shell grep -ls TRACKER_DATADIR $(SRC))))

# A file that was compiled with warnings leaves its log behind; under WERROR it is compiled again.
LOGS := $(wildcard $(B)/obj/*/*.log $(B)/obj/*/*/*.log)
WARNED := $(if $(filter 1,$(WERROR)),$(LOGS:.log=.o))

.PHONY: all tests fuzz run test check-slow bench layers format format-check readme-check \
        install clean db db-stop deps FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(B)/tracker
ifeq ($(VARIANT),release)
ifneq ($(PLACES),)
ifneq ($(wildcard tracker/cli/cmd_places.c),)
all: build/places.idx
endif
endif
endif

tests: $(B)/tests $(ALONE_BIN)
fuzz: $(FUZZ_BIN)

$(B)/tracker: $(SRC_OBJ)
	@echo "  LD    $@"
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(B)/tests: $(LIB_OBJ) $(TEST_OBJ)
	@echo "  LD    $@"
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(CUNIT_LIBS) $(ALL_LIBS)

$(ALONE_BIN): $(ALONE_OBJ) $(FAKE_OBJ) $(LIB_OBJ)
	@echo "  LD    $@"
	@$(CC) $(ALL_LDFLAGS) -o $@ $(filter %/$(@F).o,$(ALONE_OBJ)) $(FAKE_OBJ) $(LIB_OBJ) \
	    $(CUNIT_LIBS) $(ALL_LIBS)

# What measures the library without the program: built by `make bench` only.
$(B)/%_bench: $(B)/obj/tests/bench/%_bench.o $(B)/obj/tests/reconcile/sample.o $(LIB_OBJ)
	@echo "  LD    $@"
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(CUNIT_LIBS) $(ALL_LIBS)

# With clang a driver is a fuzzer; elsewhere the same driver replays the files it is given.
ifeq ($(VARIANT),fuzz)
$(B)/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(LIB_OBJ)
	@echo "  LD    $@"
	@$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(ALL_LIBS)
else
$(B)/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(B)/obj/tests/fuzz/replay.o $(LIB_OBJ)
	@echo "  LD    $@"
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LIBS)
endif

$(B)/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(ALL_CFLAGS) $(if $(filter 1,$(WERROR)),-Werror) $(EXTRA) -MMD -MP -c -o $@ $< \
	    2>$(@:.o=.log); rc=$$?; cat $(@:.o=.log) >&2; \
	    test -s $(@:.o=.log) || rm -f $(@:.o=.log); exit $$rc

$(DATADIR_OBJ): EXTRA = -DTRACKER_DATADIR='"$(DATADIR)"'
$(DATADIR_OBJ): $(B)/datadir
$(WARNED): FORCE

# Rewritten only when the content changes, which then compiles everything again.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(CC) $(ALL_CFLAGS) $(LDFLAGS))' >$@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv -f $@.new $@

$(B)/datadir: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(DATADIR))' >$@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv -f $@.new $@

-include $(SRC_OBJ:.o=.d) $(TEST_OBJ:.o=.d) $(ALONE_OBJ:.o=.d) $(FAKE_OBJ:.o=.d) \
         $(patsubst %.c,$(B)/obj/%.d,$(wildcard tests/fuzz/*.c) $(BENCH) tests/reconcile/sample.c)

# Made again when the data change or the code that writes it, not with every new binary.
INDEX_SRC := $(wildcard tracker/extract/gazetteer_*.[ch] tracker/extract/place_file.c)
build/places.idx: $(PLACES) $(INDEX_SRC) | build/tracker
	@echo "  IDX   $@"
	@build/tracker places import --output $@.new rules/places && mv -f $@.new $@

# ---- packages, database, run -------------------------------------------------------------------

deps:
	@deploy/deps.sh test

db:
	@deploy/private-db.sh start

db-stop:
	@deploy/private-db.sh stop

run:
	@deploy/deps.sh run
	+@$(MAKE) all
	@TRACKER=$(B)/tracker deploy/run.sh

# ---- tests -------------------------------------------------------------------------------------

layers:
	@tests/layers.sh

format-check:
	@tests/format.sh check

format:
	@tests/format.sh write

readme-check:
	@tests/readme.sh

test:
	@deploy/deps.sh test
	+@MAKE='$(MAKE)' tests/run.sh

check-slow:
	@deploy/deps.sh test
	+@MAKE='$(MAKE)' FUZZ_SECONDS='$(FUZZ_SECONDS)' tests/slow.sh

bench: all $(BENCH_BIN)
	@TRACKER=$(B)/tracker tests/bench/bench.sh $(if $(TEXT),'$(subst ','\'',$(TEXT))')

# Every file by the other compiler's eye, without code: clang finds what gcc lets pass.
.PHONY: clang-syntax
CLANG_SRC := $(SRC) $(TESTS) $(ALONE) $(FAKES) $(wildcard tests/fuzz/*.c)
clang-syntax: $(CLANG_SRC:%=clang-syntax/%)
clang-syntax/%: FORCE
	@clang $(LANG_FLAGS) $(WARNINGS) -Werror -fsyntax-only -DTRACKER_DATADIR='"x"' $(PKG_CFLAGS) $*

# ---- install, clean ----------------------------------------------------------------------------

Q := '
dest = '$(subst $(Q),'\'',$(DESTDIR)$(1))'
install: all
	install -d $(call dest,$(PREFIX)/bin) $(call dest,$(DATADIR))
	install -m 755 $(B)/tracker $(call dest,$(PREFIX)/bin/tracker)
	@for d in rules sql; do \
	    test -d $$d || continue; \
	    rm -rf $(call dest,$(DATADIR))/$$d; \
	    find $$d -type f ! -name '.*' -exec sh -c 'for f; do \
	        install -D -m 644 "$$f" "$$0/$$f" || exit 1; done' $(call dest,$(DATADIR)) {} + || exit 1; \
	    echo "installed $$d"; \
	done
	@if test -f build/places.idx; then \
	    install -m 644 build/places.idx $(call dest,$(DATADIR)/places.idx); fi
	install -m 644 deploy/tracker.yml $(call dest,$(DATADIR)/tracker.yml)
	install -d $(call dest,$(UNITDIR))
	@for unit in deploy/*.service deploy/*.timer; do \
	    sed 's,/usr/local/bin/tracker,$(PREFIX)/bin/tracker,g' $$unit \
	        >$(call dest,$(UNITDIR))/$${unit##*/} || exit 1; done
	install -d $(call dest,$(MANDIR)/man1) $(call dest,$(BASHDIR)) $(call dest,$(ZSHDIR))
	$(B)/tracker help --man >$(call dest,$(MANDIR)/man1/tracker.1)
	@for verb in $$($(B)/tracker --help | sed -n 's/^    \([a-z]*\)  .*/\1/p'); do \
	    $(B)/tracker help --man $$verb >$(call dest,$(MANDIR)/man1)/tracker-$$verb.1 || exit 1; \
	done
	$(B)/tracker help --completion bash >$(call dest,$(BASHDIR)/tracker)
	$(B)/tracker help --completion zsh >$(call dest,$(ZSHDIR)/_tracker)

clean:
	@deploy/private-db.sh remove
	rm -rf build
