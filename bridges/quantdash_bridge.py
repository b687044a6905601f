"""QuantDash bridge: the part that any counter shares. Plain Python 3.7+, standard library only.

Asks QuantDash for commands, keeps every client order id on disk BEFORE its order is placed, and posts reports until they were taken.
Subclass Counter for your terminal, or see qd_vnpy.py and qd_epolestar.py. Guide: bridges/README.md.
"""
import datetime
import http.client
import json
import os
import queue
import socket
import threading
import time
import urllib.parse


def utc_now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def trade_time(moment):
    """A trade's own time as the counter's program gives it (with its zone); None when it cannot be: at night some exchanges date trades on the next day."""
    if moment is None or moment.tzinfo is None or moment.timestamp() > time.time() + 5:
        return None
    return moment.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_time(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Memory:
    """client_order_id -> what we know of it. One JSON file, written whole and renamed, so that a crash leaves the old or the new one."""

    def __init__(self, path):
        self.path = path
        self.orders = {}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.orders = json.load(file)

    def save(self):
        temporary = self.path + ".new"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(self.orders, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self.path)


class Counter:
    """What a terminal must do. Called from the bridge's own thread only through Bridge.work()."""

    def place(self, command):
        """Sends the order; returns the terminal's own id. Raises Refused when the terminal says no."""
        raise NotImplementedError

    def cancel(self, local_id):
        raise NotImplementedError

    def state(self, local_id):
        """What the terminal knows: {"status", "filled_volume", "reason"}; None: nothing (yet)."""
        raise NotImplementedError

    def positions(self):
        """[{"symbol", "long_position", "long_today", "long_avg_price", "short_position", ...}]; None while not complete."""
        raise NotImplementedError


class Refused(Exception):
    pass


class Bridge:
    def __init__(self, url, account, key, counter, memory="quantdash-orders.json", program=None):
        parts = urllib.parse.urlsplit(url)
        self.secure, self.host = parts.scheme == "https", parts.netloc
        self.account, self.key, self.counter = account, key, counter
        self.memory = Memory(memory)
        # The same over restarts, another for another program: a question of ours that hangs on a dead link is ended by our next one, and not refused.
        self.program = program or "%s:%s" % (socket.gethostname()[:20], os.path.abspath(memory)[-40:])
        self.commands, self.reports = queue.Queue(), queue.Queue()
        self.epoch_wanted = None

    # ---- network: two threads that touch nothing of the terminal ----

    def start(self):
        for loop in (self._ask, self._tell):
            threading.Thread(target=loop, daemon=True).start()

    def request(self, method, path, body=None, patience=20):
        connect = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        link = connect(self.host, timeout=patience)
        try:
            data = None if body is None else json.dumps(body).encode("utf-8")
            link.request(method, path, data, {"X-API-Key": self.key, "Content-Type": "application/json"})
            answer = link.getresponse()
            text = answer.read().decode("utf-8")
            return answer.status, json.loads(text) if text else {}
        finally:
            link.close()

    def _ask(self):
        after = 0
        path = "/api/bridge/%s/orders?program=%s" % (urllib.parse.quote(self.account), urllib.parse.quote(self.program, safe=""))
        while True:
            try:
                status, answer = self.request("GET", "%s&wait=30&after=%d" % (path, after), patience=45)
                if status != 200:
                    print("QuantDash:", status, answer.get("detail") or answer)
                    time.sleep(3)
                    continue
                if answer["snapshot_wanted"]:
                    self.epoch_wanted = answer["epoch"]
                for command in answer["items"]:
                    after = max(after, command["sequence"])
                    self.commands.put(command)
            except (OSError, ValueError, http.client.HTTPException) as error:
                print("QuantDash cannot be reached:", error)
                time.sleep(2)

    def _tell(self):
        path = "/api/bridge/%s/reports" % urllib.parse.quote(self.account)
        while True:
            report = self.reports.get()
            while True:
                try:
                    status, answer = self.request("POST", path, report)
                    if status < 500:
                        if status != 200 or answer.get("unknown_ids"):
                            print("report not taken:", status, report, answer)
                        break
                except (OSError, ValueError, http.client.HTTPException) as error:
                    print("report is kept, QuantDash cannot be reached:", error)
                time.sleep(1)

    # ---- terminal: call work() again and again from the terminal's own thread ----

    def work(self):
        if self.epoch_wanted:
            self._reconcile(self.epoch_wanted)
        for _ in range(20):
            try:
                self._do(self.commands.get_nowait())
            except queue.Empty:
                return

    def report(self, client_order_id, status, **more):
        # A trade is told with its own time, or with none: QuantDash asks whether a position snapshot has counted it already.
        more.setdefault("timestamp", utc_now())
        self.reports.put(dict(client_order_id=client_order_id, status=status, **more))

    def client_id_of(self, local_id):
        for client_id, known in self.memory.orders.items():
            if known.get("local_id") == local_id:
                return client_id
        return None

    def _reconcile(self, epoch):
        positions = self.counter.positions()
        if positions is None:
            return
        body = dict(account_id=self.account, timestamp=utc_now(), epoch=epoch, complete=True, positions=positions)
        try:
            status, answer = self.request("POST", "/api/position_snapshots", body)
            print("position snapshot:", status, answer if status != 200 else answer.get("differences"))
            self.epoch_wanted = None
        except (OSError, ValueError, http.client.HTTPException) as error:
            print("position snapshot failed:", error)

    def _do(self, command):
        client_id = command["client_order_id"]
        known = self.memory.orders.get(client_id)
        if known is None:
            self._first(client_id, command)
        elif command["action"] == "cancel" and known.get("local_id"):
            self.counter.cancel(known["local_id"])
            self._answer(client_id, known)
        else:
            self._answer(client_id, known)

    def _first(self, client_id, command):
        late = command["action"] != "place" or command["replay"] or parse_time(command["expires_at"]) <= time.time()
        # Kept before it is placed, and kept too when it is not: it must never be placed later.
        self.memory.orders[client_id] = {"state": "never" if late else "placing", "local_id": None}
        self.memory.save()
        if late:
            self.report(client_id, "rejected", reason="expired")
            return
        try:
            self.memory.orders[client_id] = {"state": "placed", "local_id": self.counter.place(command)}
        except Refused as refused:
            self.memory.orders[client_id] = {"state": "refused", "local_id": None, "reason": str(refused)}
        self.memory.save()
        self._answer(client_id, self.memory.orders[client_id])

    def _answer(self, client_id, known):
        if known["state"] == "never":
            self.report(client_id, "rejected", reason="expired")
        elif known["state"] == "refused":
            self.report(client_id, "rejected", reason=known.get("reason") or "refused")
        elif known.get("local_id"):
            state = self.counter.state(known["local_id"])
            if state:
                self.report(client_id, **state)
        # "placing": we died between the file and the counter. Nobody may guess; QuantDash shows it as unknown until the trader has looked.
