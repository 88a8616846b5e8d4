"""密钥命令: how does a real installation get the key by which the city vouches for the bodies' keys?"""

import click

from touchstone.cli import leave_django, start_django


@click.group(help="密钥: 市级根密钥, 各评价机构的发证密钥由它加签。")
def command() -> None:
    """The commands about keys."""


@command.command(help="生成市级根密钥(权限0600的文件), 已有的不改动; 输出公钥指纹, 供各方核对。")
def root() -> None:
    """Make the city root. :raises click.ClickException: when there is one."""
    start_django()
    from touchstone.accounts.actor import PLATFORM
    from touchstone.certificates.facts.keys import city_root_file
    from touchstone.certificates.operations import make_city_root
    from touchstone.kernel.law import Refusal
    from touchstone.web import clock

    try:
        told = make_city_root(by=PLATFORM, at=clock.now())
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        leave_django()
    click.echo(f"市级根密钥已生成: {city_root_file()}\n公钥指纹 {told}\n请立即离线备份这个文件; 丢失后不能再加签新的发证密钥, 泄露后须更换根密钥。")


@command.command(help="显示市级根密钥的公钥(Multikey)和指纹, 查验工具用它作信任的起点。")
def show() -> None:
    """Print the public half. :raises click.ClickException: while there is none."""
    start_django()
    from touchstone.certificates.queries import root_public_key
    from touchstone.trust.signing import fingerprint, multikey

    key = root_public_key()
    leave_django()
    if key is None:
        raise click.ClickException("还没有市级根密钥, 请先运行 touchstone keys root。")
    click.echo(f"{multikey(key)}\n指纹 {fingerprint(key)}")
