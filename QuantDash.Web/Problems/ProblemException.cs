using QuantDash.Core.Primitives;

namespace QuantDash.Web.Problems;

/// <summary>Ends the reading of a request that cannot go on (no JSON, too large): answered by <see cref="ProblemRegistration"/>, never logged as an error.</summary>
public sealed class ProblemException(ProblemKind kind, Problem problem) : Exception(problem.Code)
{
    public ProblemException(ProblemKind kind, string code, params IReadOnlyList<object?> values)
        : this(kind, new Problem("", code, values))
    {
    }

    public ProblemAnswer Answer => new(kind, problem);
}
