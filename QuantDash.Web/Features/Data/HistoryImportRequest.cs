using QuantDash.Core.Markets.History;
using QuantDash.Core.Markets.History.Import;
using QuantDash.Core.Primitives;

namespace QuantDash.Web.Features.Data;

/// <summary>What the files of an import hold, as it was typed.</summary>
/// <param name="Path">A file, or a folder whose files are imported as one.</param>
/// <param name="PriceTick">Null: the contract's, or that of what is stored.</param>
public sealed record HistoryImportRequest(
    string Path, string Symbol, Timeframe Timeframe, SourceName Source, BarFileFormat Format, decimal? PriceTick, bool SkipBadLines, BarMerge Merge);

/// <summary>How files are written.</summary>
public abstract record BarFileFormat
{
    /// <summary>All files alike, their columns given.</summary>
    /// <param name="Day">Of times that are only counted from midnight.</param>
    public sealed record Mapped(BarCsvMapping Mapping, DateOnly Day = default) : BarFileFormat;

    /// <summary>LEAN's; what is null follows from where each file lies.</summary>
    public sealed record Lean(decimal? PriceScale, TimeZoneInfo? Zone, DateOnly? Day) : BarFileFormat;
}
