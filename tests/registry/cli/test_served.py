"""The clock as a process of its own; a served page says in words when it cannot be served."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "REGISTRY_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}


def test_the_clock_runs_alone_and_stops_when_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "registry.cli.main", "clock"]
    with subprocess.Popen(
        command, env=environment(tmp_path), stdout=subprocess.PIPE, text=True
    ) as clock:
        assert clock.stdout is not None
        assert "时钟已启动" in clock.stdout.readline()
        clock.send_signal(signal.SIGTERM)

        assert clock.wait(timeout=30) == 0


def test_a_taken_port_is_said_in_words_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "registry.cli.main", "serve", "--port", str(port)]
        told = subprocess.run(
            command, env=environment(tmp_path), capture_output=True, text=True, check=False
        )

    assert told.returncode == 1
    assert f"127.0.0.1:{port}" in told.stderr
    assert "--port" in told.stderr
