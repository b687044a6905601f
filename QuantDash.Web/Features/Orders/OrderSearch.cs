using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Api;
using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Orders;

/// <summary>What is looked for, as it stands in the page's address: it can be kept, sent and gone back to. The names are those of the API.</summary>
public sealed record OrderSearch
{
    /// <summary>In the place of an account's id.</summary>
    public const string AllAccounts = "all";
    private const string LocalTime = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Null: the one chosen in the top bar.</summary>
    public string? Account { get; init; }
    public string? Symbol { get; init; }
    public OrderSide? Side { get; init; }
    public OrderState? State { get; init; }
    public OrderPurpose? Purpose { get; init; }
    public OrderOwner? Owner { get; init; }
    public Guid? RuleId { get; init; }
    public Guid? TriggerId { get; init; }
    public string? OrderId { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Before { get; init; }

    public bool IsEmpty => this == new OrderSearch { Account = Account };

    /// <summary>What cannot be read counts as not said.</summary>
    public static OrderSearch Read(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => query.TryGetValue(name, out var values) && !StringValues.IsNullOrEmpty(values) ? values[0]!.Trim() : null;
        T? Choice<T>(string name) where T : struct, Enum => Text(name) is { } text && WireNames<T>.TryRead(text, out var choice) ? choice : null;
        Guid? Id(string name) => Guid.TryParseExact(Text(name), "D", out var id) ? id : null;
        DateTimeOffset? Time(string name) => Text(name) is { } text && JsonTime.TryRead(text, out var time) ? time : null;
        return new()
        {
            Account = Text("account_id"),
            Symbol = Text("symbol"),
            Side = Choice<OrderSide>("side"),
            State = Choice<OrderState>("status"),
            Purpose = Choice<OrderPurpose>("action"),
            Owner = Choice<OrderOwner>("owner"),
            RuleId = Id("rule_id"),
            TriggerId = Id("trigger_id"),
            OrderId = Text("order_id") is { } order && ClientOrderId.IsValid(order) ? order : null,
            Since = Time("since"),
            Before = Time("before"),
        };
    }

    /// <summary>Null when the contract is none.</summary>
    /// <param name="chosen">The account in the top bar.</param>
    /// <param name="resolve">Reads a contract in any spelling.</param>
    public OrderFilter? Filter(AccountId? chosen, Func<string, Symbol?> resolve)
    {
        var symbol = Symbol is { } text ? resolve(text) : null;
        if (Symbol is not null && symbol is null) return null;
        return new()
        {
            AccountId = AccountIn(chosen), Symbol = symbol, Side = Side, State = State, Purpose = Purpose, Owner = Owner, RuleId = RuleId, TriggerId = TriggerId,
            OrderId = OrderId is { } order ? new ClientOrderId(order) : null, Since = Since, Before = Before,
        };
    }

    /// <summary>The address of a page that looks for this.</summary>
    public string Address(string path) => Address(path, Account);

    /// <summary>The address of what programs read; they know no top bar.</summary>
    public string Address(string path, AccountId? chosen) => Address(path, AccountIn(chosen)?.Value.ToString("D"));

    /// <summary>For an input of the exchange's wall clock.</summary>
    public static string Local(DateTimeOffset? time) => time?.ToOffset(ScreenTime.ExchangeOffset).ToString(LocalTime, CultureInfo.InvariantCulture) ?? "";

    public static DateTimeOffset? FromLocal(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new(local, ScreenTime.ExchangeOffset) : null;

    private AccountId? AccountIn(AccountId? chosen) => Account switch
    {
        null => chosen,
        AllAccounts => null,
        _ => Guid.TryParseExact(Account, "D", out var id) ? new(id) : chosen,
    };

    private string Address(string path, string? account)
    {
        (string Name, string? Value)[] parts =
        [
            ("account_id", account), ("symbol", Symbol), ("side", Name(Side)), ("status", Name(State)), ("action", Name(Purpose)), ("owner", Name(Owner)), ("rule_id", RuleId?.ToString("D")),
            ("trigger_id", TriggerId?.ToString("D")), ("order_id", OrderId), ("since", Time(Since)), ("before", Time(Before)),
        ];
        var said = parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToList();
        return said.Count == 0 ? path : $"{path}?{string.Join('&', said)}";
    }

    private static string? Name<T>(T? choice) where T : struct, Enum => choice is { } one ? WireNames<T>.Of(one) : null;

    private static string? Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
