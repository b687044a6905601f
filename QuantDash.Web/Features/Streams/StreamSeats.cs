using Microsoft.Extensions.Options;
using QuantDash.Web.Configuration;

namespace QuantDash.Web.Features.Streams;

/// <summary>Places of programs that listen: so many for one caller, so many together. Who finds none is refused before anything is opened.</summary>
public sealed class StreamSeats(IOptions<QuantDashOptions> options)
{
    private readonly StreamOptions _most = options.Value.Streams;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _together;

    /// <summary>Taken at this moment, by all callers.</summary>
    public int Taken
    {
        get { lock (_gate) return _together; }
    }

    /// <summary>How many one caller, and all together, may have.</summary>
    public (int Caller, int Together) Most => (_most.MostPerCaller, _most.MostTogether);

    /// <summary>Null: there is none left.</summary>
    public IDisposable? Take(string caller)
    {
        lock (_gate)
        {
            var mine = _taken.GetValueOrDefault(caller);
            if (mine >= _most.MostPerCaller || _together >= _most.MostTogether) return null;
            _taken[caller] = mine + 1;
            _together++;
            return new Seat(this, caller);
        }
    }

    private void Leave(string caller)
    {
        lock (_gate)
        {
            _together--;
            if (--_taken[caller] == 0) _taken.Remove(caller);
        }
    }

    private sealed class Seat(StreamSeats seats, string caller) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) seats.Leave(caller);
        }
    }
}
