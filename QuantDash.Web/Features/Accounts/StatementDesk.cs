using System.Text;
using System.Text.Json;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Instruments;
using QuantDash.Core.Orders;
using QuantDash.Core.Positions;
using QuantDash.Core.Primitives;
using QuantDash.Core.Statements;
using QuantDash.Web.Api;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Accounts;

/// <summary>Takes a broker's statement in and holds it against our books, as often as it is looked at: the day may have been settled since.</summary>
public sealed class StatementDesk(IBrokerStatements statements, IFundsHistory funds, IOrderHistory orders, ContractCatalog catalog, IAuditLog audit, TimeProvider clock)
{
    private static readonly TimeSpan Around = TimeSpan.FromDays(12);
    private readonly StatementReader _reader = new(catalog);

    /// <summary>All of it is right and kept, or nothing is.</summary>
    public async Task<Outcome<KeptStatement>> ImportAsync(Account account, string? fileName, ReadOnlyMemory<byte> content, Guid id, CancellationToken stop = default)
    {
        Acting.Demand(Scopes.Trade);
        var text = StatementFile.Decode(content.Span);
        if (!text.Succeeded) return Outcome<KeptStatement>.Failure(text.Problems);
        var read = Read(text.Value);
        if (!read.Succeeded) return Outcome<KeptStatement>.Failure(read.Problems);
        if (read.Value.Currency is { } currency && currency != account.Currency) return Outcome<KeptStatement>.Failure("file", "statement_currency", currency.Code, account.Currency.Code);
        var now = clock.GetUtcNow();
        var kept = await statements.KeepAsync(
            new()
            {
                Id = id, AccountId = account.Id, TradingDay = read.Value.TradingDay, Kind = read.Value.Kind, FileName = fileName, ImportedAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)),
                ImportedBy = Acting.Now.Name, Text = text.Value,
            },
            stop);
        if (kept.Id == id) await NoteAsync(kept);
        return Outcome<KeptStatement>.Success(kept);
    }

    /// <summary>A settlement statement, or a list of trades as CSV.</summary>
    public Outcome<BrokerStatement> Read(string text)
    {
        if (text.Contains("资金状况", StringComparison.Ordinal)) return _reader.Read(text);
        if (!text.AsSpan(0, Math.Max(0, text.AsSpan().IndexOfAny('\r', '\n'))).Contains(',')) return Outcome<BrokerStatement>.Failure("file", "statement_unknown");
        var lines = CsvText.Read(text);
        return lines.Succeeded
            ? _reader.ReadTrades([.. lines.Value.Select(line => new StatementRow(line.Number, [.. line.Cells.Select(cell => CsvText.Unguarded(cell).Trim())]))])
            : Outcome<BrokerStatement>.Failure(lines.Problems);
    }

    /// <param name="kept">As it was imported.</param>
    /// <param name="view">The account now, for a day that is not settled yet; null when it is gone.</param>
    /// <param name="stop">Ends the reading.</param>
    public async Task<Outcome<StatementReport>> CompareAsync(KeptStatement kept, AccountView? view, CancellationToken stop = default)
    {
        var read = Read(kept.Text);
        return read.Succeeded
            ? Outcome<StatementReport>.Success(StatementComparison.Compare(read.Value, await DayAsync(kept.AccountId, kept.TradingDay, view, stop)))
            : Outcome<StatementReport>.Failure(read.Problems);
    }

    /// <summary>A day in our own books.</summary>
    public async Task<OurDay> DayAsync(AccountId account, DateOnly day, AccountView? view, CancellationToken stop = default)
    {
        var settled = (await funds.SettlementsAsync(new() { AccountId = account, TradingDay = day }, new(null, 1), stop)).Items;
        var noon = new DateTimeOffset(day, new(12, 0), TimeSpan.Zero);
        var open = settled.Count == 0 && view?.Funds.TradingDay == day ? view : null;
        return new()
        {
            Funds = settled.Count > 0 ? settled[0].Funds : open?.Funds,
            Settled = settled.Count > 0,
            Positions = settled.Count > 0 ? settled[0].Positions : open is null ? null : OpenPositions.Of(open),
            Trades = await AllAsync(page => orders.TradesAsync(new() { AccountId = account, TradingDay = day }, page, stop)),
            Cash = await AllAsync(page => funds.CashFlowAsync(new() { AccountId = account, Since = noon - Around, Before = noon + Around }, page, stop)),
            ExternalId = view?.Account.ExternalId,
        };
    }

    private static async Task<IReadOnlyList<T>> AllAsync<T>(Func<PageRequest, Task<Page<T>>> read)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await read(new(cursor, PageRequest.LongestPage));
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    private Task NoteAsync(KeptStatement kept) => audit.RecordAsync(new()
    {
        At = clock.GetUtcNow(), Actor = Acting.Now, Action = "statement.imported", AccountId = kept.AccountId, Subject = kept.Id.ToString(),
        After = JsonSerializer.Serialize(new { trading_day = kept.TradingDay.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), kind = WireNames<StatementKind>.Of(kept.Kind), file_name = kept.FileName, bytes = Encoding.UTF8.GetByteCount(kept.Text) }),
    });
}
