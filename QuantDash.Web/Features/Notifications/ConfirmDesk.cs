using System.Buffers.Text;
using System.Security.Cryptography;
using QuantDash.Core.Audit;
using QuantDash.Core.Engine;
using QuantDash.Core.Locking;
using QuantDash.Core.Notifications;
using QuantDash.Core.Orders;
using QuantDash.Core.Primitives;
using QuantDash.Web.Security;
using QuantDash.Web.Trading;

namespace QuantDash.Web.Features.Notifications;

/// <summary>Confirming without signing in: whoever holds a link's token may confirm its one trigger, once, while it waits. It goes to the engine as the same command
/// as the click on the screen, so there is one order whoever is first.</summary>
public sealed class ConfirmDesk(TradingRuntime runtime, IConfirmLinks links, ILockHistory history, TimeProvider clock)
{
    /// <summary>A rule that waits longer asks again on the screen.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);
    private const int TokenBytes = 32;

    /// <summary>A new link for a trigger that waits, and the token that opens it; kept is its hash alone.</summary>
    public async Task<string> IssueAsync(WaitingTrigger waiting, Price? shown)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var latest = clock.GetUtcNow() + LongestLife;
        await links.AddAsync(new(ApiKeyToken.HashOf(token), waiting.Trigger.Id, shown, waiting.Until < latest ? waiting.Until.Value : latest));
        return token;
    }

    /// <summary>The trigger if it waits for a click, as the engine has it now and not as the last snapshot had it; null when it does not.</summary>
    public Task<WaitingTrigger?> WaitingAsync(Guid triggerId, CancellationToken stop) =>
        runtime.RunAsync(
            (engine, now) => engine.FindTrigger(triggerId) is { Status: TriggerStatus.WaitingConfirm } trigger
                ? new WaitingTrigger(trigger, engine.DecidingPrice(triggerId), engine.ConfirmByOnWallClock(triggerId, now))
                : null,
            stop);

    /// <summary>What the link opens, with the numbers of this moment. Changes nothing.</summary>
    public async Task<ConfirmView> LookAsync(string token, CancellationToken stop)
    {
        if (await FindAsync(token, stop) is not { } link) return new(LinkState.Unknown);
        var view = await runtime.RunAsync((engine, now) => Look(engine, link, now), stop);
        if (view.Trigger is null) view = view with { Trigger = await history.TriggerAsync(link.TriggerId, stop) };
        if (link.UsedAt is not null) return view with { State = LinkState.Used };
        if (view.Trigger?.Status != TriggerStatus.WaitingConfirm) return view with { State = LinkState.Closed };
        return view with { State = link.ExpiresAt <= clock.GetUtcNow() ? LinkState.Expired : LinkState.Open };
    }

    /// <param name="token">Of the link.</param>
    /// <param name="shown">The price the person saw; that of the message when null.</param>
    /// <param name="stop">Ends the waiting, not what was begun.</param>
    public async Task<Outcome<LockTrigger>> ConfirmAsync(string token, Price? shown, CancellationToken stop)
    {
        if (await FindAsync(token, stop) is not { } link) return Outcome<LockTrigger>.Failure("token", "link_unknown");
        if (!await links.ClaimAsync(link.TokenHash, clock.GetUtcNow()))
            return Outcome<LockTrigger>.Failure("token", link.UsedAt is null && link.ExpiresAt <= clock.GetUtcNow() ? "link_expired" : "link_used");

        using var acting = Acting.As(new(ActorKind.Link, ""));

        // Not given up when the phone hangs up: from here on the answer decides whether the link is spent.
        var outcome = await runtime.RunAsync((engine, now) => Confirm(engine, link, shown ?? link.ShownPrice, now), CancellationToken.None);
        if (!outcome.Succeeded) await links.ReleaseAsync(link.TokenHash);
        return outcome;
    }

    // A failed trigger can be tried again from the screen, by somebody who signed in and saw why it failed; a link is for what it was sent for.
    private static Outcome<LockTrigger> Confirm(TradingEngine engine, ConfirmLink link, Price? shown, DateTimeOffset now) =>
        engine.FindTrigger(link.TriggerId) is { } trigger && trigger.Status != TriggerStatus.WaitingConfirm
            ? Outcome<LockTrigger>.Failure("token", "trigger_closed", trigger.Status.ToString())
            : engine.ConfirmTrigger(link.TriggerId, shown, force: false, now);

    private static ConfirmView Look(TradingEngine engine, ConfirmLink link, DateTimeOffset now)
    {
        if (engine.FindTrigger(link.TriggerId) is not { } trigger) return new(LinkState.Closed) { ShownPrice = link.ShownPrice };
        var preview = trigger is { Status: TriggerStatus.WaitingConfirm, Action: LockAction.Lock }
            ? engine.Preview(new(trigger.AccountId, trigger.Symbol, OrderPurpose.Lock, trigger.Direction, trigger.LockVolume, OrderType.Market, null), now)
            : null;
        return new(LinkState.Open)
        {
            Trigger = trigger,
            ShownPrice = link.ShownPrice,
            PriceNow = engine.DecidingPrice(trigger.Id),
            Preview = preview is { Succeeded: true } ? preview.Value : null,
            Unlock = trigger is { Status: TriggerStatus.WaitingConfirm, Action: LockAction.Unlock } && engine.Locks.PreviewUnlock(trigger, now) is { Succeeded: true } unlock ? unlock.Value : null,
        };
    }

    private async Task<ConfirmLink?> FindAsync(string token, CancellationToken stop) =>
        token.Length is > 0 and <= 128 ? await links.FindAsync(ApiKeyToken.HashOf(token), stop) : null;
}

/// <summary>Open: a click executes. Closed: its trigger does not wait any more, whatever happened to it.</summary>
public enum LinkState { Unknown, Open, Used, Expired, Closed }

/// <param name="Trigger">It waits for a click.</param>
/// <param name="PriceNow">By which its rule decides; null without a quote.</param>
/// <param name="Until">When it waits no more, on the wall clock; null: for no set time.</param>
public sealed record WaitingTrigger(LockTrigger Trigger, Price? PriceNow, DateTimeOffset? Until);

/// <summary>What a link shows.</summary>
public sealed record ConfirmView(LinkState State)
{
    public LockTrigger? Trigger { get; init; }

    /// <summary>In the message.</summary>
    public Price? ShownPrice { get; init; }
    public Price? PriceNow { get; init; }
    public OrderPreview? Preview { get; init; }

    /// <summary>Of a firing that unlocks: what that would do.</summary>
    public UnlockPreview? Unlock { get; init; }
}
