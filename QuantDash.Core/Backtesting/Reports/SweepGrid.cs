using System.Globalization;
using QuantDash.Core.Primitives;
using QuantDash.Core.Strategies;

namespace QuantDash.Core.Backtesting.Reports;

/// <summary>One axis of a sweep: a number parameter from one value to another.</summary>
public sealed record SweepAxis(string Parameter, decimal From, decimal To, decimal Step)
{
    /// <summary>At most so many values of one axis.</summary>
    public const int MostValues = 200;

    /// <summary>Null: no axis at all, or too long.</summary>
    public IReadOnlyList<decimal>? Values()
    {
        if (Step <= 0 || To < From || (To - From) / Step >= MostValues) return null;
        var values = new List<decimal>();
        for (var value = From; value <= To; value += Step) values.Add(value);
        return values;
    }
}

/// <summary>The pairs of a sweep over two parameters. Pairs that contradict each other (a fast average slower than the slow one) are holes; a value that is not allowed is a mistake.</summary>
public sealed class SweepGrid
{
    private SweepGrid(IReadOnlyList<decimal> x, IReadOnlyList<decimal> y, IReadOnlyList<SweepPair> pairs) => (X, Y, Pairs) = (x, y, pairs);

    public IReadOnlyList<decimal> X { get; }
    public IReadOnlyList<decimal> Y { get; }

    /// <summary>Those that can run.</summary>
    public IReadOnlyList<SweepPair> Pairs { get; }

    /// <summary>Codes: <c>sweep_axis</c>, <c>sweep_same_parameter</c>, <c>sweep_too_large</c>, <c>sweep_nothing</c> and those of binding; fields <c>sweep.x</c>, <c>sweep.y</c>.</summary>
    /// <param name="others">Values of the other parameters.</param>
    /// <param name="most">Pairs.</param>
    public static Outcome<SweepGrid> Of(StrategyDefinition definition, IReadOnlyDictionary<string, string> others, SweepAxis x, SweepAxis y, int most)
    {
        var problems = new List<Problem>();
        if (x.Parameter == y.Parameter) problems.Add(new Problem("sweep.y", "sweep_same_parameter", y.Parameter));
        var (xs, ys) = (Checked(definition, x, "sweep.x", problems), Checked(definition, y, "sweep.y", problems));
        if (problems.Count == 0 && (long)xs.Count * ys.Count > most) problems.Add(new Problem("sweep", "sweep_too_large", xs.Count * ys.Count, most));
        if (problems.Count > 0) return Outcome<SweepGrid>.Failure(problems);

        var pairs = new List<SweepPair>();
        IReadOnlyList<Problem> refused = [];
        for (var i = 0; i < xs.Count; i++)
        {
            for (var j = 0; j < ys.Count; j++)
            {
                var bound = definition.Bind(others.Where(o => o.Key != x.Parameter && o.Key != y.Parameter).Append(new(x.Parameter, Text(xs[i]))).Append(new(y.Parameter, Text(ys[j]))));
                if (bound.Succeeded) pairs.Add(new(i, j, bound.Value));
                else refused = bound.Problems;
            }
        }

        return pairs.Count > 0 ? Outcome<SweepGrid>.Success(new(xs, ys, pairs)) : Outcome<SweepGrid>.Failure(refused);
    }

    /// <summary>Its values; each of them must be allowed by itself.</summary>
    private static IReadOnlyList<decimal> Checked(StrategyDefinition definition, SweepAxis axis, string field, List<Problem> problems)
    {
        var parameter = definition.Parameters.FirstOrDefault(p => p.Name == axis.Parameter);
        if (parameter is null || parameter.Kind is not (ParameterKind.Integer or ParameterKind.Decimal))
        {
            problems.Add(new Problem(field, "sweep_parameter", axis.Parameter, string.Join(", ", definition.Parameters.Where(p => p.Kind is ParameterKind.Integer or ParameterKind.Decimal).Select(p => p.Name))));
            return [];
        }

        if (axis.Values() is not { } values)
        {
            problems.Add(new Problem(field, "sweep_axis", axis.Parameter, SweepAxis.MostValues));
            return [];
        }

        foreach (var value in values)
        {
            parameter.Read(Text(value), out var problem);
            if (problem is null) continue;
            problems.Add(problem with { Field = field });
            break;
        }

        return values;
    }

    private static string Text(decimal value) => (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
}

/// <param name="X">Index of its value on the first axis.</param>
/// <param name="Y">Index of its value on the second axis.</param>
public sealed record SweepPair(int X, int Y, ParameterValues Values);

/// <summary>A sweep as it is kept: a row for each pair that ran.</summary>
public sealed record SweepReport(string XParameter, IReadOnlyList<decimal> X, string YParameter, IReadOnlyList<decimal> Y, IReadOnlyList<SweepCell> Cells);

/// <summary>What one pair came to.</summary>
/// <param name="Failure">Why it failed; null when it did not.</param>
public sealed record SweepCell(int X, int Y, decimal? FinalEquity, double? Return, double? Sharpe, double? MaxDrawdown, int Trades, decimal Fees, string? Failure);
