"""Runs a program on a terminal of its own: pty.py COLUMNS ROWS PROGRAM ARGUMENT...

What the program prints comes to standard output. Each line of standard input is an order in JSON: {"type": TEXT},
{"resize": [COLUMNS, ROWS]}, {"signal": NAME}, or {"hangUp": true}, which closes the terminal as a window that is closed
does. When the program has ended, standard error gets one JSON object: its exit code or signal, and whether the
terminal's line mode and echo are on (null after a hang-up).

The program leads the terminal's session, so a hang-up sends it SIGHUP. With UNDER_SHELL=1 a process in its place does,
as a shell without a care for its jobs: the program notices only that it can neither read nor write."""

import fcntl, json, os, select, signal, struct, sys, termios

columns, rows, *command = sys.argv[1:]


def set_size(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))


# Not pty.fork(): the terminal has to have its size before the program starts.
master, slave = os.openpty()
set_size(slave, columns, rows)
program_reader, program_writer = os.pipe()
status_reader, status_writer = os.pipe()
child = os.fork()
if child == 0:
    os.close(master)
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    program = os.fork() if os.environ.pop("UNDER_SHELL", "") else 0
    if program:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.write(program_writer, str(program).encode())
        os.write(status_writer, str(os.waitpid(program, 0)[1]).encode())
        os._exit(0)
    for descriptor in (0, 1, 2):
        os.dup2(slave, descriptor)
    os.closerange(3, 64)
    os.execvp(command[0], command)
leader = child
is_under_shell = "UNDER_SHELL" in os.environ
if is_under_shell:
    child = int(os.read(program_reader, 16))


def obey(order):
    if "type" in order:
        os.write(master, order["type"].encode())
    elif "resize" in order:
        set_size(master, *order["resize"])  # the kernel tells the program
    elif "signal" in order:
        os.kill(child, getattr(signal, "SIG" + order["signal"]))
    elif "hangUp" in order:
        hang_up()


def hang_up():
    global master, slave
    sources.remove(master)
    os.close(slave)
    os.close(master)
    master = slave = None


unread = b""
status = None
sources = [master, 0]
while status is None:
    ready, _, _ = select.select(sources, [], [], 0.05)
    if master is not None and master in ready:
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
    ended, result = os.waitpid(leader, os.WNOHANG)
    if ended:
        status = int(os.read(status_reader, 16)) if is_under_shell else result

while master is not None and select.select([master], [], [], 0)[0]:
    os.write(1, os.read(master, 65536))
modes = None if slave is None else termios.tcgetattr(slave)[3]
outcome = {
    "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
    "signal": signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else None,
    "isLineMode": None if modes is None else bool(modes & termios.ICANON),
    "isEcho": None if modes is None else bool(modes & termios.ECHO),
    "isCoreDumped": os.WCOREDUMP(status),
}
sys.stderr.write(json.dumps(outcome))
