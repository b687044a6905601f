"""qd_epolestar.py with a made-up 极星: the functions that the terminal puts into a strategy's names."""
import tempfile
import time
import unittest
from unittest import mock

import qd_epolestar
import quantdash_bridge
from tests.fakes import command, quietly


class Terminal:
    """Counts its order ids anew in every run."""

    def __init__(self):
        self.sent, self.deleted, self.orders = [], [], {}
        self.accounts, self.equity, self.held = ["880001"], 100000.0, {}
        self.answers = []

    def names(self):
        codes = dict(Enum_Buy="B", Enum_Sell="S", Enum_Entry="O", Enum_Exit="C", Enum_ExitToday="T", Enum_GFD="0", Enum_IOC="3", Enum_FOK="4", Enum_Order_Market="1", Enum_Order_Limit="2")
        names = {name: lambda code=code: code for name, code in codes.items()}
        names.update({name: lambda *given: None for name in ("SetActual", "SetUserNo", "SetBarInterval", "SubQuote", "SetTriggerType")})
        names.update(
            A_SendOrder=self.send, A_DeleteOrder=lambda local_id: self.deleted.append(local_id) or True,
            A_OrderStatus=lambda local_id: self.orders.get(local_id, ("", 0, 0))[0], A_OrderFilledLot=lambda local_id: self.orders.get(local_id, ("", 0, 0))[1],
            A_OrderFilledPrice=lambda local_id: self.orders.get(local_id, ("", 0, 0))[2],
            A_AllAccountID=lambda: list(self.accounts), A_Assets=lambda user: self.equity,
            A_BuyPosition=lambda contract, user: self.held.get(contract, 0), A_TodayBuyPosition=lambda contract, user: 0, A_SellPosition=lambda contract, user: 0,
            A_TodaySellPosition=lambda contract, user: 0, A_BuyAvgPrice=lambda contract, user: 4800.0, A_SellAvgPrice=lambda contract, user: 0)
        return names

    def send(self, *request):
        self.sent.append(request)
        return self.answers.pop(0) if self.answers else (0, "1-%d" % len(self.sent))


class Live:
    @staticmethod
    def strategyStatus():
        return "C"


class EpolestarTests(unittest.TestCase):
    contracts = {"CZCE.TA2701": "ZCE|F|TA|701", "CZCE.SR705": "ZCE|F|SR|705"}

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        console = quietly()
        self.console = console.__enter__()
        self.addCleanup(console.__exit__, None, None, None)
        for patch in (
                mock.patch.object(qd_epolestar, "__file__", folder.name + "/qd_epolestar.py"), mock.patch.object(qd_epolestar, "CONTRACTS", self.contracts),
                mock.patch.object(qd_epolestar, "USER", "880001"), mock.patch.object(qd_epolestar, "ACCOUNT", "880001"), mock.patch.object(quantdash_bridge.Bridge, "start")):
            patch.start()
            self.addCleanup(patch.stop)
        self.addCleanup(qd_epolestar.end)
        self.start()

    def start(self):
        qd_epolestar.end()
        self.terminal = Terminal()
        for name, value in self.terminal.names().items():
            setattr(qd_epolestar, name, value)
        qd_epolestar.initialize(None)
        self.bridge = qd_epolestar.bridge

    def give(self, *commands):
        for one in commands:
            self.bridge.commands.put(one)
        self.turn()

    def turn(self):
        qd_epolestar.handle_data(Live)

    def told(self):
        reports = []
        while not self.bridge.reports.empty():
            reports.append(self.bridge.reports.get())
        return [tuple(one.get(name) for name in ("client_order_id", "status", "filled_volume", "trade_volume", "price")) for one in reports]

    def later(self, seconds):
        clock = mock.patch.object(qd_epolestar.time, "time", lambda at=time.time() + seconds: at)
        clock.start()
        self.addCleanup(clock.stop)

    def test_requests_and_kinds(self):
        ta = dict(symbol="CZCE.TA2701", price=4800, volume=2)
        self.give(command("QD-1", **ta), command("QD-2", time_in_force="fak", side="sell", offset="close_today", **ta), command("QD-3", time_in_force="fok", offset="close_yesterday", **ta),
                  command("QD-4", **dict(ta, type="market", price=None)))
        self.assertEqual(self.terminal.sent, [
            ("B", "O", 2, 4800.0, "ZCE|F|TA|701", "880001", "2", "0"), ("S", "T", 2, 4800.0, "ZCE|F|TA|701", "880001", "2", "3"),
            ("B", "C", 2, 4800.0, "ZCE|F|TA|701", "880001", "2", "4"), ("B", "O", 2, 0.0, "ZCE|F|TA|701", "880001", "1", "0")])

    def test_what_cannot_be_placed_is_refused_and_not_sent(self):
        ta = dict(symbol="CZCE.TA2701")
        self.give(command("QD-1"), command("QD-2", time_in_force="gtc", **ta), command("QD-3", type="market", time_in_force="fok", **ta), command("QD-4", offset="sideways", **ta))
        self.assertEqual(self.terminal.sent, [])
        self.assertEqual([one[:2] for one in self.told()], [("QD-%d" % i, "rejected") for i in range(1, 5)])

    def test_a_contract_of_czce_may_be_filled_in_with_three_digits(self):
        years = mock.patch.object(qd_epolestar, "quantdash_symbol", lambda exchange, code: quantdash_bridge.quantdash_symbol(exchange, code, quantdash_bridge.datetime.date(2026, 11, 22)))
        with years:
            self.start()
        self.give(command(symbol="CZCE.SR2705"))
        self.assertEqual(self.terminal.sent[0][4], "ZCE|F|SR|705")

    def test_the_terminals_refusal(self):
        self.terminal.answers = [(-4, "账号未登录")]
        self.give(command(symbol="CZCE.TA2701"))
        self.assertEqual([one[:2] for one in self.told()], [("QD-1-1", "rejected")])

    def test_fills(self):
        self.give(command(symbol="CZCE.TA2701"))
        for state in (("4", 0, 0), ("5", 1, 4800.0), ("6", 2, 4801.0), ("6", 2, 4801.0)):
            self.terminal.orders["1-1"] = state
            self.turn()
        self.assertEqual(self.told(), [("QD-1-1", "accepted", 0, None, None), ("QD-1-1", "filled", 2, 2, 4801.0)])

    def test_order_ids_of_a_run_before_are_not_looked_at(self):
        self.give(command("QD-1", symbol="CZCE.TA2701"))
        self.start()
        self.give(command("QD-2", symbol="CZCE.TA2701"))
        self.terminal.orders["1-1"] = ("6", 2, 4801.0)
        self.turn()
        self.give(command("QD-1", action="cancel"), command("QD-1", action="query"))
        self.assertEqual({one[0] for one in self.told()}, {"QD-2"})
        self.assertEqual(self.terminal.deleted, [])
        self.give(command("QD-2", action="cancel"))
        self.assertEqual(self.terminal.deleted, ["1-1"])

    def test_order_ids_of_a_file_of_before_are_not_looked_at(self):
        self.bridge.memory.orders["QD-0"] = {"state": "placed", "local_id": "1-1"}
        self.bridge.memory.save()
        self.start()
        self.terminal.orders["1-1"] = ("6", 2, 4801.0)
        self.turn()
        self.give(command("QD-0", action="query"))
        self.assertEqual(self.told(), [])

    def test_no_positions_before_the_account_is_logged_in(self):
        self.terminal.accounts = []
        self.bridge.epoch_wanted = "E1"
        self.turn()
        self.later(60)
        self.turn()
        self.assertTrue(self.bridge.reports.empty())
        self.terminal.accounts, self.terminal.equity = ["880001"], 0.0
        self.turn()
        self.later(120)
        self.turn()
        self.assertTrue(self.bridge.reports.empty())

    def test_positions_are_told_once_the_login_has_settled_and_never_as_all_that_is_held(self):
        self.terminal.held["ZCE|F|TA|701"] = 3
        self.bridge.epoch_wanted = "E1"
        self.turn()
        self.assertTrue(self.bridge.reports.empty())
        self.later(20)
        self.turn()
        body = self.bridge.reports.get_nowait().body
        self.assertIs(body["complete"], False)
        self.assertEqual((body["positions"][0]["symbol"], body["positions"][0]["long_position"], body["positions"][0]["long_avg_price"]), ("CZCE.TA2701", 3, 4800.0))

    def test_no_positions_next_to_a_fill(self):
        self.turn()
        self.bridge.epoch_wanted = "E1"
        self.give(command(symbol="CZCE.TA2701"))
        self.bridge.counter.logged_in_since = 0
        self.terminal.orders["1-1"] = ("6", 2, 4801.0)
        self.turn()
        self.assertEqual([one[1] for one in self.told()], ["filled"])
        self.later(3)
        self.turn()
        self.assertFalse(self.bridge.reports.empty())

    def test_an_order_that_cannot_be_read_takes_nothing_with_it(self):
        self.give(command("QD-1", symbol="CZCE.TA2701"), command("QD-2", symbol="CZCE.TA2701"))
        self.terminal.orders["1-2"] = ("4", 0, 0)

        def reads(local_id):
            if local_id == "1-1":
                raise KeyError("gone")
            return self.terminal.orders[local_id][0]

        qd_epolestar.A_OrderStatus = reads
        self.turn()
        self.assertEqual([one[:2] for one in self.told()], [("QD-2", "accepted")])
        self.assertIn("gone", self.console.getvalue())


if __name__ == "__main__":
    unittest.main()
