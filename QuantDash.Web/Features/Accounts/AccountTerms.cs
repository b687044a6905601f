using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;

namespace QuantDash.Web.Features.Accounts;

/// <summary>What a new account may be, for the form and the API alike.</summary>
/// <param name="Venue">As it travels: simulated or bridge.</param>
/// <param name="InitialBalance">1,000,000 when null; 0 for a bridge, whose program tells the balance.</param>
/// <param name="Source">Its venue's own when null.</param>
public sealed record AccountTerms(string? Name, string? Venue, string? Currency, decimal? InitialBalance, string? ExternalId, string? Source)
{
    public const int LongestName = 64;
    private const decimal UsualBalance = 1_000_000m;
    private const decimal LargestBalance = 1_000_000_000_000m;
    private static readonly string Bridge = WireNames<VenueKind>.Of(VenueKind.Bridge);
    private static readonly IReadOnlyCollection<string> Venues = WireNames<VenueKind>.All;
    private static readonly string[] LaterVenues = ["ctp", "longport", "binance"];

    /// <summary>The account and what it begins with, or all that is wrong.</summary>
    public Outcome<(Account Account, decimal Balance)> Check(Guid id, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(Name)) problems.Add(new("name", "required"));
        if (Venue is null) problems.Add(new("venue", "required"));
        else if (!Venues.Contains(Venue)) problems.Add(LaterVenues.Contains(Venue) ? new("venue", "not_available", Venue) : new("venue", "not_allowed", Venue, Venues));
        if (Currency is null) problems.Add(new("currency", "required"));
        else if (!Core.Primitives.Currency.IsValid(Currency)) problems.Add(new("currency", "not_a_currency", Currency));
        var balance = InitialBalance ?? (Venue == Bridge ? 0m : UsualBalance);
        if (balance is < 0 or > LargestBalance) problems.Add(new("initial_balance", "out_of_range", 0m, LargestBalance, balance));
        var source = Source ?? (Venue is not null && Venues.Contains(Venue) ? Venue : null);
        if (source is not null && !SourceName.IsValid(source)) problems.Add(new("source", "not_a_source_name", source));
        if (problems.Count > 0) return Outcome<(Account, decimal)>.Failure(problems);
        return Outcome<(Account, decimal)>.Success((new()
        {
            Id = new(id),
            Name = Name!,
            Venue = WireNames<VenueKind>.TryRead(Venue!, out var kind) ? kind : throw new InvalidOperationException($"{Venue} was read as a venue."),
            Currency = new(Currency!),
            ExternalId = string.IsNullOrEmpty(ExternalId) ? null : ExternalId,
            Source = new(source!),
            CreatedAt = now,
        }, balance));
    }
}
