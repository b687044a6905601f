# QuantDash bridge as a strategy of 极星量化 (EpolestarQuant). NOT RUN AGAINST A REAL TERMINAL BY US: try it on a simulated account first.
# Guide: bridges/README.md. Put this file and quantdash_bridge.py into the same folder and fill in the five lines below.
import os
import sys
import time
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from quantdash_bridge import Bridge, Counter, Positions, Refused, kind_of, lots_of, one_of, price_of, quantdash_symbol, say, told

URL, ACCOUNT, KEY = "http://127.0.0.1:8888", "880001", "qd_..."
USER = "880001"                                  # the account's number in 极星
CONTRACTS = {"CZCE.TA2701": "ZCE|F|TA|701"}      # QuantDash's spelling: 极星's

STATUS = {"1": "accepted", "3": "accepted", "4": "accepted", "5": "partially_filled", "6": "filled", "7": "accepted",
          "9": "cancelled", "A": "cancelled", "B": "rejected", "F": "rejected", "I": "cancelled"}
ENDED = ("filled", "cancelled", "rejected")
LOGIN_SETTLES = 15     # seconds that the terminal has to fetch orders and positions after a login
FILL_SETTLES = 2       # seconds after an order of ours changed in which positions and orders may disagree
bridge = None


class EpolestarCounter(Counter):
    def __init__(self):
        # 极星 counts its order ids anew in every run: one of an earlier run may be another order's now.
        self.run = uuid.uuid4().hex
        # QuantDash writes CZCE with four digits, whatever was filled in.
        self.contracts = {quantdash_symbol(*name.split(".", 1)) or name: contract for name, contract in CONTRACTS.items()}
        self.told = {}
        self.logged_in_since = None
        self.changed_at = 0

    def prepare(self, command):
        if command["symbol"] not in self.contracts:
            raise Refused("合约未配置: " + command["symbol"])
        kind = kind_of(command)
        # 极星 calls fill and kill IOC.
        time_in_force = {"market": Enum_GFD, "day": Enum_GFD, "fak": Enum_IOC, "fok": Enum_FOK}[kind]()
        side = one_of({"buy": Enum_Buy, "sell": Enum_Sell}, command, "side")()
        # Exit ('C') also means close-yesterday where the exchange tells them apart; 'T' is close-today.
        offset = one_of({"open": Enum_Entry, "close": Enum_Exit, "close_yesterday": Enum_Exit, "close_today": Enum_ExitToday}, command, "offset")()
        order_type = Enum_Order_Market() if kind == "market" else Enum_Order_Limit()
        return side, offset, lots_of(command), price_of(command), self.contracts[command["symbol"]], USER, order_type, time_in_force

    def place(self, request):
        code, answer = A_SendOrder(*request)
        if code != 0:
            raise Refused("%s %s" % (code, answer))
        return answer

    def cancel(self, local_id):
        A_DeleteOrder(local_id)

    def state(self, local_id):
        status = STATUS.get(A_OrderStatus(local_id))
        if status is None:
            return None
        filled = A_OrderFilledLot(local_id) or 0
        known = dict(status=status, filled_volume=filled)
        if filled:
            # 极星 tells the average of all trades and no trade ids: one trade is told when the order is full or ended.
            if status in ("filled", "cancelled"):
                known.update(trade_volume=filled, price=A_OrderFilledPrice(local_id))
            else:
                known.update(status="accepted", filled_volume=0)
        return known

    def positions(self):
        now = time.time()
        if not self.is_logged_in():
            self.logged_in_since = None
            return None
        if self.logged_in_since is None:
            self.logged_in_since = now
        if now - self.logged_in_since < LOGIN_SETTLES or now - self.changed_at < FILL_SETTLES:
            return None
        # 极星 names positions of subscribed contracts only, so this is never all that is held: a contract that is not listed is not flat for that.
        return Positions([self.position(name, contract) for name, contract in self.contracts.items()], now, complete=False)

    def is_logged_in(self):
        # Newer terminals list every account of the strategy; the equity of one that is not logged in is 0.
        return USER in [str(account) for account in A_AllAccountID() or []] and bool(A_Assets(USER))

    def position(self, name, contract):
        row = dict(symbol=name, long_position=A_BuyPosition(contract, USER), long_today=A_TodayBuyPosition(contract, USER),
                   short_position=A_SellPosition(contract, USER), short_today=A_TodaySellPosition(contract, USER))
        if row["long_position"]:
            row["long_avg_price"] = A_BuyAvgPrice(contract, USER)
        if row["short_position"]:
            row["short_avg_price"] = A_SellAvgPrice(contract, USER)
        return row

    def look(self, client_id, local_id):
        before = self.told.get(client_id)
        if before and before["status"] in ENDED:
            return
        state = self.state(local_id)
        if state and state != before:
            self.told[client_id], self.changed_at = state, time.time()
            bridge.report(client_id, **state)


def initialize(context):
    global bridge
    SetActual()
    SetUserNo(USER)
    contracts = list(CONTRACTS.values())
    SetBarInterval(contracts[0], "M", 1, "N")
    SubQuote(*contracts)
    SetTriggerType(2)          # our orders and trades
    SetTriggerType(3, 100)     # every 100 ms
    end()
    bridge = Bridge(URL, ACCOUNT, KEY, EpolestarCounter(), folder=os.path.dirname(os.path.abspath(__file__)))
    bridge.start()


def handle_data(context):
    # A_* only here: 极星 does not say that it may be called from other threads.
    if bridge is None or context.strategyStatus() != "C":
        return
    # Fills are told before the positions that count them.
    for client_id, local_id in bridge.local_ids():
        try:
            bridge.counter.look(client_id, local_id)
        except Exception as error:
            say("order cannot be read:", client_id, told(error))
    bridge.work()


def exit_callback(context):
    end()


def end():
    global bridge
    if bridge is not None:
        bridge.stop()
        bridge.memory.close()
        bridge = None
