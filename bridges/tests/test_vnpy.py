"""qd_vnpy.py with a made-up vn.py."""
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from unittest import mock

from tests import fakes
from tests.fakes import Direction, Event, Exchange, Offset, OrderType, Status, command, order, quietly, trade

fakes.install_vnpy()
import qd_vnpy
import quantdash_bridge


class VnpyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        console = quietly()
        self.console = console.__enter__()
        self.addCleanup(console.__exit__, None, None, None)
        self.time = time.time()
        clock = mock.patch.object(qd_vnpy, "now", lambda: self.time)
        clock.start()
        self.addCleanup(clock.stop)
        contracts = mock.patch.object(fakes.CtpTdApi, "contracts", {"au2612": Exchange.SHFE, "TA701": Exchange.CZCE, "TA701C5000": Exchange.CZCE})
        contracts.start()
        self.addCleanup(contracts.stop)
        self.start()

    def start(self):
        self.counter = qd_vnpy.VnpyCounter({})
        self.bridge = quantdash_bridge.Bridge("http://127.0.0.1:1", "880001", "key", self.counter, folder=self.folder)
        self.addCleanup(self.bridge.memory.close)
        self.counter.connect(self.bridge)
        self.api = self.counter.main.get_gateway("CTP").td_api

    def log_in(self):
        self.api.onRspUserLogin({}, {"ErrorID": 0}, 0, True)
        self.api.contract_inited = True

    def ask_positions(self):
        self.counter.gateway.query_position()
        return self.api.asked_positions[-1] if self.api.asked_positions else None

    def answer(self, reqid, *rows):
        for i, row in enumerate(rows or [{}]):
            self.api.onRspQryInvestorPosition(row, {}, reqid, i == max(0, len(rows) - 1))

    def positions(self, *rows):
        self.answer(self.ask_positions(), *rows)
        self.time += 2.5
        return self.counter.positions()

    def give(self, *commands):
        for one in commands:
            self.bridge.commands.put(one)
        self.bridge.work()

    def happens(self, kind, data):
        self.counter.main.event_engine.put(Event(kind, data))

    def told(self):
        reports = []
        while not self.bridge.reports.empty():
            reports.append(self.bridge.reports.get())
        return reports


def row(code="au2612", side="2", position=3, today=3, **more):
    return dict(InstrumentID=code, PosiDirection=side, Position=position, TodayPosition=today, **more)


class PositionTests(VnpyTest):
    def test_nothing_is_told_before_the_login(self):
        self.time += 60
        self.assertIsNone(self.counter.positions())
        self.assertIsNone(self.positions())

    def test_nothing_is_told_before_positions_were_asked_for_and_answered(self):
        self.log_in()
        self.time += 60
        self.assertIsNone(self.counter.positions())
        reqid = self.ask_positions()
        self.api.onRspQryInvestorPosition(row(), {}, reqid, False)
        self.time += 3
        self.assertIsNone(self.counter.positions())
        self.api.onRspQryInvestorPosition(row(side="3"), {}, reqid, True)
        self.assertIsNotNone(self.counter.positions())

    def test_nothing_is_told_while_contracts_are_missing(self):
        self.log_in()
        self.api.contract_inited = False
        self.assertIsNone(self.positions(row()))
        self.log_in()
        self.assertIsNone(self.positions(row(), row("ag2612")), "vn.py left out what it does not know")

    def test_what_is_held(self):
        self.log_in()
        positions = self.positions(row("TA701", side="3", position=0, today=0), row(position=2, today=2, Price=600), row(side="3", position=5, today=1, Price=610), row("TA701", position=4, today=0))
        self.assertTrue(positions.complete)
        self.assertEqual(positions.rows, [
            dict(symbol="SHFE.au2612", long_position=2, long_today=2, short_position=5, short_today=1, long_avg_price=600),
            dict(symbol="CZCE.TA2701", long_position=4, long_today=0, short_position=0, short_today=0)])

    def test_nothing_is_held(self):
        self.log_in()
        self.assertEqual(self.positions().rows, [])
        self.time += 4
        self.assertEqual(self.positions(row(position=0, today=0)).rows, [])

    def test_what_was_held_before_is_not_told_again(self):
        """vn.py's own memory keeps the last position of a contract that CTP does not list any more."""
        self.log_in()
        self.assertEqual(len(self.positions(row()).rows), 1)
        self.time += 4
        self.assertEqual(self.positions().rows, [])

    def test_positions_that_quantdash_cannot_have_are_left_out(self):
        self.log_in()
        self.assertEqual([one["symbol"] for one in self.positions(row("TA701C5000"), row()).rows], ["SHFE.au2612"])

    def test_they_are_as_of_the_question(self):
        self.log_in()
        reqid = self.ask_positions()
        asked_at = self.time
        self.time += 3
        self.answer(reqid, row())
        self.assertEqual(self.counter.positions().taken_at, asked_at)

    def test_an_old_answer_is_none(self):
        self.log_in()
        self.assertIsNotNone(self.positions(row()))
        self.time += 10
        self.assertIsNone(self.counter.positions())

    def test_a_fill_nearby_waits_for_the_next_answer(self):
        self.log_in()
        self.give(command())
        self.assertIsNotNone(self.positions(row(position=1, today=1)))
        self.happens("eTrade.", trade("1_77_1", "a"))
        self.assertIsNone(self.counter.positions(), "the list was asked for before the fill")
        self.time += 3
        self.assertEqual(self.positions(row(position=2, today=2)).rows[0]["long_position"], 2)

    def test_an_answer_says_nothing_about_a_fill_that_is_on_its_way(self):
        self.log_in()
        self.answer(self.ask_positions(), row())
        self.time += 1
        self.assertIsNone(self.counter.positions())

    def test_another_login_needs_another_answer(self):
        self.log_in()
        self.assertIsNotNone(self.positions(row()))
        reqid = self.ask_positions()
        self.api.onFrontDisconnected(0x1001)
        self.assertIsNone(self.counter.positions())
        self.log_in()
        self.assertIsNone(self.counter.positions())
        self.answer(reqid, row())
        self.time += 3
        self.assertIsNone(self.counter.positions(), "an answer to a question of before")
        self.assertIsNotNone(self.positions(row()))

    def test_an_answer_to_the_question_before_has_not_the_time_of_the_last_one(self):
        self.log_in()
        first = self.ask_positions()
        self.time += 4
        second = self.ask_positions()
        self.answer(first, row())
        self.time += 3
        self.assertIsNone(self.counter.positions())
        self.answer(second, row(position=4))
        self.assertEqual(self.counter.positions().rows[0]["long_position"], 4)

    def test_an_answer_that_broke_off_is_not_added_to_the_next(self):
        self.log_in()
        self.api.onRspQryInvestorPosition(row(), {}, self.ask_positions(), False)
        self.api.onFrontDisconnected(0x1001)
        self.log_in()
        self.assertIsNone(self.positions(row()), "six lots, of which vn.py counted three twice")
        self.assertEqual(self.positions(row()).rows[0]["long_position"], 3)

    def test_a_question_that_was_not_sent_or_failed(self):
        self.log_in()
        self.api.refuses = -3
        self.ask_positions()
        self.time += 3
        self.assertIsNone(self.counter.positions())
        self.api.refuses = 0
        self.api.onRspQryInvestorPosition({}, {"ErrorID": 90}, self.ask_positions(), True)
        self.time += 3
        self.assertIsNone(self.counter.positions())


class OrderTests(VnpyTest):
    def setUp(self):
        super().setUp()
        self.log_in()

    def test_requests(self):
        self.give(command("QD-1", symbol="CZCE.TA2701", side="sell", offset="close_today", price=4800, volume=3))
        request = self.api.inserted[0]
        self.assertEqual((request.symbol, request.exchange, request.direction, request.offset, request.price, request.volume, request.reference),
                         ("TA701", Exchange.CZCE, Direction.SHORT, Offset.CLOSETODAY, 4800, 3, "QD-1"))

    def test_kinds_of_orders(self):
        self.give(command("QD-1"), command("QD-2", time_in_force="fak"), command("QD-3", time_in_force="fok"), command("QD-4", type="market", price=None))
        self.assertEqual([one.type for one in self.api.inserted], [OrderType.LIMIT, OrderType.FAK, OrderType.FOK, OrderType.MARKET])

    def test_what_cannot_be_placed_is_refused_and_not_sent(self):
        self.give(command("QD-1", time_in_force="gtc"), command("QD-2", symbol="HK.00700"), command("QD-3", offset="sideways"), command("QD-4", volume=1.5),
                  command("QD-5", type="market", price=None, time_in_force="fok"), command("QD-6", side="none"))
        self.assertEqual(self.api.inserted, [])
        self.assertEqual([(one["client_order_id"], one["status"]) for one in self.told()], [("QD-%d" % i, "rejected") for i in range(1, 7)])

    def test_nothing_is_sent_without_a_login(self):
        self.api.onFrontDisconnected(0)
        self.give(command())
        self.assertEqual((self.api.inserted, [one["status"] for one in self.told()]), ([], ["rejected"]))

    def test_events_are_told(self):
        self.give(command())
        self.happens("eTrade.", trade("1_77_1", " 17 "))
        self.happens("eOrder.", order("1_77_1", Status.PARTTRADED, traded=1))
        self.happens("eTrade.", trade("1_99_1", "somebody else's"))
        fill, state = self.told()
        self.assertEqual((fill["client_order_id"], fill["status"], fill["trade_volume"], fill["trade_id"]), ("QD-1-1", "partially_filled", 1, "17"))
        self.assertEqual((state["client_order_id"], state["status"], state["filled_volume"]), ("QD-1-1", "partially_filled", 1))

    def test_a_fill_inside_the_sending_is_told(self):
        send = self.api.send_order

        def fills_at_once(request):
            local_id = send(request)
            self.happens("eTrade.", trade("1_77_1", "a"))
            return local_id

        self.api.send_order = fills_at_once
        self.give(command())
        self.assertEqual({one["trade_id"] for one in self.told()}, {"a"})

    def test_all_trades_are_told_again_when_the_order_is_asked_about(self):
        self.give(command())
        self.happens("eTrade.", trade("1_77_1", "a"))
        self.happens("eTrade.", trade("1_77_1", "b"))
        self.happens("eOrder.", order("1_77_1", Status.ALLTRADED, traded=2))
        first = self.told()
        self.give(command(action="query"))
        again = self.told()
        self.assertEqual([one.get("trade_id") for one in again], ["a", "b", None])
        self.assertEqual((again[2]["status"], again[2]["filled_volume"]), ("filled", 2))
        self.assertEqual([one for one in again if one.get("trade_id")], [one for one in first if one.get("trade_id")], "repeats are known by being the same")

    def test_an_order_of_a_run_before_is_found_again(self):
        self.give(command())
        self.bridge.memory.close()
        self.start()
        self.log_in()
        self.happens("eTrade.", trade("1_77_1", "a"))
        self.assertEqual(self.told()[0]["trade_id"], "a")
        self.give(command(action="query"))
        self.assertEqual(self.told()[0]["trade_id"], "a")

    def test_an_event_that_goes_wrong_does_not_end_vnpys_thread(self):
        self.give(command())
        self.happens("eTrade.", fakes.Record(vt_orderid="CTP.1_77_1", vt_tradeid="x", tradeid=None))
        self.happens("eOrder.", fakes.Record(vt_orderid="CTP.1_77_1", status=Status.ALLTRADED))
        self.assertIn("cannot be told", self.console.getvalue())
        self.happens("eTrade.", trade("1_77_1", "a"))
        self.assertEqual([one.get("trade_id") for one in self.told()], ["a"])

    def test_cancel(self):
        self.give(command())
        self.give(command(action="cancel"))
        self.assertEqual(self.counter.main.cancelled, ["1_77_1"])


class ProgramTests(unittest.TestCase):
    def test_the_second_program_says_why_it_ends_before_it_logs_in(self):
        with tempfile.TemporaryDirectory() as folder, quietly():
            memory = quantdash_bridge.Memory.of("880001", folder)
            with open(os.path.join(folder, "connect.json"), "w") as file:
                json.dump({}, file)
            program = "import sys; sys.path.insert(0, %r)\nfrom tests import fakes\nfakes.install_vnpy()\nimport qd_vnpy\nqd_vnpy.VnpyCounter = None\nqd_vnpy.main()" % quantdash_bridge.FOLDER
            ran = subprocess.Popen(
                [sys.executable, "-B", "-c", program, "--url", "http://127.0.0.1:1", "--account", "880001", "--key", "k", "--setting", os.path.join(folder, "connect.json"), "--folder", folder],
                stderr=subprocess.PIPE)
            said = ran.communicate(timeout=30)[1].decode("utf-8")
            memory.close()
        self.assertEqual(ran.returncode, 1, said)
        self.assertIn("Another program serves this account", said)
        self.assertNotIn("Traceback", said)


if __name__ == "__main__":
    unittest.main()
