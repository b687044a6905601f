namespace QuantDash.Tests.Architecture;

public sealed class WebFolderTests
{
    /// <summary>What a Web folder may use of Web beside itself. Folders without a line (Program, Shell, Security, Cli) compose the others.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Supervision"] = [],
        ["Live"] = ["Configuration", "Supervision"],
        ["Ui"] = ["Live", "Configuration"],
        ["Jobs"] = ["Live", "Configuration", "Supervision"],
        // Security: the rows of users and keys are kept by the same database context.
        ["Adapters"] = ["Configuration", "Security"],
    };

    [Fact]
    public void LowerFolders_UseOnlyWhatTheTableAllows()
    {
        var violations =
            from use in Uses()
            where MayUse.TryGetValue(use.Folder, out var allowed) && use.Other != use.Folder && !allowed.Contains(use.Other)
            select use.Text;

        Ours.MustBeNone(violations, "Live, Ui, Jobs and Adapters (WebFolderTests.MayUse) do not use:");
    }

    /// <summary>Two features share through Core or Live, or link by address: else none can be read or changed alone.</summary>
    [Fact]
    public void Features_NeverUseOneAnother()
        => Ours.MustBeNone(
            from use in Uses()
            where use is { Folder: "Features", Other: "Features" } && Feature(use.Type) != Feature(use.Used)
            select use.Text,
            "A feature uses another one:");

    /// <summary>Ports are in Core; what stands behind them is Program's business.</summary>
    [Fact]
    public void Features_NeverUseAdapters()
        => Ours.MustBeNone(
            from use in Uses() where use is { Folder: "Features", Other: "Adapters" } select use.Text,
            "A feature uses an adapter:");

    [Fact]
    public void Security_NeverUsesFeatures()
        => Ours.MustBeNone(
            from use in Uses() where use is { Folder: "Security", Other: "Features" } select use.Text,
            "Security uses a feature:");

    private static IEnumerable<Use> Uses()
        => from type in Ours.Types(Ours.Web)
           let folder = Ours.Folder(Ours.WebRoot, type)
           where folder is { Length: > 0 }
           from used in TypeUses.Types(type)
           let other = Ours.Folder(Ours.WebRoot, used)
           where other is { Length: > 0 }
           select new Use(type, folder, used, other);

    private static string Feature(Type type) => string.Join('.', Ours.Below(Ours.WebRoot, type)!.Split('.').Take(2));

    private sealed record Use(Type Type, string Folder, Type Used, string Other)
    {
        public string Text => $"{Ours.Name(Ours.Outermost(Type))} uses {Ours.Name(Used)}";
    }
}
