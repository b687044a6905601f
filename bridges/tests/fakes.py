"""Stand-ins: a QuantDash that answers over HTTP, and a vn.py with a CTP behind it. They do what the real ones are documented to do, and no more."""
import contextlib
import datetime
import email.utils
import enum
import http.server
import io
import json
import queue
import sys
import threading
import time
import types


def command(client_id="QD-1-1", action="place", **more):
    given = dict(
        sequence=1, action=action, client_order_id=client_id, symbol="SHFE.au2612", side="buy", offset="open", type="limit", price=600.5, volume=2,
        expires_at=in_seconds(30), replay=False, time_in_force="day")
    given.update(more)
    return given


def in_seconds(seconds):
    """As .NET writes it: seven digits."""
    moment = datetime.datetime.fromtimestamp(time.time() + seconds, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "7Z"


def eventually(look, patience=10):
    """What look() gives once it is true; polls, because the other side is another thread."""
    until = time.monotonic() + patience
    while True:
        seen = look()
        if seen or time.monotonic() > until:
            return seen
        threading.Event().wait(0.01)


def quietly():
    return contextlib.redirect_stdout(io.StringIO())


class QuantDash:
    """Answers are (status, body) pairs by path, the last one again and again. Keeps what was posted."""

    def __init__(self):
        self.clock_ahead = 0
        self.posts = queue.Queue()
        self.answers = {"reports": [(200, {})], "position_snapshots": [(200, {"differences": []})]}
        self.commands = []
        self.snapshot_wanted = False
        self.may_answer = threading.Event()
        self.may_answer.set()
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *parts):
                pass

            def date_time_string(self, timestamp=None):
                return email.utils.formatdate(time.time() + fake.clock_ahead, usegmt=True)

            def do_GET(self):
                threading.Event().wait(0.02)
                items, fake.commands = fake.commands, []
                self.answer(200, dict(epoch="E1", snapshot_wanted=fake.snapshot_wanted, items=items))

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8"))
                fake.may_answer.wait(20)
                name = self.path.rsplit("/", 1)[1]
                answers = fake.answers[name]
                status, answer = answers.pop(0) if len(answers) > 1 else answers[0]
                fake.posts.put((name, status, body))
                self.answer(status, answer)

            def answer(self, status, body):
                data = json.dumps(body).encode("utf-8")
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        class Server(http.server.HTTPServer):
            def process_request(self, request, address):
                threading.Thread(target=self.process_request_thread, args=(request, address), daemon=True).start()

            def process_request_thread(self, request, address):
                try:
                    self.finish_request(request, address)
                except OSError:
                    pass
                finally:
                    self.shutdown_request(request)

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs=dict(poll_interval=0.02), daemon=True).start()

    def close(self):
        self.may_answer.set()
        self.server.shutdown()
        self.server.server_close()


# ---- vn.py ----

class Status(enum.Enum):
    SUBMITTING, NOTTRADED, PARTTRADED, ALLTRADED, CANCELLED, REJECTED = range(6)


class Direction(enum.Enum):
    LONG, SHORT = range(2)


class Offset(enum.Enum):
    OPEN, CLOSE, CLOSETODAY, CLOSEYESTERDAY = range(4)


class OrderType(enum.Enum):
    LIMIT, MARKET, FAK, FOK = range(4)


class Exchange(enum.Enum):
    SHFE, CZCE, DCE = "SHFE", "CZCE", "DCE"


class Record:
    def __init__(self, **fields):
        self.__dict__.update(fields)


class OrderRequest(Record):
    pass


class Order(Record):
    def is_active(self):
        return self.status in (Status.SUBMITTING, Status.NOTTRADED, Status.PARTTRADED)


class CancelRequest:
    def __init__(self, orderid, symbol, exchange):
        self.orderid, self.symbol, self.exchange = orderid, symbol, exchange


class Event:
    def __init__(self, kind, data=None):
        self.type, self.data = kind, data


class EventEngine:
    """Events are handled where they are put, so that tests say when; what a handler lets out would have ended vn.py's thread."""

    def __init__(self):
        self.handlers = {}

    def register(self, kind, handler):
        self.handlers.setdefault(kind, []).append(handler)

    def put(self, event):
        for handler in self.handlers.get(event.type, []):
            handler(event)


class BaseGateway:
    def __init__(self, event_engine, gateway_name):
        self.event_engine, self.gateway_name = event_engine, gateway_name

    def on_position(self, position):
        self.event_engine.put(Event("ePosition.", position))

    def on_order(self, order):
        self.event_engine.put(Event("eOrder.", order))

    def on_trade(self, trade):
        self.event_engine.put(Event("eTrade.", trade))


class Position(Record):
    @property
    def vt_symbol(self):
        return "%s.%s" % (self.symbol, self.exchange.value)


class TdApi:
    """The part of C++: requests are kept for the test, which then calls the callbacks."""

    def __init__(self):
        self.asked_positions, self.inserted = [], []
        self.refuses = 0

    def reqQryInvestorPosition(self, request, reqid):
        if not self.refuses:
            self.asked_positions.append(reqid)
        return self.refuses


class CtpTdApi(TdApi):
    contracts = {}

    def __init__(self, gateway):
        super().__init__()
        self.gateway = gateway
        self.reqid = self.order_ref = 0
        self.login_status = self.contract_inited = False
        self.positions = {}

    def onFrontDisconnected(self, reason):
        self.login_status = False

    def onRspUserLogin(self, data, error, reqid, last):
        self.login_status = not error["ErrorID"]

    def query_position(self):
        self.reqid += 1
        self.reqQryInvestorPosition({}, self.reqid)

    def onRspQryInvestorPosition(self, data, error, reqid, last):
        if not data:
            return
        exchange = self.contracts.get(data["InstrumentID"])
        if exchange:
            key = (data["InstrumentID"], data["PosiDirection"])
            position = self.positions.setdefault(key, Position(
                symbol=data["InstrumentID"], exchange=exchange, direction=Direction.LONG if data["PosiDirection"] == "2" else Direction.SHORT, volume=0, yd_volume=0, price=0))
            position.volume += data["Position"]
            position.yd_volume += data["Position"] - data["TodayPosition"]
            position.price = data.get("Price", 0)
        if last:
            for position in self.positions.values():
                self.gateway.on_position(position)
            self.positions.clear()

    def send_order(self, request):
        self.order_ref += 1
        self.inserted.append(request)
        orderid = "1_77_%d" % self.order_ref
        self.gateway.on_order(order(orderid, Status.SUBMITTING, request=request))
        return "CTP." + orderid


def order(orderid, status, traded=0, request=None):
    return Order(
        orderid=orderid, vt_orderid="CTP." + orderid, status=status, traded=traded, symbol=request.symbol if request else "au2612",
        exchange=request.exchange if request else Exchange.SHFE)


def trade(orderid, tradeid, volume=1, price=600.5):
    return Record(vt_orderid="CTP." + orderid, tradeid=tradeid, vt_tradeid="CTP." + tradeid, volume=volume, price=price,
                  datetime=datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=60))


class CtpGateway(BaseGateway):
    default_name = "CTP"

    def __init__(self, event_engine, gateway_name):
        super().__init__(event_engine, gateway_name)
        self.td_api = CtpTdApi(self)

    def connect(self, setting):
        self.setting = setting

    def send_order(self, request):
        return self.td_api.send_order(request)

    def query_position(self):
        self.td_api.query_position()


class MainEngine:
    def __init__(self, event_engine):
        self.event_engine, self.gateways = event_engine, {}
        self.orders, self.trades, self.positions = {}, {}, {}
        self.cancelled = []
        event_engine.register("eOrder.", lambda event: self.orders.__setitem__(event.data.vt_orderid, event.data))
        event_engine.register("eTrade.", lambda event: self.trades.__setitem__(event.data.vt_tradeid, event.data))
        event_engine.register("ePosition.", lambda event: self.positions.__setitem__(event.data.vt_symbol, event.data))

    def add_gateway(self, gateway_class, gateway_name=""):
        name = gateway_name or gateway_class.default_name
        self.gateways[name] = gateway_class(self.event_engine, name)
        return self.gateways[name]

    def get_gateway(self, name):
        return self.gateways[name]

    def connect(self, setting, name):
        self.gateways[name].connect(setting)

    def send_order(self, request, name):
        return self.gateways[name].send_order(request)

    def cancel_order(self, request, name):
        self.cancelled.append(request.orderid)

    def get_order(self, vt_orderid):
        return self.orders.get(vt_orderid)

    def get_all_trades(self):
        return list(self.trades.values())

    def get_all_positions(self):
        return list(self.positions.values())

    def close(self):
        pass


def install_vnpy():
    """Makes `import vnpy` and `import vnpy_ctp` mean the above."""
    modules = {
        "vnpy": {}, "vnpy.trader": {}, "vnpy.event": dict(EventEngine=EventEngine),
        "vnpy.trader.constant": dict(Direction=Direction, Exchange=Exchange, Offset=Offset, OrderType=OrderType, Status=Status),
        "vnpy.trader.engine": dict(MainEngine=MainEngine), "vnpy.trader.event": dict(EVENT_ORDER="eOrder.", EVENT_TRADE="eTrade."),
        "vnpy.trader.object": dict(CancelRequest=CancelRequest, OrderRequest=OrderRequest), "vnpy_ctp": dict(CtpGateway=CtpGateway),
    }
    for name, content in modules.items():
        module = types.ModuleType(name)
        module.__dict__.update(content)
        sys.modules[name] = module
