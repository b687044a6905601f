"""QuantDash bridge: the part that any counter shares. Plain Python 3.7+, standard library only.

Asks QuantDash for commands, keeps every client order id on disk BEFORE its order is placed, and posts reports until they were taken.
Subclass Counter for your terminal, or see qd_vnpy.py and qd_epolestar.py. Guide: bridges/README.md.
"""
import collections
import datetime
import email.utils
import hashlib
import http.client
import json
import os
import queue
import re
import socket
import threading
import time
import urllib.parse

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

FOLDER = os.path.dirname(os.path.abspath(__file__))
WHERE_WE_STARTED = os.getcwd()
HOME = os.path.expanduser("~")   # where vn.py goes
OLD_NAME = "quantdash-orders.json"   # of all accounts together, until files were named by account
WRONG_FOR_EVER = (400, 422)
SNAPSHOT_HOLDS = 15
UTC = datetime.timezone.utc
CHINA = datetime.timezone(datetime.timedelta(hours=8))


def say(*parts):
    """A console that cannot show a character, or that is closed, ends nothing."""
    line = " ".join(str(part) for part in parts)
    try:
        print(line)
    except UnicodeError:
        print(line.encode("ascii", "backslashreplace").decode("ascii"))
    except (OSError, ValueError, AttributeError):
        return


def told(error):
    return "%s: %s" % (type(error).__name__, error)


# ---- times and codes ----

def time_text(seconds):
    return datetime.datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc_now():
    return time_text(time.time())


def trade_time(moment, now=None):
    """A trade's own time as the counter's program gives it (with its zone); None when it cannot be: at night some exchanges date trades on the next day."""
    if moment is None or moment.tzinfo is None or moment.timestamp() > (time.time() if now is None else now) + 5:
        return None
    return time_text(moment.timestamp())


def parse_time(text):
    """QuantDash writes up to seven digits after the second; Python before 3.11 reads three or six of them and no others."""
    match = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$", text)
    if not match:
        raise ValueError("not a time: %r" % text)
    whole, fraction, zone = match.groups()
    return datetime.datetime.fromisoformat("%s.%s%s" % (whole, (fraction or "")[:6].ljust(6, "0"), "+00:00" if zone == "Z" else zone)).timestamp()


def exchange_code(symbol):
    """QuantDash's symbol as (exchange, the exchange's own code): CZCE.TA2701 is TA701 there, SHFE.au2612 is au2612."""
    exchange, code = symbol.split(".", 1)
    match = re.match(r"([A-Za-z]{1,2})\d(\d{3})$", code) if exchange == "CZCE" else None
    return exchange, match.group(1) + match.group(2) if match else code


def quantdash_symbol(exchange, code, today=None):
    """The way back; None: it is no futures contract. Three digits mean the month of the decade that lies nearest, of two equally near ones the earlier."""
    match = re.match(r"([A-Za-z]{1,2})(\d{3,4})$", code)
    if not match:
        return None
    letters, digits = match.groups()
    if exchange == "CZCE" and len(digits) == 3 and 1 <= int(digits[1:]) <= 12:
        today = today or datetime.datetime.now(CHINA).date()
        years = range(2000 + int(digits[0]), 2100, 10)
        year = min(years, key=lambda one: abs(one * 12 + int(digits[1:]) - today.year * 12 - today.month))
        digits = "%02d%s" % (year % 100, digits[1:])
    return "%s.%s%s" % (exchange, letters, digits)


# ---- orders ----

class Refused(Exception):
    """The order is not placed, and never will be."""


def kind_of(command):
    """"market", or for a limit order its time in force: "day", "fak", "fok". What we do not know is never placed as something else."""
    time_in_force = command.get("time_in_force", "day")
    if time_in_force not in ("day", "fak", "fok"):
        raise Refused("unknown time_in_force: %s" % time_in_force)
    if command["type"] == "limit":
        return time_in_force
    if command["type"] != "market":
        raise Refused("unknown type: %s" % command["type"])
    if time_in_force != "day":
        raise Refused("a market order has no time_in_force %s here" % time_in_force)
    return "market"


def price_of(command):
    if command["type"] == "limit" and command["price"] is None:
        raise Refused("a limit order without a price")
    return float(command["price"] or 0)


def lots_of(command):
    lots = float(command["volume"])
    if lots <= 0 or lots != int(lots):
        raise Refused("not a number of lots: %s" % command["volume"])
    return int(lots)


def one_of(choices, command, name):
    if command[name] not in choices:
        raise Refused("unknown %s: %s" % (name, command[name]))
    return choices[command[name]]


# ---- what is kept ----

class Taken(Exception):
    """Another program has the account's file."""


def memory_path(account, folder=None):
    return os.path.join(os.path.abspath(folder or FOLDER), "quantdash-orders-%s.json" % urllib.parse.quote(str(account), safe=""))


class Memory:
    """client_order_id -> what we know of it. One JSON file, written whole and renamed, so that a crash leaves the old or the new one. Nobody else has it while we live."""

    def __init__(self, path, earlier=()):
        self.path = os.path.abspath(path)
        self._lock_file = self._hold(self.path + ".lock")
        try:
            self.orders = {}
            if os.path.exists(self.path):
                self.orders = self._read(self.path)
            else:
                self._take_over(earlier)
        except Exception:
            self.close()
            raise

    @classmethod
    def of(cls, account, folder=None):
        """The account's own file. Without one yet it begins with what stands in the files of before, which had one name for every account: whose ids they are cannot be told, one
        too many does no harm, and one too few is an order placed twice. Those files stay where they are, for the next account."""
        folder = os.path.abspath(folder or FOLDER)
        places = [folder, FOLDER, WHERE_WE_STARTED, HOME]
        return cls(memory_path(account, folder), earlier=[os.path.join(place, OLD_NAME) for place in places])

    def save(self):
        temporary = self.path + ".new"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(self.orders, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self.path)

    def keep(self, client_id, known):
        """On disk, or not at all."""
        before = self.orders.get(client_id)
        self.orders[client_id] = known
        try:
            self.save()
        except Exception:
            if before is None:
                del self.orders[client_id]
            else:
                self.orders[client_id] = before
            raise

    def close(self):
        self._lock_file.close()

    def _take_over(self, earlier):
        seen = set()
        for path in earlier:
            real = os.path.realpath(path)
            if real in seen or not os.path.exists(path):
                continue
            seen.add(real)
            orders = self._read(path)
            # The same id in two files: the one that says more.
            for client_id, known in orders.items():
                if client_id not in self.orders or not self.orders[client_id].get("local_id"):
                    self.orders[client_id] = known
            say("took over", len(orders), "order ids from", path)
        if seen:
            self.save()

    @staticmethod
    def _read(path):
        try:
            with open(path, encoding="utf-8") as file:
                orders = json.load(file)
            if not isinstance(orders, dict):
                raise ValueError("not an object")
            return orders
        except ValueError as error:
            raise ValueError("%s cannot be read (%s). It holds the orders that were placed: without it they might be placed twice. Repair it, or move it away when no order is "
                             "open in QuantDash." % (path, error))

    @staticmethod
    def _hold(path):
        file = open(path, "a+")
        try:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            file.close()
            raise Taken("Another program serves this account already: it holds %s (%s). Two would place every order twice. End the other one first." % (path, error))
        return file


# ---- the terminal ----

class Positions:
    """What the terminal says is held."""

    def __init__(self, rows, taken_at, complete):
        """rows: [{"symbol", "long_position", "long_today", "long_avg_price", "short_position", ...}].
        taken_at: time.time() at which every fill until then was counted for sure (when the terminal was asked, not when it answered).
        complete: what is left out is flat."""
        self.rows, self.taken_at, self.complete = rows, taken_at, complete


class Counter:
    """What a terminal must do. Called only through Bridge.work(), on the thread that calls that."""

    # Names this run when the terminal's ids mean nothing to the next one; None: they outlive us.
    run = None

    def prepare(self, command):
        """All that can fail before anything is sent; what it returns goes to place(). An exception here means: refused, nothing was sent."""
        return command

    def place(self, request):
        """Sends the order; returns the terminal's own id. Raises Refused when the terminal says no; any other exception means that nobody knows whether it was sent."""
        raise NotImplementedError

    def cancel(self, local_id):
        raise NotImplementedError

    def state(self, local_id):
        """What the terminal knows: {"status", "filled_volume", "reason"}; None: nothing (yet)."""
        raise NotImplementedError

    def trades(self, local_id):
        """All trades of the order, told again whenever it is asked about: [{"trade_volume", "price", "trade_id", "timestamp"}]; empty where state() tells them."""
        return []

    def positions(self):
        """Positions, or a plain list (complete, as of now); None while the terminal is not logged in or its list may not be whole."""
        raise NotImplementedError


class Clock:
    """QuantDash's clock, from the Date of its answers. That has whole seconds: below two seconds our own clock is the better one."""

    def __init__(self):
        self._leads = collections.deque(maxlen=3)
        self._said = 0

    @property
    def ahead(self):
        """Seconds that QuantDash is ahead of us. Dates are cut and answers are late, so the highest of the last ones is the nearest."""
        leads = list(self._leads)
        ahead = max(leads) + 0.5 if leads else 0
        return ahead if abs(ahead) > 2 else 0

    def now(self):
        return time.time() + self.ahead

    def hear(self, date):
        try:
            self._leads.append(email.utils.parsedate_to_datetime(date).timestamp() - time.time())
        except (TypeError, ValueError):
            return
        ahead = self.ahead
        if abs(ahead - self._said) > 1.5:
            say("this computer's clock is %.0f seconds %s QuantDash's; QuantDash's is used. Set the clock." % (abs(ahead), "behind" if ahead > 0 else "ahead of") if ahead
                else "this computer's clock agrees with QuantDash's again")
            self._said = ahead


Snapshot = collections.namedtuple("Snapshot", "body taken_at")


class Bridge:
    def __init__(self, url, account, key, counter, memory=None, program=None, folder=None):
        """memory: a Memory or the path of its file; None: the account's own file in the folder (None: beside this script)."""
        parts = urllib.parse.urlsplit(url)
        self.secure, self.host = parts.scheme == "https", parts.netloc
        self.account, self.key, self.counter = account, key, counter
        self.memory = self._memory_of(account, memory, folder)
        # The same over restarts, another for another program: a question of ours that hangs on a dead link is ended by our next one, and not refused.
        self.program = program or "%s:%s" % (socket.gethostname()[:20], hashlib.sha256(self.memory.path.encode("utf-8")).hexdigest()[:16])
        self.commands, self.reports = queue.Queue(), queue.Queue()
        self.epoch_wanted = None
        self.clock = Clock()
        self._snapshot_waits = False
        self._stopped = threading.Event()
        self._complaints = {}
        # Whose the terminal's ids are, for threads that are not work()'s. An id that the terminal gives once more belongs to the newer order.
        self._gate = threading.Lock()
        self._placing, self._early = False, []
        self._client_ids = {known["local_id"]: client_id for client_id, known in self.memory.orders.items() if known.get("local_id") and known.get("run") == counter.run}

    @staticmethod
    def _memory_of(account, memory, folder):
        if isinstance(memory, Memory):
            return memory
        if memory is None:
            return Memory.of(account, folder)
        # Scripts of before named the one file.
        return Memory.of(account, os.path.dirname(os.path.abspath(memory))) if os.path.basename(memory) == OLD_NAME else Memory(memory)

    # ---- network: two threads that touch nothing of the terminal ----

    def start(self):
        for loop in (self._ask, self._tell):
            threading.Thread(target=loop, daemon=True).start()

    def stop(self):
        """Ends the two threads; what was not told by then is asked for after the next start. The account's file stays ours until memory.close() or the end of the program."""
        self._stopped.set()

    def request(self, method, path, body=None, patience=20):
        connect = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        link = connect(self.host, timeout=patience)
        try:
            data = None if body is None else json.dumps(body).encode("utf-8")
            link.request(method, path, data, {"X-API-Key": self.key, "Content-Type": "application/json"})
            answer = link.getresponse()
            self.clock.hear(answer.getheader("Date"))
            text = answer.read().decode("utf-8")
            return answer.status, json.loads(text) if text else {}
        finally:
            link.close()

    def _ask(self):
        after = 0
        path = "/api/bridge/%s/orders?program=%s" % (urllib.parse.quote(self.account), urllib.parse.quote(self.program, safe=""))
        while not self._stopped.is_set():
            try:
                status, answer = self.request("GET", "%s&wait=30&after=%d" % (path, after), patience=45)
                if status != 200:
                    self.complain("QuantDash: %s %s" % (status, answer.get("detail") or answer))
                    self._stopped.wait(3)
                    continue
                self.epoch_wanted = answer["epoch"] if answer["snapshot_wanted"] else None
                for command in answer["items"]:
                    self.commands.put(command)
                    after = max(after, command["sequence"])
            except Exception as error:
                self.complain("QuantDash cannot be asked: %s" % told(error))
                self._stopped.wait(2)

    def _tell(self):
        while not self._stopped.is_set():
            try:
                item = self.reports.get(timeout=0.5)
            except queue.Empty:
                continue
            try:
                if isinstance(item, Snapshot):
                    self._tell_snapshot(item)
                else:
                    self._tell_report(item)
            except Exception as error:
                say("not told:", told(error), item)

    def _tell_report(self, report):
        """Until it is taken. Only what QuantDash calls wrong is dropped: a fill must not be lost because a key, an account or a server was missing for a while."""
        json.dumps(report)
        path = "/api/bridge/%s/reports" % urllib.parse.quote(self.account)
        pause = 1
        while not self._stopped.is_set():
            try:
                status, answer = self.request("POST", path, report)
                if status == 200:
                    if answer.get("unknown_ids"):
                        say("QuantDash does not know the order of this report:", report)
                    return
                if status in WRONG_FOR_EVER:
                    say("report is wrong and dropped:", status, report, answer)
                    return
                self.complain("report is kept: %s %s" % (status, answer))
            except (OSError, ValueError, AttributeError, http.client.HTTPException) as error:
                self.complain("report is kept, QuantDash cannot be reached: %s" % told(error))
            self._stopped.wait(pause)
            pause = min(5, pause * 2)

    def _tell_snapshot(self, snapshot):
        """Once: what could not be told is out of date, and QuantDash asks again."""
        try:
            age = time.time() - snapshot.taken_at
            if age > SNAPSHOT_HOLDS:
                say("position snapshot is %.0f seconds old and not posted" % age)
                return
            status, answer = self.request("POST", "/api/position_snapshots", snapshot.body)
            if status == 200:
                say(utc_now(), "position snapshot taken, differences:", answer.get("differences"))
            else:
                self.complain("position snapshot not taken: %s %s" % (status, answer))
        finally:
            self._snapshot_waits = False

    def complain(self, text):
        """The same complaint twice a minute at most, and on any thread."""
        now = time.monotonic()
        if now - self._complaints.get(text, -60) >= 30:
            self._complaints = {text: now} if len(self._complaints) > 50 else dict(self._complaints, **{text: now})
            say(utc_now(), text)

    # ---- events of the terminal, on any thread ----

    def hear(self, local_id, status, **more):
        """What the terminal says of one of its orders by itself. Before place() has returned nobody knows whose it is: then it waits."""
        more.setdefault("timestamp", time_text(self.clock.now()))
        with self._gate:
            client_id = self._client_ids.get(local_id)
            if client_id is not None:
                self.report(client_id, status, **more)
            elif self._placing:
                self._early.append((local_id, status, more))

    def report(self, client_order_id, status, **more):
        # A trade is told with its own time, or with none: QuantDash asks whether a position snapshot has counted it already.
        more.setdefault("timestamp", time_text(self.clock.now()))
        self.reports.put(dict(client_order_id=client_order_id, status=status, **more))

    def client_id_of(self, local_id):
        with self._gate:
            return self._client_ids.get(local_id)

    def local_ids(self):
        """(client order id, the terminal's id) of the orders that the terminal may know."""
        with self._gate:
            return [(client_id, local_id) for local_id, client_id in self._client_ids.items()]

    # ---- terminal: call work() again and again from the terminal's own thread ----

    def work(self):
        """Ends with nothing but a KeyboardInterrupt: an order that goes wrong must not take the others with it."""
        try:
            self._reconcile()
        except Exception as error:
            self.complain("positions cannot be read: %s" % told(error))
        for _ in range(20):
            try:
                command = self.commands.get_nowait()
            except queue.Empty:
                return
            try:
                self._do(command)
            except Exception as error:
                say(utc_now(), "command failed:", told(error), command)

    def _reconcile(self):
        epoch = self.epoch_wanted
        if not epoch or self._snapshot_waits:
            return
        asked_at = time.time()
        positions = self.counter.positions()
        if positions is None:
            return
        if not isinstance(positions, Positions):
            positions = Positions(positions, asked_at, complete=True)
        body = dict(account_id=self.account, timestamp=time_text(positions.taken_at + self.clock.ahead), epoch=epoch, complete=positions.complete, positions=positions.rows)
        self._snapshot_waits, self.epoch_wanted = True, None
        self.reports.put(Snapshot(body, positions.taken_at))

    def _do(self, command):
        client_id = command["client_order_id"]
        if client_id not in self.memory.orders:
            self._first(client_id, command)
            return
        local_id = self._local_id(client_id)
        if command["action"] == "cancel" and local_id:
            self.counter.cancel(local_id)
        self._answer(client_id)

    def _first(self, client_id, command):
        """Kept before it is placed, and kept too when it is not: it must never be placed later."""
        try:
            late = command["action"] != "place" or command.get("replay") or parse_time(command["expires_at"]) <= self.clock.now()
            request = None if late else self.counter.prepare(command)
        except Exception as error:
            reason = str(error) if isinstance(error, Refused) else told(error)
            say(utc_now(), "order refused, nothing was sent:", client_id, reason)
            self.memory.keep(client_id, {"state": "refused", "local_id": None, "reason": reason})
        else:
            self.memory.keep(client_id, {"state": "never" if late else "placing", "local_id": None})
            if not late:
                self._place(client_id, request)
        self._answer(client_id)

    def _place(self, client_id, request):
        """From here on only the terminal knows: an exception that is no refusal leaves the order as "placing", and a person has to look."""
        with self._gate:
            self._placing, self._early = True, []
        known = None
        try:
            known = {"state": "placed", "local_id": self.counter.place(request)}
            if self.counter.run is not None:
                known["run"] = self.counter.run
        except Refused as refused:
            known = {"state": "refused", "local_id": None, "reason": str(refused)}
        finally:
            self._placed(client_id, known)
        try:
            self.memory.save()
        except Exception as error:
            say(utc_now(), "the order was placed, and its file cannot be written:", told(error), client_id, known)

    def _placed(self, client_id, known):
        with self._gate:
            early, self._placing, self._early = self._early, False, []
            if known is None:
                return
            self.memory.orders[client_id] = known
            if not known["local_id"]:
                return
            self._client_ids[known["local_id"]] = client_id
            for local_id, status, more in early:
                if local_id == known["local_id"]:
                    self.report(client_id, status, **more)

    def _local_id(self, client_id):
        """The terminal's id of the order; None: it has none, or the terminal that gave it was another run's."""
        local_id = self.memory.orders[client_id].get("local_id")
        return local_id if local_id and self.client_id_of(local_id) == client_id else None

    def _answer(self, client_id):
        known = self.memory.orders[client_id]
        if known["state"] == "never":
            self.report(client_id, "rejected", reason="expired")
        elif known["state"] == "refused":
            self.report(client_id, "rejected", reason=(known.get("reason") or "refused")[:500])
        else:
            local_id = self._local_id(client_id)
            if not local_id:
                # "placing": we died between the file and the counter, or another run placed it. Nobody may guess; QuantDash shows it as unknown until the trader has looked.
                return
            for trade in self.counter.trades(local_id):
                self.report(client_id, "partially_filled", **trade)
            state = self.counter.state(local_id)
            if state:
                self.report(client_id, **state)
