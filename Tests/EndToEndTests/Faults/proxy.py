"""Hands connections to a TCP port of the loopback on to the Unix socket of a server; prints the port.

Stopped by a signal it is a network that was cut: what is sent arrives nowhere, and nobody is told.
Arguments: the server's socket, and the port to listen on, 0 for any.
"""

import selectors
import socket
import sys

path, port = sys.argv[1], int(sys.argv[2])
listener = socket.create_server(("127.0.0.1", port))
print(listener.getsockname()[1], flush=True)
selector = selectors.DefaultSelector()
selector.register(listener, selectors.EVENT_READ, None)


def close(ends):
    for end in ends:
        selector.unregister(end)
        end.close()


while True:
    for key, _ in selector.select():
        if key.data is None:
            client, _ = listener.accept()
            server = socket.socket(socket.AF_UNIX)
            server.connect(path)
            selector.register(client, selectors.EVENT_READ, server)
            selector.register(server, selectors.EVENT_READ, client)
            break
        try:
            data = key.fileobj.recv(65536)
            if data:
                key.data.sendall(data)
        except OSError:
            data = b""
        if not data:
            close((key.fileobj, key.data))
            break
