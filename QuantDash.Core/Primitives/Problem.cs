namespace QuantDash.Core.Primitives;

/// <summary>One thing wrong with an input: which field (snake_case wire name, <c>positions[2].symbol</c> for nested ones), a stable code, and the numbers for
/// the sentence. The sentence itself is written in the reader's language by Web from <c>Problems.resx</c> (key = code).</summary>
public sealed record Problem(string Field, string Code, params IReadOnlyList<object?> Values);

/// <summary>A result, or every problem that stood in its way.</summary>
public sealed record Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, IReadOnlyList<Problem> problems)
    {
        _value = value;
        Problems = problems;
    }

    public IReadOnlyList<Problem> Problems { get; }
    public bool Succeeded => Problems.Count == 0;

    /// <summary>The result; throws when there are problems.</summary>
    public T Value => Succeeded ? _value! : throw new InvalidOperationException($"There is no result: {Problems[0].Field} {Problems[0].Code}.");

    public static Outcome<T> Success(T value) => new(value, []);
    public static Outcome<T> Failure(IReadOnlyList<Problem> problems) => new(default, problems);
    public static Outcome<T> Failure(string field, string code, params IReadOnlyList<object?> values) => new(default, [new(field, code, values)]);
}
