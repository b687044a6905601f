using QuantDash.Core.Locking;

namespace QuantDash.Web.Features.Locks;

/// <summary>A few templates offered beside the trader's own. Their names are keys of the text table.</summary>
internal static class SampleTemplates
{
    public static IReadOnlyList<LockTemplate> All { get; } =
    [
        Sample(1, "SampleProfitPerLot", new() { ProfitPerLot = 1000m, Ratio = 0.8m }),
        Sample(2, "SampleStop", new() { StopTicks = 20, AutoExecute = true }),
        Sample(3, "SampleLadder", new() { Stages = [new(8m, 0.3m), new(16m, 0.3m), new(24m, 0.4m)] }),
        Sample(4, "SampleTrailing", new() { TrailingTicks = 15, StopTicks = 30, AutoExecute = true }),
    ];

    public static bool IsSample(LockTemplate template) => All.Contains(template);

    private static LockTemplate Sample(int number, string key, TemplateTerms terms) =>
        new() { Id = new(number, 0x5144, 0x4c54, 0, 0, 0, 0, 0, 0, 0, 1), Name = key, Terms = terms, UpdatedAt = DateTimeOffset.UnixEpoch };
}
