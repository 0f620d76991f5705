"""A TCP proxy in bad weather: connections are cut, stalled and garbled, by chance.

Run as a program, in a process of its own, so that whoever forks beside it has no threads:
``python tests/soak/weather.py PORT SEED SHARE``. It writes the port it listens on, and at its end
(standard input closed) how many connections had which fate.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import sys
from collections import Counter

FATES = ("cut", "stall", "garble")
STALL_S = 3.0


class Weather:
    """``share`` of all connections come to harm, after some bytes from the server."""

    def __init__(self, port: int, seed: int, share: float) -> None:
        self._port = port
        self._chance = random.Random(seed)
        self._share = share
        self.fates: Counter[str] = Counter()

    async def connected(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        """One connection, from its beginning to whatever end."""
        chance = self._chance
        fate = chance.choice(FATES) if chance.random() < self._share else "calm"
        after = int(chance.expovariate(1 / 4000))
        self.fates[fate] += 1
        with contextlib.suppress(OSError):
            server, ask = await asyncio.open_connection("127.0.0.1", self._port)
            await asyncio.gather(
                self._pass(client, ask, "calm", 0), self._pass(server, answer, fate, after)
            )

    async def _pass(
        self, source: asyncio.StreamReader, to: asyncio.StreamWriter, fate: str, after: int
    ) -> None:
        count = 0
        with contextlib.suppress(OSError):
            while data := await source.read(4096):
                count += len(data)
                if fate != "calm" and count > after:
                    if fate == "cut":
                        break
                    if fate == "stall":
                        await asyncio.sleep(STALL_S)
                        break
                    spoilt = bytearray(data)
                    spoilt[self._chance.randrange(len(spoilt))] ^= 0x55
                    data = bytes(spoilt)
                to.write(data)
                await to.drain()
        with contextlib.suppress(OSError):
            to.close()


async def main(port: int, seed: int, share: float) -> None:
    """Serves until standard input ends."""
    weather = Weather(port, seed, share)
    server = await asyncio.start_server(weather.connected, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()
    sys.stdout.write(json.dumps(weather.fates) + "\n")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
