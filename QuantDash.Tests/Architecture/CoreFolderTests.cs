namespace QuantDash.Tests.Architecture;

public sealed class CoreFolderTests
{
    /// <summary>A folder may use those named here and whatever those may use. A new folder gets a line; a new arrow gets a reason in review.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Primitives"] = [],
        ["Instruments"] = ["Primitives"],
        ["Markets"] = ["Instruments"],
        ["Positions"] = ["Markets"],
        ["Orders"] = ["Positions"],
        ["Locking"] = ["Orders"],
        ["Simulation"] = ["Locking"],
        ["Audit"] = ["Primitives"],
        ["Engine"] = ["Locking", "Simulation", "Indicators", "Audit", "Hosting"],
        // What the engine keeps of a strategy that it hosts; strategies themselves know nothing of it.
        ["Hosting"] = ["Strategies"],
        ["Notifications"] = ["Engine"],
        ["Performance"] = ["Positions"],
        // Statements are held against trades and what they did to the books.
        ["Statements"] = ["Orders"],
        ["Indicators"] = ["Markets"],
        ["Strategies"] = ["Indicators", "Orders"],
        ["Risk"] = ["Orders", "Performance"],
        ["Portfolio"] = ["Risk", "Strategies"],
        ["Hotlist"] = ["Indicators"],
        ["Backtesting"] = ["Simulation", "Strategies", "Engine", "Performance"],
        ["Optimization"] = ["Backtesting"],
    };

    [Fact]
    public void Folders_ByTheirCompiledCode_UseOnlyWhatTheTableAllows()
    {
        var violations =
            from type in Ours.Types(Ours.Core)
            let folder = Ours.Folder(Ours.CoreRoot, type)
            where folder is not null && MayUse.ContainsKey(folder)
            let allowed = Reachable(folder)
            from used in TypeUses.Types(type)
            let other = Ours.Folder(Ours.CoreRoot, used)
            where other is not null && !allowed.Contains(other)
            select $"{Ours.Name(Ours.Outermost(type))} uses {Ours.Name(used)}";

        Ours.MustBeNone(violations, "The arrows between Core folders (CoreFolderTests.MayUse) allow no:");
    }

    [Fact]
    public void Folders_AreInTheTable()
        => Ours.MustBeNone(
            Ours.Types(Ours.Core).Where(t => !MayUse.ContainsKey(Ours.Folder(Ours.CoreRoot, t) ?? "")).Select(t => Ours.Name(Ours.Outermost(t))),
            "Every Core type lies in a folder that CoreFolderTests.MayUse knows, unlike:");

    [Fact]
    public void Table_HasNoCycles()
        => Ours.MustBeNone(MayUse.Keys.Where(f => MayUse[f].SelectMany(Reachable).Contains(f)), "Folders that reach themselves:");

    private static HashSet<string> Reachable(string folder)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            if (reached.Add(next))
            {
                Array.ForEach(MayUse[next], open.Push);
            }
        }

        return reached;
    }
}
