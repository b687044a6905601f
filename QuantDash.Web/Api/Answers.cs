using QuantDash.Core.Primitives;
using QuantDash.Web.Problems;

namespace QuantDash.Web.Api;

/// <summary>What endpoints answer with.</summary>
public static class Answers
{
    /// <summary>The value as <paramref name="answer"/> writes it, or the problems that stood in its way.</summary>
    public static IResult Of<T, TAnswer>(Outcome<T> outcome, Func<T, TAnswer> answer) =>
        outcome.Succeeded ? Results.Ok(answer(outcome.Value)) : ProblemAnswer.Of(outcome.Problems);

    public static IResult Created<T, TAnswer>(Outcome<T> outcome, Func<T, string> address, Func<T, TAnswer> answer) =>
        outcome.Succeeded ? Results.Created(address(outcome.Value), answer(outcome.Value)) : ProblemAnswer.Of(outcome.Problems);

    /// <summary>A list that is short by nature and comes whole.</summary>
    public static IResult Whole<TAnswer>(IEnumerable<TAnswer> items) => Results.Ok(new ListAnswer<TAnswer>([.. items], null));

    /// <summary>One page of a history.</summary>
    public static async Task<IResult> PageAsync<T, TAnswer>(QueryFields query, Func<PageRequest, Task<Page<T>>> read, Func<T, TAnswer> answer)
    {
        var cursor = query.Text("cursor");
        var request = new PageRequest(cursor, query.Limit());
        if (query.Problems.Count > 0) return ProblemAnswer.Of(query.Problems);
        try
        {
            var page = await read(request);
            return Results.Ok(new ListAnswer<TAnswer>([.. page.Items.Select(answer)], page.NextCursor));
        }
        catch (FormatException)
        {
            return ProblemAnswer.Of([new Problem("cursor", "not_a_cursor", cursor)]);
        }
    }
}
