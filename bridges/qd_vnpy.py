"""QuantDash bridge for vn.py with the CTP gateway. NOT RUN AGAINST A REAL TERMINAL BY US: try it on SimNow first. Guide: bridges/README.md.

    python qd_vnpy.py --url http://127.0.0.1:8888 --account 880001 --key qd_... --setting connect_ctp.json
"""
import argparse
import json
import sys
import time

from quantdash_bridge import (
    Bridge, Counter, Memory, Positions, Refused, Taken, exchange_code, kind_of, lots_of, one_of, price_of, quantdash_symbol, say, told, trade_time, utc_now)

from vnpy.event import EventEngine
from vnpy.trader.constant import Direction, Exchange, Offset, OrderType, Status
from vnpy.trader.engine import MainEngine
from vnpy.trader.event import EVENT_ORDER, EVENT_TRADE
from vnpy.trader.object import CancelRequest, OrderRequest
from vnpy_ctp import CtpGateway

STATUS = {
    Status.NOTTRADED: "accepted", Status.PARTTRADED: "partially_filled", Status.ALLTRADED: "filled",
    Status.CANCELLED: "cancelled", Status.REJECTED: "rejected",
}
OFFSET = {"open": Offset.OPEN, "close": Offset.CLOSE, "close_today": Offset.CLOSETODAY, "close_yesterday": Offset.CLOSEYESTERDAY}
DIRECTION = {"buy": Direction.LONG, "sell": Direction.SHORT}
# Orders that never wait are kinds of their own in vn.py.
KIND = {"market": OrderType.MARKET, "day": OrderType.LIMIT, "fak": OrderType.FAK, "fok": OrderType.FOK}

# A list of positions says nothing about a fill in its neighbourhood: the fill may be on its way to us, or have come between the question and the answer.
SETTLED = 2
# vn.py asks every 4 seconds.
TOO_OLD = 10


def now():
    return time.time()


class PositionQuery:
    """One question for all positions, and how many lots of what its answer named."""

    def __init__(self, reqid, sent_at):
        self.reqid, self.sent_at, self.lots, self.failed = reqid, sent_at, {}, False

    def add(self, data, error):
        if error and error.get("ErrorID"):
            self.failed = True
        elif data and data.get("Position"):
            self.lots[data["InstrumentID"]] = self.lots.get(data["InstrumentID"], 0) + data["Position"]

    def is_all_of(self, positions):
        """vn.py leaves out contracts that it does not know yet, and adds the rows of a broken answer to those of the next."""
        listed = {}
        for position in positions:
            if position.volume:
                listed[position.symbol] = listed.get(position.symbol, 0) + position.volume
        return not self.failed and listed == self.lots


def watched(api):
    """vn.py's trading interface, which also tells when all positions were asked for and answered."""

    class WatchedTdApi(api):
        asked = None

        def onRspUserLogin(self, data, error, reqid, last):
            # What was asked for and answered before a link was cut may be of another day.
            self.asked = self.gateway.held = None
            super().onRspUserLogin(data, error, reqid, last)

        def reqQryInvestorPosition(self, request, reqid):
            # An answer may come before the call returns.
            self.asked = PositionQuery(reqid, now()) if self.login_status and self.contract_inited else None
            return super().reqQryInvestorPosition(request, reqid)

        def onRspQryInvestorPosition(self, data, error, reqid, last):
            self.gateway.listed = []
            super().onRspQryInvestorPosition(data, error, reqid, last)
            query = self.asked
            if query is None or query.reqid != reqid:
                return
            query.add(data, error)
            if last:
                self.asked = None
                if query.is_all_of(self.gateway.listed):
                    self.gateway.held = (query.sent_at, list(self.gateway.listed))

    return WatchedTdApi


class WatchedGateway(CtpGateway):
    """Keeps the last whole list of positions. vn.py's own memory also holds what is not held any more, and does not say how old it is."""

    def __init__(self, event_engine, gateway_name):
        super().__init__(event_engine, gateway_name)
        self.listed = []
        # (when it was asked for, PositionData each); None: none since the login.
        self.held = None
        self.td_api = watched(type(self.td_api))(self)

    def on_position(self, position):
        self.listed.append(position)
        super().on_position(position)


class VnpyCounter(Counter):
    def __init__(self, setting):
        self.setting = setting
        self.main = MainEngine(EventEngine())
        self.main.add_gateway(WatchedGateway, "CTP")
        self.gateway = self.main.get_gateway("CTP")
        self.bridge = None
        self.traded_at = 0
        self.main.event_engine.register(EVENT_ORDER, self.on_order)
        self.main.event_engine.register(EVENT_TRADE, self.on_trade)

    def connect(self, bridge):
        self.bridge = bridge
        self.main.connect(self.setting, "CTP")

    # ---- called by the bridge ----

    def prepare(self, command):
        exchange, code = exchange_code(command["symbol"])
        return OrderRequest(
            symbol=code, exchange=Exchange(exchange), direction=one_of(DIRECTION, command, "side"), offset=one_of(OFFSET, command, "offset"),
            type=KIND[kind_of(command)], price=price_of(command), volume=float(lots_of(command)), reference=command["client_order_id"])

    def place(self, request):
        if not self.gateway.td_api.login_status:
            raise Refused("CTP is not logged in")
        local_id = self.main.send_order(request, "CTP")
        if not local_id:
            raise Refused("send_order returned nothing")
        return local_id

    def cancel(self, local_id):
        order = self.main.get_order(local_id)
        if order and order.is_active():
            self.main.cancel_order(CancelRequest(order.orderid, order.symbol, order.exchange), "CTP")

    def state(self, local_id):
        order = self.main.get_order(local_id)
        status = STATUS.get(order.status) if order else None
        return dict(status=status, filled_volume=order.traded) if status else None

    def trades(self, local_id):
        return [self.trade_of(trade) for trade in self.main.get_all_trades() if trade.vt_orderid == local_id]

    def positions(self):
        held = self.gateway.held
        if held is None or not self.gateway.td_api.login_status:
            return None
        sent_at, listed = held
        age = now() - sent_at
        if age < SETTLED or age > TOO_OLD or self.traded_at > sent_at - SETTLED:
            return None
        rows = {}
        for position in listed:
            if not position.volume:
                continue
            symbol = quantdash_symbol(position.exchange.value, position.symbol)
            if symbol is None:
                self.bridge.complain("position is not told, QuantDash knows futures only: " + position.vt_symbol)
                continue
            row = rows.setdefault(symbol, dict(symbol=symbol, long_position=0, long_today=0, short_position=0, short_today=0))
            side = "long" if position.direction == Direction.LONG else "short"
            row[side + "_position"] += position.volume
            row[side + "_today"] += min(position.volume, max(0, position.volume - position.yd_volume))
            # vn.py's price is settlement-based for older lots (PositionCost); leave it out unless everything was opened today.
            if position.price and not position.yd_volume:
                row[side + "_avg_price"] = position.price
        return Positions(list(rows.values()), sent_at, complete=True)

    # ---- called by vn.py, on its own thread, which an exception would end ----

    def on_order(self, event):
        try:
            order = event.data
            status = STATUS.get(order.status)
            if status:
                self.bridge.hear(order.vt_orderid, status, filled_volume=order.traded)
        except Exception as error:
            say(utc_now(), "order event cannot be told:", told(error))

    def on_trade(self, event):
        try:
            self.traded_at = now()
            self.bridge.hear(event.data.vt_orderid, "partially_filled", **self.trade_of(event.data))
        except Exception as error:
            say(utc_now(), "trade event cannot be told:", told(error))

    def trade_of(self, trade):
        return dict(trade_volume=trade.volume, price=trade.price, trade_id=trade.tradeid.strip(), timestamp=trade_time(trade.datetime, self.bridge.clock.now()))


def main():
    options = argparse.ArgumentParser()
    for name in ("--url", "--account", "--key", "--setting"):
        options.add_argument(name, required=True)
    options.add_argument("--folder", help="of the account's file of orders; without it beside this script")
    given = options.parse_args()
    with open(given.setting, encoding="utf-8") as file:
        setting = json.load(file)
    try:
        memory = Memory.of(given.account, given.folder)
    except Taken as taken:
        sys.exit(str(taken))
    counter = VnpyCounter(setting)
    bridge = Bridge(given.url, given.account, given.key, counter, memory)
    counter.connect(bridge)
    bridge.start()
    say(utc_now(), "bridge of account", given.account, "is running")
    try:
        while True:
            bridge.work()
            time.sleep(0.02)
    except KeyboardInterrupt:
        say("ended")
    finally:
        bridge.stop()
        counter.main.close()


if __name__ == "__main__":
    main()
