using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using QuantDash.Core.Engine;
using QuantDash.Web.Live;
using QuantDash.Web.Ui.Trading;

namespace QuantDash.Web.Features.Streams;

/// <summary>Tells what happened, numbered and without a gap: from memory, and from the database what is no longer there.</summary>
public sealed class AlertStream(EventTape<TapeEvent> tape, ITapeHistory history, StreamEpoch epoch, IStringLocalizer<TapeText> text)
{
    /// <summary>Who is further behind begins anew.</summary>
    public const int MostResumed = 5000;

    private const int Shown = 100;
    private const int PageSize = 500;

    /// <param name="after">The last number seen; null: none. It counts in every epoch.</param>
    /// <param name="language">Of the sentences.</param>
    /// <param name="stop">Ends it.</param>
    public async IAsyncEnumerable<StreamMessage> ReadAsync(long? after, CultureInfo language, [EnumeratorCancellation] CancellationToken stop)
    {
        var last = tape.LastNumber;
        var first = after is { } seen && seen <= last && last - seen <= MostResumed
            ? new AlertSnapshot(epoch.Value, seen, Resumed: true, [])
            : await LatestAsync(last, language, stop);
        yield return first;
        for (var number = first.Sequence; ;)
        {
            await tape.AfterAsync(number).WaitAsync(stop);
            var slice = tape.ReadSince(number);
            if (slice.Missed > 0)
                foreach (var item in await BetweenAsync(number, number + slice.Missed, stop)) yield return MessageOf(item, language);
            foreach (var item in slice.Items) yield return MessageOf(item, language);
            number = slice.LastNumber;
        }
    }

    private async Task<AlertSnapshot> LatestAsync(long last, CultureInfo language, CancellationToken stop)
    {
        var page = await history.EventsAsync(new(), new(null, Shown), stop);
        var items = page.Items.Reverse().Select(item => MessageOf(item, language)).ToList();
        return new(epoch.Value, items.Count > 0 ? Math.Max(last, items[^1].Sequence) : last, Resumed: false, items);
    }

    /// <summary>Events after <paramref name="number"/> up to <paramref name="last"/>, oldest first.</summary>
    private async Task<IReadOnlyList<TapeEvent>> BetweenAsync(long number, long last, CancellationToken stop)
    {
        var found = new List<TapeEvent>();
        for (string? cursor = null; ;)
        {
            var page = await history.EventsAsync(new(), new(cursor, PageSize), stop);
            found.AddRange(page.Items.Where(item => item.Number > number && item.Number <= last));
            if (page.NextCursor is null || page.Items[^1].Number <= number) break;
            cursor = page.NextCursor;
        }

        found.Reverse();
        return found;
    }

    private AlertMessage MessageOf(TapeEvent item, CultureInfo language)
    {
        var (culture, shown) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (language, language);
            var line = TapeLine.From(item, text);
            return new(item.Number, item.At, item.Severity, item.Key, item.Values, item.AccountId?.Value, item.Symbol?.ToString(), item.SubjectId, line.Sentence);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, shown);
        }
    }
}
