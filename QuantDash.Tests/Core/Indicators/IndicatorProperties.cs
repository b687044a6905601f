using FsCheck;
using FsCheck.Fluent;
using QuantDash.Core.Indicators;
using QuantDash.Tests.Support;

namespace QuantDash.Tests.Core.Indicators;

/// <summary>What holds for every indicator of the catalogue, whatever its parameters and whatever comes.</summary>
public sealed class IndicatorProperties
{
    /// <summary>Over a whole series at once, bar by bar, or a piece at once and the rest bar by bar: the same bits.</summary>
    [Fact]
    public void Batch_EqualsStreaming_OnRandomSeries() => Prop.ForAll((int seed, PositiveInt length) =>
    {
        var bars = IndicatorSamples.Walk(seed, length.Get % 400);
        foreach (var (declaration, settings) in Drawn(seed)) MustAgree(declaration, settings, bars, cut: bars.Length / 3);
    }).QuickCheckThrowOnFailure();

    [DataFact]
    public void Batch_EqualsStreaming_OnRealSeries()
    {
        var bars = IndicatorSamples.Long();
        bars.Length.ShouldBeGreaterThan(100_000);
        foreach (var declaration in IndicatorCatalogue.All) MustAgree(declaration, new Dictionary<string, double>(), bars, cut: 50_001);
    }

    /// <summary>A bar that comes later changes nothing that was told before.</summary>
    [Fact]
    public void Values_DependOnNoLaterBar() => Prop.ForAll((int seed) =>
    {
        var bars = IndicatorSamples.Walk(seed, 200);
        var other = bars.ToArray();
        IndicatorSamples.Walk(seed + 1, 100, start: 3).CopyTo(other, 100);
        foreach (var (declaration, settings) in Drawn(seed))
        {
            var (one, two) = (declaration.Over(bars, settings), declaration.Over(other, settings));
            for (var output = 0; output < one.Length; output++) Bits(one[output][..100]).ShouldBe(Bits(two[output][..100]), $"{declaration.Name} {declaration.Outputs[output]}");
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>Gaps, standing markets, no volume, prices of nothing, prices far apart: a finite number or none.</summary>
    [Fact]
    public void Values_AreFiniteOrAbsent_WhateverComes() => Prop.ForAll((int seed, bool tiny) =>
    {
        var scale = tiny ? 1e-30 : 1e29;
        IndicatorBar[] bars =
        [
            .. IndicatorSamples.Flat(100, 60), .. IndicatorSamples.Walk(seed, 90), .. IndicatorSamples.Flat(scale, 60, 1e30), .. IndicatorSamples.Walk(seed, 90, 1e5),
            .. IndicatorSamples.Flat(1e-7, 3000, 0), .. IndicatorSamples.Walk(seed, 90),
        ];
        foreach (var (declaration, settings) in Drawn(seed))
        {
            // A return of a price of nothing is refused.
            IndicatorBar[] all = declaration.Name == "realised_volatility" ? bars : [.. bars, .. IndicatorSamples.Flat(0, 100, 0), .. IndicatorSamples.Walk(seed, 90), .. IndicatorSamples.Flat(0, 1000)];
            foreach (var (column, output) in declaration.Over(all, settings).Zip(declaration.Outputs))
            {
                foreach (var value in column)
                {
                    if (value is { } number && !double.IsFinite(number)) throw new InvalidOperationException($"{declaration.Name} {output} is {number}");
                }
            }
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>Not by the last digit beyond: who asks for "at 100" must be right to.</summary>
    [Fact]
    public void Shares_StayWithinTheirBounds() => Prop.ForAll((int seed) =>
    {
        var bars = IndicatorSamples.Walk(seed, 300);
        foreach (var (declaration, settings) in Drawn(seed))
        {
            foreach (var (column, output) in declaration.Over(bars, settings).Zip(declaration.Outputs))
            {
                var (least, most) = (declaration.Name, output) switch
                {
                    (_, "rsi" or "mfi" or "k" or "d" or "dx" or "adx") => (0, 100),
                    (_, "williams_r") => (-100, 0),
                    (_, "er" or "r_squared") => (0, 1),
                    (_, "standard_deviation" or "true_range" or "atr" or "realised_volatility") => (0, double.MaxValue),
                    _ => (double.MinValue, double.MaxValue),
                };
                if (column.Any(value => value < least || value > most)) throw new InvalidOperationException($"{declaration.Name} {output} leaves {least} to {most}: {column.First(value => value < least || value > most):R}");
            }
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>As soon as the declared number of bars has come and not before, on a series without standing bars.</summary>
    [Fact]
    public void LastOutput_ComesWithTheDeclaredBar() => Prop.ForAll((int seed) =>
    {
        foreach (var (declaration, settings) in Drawn(seed).Where(one => one.Declaration.Name is not "parabolic_sar"))
        {
            var bars = Restless(seed, 500);
            var warmUp = declaration.Create(settings).WarmUpBars;
            var columns = declaration.Over(bars, settings);
            var first = columns.Select(column => Array.FindIndex(column, value => value is not null)).Where(at => at >= 0).ToList();
            // The trend may have been one way all the time, so one of its sides has no value yet.
            var last = declaration.Name == "supertrend" ? first.Min() : first.Max();
            (last + 1).ShouldBe(warmUp, $"{declaration.Name} {string.Join(' ', settings)}");
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Update_AllocatesNothing()
    {
        var bars = IndicatorSamples.Walk(1, 2000);
        var outputs = new double?[8];
        foreach (var declaration in IndicatorCatalogue.All)
        {
            var indicator = declaration.Create();
            Feed(indicator, bars, outputs);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Feed(indicator, bars, outputs);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0, declaration.Name);
        }
    }

    private static void Feed(Indicator indicator, IndicatorBar[] bars, double?[] outputs)
    {
        foreach (var bar in bars)
        {
            indicator.Add(bar);
            indicator.Read(outputs);
        }
    }

    /// <summary>Every indicator with parameters of its own choice.</summary>
    private static IEnumerable<(IndicatorDeclaration Declaration, Dictionary<string, double> Settings)> Drawn(int seed)
    {
        var random = new Random(seed);
        foreach (var declaration in IndicatorCatalogue.All)
        {
            // Rising, so that fast ≤ slow; within windows that the series fill.
            var whole = declaration.Parameters.Select(_ => random.Next(1, 45)).Order().ToList();
            for (var i = 1; i < whole.Count; i++) whole[i] = Math.Max(whole[i], whole[i - 1] + 1);
            var settings = declaration.Parameters.Select((parameter, place) => (parameter, Value: parameter switch
            {
                { IsWhole: false, Name: "step" or "initial" } => 0.01 + (random.NextDouble() * 0.05),
                { IsWhole: false, Name: "maximum" } => 0.1 + (random.NextDouble() * 0.2),
                { IsWhole: false } => Math.Clamp(random.NextDouble() * 5, parameter.Least, parameter.Most),
                { Most: < 10 } => random.Next((int)parameter.Most + 1),
                _ => Math.Max(whole[place], parameter.Least),
            }));
            yield return (declaration, settings.ToDictionary(one => one.parameter.Name, one => one.Value, StringComparer.Ordinal));
        }
    }

    private static void MustAgree(IndicatorDeclaration declaration, IReadOnlyDictionary<string, double> settings, IndicatorBar[] bars, int cut)
    {
        var batch = declaration.Over(bars, settings);
        var (streaming, pieces) = (declaration.Create(settings), declaration.Create(settings));
        var begun = pieces.Over(bars.AsSpan(0, cut), declaration.Outputs.Count);
        var (row, other) = (new double?[declaration.Outputs.Count], new double?[declaration.Outputs.Count]);
        for (var i = 0; i < bars.Length; i++)
        {
            streaming.Add(bars[i]);
            streaming.Read(row);
            if (i >= cut) pieces.Add(bars[i]);
            pieces.Read(other);
            for (var output = 0; output < row.Length; output++)
            {
                var (one, two, three) = (Bits(batch[output][i]), Bits(row[output]), Bits(i < cut ? begun[output][i] : other[output]));
                if (one != two || one != three) throw new InvalidOperationException($"{declaration.Name} {declaration.Outputs[output]} at {i}: {batch[output][i]:R}, {row[output]:R}, {other[output]:R}");
            }
        }
    }

    private static IndicatorBar[] Restless(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ =>
        {
            var low = 90 + (random.NextDouble() * 10);
            return new IndicatorBar(low + 1, low + 2 + random.NextDouble(), low, low + (random.NextDouble() * 2), 1 + random.Next(100));
        })];
    }

    private static long? Bits(double? value) => value is { } number ? BitConverter.DoubleToInt64Bits(number) : null;
    private static long?[] Bits(double?[] column) => [.. column.Select(Bits)];
}
