"""试用: how does a newcomer get a running city with one command?"""

import json
import os
import secrets
from pathlib import Path
from unicodedata import east_asian_width

import click

from touchstone.cli import leave_django, start_django
from touchstone.cli.database import database_answers, ensure_database, stop_server
from touchstone.cli.supervisor import (
    Child,
    Supervisor,
    camera_simulation,
    free_port,
    identity_simulation,
    job_worker,
    log_sequencer,
    log_witness,
    national_query_simulation,
    payment_simulation,
    register_simulation,
    running_services,
    stop_services,
    web_server,
)
from touchstone.installation.place import state_dir

LOOPBACK = "127.0.0.1"


@click.command(help="启动试用: 数据库、小型虚构城市、页面和后台任务。Ctrl-C 结束, 数据保留。")
@click.option("--port", default=8000, show_default=True, help="端口; 被占用时用下一个空闲的。")
@click.option("--seed", default=1, show_default=True, help="第一次启动时, 虚构城市的种子。")
def command(port: int, seed: int) -> None:
    """Start everything on loopback, print who can be played, and stay until told to end."""
    running = running_services()
    if running.supervisor:
        click.echo(f"试金石已在运行: {running.address} (结束请运行 make stop)")
        return
    if running.children:
        click.echo("上次没有正常结束, 先清理留下的进程。")
        stop_services()

    click.echo("· 启动数据库")
    ensure_database()
    address = f"http://{LOOPBACK}:{free_port(LOOPBACK, port)}"
    environment = {"TOUCHSTONE_MODE": "demo", "TOUCHSTONE_BOUND": LOOPBACK, "TOUCHSTONE_PUBLIC_URL": address}
    os.environ.update(environment)
    people, witness_key, feeds = prepare_city(seed)

    port = int(address.rpartition(":")[2])
    outside, secret = free_port(LOOPBACK, port + 1), secrets.token_urlsafe(24)
    environment |= {"TOUCHSTONE_IDENTITY_URL": f"http://{LOOPBACK}:{outside}", "TOUCHSTONE_IDENTITY_CLIENT": "touchstone"}
    environment |= {"TOUCHSTONE_IDENTITY_SECRET": secret, "TOUCHSTONE_SIMULATED_PEOPLE": json.dumps(people)}
    simulated = identity_simulation(outside, "touchstone", secret)
    till = free_port(LOOPBACK, outside + 1)
    environment |= {"TOUCHSTONE_PAYMENT_URL": f"http://{LOOPBACK}:{till}", "TOUCHSTONE_PAYMENT_SECRET": secret}
    children = [web_server(LOOPBACK, port, workers=2), job_worker(), simulated, payment_simulation(till, secret)]
    registers, lines = outside_registers(till + 1)
    witness_port = free_port(LOOPBACK, till + 40)
    children += [log_witness(witness_port, witness_folder()), log_sequencer()]
    environment["TOUCHSTONE_WITNESSES"] = f"http://{LOOPBACK}:{witness_port} {witness_key}"
    national = free_port(LOOPBACK, witness_port + 1)
    children += [*registers, national_query_simulation(national, "touchstone"), camera_simulation(address)]
    told = {"URL": f"http://{LOOPBACK}:{national}", "CLIENT": "touchstone", "SECRET": secrets.token_urlsafe(24)}
    environment["TOUCHSTONE_CAMERAS"] = json.dumps(feeds)
    environment |= lines | {f"TOUCHSTONE_NATIONAL_QUERY_{name}": value for name, value in told.items()}
    supervisor = Supervisor(children, environment, address, database_answers)
    click.echo("· 启动页面和后台任务")
    try:
        supervisor.start()
        supervisor.wait_until_answering("/")
        if not supervisor.ending:
            greet(address)
        supervisor.watch()
    finally:
        click.echo("正在结束…")
        supervisor.end()
        click.echo(stop_server(force=False))


def outside_registers(port: int) -> tuple[list[Child], dict[str, str]]:
    """Describe the simulated outside registers from a port on, each with a secret of its own, and the platform's lines to them."""
    from touchstone.policy.eligibility.outside import Register

    children, lines = [], dict[str, str]()
    for register in Register:
        port = free_port(LOOPBACK, port)
        children.append(register_simulation(register.value, register.label, port, "touchstone"))
        told = {"URL": f"http://{LOOPBACK}:{port}/{register.value}", "CLIENT": "touchstone", "SECRET": secrets.token_urlsafe(24)}
        lines |= {f"TOUCHSTONE_OUTSIDE_{register.name}_{name}": value for name, value in told.items()}
        port += 1
    return children, lines


def witness_folder() -> Path:
    """Give the folder of the demo's witness, who is somebody else in earnest."""
    return state_dir() / "witness"


def prepare_logs() -> str:
    """Make the key of the logs and the demo's witness, who trusts it, and give the witness's key."""
    from touchstone.cli.log_witness import set_up
    from touchstone.logs.keys import make_key, private_key
    from touchstone.logs.places import origin_of
    from touchstone.logs.queries import all_logs
    from touchstone.trust.log.notes import Signer, Verifier

    make_key()
    public = Signer("log", private_key()).verifier.public
    trust = [str(Verifier(origin_of(""), public)), *(one.key for one in all_logs())]
    return str(set_up(witness_folder(), name="witness.demo/w1", trust=trust, keys="").signer.verifier)


def prepare_city(seed: int) -> tuple[list[dict[str, str]], str, list[dict[str, str]]]:
    """Bring the tables up to date, grow the small city where there is nobody yet, and give who can be proved by the simulated provider, the key of
    the witness of the logs, and the cameras that the feed plays.

    :raises click.ClickException: when real people are in the database: one-click log-in has no business there.
    """
    start_django()
    from django.contrib.auth import get_user_model

    from touchstone.cli.tables import bring_tables_up_to_date
    from touchstone.ledger.queries import is_synthetic

    bring_tables_up_to_date()
    if not get_user_model().objects.exists():
        click.echo("· 建立小型虚构城市, 首次约需一分钟")
        from touchstone.simulation.city import grow

        grow(scale="small", seed=seed, tell=lambda line: click.echo(f"  {line}"))
        compare_first()
    elif not is_synthetic():
        raise click.ClickException("这个数据库里的不是虚构城市, 不能用于试用。请换一个空库(DATABASE_URL), 或用 touchstone serve 正式运行。")
    from touchstone.simulation.cast import people_to_be_proved
    from touchstone.simulation.oversight import demo_feeds

    witness_key = prepare_logs()
    feeds = [{"name": one.name, "secret": one.secret} for one in demo_feeds()]
    leave_django()
    return [{"name": one.name, "id_number": one.id_number, "phone": one.phone} for one in people_to_be_proved()], witness_key, feeds


def compare_first() -> None:
    """Compare everything once: the worker would do so a minute later, and the newcomer is quicker."""
    from touchstone.simulation.comparison import compare_all
    from touchstone.web import clock

    click.echo("  第一次数据比对")
    click.echo(f"  命中{compare_all(clock.now())}处")


def greet(address: str) -> None:
    """Print the address and the people of the city whose part one can take."""
    from touchstone.simulation.cast import DEMO_PEOPLE

    click.echo(f"\n试金石已就绪: {address}\n")
    table = [("姓名", "机构", "岗位", "可以试"), *((one.name, one.office, one.post, one.can_try) for one in DEMO_PEOPLE)]
    widths = [max(width(row[column]) for row in table) for column in range(3)]
    for row in table:
        cells = [cell + " " * (room - width(cell)) for cell, room in zip(row, widths, strict=False)]
        click.echo("  " + "  ".join([*cells, row[3]]))
    click.echo(f"\n打开 {address}/demo 点姓名即可登录(仅限本机试用)。Ctrl-C 或 make stop 结束, 数据保留。")


def width(text: str) -> int:
    """Count the columns a text takes on a terminal: two for a Chinese character."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
