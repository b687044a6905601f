using QuantDash.Core.Instruments;
using QuantDash.Core.Primitives;

namespace QuantDash.Core.Markets.History;

/// <summary>Where trading days come from: a venue, a vendor, or a folder of files.</summary>
public interface ICalendarHistory
{
    /// <summary>What it says of a market, in the order in which it is to be believed; nothing where it knows nothing. What cannot be read is named with its line.</summary>
    Task<Outcome<IReadOnlyList<CalendarSheet>>> CalendarAsync(CalendarMarket market, CancellationToken stop = default);
}
