"""命令行入口: how does `python -m touchstone.cli` start?"""

from touchstone.cli import main

main()
