# 试金石: make demo 试用, make test 检查, make stop 停止。只需要 make, git 和 Python 3.11 以上。

CANDIDATES = python3 python3.13 python3.12 python3.11 python3.14
FITS = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(CANDIDATES); do "$$p" -c '$(FITS)' 2>/dev/null && { echo "$$p"; break; }; done)
BIN = .venv/bin
SETUP = $(PYTHON) -P touchstone/cli/setup.py
WORKERS ?= logical
# Where a machine forbids Python to keep what it compiled, each of the hundred processes that the tests start compiles the whole house again.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help setup demo stop test test-setup lint book campaign bench clean erase-data python

help:
	@echo "make setup     安装(.venv, 前端包, 静态文件), 不启动任何服务"
	@echo "make demo      安装并启动试用: 数据库、页面、后台任务; 数据保留, Ctrl-C 结束"
	@echo "make stop      结束本目录启动的服务和数据库"
	@echo "make test      安装测试所需并运行全部检查"
	@echo "make lint      只做静态检查"
	@echo "make book      重新生成 docs/book"
	@echo "make bench     性能对比;  make campaign  故障与负载全量试验"
	@echo "make clean     删除缓存和安装结果, 不删数据;  make erase-data  删除本目录的全部数据(先问)"

python:
	@test -n "$(PYTHON)" || { echo "没有找到 Python 3.11 或更新的版本。请先安装(Debian: sudo apt install python3 python3-venv), 再运行同一命令。"; exit 1; }

setup: python
	@$(SETUP) base

demo: setup
	@$(BIN)/touchstone demo

stop:
	@if [ -x $(BIN)/touchstone ]; then $(BIN)/touchstone stop; else echo "尚未安装, 没有可停止的服务。"; fi

test-setup: python
	@$(SETUP) test

lint: test-setup
	$(BIN)/ruff check .
	$(BIN)/mypy touchstone tests
	$(BIN)/lint-imports

test: lint
	$(BIN)/touchstone policy book --check
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

book: setup
	$(BIN)/touchstone policy book

bench: test-setup
	@$(SETUP) bench
	$(BIN)/python -m bench

campaign: test-setup
	@$(SETUP) bench
	$(BIN)/python -m bench.campaign

clean: stop
	rm -rf .venv .setup node_modules touchstone/web/static/vendor touchstone.egg-info build
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find touchstone tests -name __pycache__ -type d -prune -exec rm -rf {} +

erase-data: setup stop
	@$(BIN)/touchstone db erase
