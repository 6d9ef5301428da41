"""Runs a program on a terminal of its own: pty.py COLUMNS ROWS PROGRAM ARGUMENT...

What the program prints comes to standard output. Each line of standard input is an order in JSON: {"type": TEXT},
{"resize": [COLUMNS, ROWS]}, {"signal": NAME} or {"hangUp": true}. When the program has ended, standard error gets one JSON object: its
exit code or signal, and whether the terminal's line mode and echo are on."""

import fcntl, json, os, select, signal, struct, sys, termios

columns, rows, *command = sys.argv[1:]


def set_size(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))


# Not pty.fork(): the terminal has to have its size before the program starts.
master, slave = os.openpty()
set_size(slave, columns, rows)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(slave, descriptor)
    os.execvp(command[0], command)


def obey(order):
    if "type" in order:
        os.write(master, order["type"].encode())
    elif "resize" in order:
        set_size(master, *order["resize"])  # the kernel tells the program
    elif "hangUp" in order:
        sources.remove(master)
        os.close(slave)
        os.close(master)  # as a window does that is closed
    elif "signal" in order:
        os.kill(child, getattr(signal, "SIG" + order["signal"]))


unread = b""
status = None
sources = [master, 0]
while status is None:
    ready, _, _ = select.select(sources, [], [], 0.05)
    if master in ready:
        os.write(1, os.read(master, 65536))
    if 0 in ready:
        chunk = os.read(0, 65536)
        if chunk == b"":
            sources.remove(0)
            os.kill(child, signal.SIGKILL)  # whoever tests has gone
        unread += chunk
        *lines, unread = unread.split(b"\n")
        for line in lines:
            obey(json.loads(line))
    ended, result = os.waitpid(child, os.WNOHANG)
    if ended:
        status = result

modes = 0
if master in sources:
    while select.select([master], [], [], 0)[0]:
        os.write(1, os.read(master, 65536))
    modes = termios.tcgetattr(slave)[3]
outcome = {
    "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
    "signal": signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else None,
    "isLineMode": bool(modes & termios.ICANON),
    "isEcho": bool(modes & termios.ECHO),
}
sys.stderr.write(json.dumps(outcome))
