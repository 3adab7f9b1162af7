"""A program in a pseudo-terminal, and the screen that a person would see.

Terminal starts a command in a pty, writes keys to it and collects what it sends, with the time of every read.
It plays a terminal well enough that nothing waits for an answer: DA, DSR, XTVERSION and the colour queries are answered,
and a question where the cursor is as if it stood behind the text of its line (how wide is ─ here?).  Screen turns the bytes into rows of text through libvterm; it is fed only when somebody asks for the screen,
so that emulating costs no time while a key is measured.
"""
import ctypes
import ctypes.util
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata

NOW = time.perf_counter

QUERIES = [
    (re.compile(rb'\x1b\[0?c'), b'\x1b[?62;22c'),
    (re.compile(rb'\x1b\[>0?c'), b'\x1b[>41;354;0c'),
    (re.compile(rb'\x1b\[5n'), b'\x1b[0n'),
    (re.compile(rb'\x1b\[>0?q'), b'\x1bP>|ptylat\x1b\\'),
    (re.compile(rb'\x1b\]10;\?(\x07|\x1b\\)'), b'\x1b]10;rgb:cccc/cccc/cccc\x1b\\'),
    (re.compile(rb'\x1b\]11;\?(\x07|\x1b\\)'), b'\x1b]11;rgb:0000/0000/0000\x1b\\'),
]

WHERE = re.compile(rb'([^\r\n\x1b]*)\x1b\[6n')


def cursor_answer(before):
    """The answer to CSI 6n where `before` stands on an otherwise empty line; ambiguous characters are narrow."""
    text = before.decode('utf-8', 'replace')
    col = 1 + sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)
    return b'\x1b[1;%dR' % col


class Rect(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in ('start_row', 'end_row', 'start_col', 'end_col')]


class Screen:
    """Rows of text out of terminal bytes (libvterm 0.1 or newer)."""

    def __init__(self, rows, cols):
        path = ctypes.util.find_library('vterm') or 'libvterm.so.0'
        self.lib = ctypes.CDLL(path)
        for name, result in (('vterm_new', ctypes.c_void_p), ('vterm_obtain_screen', ctypes.c_void_p),
                             ('vterm_input_write', ctypes.c_size_t), ('vterm_screen_get_text', ctypes.c_size_t)):
            getattr(self.lib, name).restype = result
        self.vt = ctypes.c_void_p(self.lib.vterm_new(rows, cols))
        self.lib.vterm_set_utf8(self.vt, 1)
        self.screen = ctypes.c_void_p(self.lib.vterm_obtain_screen(self.vt))
        self.lib.vterm_screen_enable_altscreen(self.screen, 1)
        self.lib.vterm_screen_reset(self.screen, 1)
        self.rows, self.cols = rows, cols

    def feed(self, data):
        self.lib.vterm_input_write(self.vt, ctypes.c_char_p(bytes(data)), ctypes.c_size_t(len(data)))

    def resize(self, rows, cols):
        self.rows, self.cols = rows, cols
        self.lib.vterm_set_size(self.vt, rows, cols)

    def row(self, n):
        room = self.cols * 32
        text = ctypes.create_string_buffer(room)
        used = self.lib.vterm_screen_get_text(self.screen, text, ctypes.c_size_t(room), Rect(n, n + 1, 0, self.cols))
        return text.raw[:used].decode('utf-8', 'replace').rstrip()

    def text(self):
        return '\n'.join(self.row(n) for n in range(self.rows))

    def close(self):
        self.lib.vterm_free(self.vt)


FRAME_GAP_S = 0.002                                    # a pause that ends a frame; what comes later is another one


class Frame:
    """What one key brought, in seconds from t0: the first byte, the end of the first frame, and the last byte of all.

    The first frame is the answer.  More may follow on its own account: a list that goes on counting, similar issues looked
    for in idle time, a spinner.
    """

    def __init__(self, t0, reads):
        self.first = reads[0][0] - t0
        self.settled = reads[-1][0] - t0
        self.bytes_all = sum(n for _, n in reads)
        self.bytes = 0
        for i, (at, n) in enumerate(reads):
            if i and at - reads[i - 1][0] >= FRAME_GAP_S:
                break
            self.frame = at - t0
            self.bytes += n


class Terminal:
    def __init__(self, command, rows=30, cols=100, term='xterm-256color', env=None, cwd=None):
        self.log = bytearray()
        self.arrivals = []                             # (time, length of the log) after each read
        self.eof = False
        self.shown = 0                                 # how much of the log the screen has been fed
        self.screen = Screen(rows, cols)
        self.fd, slave = pty.openpty()
        self._set_size(slave, rows, cols)
        ready, at_exec = os.pipe()                     # closes at exec: the clock starts there
        os.set_inheritable(at_exec, False)
        self.pid = os.fork()
        if self.pid == 0:
            self._child(slave, command, dict(os.environ, TERM=term, **(env or {})), cwd)
        os.close(at_exec)
        os.close(slave)
        os.read(ready, 1)
        self.t_exec = NOW()
        os.close(ready)
        self.cpu_at_exec = self._cpu()
        os.set_blocking(self.fd, False)
        self.poll = select.poll()
        self.poll.register(self.fd, select.POLLIN)

    def _child(self, slave, command, env, cwd):
        try:
            env.pop('COLUMNS', None)
            env.pop('LINES', None)
            os.close(self.fd)
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for fd in (0, 1, 2):
                os.dup2(slave, fd)
            if cwd:
                os.chdir(cwd)
            os.execvpe(command[0], command, env)
        except OSError as e:
            os.write(2, f'{command[0]}: {e}\r\n'.encode())
        os._exit(127)

    def _set_size(self, fd, rows, cols):
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, cols, 0, 0))

    def resize(self, rows, cols):
        self.text()                                    # what came for the old size belongs on the old screen
        self.screen.resize(rows, cols)
        self._set_size(self.fd, rows, cols)

    def write(self, data):
        while data and not self.eof:
            try:
                data = data[os.write(self.fd, data):]
            except BlockingIOError:                    # the program is not reading: go on draining its output
                self.pump(5)
            except OSError:
                self.eof = True

    def pump(self, wait_ms):
        """One read: (time, number of bytes), or None where nothing came."""
        if self.eof or not self.poll.poll(wait_ms):
            return None
        try:
            data = os.read(self.fd, 65536)
        except BlockingIOError:
            return None
        except OSError as e:
            if e.errno != errno.EIO:
                raise
            data = b''
        at = NOW()
        if not data:
            self.eof = True
            return None
        if b'\x1b' in data:
            for query, answer in QUERIES:
                for _ in query.findall(data):
                    os.write(self.fd, answer)
            for before in WHERE.findall(data):
                os.write(self.fd, cursor_answer(before))
        self.log += data
        self.arrivals.append((at, len(self.log)))
        return at, len(data)

    def drain(self):
        while self.pump(0):
            pass

    def frame(self, t0, quiet_s=0.06, limit_s=5.0, until=None):
        """Collect output until nothing came for quiet_s and the screen shows `until`; None where nothing came within limit_s."""
        reads = []
        while not self.eof:
            now = NOW()
            if reads and now - reads[-1][0] >= quiet_s and (until is None or until in self.text()):
                break
            if now - t0 > limit_s:
                break
            wait_s = max(0.005, reads[-1][0] + quiet_s - now) if reads else min(0.02, limit_s)
            got = self.pump(max(1, int(wait_s * 1000 + 0.999)))
            if got:
                reads.append(got)
        return Frame(t0, reads) if reads else None

    def text(self):
        """The screen as it stands."""
        if self.shown < len(self.log):
            self.screen.feed(self.log[self.shown:])
            self.shown = len(self.log)
        return self.screen.text()

    def expect(self, wanted, limit_s=10.0):
        """Wait until the screen shows a text."""
        end = NOW() + limit_s
        while wanted not in self.text():
            if self.eof or NOW() > end:
                return False
            self.pump(20)
        return True

    def when(self, wanted):
        """Seconds from exec to the read after which wanted(text of the screen) held first; None if it never did."""
        screen = Screen(self.screen.rows, self.screen.cols)
        fed = 0
        for at, end in self.arrivals:
            screen.feed(self.log[fed:end])
            fed = end
            if wanted(screen.text()):
                screen.close()
                return at - self.t_exec
        screen.close()
        return None

    def _cpu(self):
        total = 0
        try:
            for thread in os.listdir(f'/proc/{self.pid}/task'):
                with open(f'/proc/{self.pid}/task/{thread}/schedstat', encoding='ascii') as f:
                    total += int(f.read().split()[0])
        except (OSError, ValueError):
            pass
        return total / 1e9

    def cpu(self):
        """Seconds of CPU time since exec, all threads."""
        return self._cpu() - self.cpu_at_exec

    def peak_kb(self):
        try:
            with open(f'/proc/{self.pid}/status', encoding='ascii', errors='replace') as f:
                return int(re.search(r'VmHWM:\s+(\d+)', f.read()).group(1))
        except (OSError, AttributeError):
            return 0

    def close(self):
        """Hang up as a closed window does; then less politely.  The exit status, or minus the signal."""
        status = None
        for sig, wait_s in ((signal.SIGHUP, 1.0), (signal.SIGTERM, 0.5), (signal.SIGKILL, 5.0)):
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                break
            status = self._reap(wait_s)
            if status is not None:
                break
        os.close(self.fd)
        self.screen.close()
        return status

    def _reap(self, wait_s):
        end = NOW() + wait_s
        while NOW() < end:
            if self.pump(5) is None and self.eof:
                time.sleep(0.005)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
        return None
