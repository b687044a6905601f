# QuantDash bridge as a strategy of 极星量化 (EpolestarQuant). NOT RUN AGAINST A REAL TERMINAL BY US: try it on a simulated account first.
# Guide: bridges/README.md. Put this file and quantdash_bridge.py into the same folder and fill in the five lines below.
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from quantdash_bridge import Bridge, Counter, Refused

URL, ACCOUNT, KEY = "http://127.0.0.1:8888", "880001", "qd_..."
USER = "880001"                                  # the account's number in 极星
CONTRACTS = {"CZCE.TA2701": "ZCE|F|TA|701"}      # QuantDash's spelling: 极星's

STATUS = {"1": "accepted", "3": "accepted", "4": "accepted", "5": "partially_filled", "6": "filled", "7": "accepted",
          "9": "cancelled", "A": "cancelled", "B": "rejected", "F": "rejected", "I": "cancelled"}
bridge = None


class EpolestarCounter(Counter):
    def place(self, command):
        contract = CONTRACTS.get(command["symbol"])
        if contract is None:
            raise Refused("合约未配置: " + command["symbol"])
        # 极星 calls fill and kill IOC. What it does not know is never placed as something else.
        time_in_force = {"day": Enum_GFD, "fak": Enum_IOC, "fok": Enum_FOK}.get(command.get("time_in_force", "day"))
        if time_in_force is None:
            raise Refused("unknown time_in_force: " + command["time_in_force"])
        # Exit ('C') also means close-yesterday where the exchange tells them apart; 'T' is close-today.
        offset = {"open": Enum_Entry(), "close_today": Enum_ExitToday()}.get(command["offset"], Enum_Exit())
        code, answer = A_SendOrder(
            Enum_Buy() if command["side"] == "buy" else Enum_Sell(), offset, int(command["volume"]), float(command["price"] or 0), contract, USER,
            Enum_Order_Limit() if command["type"] == "limit" else Enum_Order_Market(), time_in_force())
        if code != 0:
            raise Refused("%s %s" % (code, answer))
        return answer

    def cancel(self, local_id):
        A_DeleteOrder(local_id)

    def state(self, local_id):
        # Local ids change when the strategy is started again: then nothing is known here, and QuantDash shows the order as unknown.
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
        rows = []
        for name, contract in CONTRACTS.items():
            row = dict(symbol=name, long_position=A_BuyPosition(contract, USER), long_today=A_TodayBuyPosition(contract, USER),
                       short_position=A_SellPosition(contract, USER), short_today=A_TodaySellPosition(contract, USER))
            if row["long_position"]:
                row["long_avg_price"] = A_BuyAvgPrice(contract, USER)
            if row["short_position"]:
                row["short_avg_price"] = A_SellAvgPrice(contract, USER)
            rows.append(row)
        return rows


def initialize(context):
    global bridge
    SetActual()
    SetUserNo(USER)
    contracts = list(CONTRACTS.values())
    SetBarInterval(contracts[0], "M", 1, "N")
    SubQuote(*contracts)
    SetTriggerType(2)          # our orders and trades
    SetTriggerType(3, 100)     # every 100 ms
    bridge = Bridge(URL, ACCOUNT, KEY, EpolestarCounter(), os.path.join(os.path.dirname(os.path.abspath(__file__)), "quantdash-orders.json"))
    bridge.start()


def handle_data(context):
    # A_* only here: 极星 does not say that it may be called from other threads.
    if context.strategyStatus() != "C":
        return
    bridge.work()
    for client_id, known in list(bridge.memory.orders.items()):
        if known.get("local_id") and not known.get("ended"):
            state = bridge.counter.state(known["local_id"])
            if state and state != known.get("told"):
                known["told"], known["ended"] = state, state["status"] in ("filled", "cancelled", "rejected")
                bridge.memory.save()
                bridge.report(client_id, **state)
