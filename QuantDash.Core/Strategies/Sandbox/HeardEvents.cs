namespace QuantDash.Core.Strategies.Sandbox;

/// <summary>Which events a strategy does anything on: the others need no way to its process and back.</summary>
[Flags]
internal enum HeardEvents
{
    None = 0,
    Ticks = 1,
    Bars = 2,
    Orders = 4,
    Fills = 8,
    Timers = 16,
    All = Ticks | Bars | Orders | Fills | Timers,
}

internal static class HeardEventsOfStrategy
{
    private static readonly (string Method, HeardEvents Event)[] Methods =
    [
        (nameof(IStrategy.OnTick), HeardEvents.Ticks), (nameof(IStrategy.OnBar), HeardEvents.Bars), (nameof(IStrategy.OnOrder), HeardEvents.Orders),
        (nameof(IStrategy.OnFill), HeardEvents.Fills), (nameof(IStrategy.OnTimer), HeardEvents.Timers),
    ];

    /// <summary>Those whose method is not the empty one of <see cref="Strategy"/>.</summary>
    public static HeardEvents HeardBy(IStrategy strategy)
    {
        var heard = HeardEvents.None;
        var map = strategy.GetType().GetInterfaceMap(typeof(IStrategy));
        for (var i = 0; i < map.InterfaceMethods.Length; i++)
        {
            if (map.TargetMethods[i].DeclaringType == typeof(Strategy)) continue;
            foreach (var (method, happening) in Methods)
                if (map.InterfaceMethods[i].Name == method) heard |= happening;
        }

        return heard;
    }
}
