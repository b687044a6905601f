namespace QuantDash.Core.Simulation;

/// <summary>The price process of one synthetic contract: a script first, then a mean-reverting walk with calm, normal and wild spells and the odd jump;
/// on top of both a flicker of a few ticks.</summary>
internal sealed class SyntheticPath(SyntheticInstrument instrument, SeededRandom random)
{
    private const double HalfLifeSeconds = 1800;
    private const double JumpsPerSecond = 1.0 / 400;

    private readonly double _tick = (double)instrument.PriceTick;
    private double _centre = instrument.StartPrice;
    private double _flicker;
    private double _elapsed;
    private double _spellEnds;

    /// <summary>1 in normal trading, less in quiet spells, more in wild ones.</summary>
    public double Wildness { get; private set; } = 1;

    /// <summary>Moves on and returns the price between bid and ask, not rounded.</summary>
    public double Advance(double seconds)
    {
        _elapsed += seconds;
        if (_elapsed >= _spellEnds) NextSpell();
        if (Scripted(_elapsed) is { } scripted) _centre = scripted;
        else Wander(seconds);

        var strength = instrument.FlickerTicks * 0.35 * Wildness;
        _flicker += (-0.25 * _flicker * seconds) + (strength * Math.Sqrt(seconds) * random.Normal());
        _flicker = Math.Clamp(_flicker, -instrument.FlickerTicks, instrument.FlickerTicks);
        return _centre + (_flicker * _tick);
    }

    /// <summary>Keeps the walk inside the day's limits.</summary>
    public void Confine(double lowest, double highest) => _centre = Math.Clamp(_centre, lowest, highest);

    private void Wander(double seconds)
    {
        var pull = Math.Log(2) / HalfLifeSeconds * (instrument.HomePrice - _centre) * seconds;
        var walk = instrument.Volatility * Wildness * _centre * Math.Sqrt(seconds) * random.Normal();
        var jump = random.Chance(JumpsPerSecond * seconds) ? _centre * random.Between(0.001, 0.006) * (random.Chance(0.5) ? 1 : -1) : 0;
        _centre += pull + walk + jump;
    }

    private void NextSpell()
    {
        _spellEnds = _elapsed + random.Between(15, 90);
        var draw = random.NextDouble();
        Wildness = draw < 0.35 ? 0.4 : draw < 0.85 ? 1 : 2.5;
    }

    private double? Scripted(double elapsed)
    {
        var script = instrument.Script;
        if (script.Count == 0 || elapsed >= script[^1].After.TotalSeconds) return null;
        var from = new ScriptPoint(TimeSpan.Zero, instrument.StartPrice);
        foreach (var to in script)
        {
            if (elapsed < to.After.TotalSeconds)
            {
                var share = (elapsed - from.After.TotalSeconds) / (to.After - from.After).TotalSeconds;
                return from.Price + (share * (to.Price - from.Price));
            }

            from = to;
        }

        return null;
    }
}
