"""QuantDash bridge for vn.py with the CTP gateway. NOT RUN AGAINST A REAL TERMINAL BY US: try it on SimNow first. Guide: bridges/README.md.

    python qd_vnpy.py --url http://127.0.0.1:8888 --account 880001 --key qd_... --setting connect_ctp.json
"""
import argparse
import json
import time

from quantdash_bridge import Bridge, Counter, Refused, trade_time, utc_now

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


# Orders that never wait are kinds of their own in vn.py.
IMMEDIATE = {"fak": OrderType.FAK, "fok": OrderType.FOK}


def type_of(command):
    if command["type"] != "limit":
        return OrderType.MARKET
    time_in_force = command.get("time_in_force", "day")
    if time_in_force == "day":
        return OrderType.LIMIT
    if time_in_force not in IMMEDIATE:
        raise Refused("unknown time_in_force: " + time_in_force)
    return IMMEDIATE[time_in_force]


class VnpyCounter(Counter):
    def __init__(self, setting):
        self.main = MainEngine(EventEngine())
        self.main.add_gateway(CtpGateway)
        self.main.connect(setting, "CTP")
        self.logged_in_at = time.time()

    def place(self, command):
        exchange, code = command["symbol"].split(".", 1)
        request = OrderRequest(
            symbol=code, exchange=Exchange(exchange),
            direction=Direction.LONG if command["side"] == "buy" else Direction.SHORT, offset=OFFSET[command["offset"]],
            type=type_of(command),
            price=float(command["price"] or 0), volume=float(command["volume"]), reference=command["client_order_id"])
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

    def positions(self):
        if time.time() - self.logged_in_at < 15:
            return None  # CTP sends positions every few seconds after the login; an early list would say flat.
        rows = {}
        for position in self.main.get_all_positions():
            row = rows.setdefault(position.vt_symbol, dict(
                symbol="%s.%s" % (position.exchange.value, position.symbol), long_position=0, long_today=0, short_position=0, short_today=0))
            side = "long" if position.direction == Direction.LONG else "short"
            row[side + "_position"] += position.volume
            row[side + "_today"] += position.volume - position.yd_volume
            # vn.py's price is settlement-based for older lots (PositionCost); leave it out unless everything was opened today.
            if position.price and not position.yd_volume:
                row[side + "_avg_price"] = position.price
        return list(rows.values())


def main():
    options = argparse.ArgumentParser()
    for name in ("--url", "--account", "--key", "--setting"):
        options.add_argument(name, required=True)
    given = options.parse_args()
    with open(given.setting, encoding="utf-8") as file:
        counter = VnpyCounter(json.load(file))
    bridge = Bridge(given.url, given.account, given.key, counter)

    def on_order(event):
        order = event.data
        client_id, status = bridge.client_id_of(order.vt_orderid), STATUS.get(order.status)
        if client_id and status:
            bridge.report(client_id, status, filled_volume=order.traded)

    def on_trade(event):
        trade = event.data
        client_id = bridge.client_id_of(trade.vt_orderid)
        if client_id:
            bridge.report(client_id, "partially_filled", trade_volume=trade.volume, price=trade.price, trade_id=trade.tradeid.strip(),
                          timestamp=trade_time(trade.datetime))

    counter.main.event_engine.register(EVENT_ORDER, on_order)
    counter.main.event_engine.register(EVENT_TRADE, on_trade)
    bridge.start()
    print(utc_now(), "bridge of account", given.account, "is running")
    while True:
        bridge.work()
        time.sleep(0.02)


if __name__ == "__main__":
    main()
