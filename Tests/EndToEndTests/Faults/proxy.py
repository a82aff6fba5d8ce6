"""Hands connections to a TCP port of the loopback on to the Unix socket of a server; prints the port.

Stopped by a signal it is a network that was cut: what is sent arrives nowhere, and nobody is told.
Arguments: the server's socket, the port to listen on, 0 for any, and a file that holds requests to cancel while it is there.
"""

import os
import selectors
import socket
import struct
import sys

path, port, hold = sys.argv[1], int(sys.argv[2]), sys.argv[3]
CANCEL = struct.pack("!ii", 16, 80877102)
held = []
listener = socket.create_server(("127.0.0.1", port))
print(listener.getsockname()[1], flush=True)
selector = selectors.DefaultSelector()
selector.register(listener, selectors.EVENT_READ, None)


def close(ends):
    for end in ends:
        selector.unregister(end)
        end.close()


while True:
    if held and not os.path.exists(hold):
        for end, data in held:
            end.sendall(data)
        held.clear()
    for key, _ in selector.select(0.02 if held else None):
        if key.data is None:
            client, _ = listener.accept()
            server = socket.socket(socket.AF_UNIX)
            server.connect(path)
            selector.register(client, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, client)
            break
        try:
            data = key.fileobj.recv(65536)
            if data.startswith(CANCEL) and os.path.exists(hold):
                held.append((key.data, data))
            elif data:
                key.data.sendall(data)
        except OSError:
            data = b""
        if not data:
            close((key.fileobj, key.data))
            break
