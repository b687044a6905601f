namespace QuantDash.Tests.Web.Adapters.Strategies;

/// <summary>Strategies as traders write them, good and bad.</summary>
internal static class UserStrategySources
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using QuantDash.Core.Primitives;
        using QuantDash.Core.Strategies;
        """;

    /// <summary>Buys on every tenth bar, sells five bars later, and writes down what it sees.</summary>
    public static string Good { get; } = Source("Good", "my-strategy", """
        private static readonly IntegerParameter Every = new("every", 2, 100, 10, "Bars between two purchases.") { Unit = "bars" };
        private readonly int _every;
        private int _bar;
        public Good(ParameterValues values) => _every = values.Of(Every);
        public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
        {
            _bar++;
            if (context.IsWarmingUp) return;
            if (_bar % _every == 0) context.Place(OrderIntent.BuyOpen(instrument, 1m));
            if (_bar % _every == _every / 2 && instrument.Net > 0m) context.MoveTo(instrument, 0m);
        }
        public override void OnFill(IStrategyContext context, in StrategyFill fill) => context.State.Set("fills", (context.State.Number("fills") ?? 0m) + 1m);
        public override void OnStop(IStrategyContext context) => context.State.Set("bars", (decimal)_bar);
        """, "[Every]", "values => new Good(values)", "Contradiction = values => values.Of(Every) == 99 ? new Problem(\"every\", \"99 brings bad luck\") : null,");

    /// <summary>One for each way of going wrong.</summary>
    public static string Bad { get; } = string.Join('\n', [
        Source("Throws", "throws", OnBar("""if (_bar++ == 3) throw new InvalidOperationException("the fourth bar");""")),
        WithoutUsings("Loops", "loops", OnBar("if (_bar++ == 3) while (true) { }")),
        WithoutUsings("LoopsAtStart", "loops-at-start", "public override void OnStart(IStrategyContext context) { while (true) { } }"),
        WithoutUsings("Hogs", "hogs", OnBar("var all = new List<byte[]>(); while (true) { var one = new byte[1 << 20]; Array.Fill(one, (byte)1); all.Add(one); }")),
        WithoutUsings("HogsOutside", "hogs-outside", OnBar("while (true) { var at = System.Runtime.InteropServices.Marshal.AllocHGlobal(1 << 24); for (var i = 0; i < 1 << 24; i += 4096) System.Runtime.InteropServices.Marshal.WriteByte(at + i, 1); }")),
        WithoutUsings("Exits", "exits", OnBar("Environment.Exit(7);")),
        WithoutUsings("Overflows", "overflows", OnBar("Deeper(1);") + "private static int Deeper(int depth) => depth < 0 ? 0 : Deeper(depth + 1) + Deeper(depth + 2);"),
        WithoutUsings("Prints", "prints", OnBar("""
            Console.WriteLine("printed " + _bar++);
            using (var raw = Console.OpenStandardOutput()) raw.Write(new byte[4096], 0, 4096);
            context.Log("read: " + (Console.ReadLine() ?? "nothing"));
            using (var raw = Console.OpenStandardInput()) context.Log("read: " + raw.ReadByte());
            """)),
        WithoutUsings("FloodsOrders", "floods-orders", OnBar("while (true) context.Place(OrderIntent.BuyOpen(instrument, 1m));")),
        WithoutUsings("FloodsLines", "floods-lines", OnBar("for (var i = 0; i < 5000; i++) { context.Log(new string('x', 3000)); Console.Error.Write(new string('y', 30)); }")),
        WithoutUsings("Looks", "looks", OnBar("""
            foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>()) context.Log("env " + name);
            """)),
        WithoutUsings("Thread", "thread", OnBar("""new System.Threading.Thread(() => throw new InvalidOperationException("on a thread")).Start(); while (true) { }""")),
    ]);

    /// <summary>They say what they are told.</summary>
    public static string Live { get; } = string.Join('\n', [
        Source("Teller", "teller", """
            private int _bar;
            public override void OnStart(IStrategyContext context) => context.Log("started");
            public override void OnStop(IStrategyContext context) => context.Log("stopped");
            public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar)
            {
                context.Log("bar " + bar.CloseTicks);
                context.State.Set("bars", (decimal)++_bar);
                if (_bar == 100) context.Place(OrderIntent.BuyOpen(instrument, 2m).AtLimit(bar.CloseTicks));
            }
            public override void OnFill(IStrategyContext context, in StrategyFill fill)
            {
                context.Log($"fill {fill.Volume} of {fill.Order.Volume}, {fill.Order.FilledVolume} filled, its own {fill.Order.PriceTicks == 1100}");
                context.Cancel(fill.Order);
            }
            public override void OnOrder(IStrategyContext context, StrategyOrder order) => context.Cancel(order);
            """),
        WithoutUsings("Slow", "slow", """
            public override void OnStart(IStrategyContext context) => context.Log("started");
            public override void OnTick(IStrategyContext context, IStrategyInstrument instrument, in StrategyTick tick)
            {
                context.Log("tick " + tick.LastTicks + (instrument.LastTicks == tick.LastTicks ? "" : " but " + instrument.LastTicks));
                System.Threading.Thread.Sleep(50);
            }
            public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) => context.Log("bar " + bar.CloseTicks);
            """),
    ]);

    public static string Loops { get; } = Static("while (true) { }");

    public static string ThrowsInItsConstructor { get; } = Static("throw new InvalidOperationException(\"static boom\");");

    public static string Source(string type, string name, string body, string parameters = "[]", string? create = null, string more = "") =>
        Usings + "\n" + WithoutUsings(type, name, body, parameters, create, more);

    private static string WithoutUsings(string type, string name, string body, string parameters = "[]", string? create = null, string more = "") => $$"""
        public sealed class {{type}} : Strategy
        {
            {{body}}
            public static StrategyDefinition Definition { get; } = new()
            {
                Name = "{{name}}", Description = "For tests: {{name}}.", Parameters = {{parameters}}, Create = {{create ?? $"_ => new {type}()"}}, WarmUpBars = _ => 2, {{more}}
            };
        }
        """;

    /// <summary>Static members are made in the order in which they stand: here the definition comes too early.</summary>
    public static string Hasty { get; } = Usings + """
        public sealed class Hasty : Strategy
        {
            public static StrategyDefinition Definition { get; } = new() { Name = "hasty", Description = "For tests.", Parameters = [Bars], Create = _ => new Hasty(), WarmUpBars = _ => 0 };
            private static readonly IntegerParameter Bars = new("bars", 1, 5, 3, "Bars.");
        }
        """;

    private static string OnBar(string body) =>
        $"private int _bar; public override void OnBar(IStrategyContext context, IStrategyInstrument instrument, in StrategyBar bar) {{ _ = _bar; {body} }}\n";

    private static string Static(string body) => $$"""
        {{Usings}}
        public sealed class Static : Strategy
        {
            public static StrategyDefinition Definition { get; }
            static Static() { Definition = null!; {{body}} }
        }
        """;
}
