"""The part that any counter shares, with a counter made up here and a QuantDash that answers over HTTP."""
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from unittest import mock

import quantdash_bridge
from quantdash_bridge import Bridge, Counter, Refused
from tests.fakes import QuantDash, command, eventually, in_seconds, quietly

SOURCES = quantdash_bridge.FOLDER


class MadeUpCounter(Counter):
    def __init__(self):
        self.placed, self.cancelled, self.known, self.held = [], [], {}, []
        self.on_place = lambda request: "T-%d" % len(self.placed)

    def place(self, request):
        self.placed.append(request)
        return self.on_place(request)

    def cancel(self, local_id):
        self.cancelled.append(local_id)

    def state(self, local_id):
        return self.known.get(local_id)

    def positions(self):
        return self.held


class BridgeTest(unittest.TestCase):
    account = "880001"

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)
        # What this machine may hold of a real one is not looked at.
        places = mock.patch.multiple(quantdash_bridge, FOLDER=self.folder, WHERE_WE_STARTED=self.folder, HOME=self.folder)
        places.start()
        self.addCleanup(places.stop)
        self.console = io.StringIO()
        console = contextlib.redirect_stdout(self.console)
        console.__enter__()
        self.addCleanup(console.__exit__, None, None, None)
        self.counter = MadeUpCounter()

    def open(self, url="http://127.0.0.1:1", counter=None, account=None, **more):
        bridge = Bridge(url, account or self.account, "key", counter or self.counter, **dict(dict(folder=self.folder), **more))
        self.addCleanup(bridge.memory.close)
        self.addCleanup(bridge.stop)
        return bridge

    def again(self, bridge, counter=None):
        """The program is started again."""
        bridge.stop()
        bridge.memory.close()
        return self.open(counter=counter)

    def quantdash(self):
        fake = QuantDash()
        self.addCleanup(fake.close)
        return fake

    def give(self, bridge, *commands):
        for one in commands:
            bridge.commands.put(one)
        bridge.work()

    def told(self, bridge):
        reports = []
        while not bridge.reports.empty():
            reports.append(bridge.reports.get())
        return [tuple(report.get(name) for name in ("client_order_id", "status", "reason")) for report in reports]

    def file_of(self, account):
        return os.path.join(self.folder, "quantdash-orders-%s.json" % account)

    def kept(self, account="880001"):
        with open(self.file_of(account), encoding="utf-8") as file:
            return json.load(file)


class TimeTests(BridgeTest):
    def test_any_number_of_digits_after_the_second(self):
        for digits, expected in (("", 0), (".1", .1), (".123", .123), (".12345", .12345), (".1234567", .123456)):
            for zone in ("Z", "+00:00"):
                self.assertAlmostEqual(quantdash_bridge.parse_time("2026-01-05T01:00:00%s%s" % (digits, zone)), 1767574800 + expected, places=6)

    def test_seven_digits_as_python_before_3_11_reads_them(self):
        """fromisoformat took three or six digits there, and nothing else: the machine that runs this may be newer."""
        class Strict(quantdash_bridge.datetime.datetime):
            @classmethod
            def fromisoformat(cls, text):
                digits = text[19:].split("+")[0]
                if len(digits) not in (0, 4, 7):
                    raise ValueError("Invalid isoformat string: %r" % text)
                return super().fromisoformat(text)

        shim = mock.Mock(datetime=Strict)
        with mock.patch.object(quantdash_bridge, "datetime", shim):
            self.assertAlmostEqual(quantdash_bridge.parse_time("2026-01-05T01:00:00.1234567Z"), 1767574800.123456, places=6)

    def test_an_order_that_cannot_be_read_is_refused_and_the_next_one_is_placed(self):
        bridge = self.open()
        self.give(bridge, command("QD-1", expires_at="tomorrow"), command("QD-2", expires_at=None), {"sequence": 3}, "nonsense", command("QD-3"))
        told = self.told(bridge)
        self.assertEqual([one[:2] for one in told], [("QD-1", "rejected"), ("QD-2", "rejected")])
        self.assertNotIn("expired", told[0][2])
        self.assertEqual([one["client_order_id"] for one in self.counter.placed], ["QD-3"])

    def test_late_orders_are_never_placed(self):
        bridge = self.open()
        self.give(bridge, command("QD-1", expires_at=in_seconds(-1)), command("QD-2", replay=True))
        self.assertEqual(self.told(bridge), [("QD-1", "rejected", "expired"), ("QD-2", "rejected", "expired")])
        bridge = self.again(bridge)
        self.give(bridge, command("QD-1", expires_at=in_seconds(60)))
        self.assertEqual(self.counter.placed, [])


class ClockTests(BridgeTest):
    def hear(self, ahead):
        fake = self.quantdash()
        fake.clock_ahead = ahead
        bridge = self.open(fake.url)
        for _ in range(3):  # The nearest counts: a machine that stood still on the way to one answer is no clock.
            bridge.request("GET", "/api/bridge/1/orders")
        return bridge

    def test_quantdash_ahead_an_order_is_late_by_its_clock(self):
        bridge = self.hear(60)
        self.give(bridge, command(expires_at=in_seconds(30)))
        self.assertEqual(self.told(bridge), [("QD-1-1", "rejected", "expired")])
        self.assertIn("seconds behind", self.console.getvalue())

    def test_quantdash_behind_an_order_is_not_late_by_its_clock(self):
        bridge = self.hear(-60)
        self.give(bridge, command(expires_at=in_seconds(-30)))
        self.assertEqual(len(self.counter.placed), 1)
        self.assertIn("seconds ahead of", self.console.getvalue())

    def test_what_a_date_cannot_tell_is_nothing(self):
        bridge = self.hear(0)
        self.assertEqual(bridge.clock.ahead, 0)
        self.assertEqual(self.console.getvalue(), "")

    def test_reports_and_snapshots_are_told_in_its_time(self):
        bridge = self.hear(60)
        bridge.report("QD-1", "accepted")
        bridge.epoch_wanted = "E1"
        bridge.work()
        for stamp in (bridge.reports.get()["timestamp"], bridge.reports.get().body["timestamp"]):
            self.assertAlmostEqual(quantdash_bridge.parse_time(stamp), time.time() + 60, delta=3)


class MemoryTests(BridgeTest):
    def test_the_same_account_twice_is_refused_and_said(self):
        self.open()
        with self.assertRaises(quantdash_bridge.Taken) as taken:
            self.open()
        self.assertIn("Another program", str(taken.exception))
        self.assertIn("880001", str(taken.exception))

    def test_another_process_is_refused_too_and_the_end_of_a_process_lets_go(self):
        program = "import sys; sys.path.insert(0, %r)\nfrom quantdash_bridge import *\nmemory = Memory.of('880001', %r)\nprint('mine', flush=True)\nsys.stdin.read()" % (
            SOURCES, self.folder)
        other = subprocess.Popen([sys.executable, "-B", "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            self.assertEqual(other.stdout.readline().strip(), b"mine")
            with self.assertRaises(quantdash_bridge.Taken):
                self.open()
        finally:
            other.kill()
            other.communicate()
        self.open()

    def test_two_accounts_in_one_folder_keep_their_own_ids(self):
        one, two = self.open(account="880001"), self.open(counter=MadeUpCounter(), account="880002")
        self.give(one, command("QD-A"))
        self.give(two, command("QD-B"))
        self.give(one, command("QD-C"))
        self.assertEqual(set(self.kept()), {"QD-A", "QD-C"})
        self.assertEqual(set(self.kept("880002")), {"QD-B"})
        self.assertNotEqual(one.program, two.program)

    def test_the_file_of_before_is_taken_over_and_stays(self):
        old = os.path.join(self.folder, "quantdash-orders.json")
        with open(old, "w") as file:
            json.dump({"QD-1": {"state": "placed", "local_id": "T-9"}, "QD-2": {"state": "placing", "local_id": None}, "QD-3": {"state": "never", "local_id": None}}, file)
        self.counter.known["T-9"] = dict(status="filled", filled_volume=2)
        # A script of before names the file itself.
        bridge = self.open(memory=old, folder=None)
        self.give(bridge, command("QD-1"), command("QD-2"), command("QD-3"))
        self.assertEqual(self.counter.placed, [])
        self.assertEqual(self.told(bridge), [("QD-1", "filled", None), ("QD-3", "rejected", "expired")])
        self.assertTrue(os.path.exists(old))
        self.assertTrue(os.path.exists(self.file_of("880001")))
        # Whose they were cannot be told: the other account of that folder must not lose its own.
        other = self.open(counter=MadeUpCounter(), account="880002")
        self.assertIn("QD-1", other.memory.orders)

    def test_the_file_of_before_is_found_wherever_it_was(self):
        """vn.py goes to the home folder, unless the one where it was started is its own."""
        with tempfile.TemporaryDirectory() as started, tempfile.TemporaryDirectory() as home, mock.patch.multiple(quantdash_bridge, WHERE_WE_STARTED=started, HOME=home):
            for place, client_id in ((started, "QD-1"), (home, "QD-2"), (self.folder, "QD-3")):
                with open(os.path.join(place, "quantdash-orders.json"), "w") as file:
                    json.dump({client_id: {"state": "placed", "local_id": "T-9"}}, file)
            self.open()
        self.assertEqual(set(self.kept()), {"QD-1", "QD-2", "QD-3"})

    def test_what_stands_in_two_files_is_the_one_that_says_more(self):
        with tempfile.TemporaryDirectory() as home, mock.patch.object(quantdash_bridge, "HOME", home):
            for place, local_id in ((self.folder, None), (home, "T-9")):
                with open(os.path.join(place, "quantdash-orders.json"), "w") as file:
                    json.dump({"QD-1": {"state": "placing" if local_id is None else "placed", "local_id": local_id}}, file)
            self.open()
        self.assertEqual(self.kept()["QD-1"]["local_id"], "T-9")

    def test_a_file_that_cannot_be_read_is_no_empty_one(self):
        with open(self.file_of("880001"), "w") as file:
            file.write("{")
        with self.assertRaises(ValueError) as refused:
            self.open()
        self.assertIn("placed twice", str(refused.exception))

    def test_an_account_of_any_characters(self):
        self.open(account="a/b:c*我")
        self.assertEqual([name for name in os.listdir(self.folder) if "/" in name or "*" in name or ":" in name], [])

    def test_nothing_is_placed_that_cannot_be_written(self):
        bridge = self.open()
        with mock.patch.object(bridge.memory, "save", side_effect=OSError("disk full")):
            self.give(bridge, command())
        self.assertEqual((self.counter.placed, self.told(bridge)), ([], []))
        # Handed out again five seconds later, with the disk in order.
        self.give(bridge, command())
        self.assertEqual(len(self.counter.placed), 1)


class PlacingTests(BridgeTest):
    def test_an_order_that_comes_again_is_answered_and_not_placed(self):
        self.counter.known["T-1"] = dict(status="accepted", filled_volume=0)
        bridge = self.open()
        self.give(bridge, command(), command())
        bridge = self.again(bridge)
        self.give(bridge, command())
        self.assertEqual(len(self.counter.placed), 1)
        self.assertEqual(self.told(bridge), [("QD-1-1", "accepted", None)])

    def test_what_fails_before_the_sending_is_a_refusal(self):
        self.counter.prepare = lambda command: {}["no such contract"]
        bridge = self.open()
        self.give(bridge, command("QD-1"), command("QD-1"))
        told = self.told(bridge)
        self.assertEqual([one[:2] for one in told], [("QD-1", "rejected")] * 2)
        self.assertIn("no such contract", told[0][2])
        self.assertEqual(self.kept()["QD-1"]["state"], "refused")

    def test_what_fails_in_the_sending_stays_unknown_and_the_program_lives(self):
        def fails(request):
            raise RuntimeError("link lost in the middle")

        self.counter.on_place = fails
        bridge = self.open()
        self.give(bridge, command("QD-1"))
        self.counter.on_place = lambda request: "T-2"
        self.counter.known["T-2"] = dict(status="accepted", filled_volume=0)
        self.give(bridge, command("QD-1"), command("QD-2"))
        self.assertEqual(self.told(bridge), [("QD-2", "accepted", None)])
        self.assertEqual([one["client_order_id"] for one in self.counter.placed], ["QD-1", "QD-2"])
        self.assertEqual(self.kept()["QD-1"]["state"], "placing")
        self.assertIn("link lost in the middle", self.console.getvalue())

    def test_a_refusal_of_the_terminal(self):
        def refuses(request):
            raise Refused("no money")

        self.counter.on_place = refuses
        bridge = self.open()
        self.give(bridge, command())
        self.assertEqual(self.told(bridge), [("QD-1-1", "rejected", "no money")])

    def test_what_fails_while_looking_takes_nothing_with_it(self):
        self.counter.positions = lambda: {}["no positions"]
        self.counter.cancel = lambda local_id: {}["no cancel"]
        bridge = self.open()
        bridge.epoch_wanted = "E1"
        self.give(bridge, command("QD-1"), command("QD-1", action="cancel"), command("QD-2"))
        self.assertEqual(len(self.counter.placed), 2)
        self.assertIn("no positions", self.console.getvalue())
        self.assertIn("no cancel", self.console.getvalue())

    def test_events_that_come_before_the_id_is_known_are_told_once_it_is(self):
        bridge = self.open()

        def fills_at_once(request):
            bridge.hear("T-1", "partially_filled", trade_volume=2, trade_id="a", timestamp=None)
            bridge.hear("T-99", "filled", filled_volume=9)
            return "T-1"

        self.counter.on_place = fills_at_once
        self.give(bridge, command())
        self.assertEqual(bridge.reports.get_nowait(), dict(client_order_id="QD-1-1", status="partially_filled", trade_volume=2, trade_id="a", timestamp=None))
        self.assertEqual(self.told(bridge), [])

    def test_events_on_another_thread_while_orders_are_placed(self):
        bridge = self.open()
        bridge.memory.save = lambda: None
        errors, done = [], threading.Event()

        def listen():
            try:
                while not done.is_set():
                    bridge.client_id_of("T-nobody")
                    bridge.hear("T-1", "accepted")
            except Exception as error:
                errors.append(error)

        thread = threading.Thread(target=listen)
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        try:
            thread.start()
            for i in range(2000):
                self.give(bridge, command("QD-%d" % i))
        finally:
            done.set()
            thread.join()
            sys.setswitchinterval(interval)
        self.assertEqual(errors, [])

    def test_an_id_that_the_terminal_gives_again_is_the_newer_orders(self):
        bridge = self.open()
        self.counter.on_place = lambda request: "T-1"
        self.counter.known["T-1"] = dict(status="filled", filled_volume=2)
        self.give(bridge, command("QD-1"), command("QD-2"))
        self.told(bridge)
        self.give(bridge, command("QD-1"), command("QD-1", action="cancel"), command("QD-2"))
        self.assertEqual(self.told(bridge), [("QD-2", "filled", None)])
        self.assertEqual(self.counter.cancelled, [])

    def test_ids_of_another_run_mean_nothing_where_the_terminal_counts_anew(self):
        self.counter.run = "first"
        bridge = self.open()
        self.give(bridge, command("QD-1"))
        later = MadeUpCounter()
        later.run = "second"
        later.known["T-1"] = dict(status="filled", filled_volume=2)
        bridge = self.again(bridge, counter=later)
        self.give(bridge, command("QD-1"), command("QD-1", action="cancel"))
        self.assertEqual((self.told(bridge), later.placed, later.cancelled), ([], [], []))
        self.give(bridge, command("QD-2"))
        self.assertEqual(self.told(bridge), [("QD-2", "filled", None)])


class TellingTests(BridgeTest):
    def start(self):
        fake = self.quantdash()
        bridge = self.open(fake.url)
        # Pauses are for QuantDash's sake.
        waited = mock.patch.object(bridge._stopped, "wait", return_value=False)
        waited.start()
        self.addCleanup(waited.stop)
        return fake, bridge

    def test_a_report_is_kept_until_it_is_taken(self):
        fake, bridge = self.start()
        refusals = (401, 403, 404, 408, 409, 429, 500, 502, 503)
        fake.answers["reports"] = [(status, {"detail": "not now"}) for status in refusals] + [(200, {})]
        bridge.start()
        bridge.report("QD-1", "filled", filled_volume=2)
        posts = [fake.posts.get(timeout=10) for _ in range(len(refusals) + 1)]
        self.assertEqual([status for _, status, _ in posts], list(refusals) + [200])
        self.assertEqual({body["client_order_id"] for _, _, body in posts}, {"QD-1"})

    def test_only_a_wrong_report_is_dropped_and_said(self):
        for wrong in (400, 422):
            fake, bridge = self.start()
            fake.answers["reports"] = [(wrong, {"detail": "wrong"}), (200, {})]
            bridge.start()
            bridge.report("QD-1", "nonsense")
            bridge.report("QD-2", "filled")
            self.assertEqual([fake.posts.get(timeout=10)[2]["client_order_id"] for _ in range(2)], ["QD-1", "QD-2"])
            self.assertIn("dropped: %d" % wrong, self.console.getvalue())
            bridge.stop()
            bridge.memory.close()

    def test_a_report_that_is_none_does_not_stop_the_others(self):
        fake, bridge = self.start()
        bridge.start()
        bridge.report("QD-1", "filled", price=object())
        bridge.report("QD-2", "filled")
        self.assertEqual(fake.posts.get(timeout=10)[2]["client_order_id"], "QD-2")

    def test_commands_arrive_and_wrong_ones_do_not_stop_the_others(self):
        fake, bridge = self.start()
        fake.commands = [{"no": "sequence"}]
        bridge.start()
        eventually(lambda: not bridge.commands.empty())
        fake.commands = [command("QD-1")]
        self.assertTrue(eventually(lambda: bridge.work() or self.counter.placed))

    def test_a_snapshot_is_posted_by_the_telling_thread_after_the_reports_before_it(self):
        fake, bridge = self.start()
        self.counter.held = [dict(symbol="SHFE.au2612", long_position=2)]
        fake.may_answer.clear()
        bridge.start()
        bridge.report("QD-1", "filled")
        bridge.epoch_wanted = "E1"
        begun = time.monotonic()
        bridge.work()
        bridge.work()
        self.assertLess(time.monotonic() - begun, 2, "the terminal's thread waits for nobody")
        fake.may_answer.set()
        posts = [fake.posts.get(timeout=10)[::2] for _ in range(2)]
        self.assertEqual([name for name, _ in posts], ["reports", "position_snapshots"])
        body = posts[1][1]
        self.assertEqual((body["account_id"], body["epoch"], body["complete"], body["positions"]), ("880001", "E1", True, self.counter.held))
        self.assertTrue(eventually(lambda: not bridge._snapshot_waits))
        self.assertTrue(fake.posts.empty())

    def test_a_snapshot_that_waited_too_long_is_not_posted(self):
        fake, bridge = self.start()
        self.counter.positions = lambda: quantdash_bridge.Positions([], time.time() - 60, complete=True)
        bridge.epoch_wanted = "E1"
        bridge.work()
        bridge.report("QD-1", "filled")
        bridge.start()
        self.assertEqual(fake.posts.get(timeout=10)[0], "reports")
        self.assertFalse(bridge._snapshot_waits)

    def test_a_snapshot_that_was_refused_is_read_anew_when_quantdash_asks(self):
        fake, bridge = self.start()
        fake.answers["position_snapshots"] = [(409, {}), (200, {"differences": []})]
        fake.snapshot_wanted = True
        bridge.start()
        statuses = []

        def twice():
            bridge.work()
            while not fake.posts.empty():
                statuses.append(fake.posts.get()[1])
            return len(statuses) >= 2

        self.assertTrue(eventually(twice))
        self.assertEqual(statuses[:2], [409, 200])


class CodeTests(unittest.TestCase):
    def test_to_the_exchange(self):
        for symbol, expected in (("CZCE.TA2701", ("CZCE", "TA701")), ("CZCE.SR3005", ("CZCE", "SR005")), ("SHFE.au2612", ("SHFE", "au2612")), ("DCE.m2701", ("DCE", "m2701")),
                                 ("CZCE.TA701", ("CZCE", "TA701"))):
            self.assertEqual(quantdash_bridge.exchange_code(symbol), expected)

    def test_and_back_to_the_nearest_decade(self):
        day = quantdash_bridge.datetime.date
        for exchange, code, today, expected in (
                ("CZCE", "TA701", day(2026, 11, 22), "CZCE.TA2701"), ("CZCE", "TA001", day(2029, 12, 1), "CZCE.TA3001"), ("CZCE", "TA912", day(2030, 1, 5), "CZCE.TA2912"),
                ("CZCE", "TA101", day(2026, 1, 5), "CZCE.TA2101"), ("SHFE", "au2612", day(2026, 1, 5), "SHFE.au2612"), ("CZCE", "TA2701", day(2026, 1, 5), "CZCE.TA2701"),
                ("CZCE", "TA701C5000", day(2026, 1, 5), None), ("DCE", "SP m2701&m2705", day(2026, 1, 5), None)):
            self.assertEqual(quantdash_bridge.quantdash_symbol(exchange, code, today), expected)


class KindTests(unittest.TestCase):
    def test_kinds(self):
        for kind in ("day", "fak", "fok"):
            self.assertEqual(quantdash_bridge.kind_of(command(time_in_force=kind)), kind)
        self.assertEqual(quantdash_bridge.kind_of(command(type="market")), "market")
        without = command()
        del without["time_in_force"]
        self.assertEqual(quantdash_bridge.kind_of(without), "day")

    def test_what_is_not_known_is_never_placed_as_something_else(self):
        for wrong in (dict(time_in_force="gtc"), dict(time_in_force=None), dict(type="stop"), dict(type="market", time_in_force="fak")):
            with self.assertRaises(Refused):
                quantdash_bridge.kind_of(command(**wrong))

    def test_volumes_and_prices(self):
        self.assertEqual(quantdash_bridge.lots_of(command(volume=3.0)), 3)
        for wrong in (0, -1, 1.5):
            with self.assertRaises(Refused):
                quantdash_bridge.lots_of(command(volume=wrong))
        self.assertEqual(quantdash_bridge.price_of(command(type="market", price=None)), 0)
        with self.assertRaises(Refused):
            quantdash_bridge.price_of(command(price=None))


if __name__ == "__main__":
    unittest.main()
